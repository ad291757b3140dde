// The checkers that ours is compared with, as a user gets them. Only what answers a question is called, nothing runs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param homes a real folder that stands for `/home`: one of them answers nothing about folders that are not there
 * @returns every checker: `name`, `mapping` (what counts as allowed), `prepare(call)` and `check(call, prepared)`
 */
export async function loadOthers(homes) {
  // It would otherwise print every step, and neither is to find settings of whoever runs this.
  console.debug = () => undefined;
  process.env['HOME'] = join(homes, 'user');
  delete process.env['XDG_CONFIG_HOME'];
  const place = (text) => text.replaceAll(/\/home\/(?=(?:user|dev)\b)/g, `${homes}/`);
  const prepare = ({ input, cwd, home }) => {
    const real = place(cwd);
    if (real.startsWith(homes)) mkdirSync(real, { recursive: true });
    process.env['HOME'] = place(home);
    return { command: place(input.command), cwd: real.startsWith(homes) ? real : place('/home/user/project') };
  };
  return [await safetyNet(), ...(await gemini(place('/home/user/project')))].map((one) => ({ ...one, prepare }));
}

async function safetyNet() {
  const { checkCommand } = await import('cc-safety-net/api');
  return {
    name: 'cc-safety-net',
    mapping: '`allow` counts as allowed (its hook says nothing and the call runs), `deny` does not',
    check: (_, { command, cwd }) => checkCommand({ command, cwd }).kind,
  };
}

async function gemini(workspace) {
  const core = await import('@google/gemini-cli-core');
  const create = async (name, mode) => {
    const config = await core.createPolicyEngineConfig({}, mode, core.DEFAULT_CORE_POLICIES_DIR);
    // As its own configuration builds it when no sandbox is set up, which is the default.
    const engine = new core.PolicyEngine({ ...config, sandboxManager: new core.NoopSandboxManager({ workspace }) });
    return {
      name,
      mapping: '`allow` counts as allowed, `ask_user` and `deny` do not',
      check: async (_, { command, cwd }) =>
        (await engine.check({ name: 'run_shell_command', args: { command, dir_path: cwd } })).decision,
    };
  };
  return [
    await create('gemini-cli (default)', core.ApprovalMode.DEFAULT),
    await create('gemini-cli (auto-edit)', core.ApprovalMode.AUTO_EDIT),
  ];
}
