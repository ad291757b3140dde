import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { HookCommand, HookEnd, HookRunner, Outcome, ShellAvailability } from '../core/ports';
import { english } from '../core/say';
import { killTree } from './killTree';
import type { Environment } from './loginEnvironment';
import { locateShell } from './shellLocation';

/** Bytes of output that are read; a hook that prints more has failed. */
const outputLimit = 1_000_000;

export interface NodeHooksOptions {
  /** That of commands: nothing in it that the agent's own keys or the editor have put there. */
  environment(): Promise<Environment>;
  readonly locate?: () => ShellAvailability;
}

/** Runs hooks in the same plain shell as commands, with their input on stdin, and ends all of what one started. */
export function createNodeHooks({ environment, locate = locateShell }: NodeHooksOptions): HookRunner {
  return {
    async run(hook, signal) {
      const shell = locate();
      if (!shell.available) return { ok: false, reason: english(shell.hint) };
      let env: Environment;
      try {
        env = await environment();
      } catch (error) {
        return { ok: false, reason: String(error) };
      }
      signal.throwIfAborted();
      return runOne(shell.path, hook, env, signal);
    },
  };
}

function runOne(shell: string, hook: HookCommand, env: Environment, signal: AbortSignal): Promise<Outcome<HookEnd>> {
  const mark = randomBytes(8).toString('hex');
  return new Promise((resolve, reject) => {
    const child = spawn(shell, ['--noprofile', '--norc', '-c', hook.command], {
      cwd: hook.cwd,
      env: { ...env, PWD: hook.cwd, CLAUDE_PROJECT_DIR: hook.cwd, GATEHOUSE_COMMAND: mark },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let bytes = 0;
    let over = false;
    const settle = (finish: () => void): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      const { pid } = child;
      child.stdout.destroy();
      child.stderr.destroy();
      // What it has left in the background goes with it.
      void (pid === undefined ? Promise.resolve() : killTree(pid, mark)).then(finish, finish);
    };
    const fail = (reason: string): void => settle(() => resolve({ ok: false, reason }));
    const stop = (): void => settle(() => reject(signal.reason));
    const timer = setTimeout(() => fail(`it did not answer within ${hook.timeoutMs / 1000} s`), hook.timeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > outputLimit) fail('it printed without end');
        else printed[name].push(chunk);
      });
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) =>
      settle(() =>
        resolve({
          ok: true,
          value: {
            exitCode: code ?? undefined,
            stdout: Buffer.concat(printed.stdout).toString('utf8'),
            stderr: Buffer.concat(printed.stderr).toString('utf8'),
          },
        }),
      ),
    );
    // `exit` comes before `close` when something in the background holds the pipes; it is not waited for.
    child.once('exit', () => setTimeout(() => child.emit('close', child.exitCode, child.signalCode), 200).unref());
    // A hook that does not read its input is no failure.
    child.stdin.on('error', () => {});
    child.stdin.end(hook.input);
  });
}
