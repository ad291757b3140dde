// The checkers that are compared: ours, and others as a user gets them. Only what answers a question is called, nothing runs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { workspace } from './calls.mjs';

/** What counts as allowed: the call would run without a question. */
export const mappings = {
  'this project': '`allow` counts as allowed; `unsure` and `block` do not',
  'cc-safety-net': '`allow` counts as allowed (its hook says nothing and the call runs); `deny` does not',
  'gemini-cli (default)': '`allow` counts as allowed; `ask_user` and `deny` do not',
  'gemini-cli (auto-edit)': '`allow` counts as allowed; `ask_user` and `deny` do not',
};

/**
 * @param world a real folder that stands for `/home`, as some answer nothing about folders that are not there
 * @returns `prepare(call)`, what is done before the clock starts, and `check(call, prepared)`
 */
export async function loadChecker(name, world) {
  if (name === 'this project') return (await import('./ours.mjs')).ours;
  // It would otherwise print every step, and none is to find settings of whoever runs this.
  console.debug = () => undefined;
  process.env['HOME'] = join(world, 'user');
  delete process.env['XDG_CONFIG_HOME'];
  const place = (text) => text.replaceAll(/\/home\/(?=(?:user|dev)\b)/g, `${world}/`);
  const prepare = ({ input, cwd, home }) => {
    const real = place(cwd);
    const there = real.startsWith(world) ? real : place(workspace);
    mkdirSync(there, { recursive: true });
    process.env['HOME'] = place(home);
    return { command: place(input.command), cwd: there };
  };
  return { prepare, check: name === 'cc-safety-net' ? await safetyNet() : await gemini(name, place(workspace)) };
}

async function safetyNet() {
  const { checkCommand } = await import('cc-safety-net/api');
  return (_, input) => checkCommand(input).kind;
}

async function gemini(name, folder) {
  const core = await import('@google/gemini-cli-core');
  const mode = name.includes('auto-edit') ? core.ApprovalMode.AUTO_EDIT : core.ApprovalMode.DEFAULT;
  const config = await core.createPolicyEngineConfig({}, mode, core.DEFAULT_CORE_POLICIES_DIR);
  // As its own configuration builds it when no sandbox is set up, which is the default.
  const engine = new core.PolicyEngine({
    ...config,
    sandboxManager: new core.NoopSandboxManager({ workspace: folder }),
  });
  return async (_, { command, cwd }) =>
    (await engine.check({ name: 'run_shell_command', args: { command, dir_path: cwd } })).decision;
}
