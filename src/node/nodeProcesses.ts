import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job, Processes, ShellAvailability, ShellCommand, ShellResult } from '../core/ports';
import { english } from '../core/say';
import { createBackgroundJob } from './backgroundJob';
import { type FolderReport, folderDescriptor, openFolderReport } from './folderReport';
import { killTree } from './killTree';
import type { Environment } from './loginEnvironment';
import { createOutputBuffer } from './outputBuffer';
import { type OutputPipe, openOutputPipe } from './outputPipe';
import { familyOf } from './processFamily';
import { locateShell } from './shellLocation';
import { readShellOutput, type ShellOutput } from './shellOutput';

export interface NodeProcessesOptions {
  /** Made once, before the first command. */
  environment(): Promise<Environment>;
  /** Private folder, also TMPDIR of the commands. */
  readonly scratch: string;
  /** Private folder for the logs of long output. */
  readonly logs: string;
  readonly locate?: () => ShellAvailability;
  /** UTF-16 units that a job may print before it is ended. */
  readonly floodLimit?: number;
}

/** A command of which something runs. The mark is in the environment of all that it started. */
interface Started {
  readonly pid: number;
  readonly mark: string;
  readonly output: ShellOutput;
}

type Ending = Pick<ShellResult, 'exitCode' | 'signal' | 'timedOut'>;

/** Bytes of one argument: MAX_ARG_STRLEN of Linux (32 pages of 4 KiB), the whole command line of Windows. */
const longestCommand = process.platform === 'win32' ? 32_000 : 131_071;
/** Milliseconds that the end of a session waits for its jobs. */
const longestEndMs = 5_000;
/** Commands in the background at one time. */
const jobLimit = 20;
/** Jobs that are remembered; of more, those that ended first are forgotten. */
const rememberedJobs = 60;
/** A command in the background reports no folder: nothing runs in the shell after it. */
const noReport: FolderReport = { prelude: '', descriptor: undefined, end: () => undefined };
/** Milliseconds to wait for the end of a shell that was killed; one that hangs in the kernel must not hang the session. */
const deathMs = 2_000;

/**
 * Commands on this machine: `bash --noprofile --norc -c` by absolute path, as a list of arguments, in a process group of its own,
 * with an empty stdin and the given environment and nothing else. The command follows the prelude of {@link FolderReport}
 * unchanged, byte for byte.
 */
export function createNodeProcesses(options: NodeProcessesOptions): Processes {
  const shell = once(options.locate ?? locateShell);
  const environment = once(options.environment);
  const running = new Map<string, Started>();
  /** Commands whose shell has ended and left something in the background. */
  const left = new Map<string, Started>();
  const jobs: Job[] = [];
  let disposed = false;
  let started = 0;

  /** Forgets what is gone, so that a number that the system gives out again is never signalled. */
  async function settleAccounts(): Promise<void> {
    for (const { pid, mark, output } of [...left.values()]) {
      if ((await familyOf(pid, mark)).length > 0) continue;
      output.release();
      left.delete(mark);
    }
  }

  return {
    shell: async () => shell(),

    async run(command, signal, onOutput) {
      const found = shell();
      if (!found.available) throw new Error(english(found.hint));
      const env = await environment();
      await settleAccounts();
      const mark = randomBytes(8).toString('hex');
      const report = openFolderReport(options.scratch, mark);
      const pipe = await openOutputPipe(options.scratch, mark);
      try {
        signal.throwIfAborted();
        const startedAt = performance.now();
        const child = start(found.path, command, report, pipe, { ...env, GATEHOUSE_COMMAND: mark });
        const buffer = createOutputBuffer(command.outputChars, join(options.logs, `command-${mark}.log`));
        const output = readShellOutput(pipe ? [pipe.reader] : [child.stdout, child.stderr], (text) => {
          buffer.add(text);
          onOutput(text);
        });
        const { pid } = child;
        if (pid !== undefined) running.set(mark, { pid, mark, output });
        try {
          const kill = async (): Promise<void> => (pid === undefined ? undefined : killTree(pid, mark));
          const ending = await follow(child, command.timeoutMs, signal, kill);
          await output.settled();
          if (pid !== undefined) left.set(mark, { pid, mark, output });
          return { ...ending, ...buffer.end(), cwd: report.end(), durationMs: performance.now() - startedAt };
        } finally {
          running.delete(mark);
          await settleAccounts();
        }
      } catch (error) {
        pipe?.reader.destroy();
        throw error;
      } finally {
        pipe?.closeWriter();
        report.end();
      }
    },

    jobs,

    async start(command) {
      const found = shell();
      if (!found.available) throw new Error(english(found.hint));
      if (jobs.filter(({ end }) => !end).length >= jobLimit)
        throw new Error(`${jobLimit} commands already run in the background; end one with KillShell`);
      const env = await environment();
      await settleAccounts();
      const mark = randomBytes(8).toString('hex');
      const pipe = await openOutputPipe(options.scratch, mark);
      let child: ChildProcess;
      try {
        // Nothing may start once the session is at its end: nobody would end it.
        if (disposed) throw new Error('the session has ended');
        child = start(found.path, command, noReport, pipe, { ...env, GATEHOUSE_COMMAND: mark });
      } catch (error) {
        pipe?.reader.destroy();
        pipe?.closeWriter();
        throw error;
      }
      const { pid } = child;
      const job = createBackgroundJob({
        id: `bash_${++started}`,
        command: command.command,
        outputChars: command.outputChars,
        logPath: (n) => join(options.logs, `job-${mark}-${n}.log`),
        kill: async () => (pid === undefined ? undefined : killTree(pid, mark)),
        ...(options.floodLimit === undefined ? {} : { floodLimit: options.floodLimit }),
      });
      const output = readShellOutput(pipe ? [pipe.reader] : [child.stdout, child.stderr], job.add);
      if (pid !== undefined) running.set(mark, { pid, mark, output });
      const finish = async (exitCode: number | undefined): Promise<void> => {
        await output.settled();
        running.delete(mark);
        if (pid !== undefined) left.set(mark, { pid, mark, output });
        await settleAccounts();
        job.finish(exitCode);
      };
      child.once('exit', (code) => void finish(code ?? undefined));
      await new Promise<void>((resolve, reject) => {
        child.once('spawn', resolve);
        child.once('error', reject);
      });
      jobs.push(job);
      if (jobs.length > rememberedJobs)
        jobs.splice(
          jobs.findIndex(({ end }) => end !== undefined),
          1,
        );
      return job;
    },

    async dispose() {
      disposed = true;
      // One that cannot be ended must not keep the session from ending.
      const late = wait(longestEndMs, undefined, { ref: false });
      await Promise.race([Promise.all(jobs.map((job) => job.stop())), late]);
      await Promise.all([...running.values(), ...left.values()].map(({ pid, mark }) => killTree(pid, mark)));
      for (const { output } of left.values()) output.release();
      left.clear();
    },
  };
}

/** Throws when the command cannot be started at all, with what to do about it. */
function start(
  shell: string,
  { command, cwd }: Pick<ShellCommand, 'command' | 'cwd'>,
  report: FolderReport,
  pipe: OutputPipe | undefined,
  environment: Environment,
): ChildProcess {
  const text = report.prelude + command;
  if (command.includes('\0')) throw new Error('the command contains a NUL character, which no shell can be given');
  const bytes = Buffer.byteLength(text);
  if (bytes > longestCommand)
    throw new Error(
      `the command is too long for this system (${bytes} bytes of at most ${longestCommand}); write it to a script and run that`,
    );
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`the working folder ${cwd} is no longer there`);
  const writer = pipe?.writer ?? 'pipe';
  const stdio: ('ignore' | 'pipe' | number)[] = ['ignore', writer, writer];
  if (report.descriptor !== undefined) {
    while (stdio.length < folderDescriptor) stdio.push('ignore');
    stdio.push(report.descriptor);
  }
  const child = spawn(shell, ['--noprofile', '--norc', '-c', text], {
    cwd,
    env: { ...environment, PWD: cwd },
    stdio,
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  pipe?.closeWriter();
  return child;
}

/** Waits for the shell to end; ends it with all its children when time is up or `signal` aborts, and resolves after that. */
function follow(
  child: ChildProcess,
  timeoutMs: number,
  signal: AbortSignal,
  kill: () => Promise<void>,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let timedOut = false;
    let killing: Promise<void> | undefined;
    const stop = (): void => {
      killing ??= kill().then(() => {
        setTimeout(() => settle({ exitCode: undefined, signal: 'SIGKILL', timedOut }), deathMs).unref();
      });
    };
    const timer = setTimeout(() => {
      timedOut = true;
      stop();
    }, timeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    const settle = async (ending: Ending): Promise<void> => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      await killing;
      resolve(ending);
    };
    child.once('error', (error) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      reject(error);
    });
    child.once('exit', (code, endedBy) => {
      void settle({ exitCode: code ?? undefined, signal: endedBy ?? undefined, timedOut });
    });
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
