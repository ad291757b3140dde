import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Processes, ShellAvailability, ShellResult } from '../core/ports';
import { english } from '../core/say';
import { killTree } from './killTree';
import type { Environment } from './loginEnvironment';
import { createOutputBuffer } from './outputBuffer';
import { locateShell } from './shellLocation';

export interface NodeProcessesOptions {
  /** Made once, before the first command. */
  environment(): Promise<Environment>;
  /** Private folder for TMPDIR and for what the shell tells about its working folder. */
  readonly scratch: string;
  /** Private folder for the logs of long output. */
  readonly logs: string;
  readonly locate?: () => ShellAvailability;
}

/** After the shell itself has ended, how long to wait for output that background processes still hold open. Milliseconds. */
const drainMs = 200;

/**
 * Makes the shell say where it ended up. It runs before the command, in the same shell, and says only that; what it writes is
 * taken only when it is a real folder inside the workspace, so a command that forges it gains nothing.
 */
const prelude = (descriptor: number): string => `trap 'pwd -P >&${descriptor}' EXIT\n`;
/** A number that commands do not use by accident; bash allows any below 10 for a plain redirection. */
const folderDescriptor = 9;

export function createNodeProcesses(options: NodeProcessesOptions): Processes {
  const found = once(options.locate ?? locateShell);
  const environment = once(options.environment);
  const running = new Map<ChildProcess, string>();

  return {
    shell: async () => found(),

    async run(command, signal, onOutput): Promise<ShellResult> {
      const shell = found();
      if (!shell.available) throw new Error(english(shell.hint));
      const env = await environment();
      signal.throwIfAborted();
      const id = randomBytes(8).toString('hex');
      mkdirSync(options.scratch, { recursive: true, mode: 0o700 });
      const folderFile = join(options.scratch, `.folder-${id}`);
      const folder = openSync(folderFile, 'wx', 0o600);
      const buffer = createOutputBuffer(command.outputChars, join(options.logs, `command-${id}.log`));
      const started = performance.now();
      const child = spawn(shell.path, ['--noprofile', '--norc', '-c', prelude(folderDescriptor) + command.command], {
        cwd: command.cwd,
        // The mark finds children that left the process group.
        env: { ...env, PWD: command.cwd, GATEHOUSE_COMMAND: id },
        stdio: ['ignore', 'pipe', 'pipe', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', 'ignore', folder],
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      running.set(child, id);
      try {
        const ended = await follow(child, id, command.timeoutMs, signal, (chunk) => {
          buffer.add(chunk);
          onOutput(chunk);
        });
        return { ...ended, ...buffer.end(), cwd: readFolder(folderFile), durationMs: performance.now() - started };
      } finally {
        closeSync(folder);
        remove(folderFile);
      }
    },

    async dispose() {
      await Promise.all([...running].map(([child, id]) => killTree(child.pid, id)));
      running.clear();
    },
  };

  /** Waits for the shell to end, by itself or not. Background processes stay known until they are gone or the session ends. */
  function follow(
    child: ChildProcess,
    id: string,
    timeoutMs: number,
    signal: AbortSignal,
    onOutput: (chunk: string) => void,
  ) {
    return new Promise<Pick<ShellResult, 'exitCode' | 'signal' | 'timedOut'>>((resolve, reject) => {
      let timedOut = false;
      const kill = (): void => void killTree(child.pid, id);
      const timer = setTimeout(() => {
        timedOut = true;
        kill();
      }, timeoutMs);
      signal.addEventListener('abort', kill, { once: true });
      const cleanUp = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', kill);
      };
      for (const stream of [child.stdout, child.stderr]) {
        const decoder = new StringDecoder('utf8');
        stream?.on('data', (chunk: Buffer) => onOutput(decoder.write(chunk)));
        stream?.on('error', () => {});
      }
      child.once('error', (error) => {
        cleanUp();
        running.delete(child);
        reject(error);
      });
      child.once('exit', (code, endedBy) => {
        const settle = (): void => {
          clearTimeout(drain);
          cleanUp();
          child.stdout?.destroy();
          child.stderr?.destroy();
          resolve({ exitCode: code ?? undefined, signal: endedBy ?? undefined, timedOut });
        };
        // `close` comes when nobody holds the pipes any more; a background process may hold them for ever.
        const drain = setTimeout(settle, drainMs);
        child.once('close', () => {
          running.delete(child);
          settle();
        });
      });
    });
  }
}

function readFolder(file: string): string | undefined {
  try {
    const said = readFileSync(file, 'utf8').trimEnd();
    return said.startsWith('/') || /^[A-Za-z]:/.test(said) ? realpathSync.native(said) : undefined;
  } catch {
    return undefined;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // The scratch folder is removed with the session.
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
