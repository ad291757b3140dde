// The checkers that ours is compared with: what a user of them gets by default. Only what answers a question is called.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspace } from './calls.mjs';

/** @returns every checker: `name`, `version`, `mapping` (what counts as allowed) and `check(call)`, which says whether it is */
export async function loadOthers() {
  // Neither is to find settings of whoever runs this.
  process.env['HOME'] = mkdtempSync(join(tmpdir(), 'bench-home-'));
  return [await safetyNet(), ...(await gemini())];
}

async function safetyNet() {
  const { checkCommand } = await import('cc-safety-net/api');
  return {
    name: 'cc-safety-net',
    mapping: '`allow` (its hook says nothing, so the call runs) is allowed; `deny` is not',
    check: ({ input, cwd }) => checkCommand({ command: input.command, cwd }).kind,
    isAllowed: (kind) => kind === 'allow',
  };
}

async function gemini() {
  const core = await import('@google/gemini-cli-core');
  const create = async (name, mode) => {
    const config = await core.createPolicyEngineConfig({}, mode, core.DEFAULT_CORE_POLICIES_DIR);
    // As its own configuration builds it when no sandbox is set up, which is the default.
    const engine = new core.PolicyEngine({ ...config, sandboxManager: new core.NoopSandboxManager({ workspace }) });
    return {
      name,
      mapping: '`allow` is allowed; `ask_user` and `deny` are not',
      check: async ({ input, cwd }) =>
        (await engine.check({ name: 'run_shell_command', args: { command: input.command, dir_path: cwd } })).decision,
      isAllowed: (decision) => decision === 'allow',
    };
  };
  return [
    await create('gemini-cli, default mode', core.ApprovalMode.DEFAULT),
    await create('gemini-cli, auto-edit mode', core.ApprovalMode.AUTO_EDIT),
  ];
}
