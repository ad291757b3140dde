import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parseAgentArguments } from '../../src/cli/agent/agentArguments';
import { trustedFolders } from '../../src/cli/agent/trust';
import type { World } from '../../src/cli/agent/world';
import { runInteractive } from '../../src/cli/interactive/runInteractive';
import { runProgram } from '../../src/cli/runProgram';
import { nodeClock } from '../../src/node/nodeClock';
import type { Script } from '../../src/node/scriptedApi/script';
import { type ScriptedApi, startScriptedApi } from '../../src/node/scriptedApi/scriptedApi';
import { testKey } from './apiWorld';
import { createHeadlessTerminal, type HeadlessTerminal } from './headlessTerminal';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The terminal program in a home and a project of its own, with a scripted API in front of it. */
export interface TerminalWorld {
  readonly root: string;
  readonly project: string;
  readonly api: ScriptedApi;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes a file below `root`. */
  put(path: string, content: string | object): void;
  /** Runs the program in this process. @param stdin what is piped in; by default nothing. */
  run(args: readonly string[], stdin?: string, change?: Partial<World>): Promise<Ran>;
  /** Runs it interactively, in a folder that is trusted, until `body` is done or it ends by itself. @returns what `body` ended with, and the exit code. */
  interact(
    args: readonly string[],
    body: (terminal: HeadlessTerminal) => Promise<void>,
    change?: Partial<World> & { readonly untrusted?: true },
  ): Promise<number>;
  /** What is around the program, for tests that start it themselves. */
  world(change?: Partial<World>): World & { readonly stdout: PassThrough; readonly stderr: PassThrough };
}

export async function withTerminal(script: Script, body: (world: TerminalWorld) => Promise<void>): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'terminal-')));
  const project = join(root, 'project');
  for (const folder of [project, join(root, 'home'), join(root, 'policy')]) mkdirSync(folder);
  const api = await startScriptedApi({ script, apiKey: testKey });
  const env = {
    PATH: process.env['PATH'],
    ANTHROPIC_API_KEY: testKey,
    ANTHROPIC_BASE_URL: api.baseURL,
    XDG_CONFIG_HOME: join(root, 'config'),
    XDG_DATA_HOME: join(root, 'data'),
  };
  const world: TerminalWorld['world'] = (change = {}) =>
    ({
      ...{ env, cwd: project, home: join(root, 'home'), program: join(root, 'program') },
      ...{ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() },
      ...{ uid: 1000, contained: false, signal: new AbortController().signal },
      policy: { folder: join(root, 'policy'), owner: process.getuid?.() ?? 0 },
      // Waits between retries take no time.
      clock: { ...nodeClock, sleep: async (_ms, signal) => signal?.throwIfAborted() },
      ...change,
    }) as ReturnType<TerminalWorld['world']>;
  try {
    await body({
      ...{ root, project, api, env, world },
      put(path, content) {
        const full = join(root, path);
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, typeof content === 'string' ? content : JSON.stringify(content));
        chmodSync(full, 0o644);
      },
      async interact(args, play, change = {}) {
        const { untrusted, ...changed } = change;
        if (!untrusted) trustedFolders(join(root, 'data/gatehouse')).add(project);
        const parsed = parseAgentArguments(args);
        if (parsed.type === 'error') throw new Error(parsed.message);
        const terminal = createHeadlessTerminal();
        const ending = new AbortController();
        const ended = runInteractive(parsed, world({ signal: ending.signal, ...changed }), terminal);
        try {
          // A program that fails must not let the test wait for its screen.
          await Promise.race([play(terminal), ended.then(() => new Promise<never>(() => {}))]);
        } finally {
          ending.abort('SIGTERM');
        }
        return ended;
      },
      async run(args, stdin = '', change = {}) {
        const around = world(change);
        const out = gather(around.stdout);
        const err = gather(around.stderr);
        if (change.stdin === undefined) (around.stdin as PassThrough).end(stdin);
        const code = await runProgram(args, around);
        return { code, out: out(), err: err() };
      },
    });
  } finally {
    await api.dispose();
    rmSync(root, { recursive: true, force: true });
  }
}

function gather(stream: PassThrough): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return () => {
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) text += chunk;
    return text;
  };
}
