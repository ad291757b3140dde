import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { basename, delimiter, isAbsolute, relative, sep } from 'node:path';
import { type Environment, inertVariables, isToolHome, type Variables } from './inertVariables';
import { nearestReal } from './nearestReal';

export type { Environment } from './inertVariables';

export interface EnvironmentOptions {
  /** Real paths. What points inside them is dropped: the repository must not choose what `git` is. */
  readonly workspace: readonly string[];
  /** Becomes TMPDIR. Nothing in it is looked up either: the agent writes there. */
  readonly scratch: string;
}

/** The environment of the commands of a session; to be made once. Starts the user's login shell. Never rejects. */
export async function loginEnvironment(options: EnvironmentOptions): Promise<Environment> {
  return scrub(await readLoginVariables(), options);
}

/** When nothing of PATH is left. */
const plainPath = ['/usr/local/bin', '/usr/bin', '/bin'].join(':');

/**
 * The environment of every command: PATH and inert variables of the user's login shell, and what keeps programs from waiting for a
 * person or a terminal. `CI` stays unset, because programs behave differently with it.
 * @param source what `readLoginVariables` gave.
 */
export function scrub(source: Variables, { workspace, scratch }: EnvironmentOptions): Environment {
  const outside = (path: string): boolean => {
    const real = isAbsolute(path) ? nearestReal(path) : undefined;
    return (
      real !== undefined &&
      [...workspace, scratch].every((folder) => isOutside(folder, path) && isOutside(folder, real))
    );
  };
  const kept = Object.entries(inertVariables(source)).filter(
    ([name, value]) => !isToolHome(name) || value.split(delimiter).every(outside),
  );
  const path = (source['PATH'] ?? source['Path'] ?? '').split(delimiter).filter(outside);
  return {
    ...Object.fromEntries(kept),
    PATH: path.length > 0 ? path.join(delimiter) : plainPath,
    TMPDIR: scratch,
    ...(process.platform === 'win32' && { TEMP: scratch, TMP: scratch }),
    TERM: 'dumb',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    GIT_TERMINAL_PROMPT: '0',
  };
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** Milliseconds the login shell may take; a slow start-up file must not hold up the first command for longer. */
const loginTimeoutMs = 5_000;
/** Bytes of its output that are read. */
const longestOutput = 1_000_000;

/** Shells that understand `-l -c` and the little script. */
const knownShells = new Set(['bash', 'zsh', 'sh', 'dash', 'ksh', 'fish']);

/**
 * Asks the user's login shell for its variables, so that tools that start-up files put on PATH are found. The shell is started in `/`,
 * away from the repository, and gets only inert variables itself. Folders of our own PATH that it does not name stay, behind its own:
 * in a container they are often set by the image, and a login shell forgets them.
 * @param own variables of this process. @param shell absolute path; by default the one of the account.
 * @returns our own variables when the shell does not answer in time or in form. Never rejects.
 */
export async function readLoginVariables(
  own: Variables = process.env,
  shell = loginShell(own),
  timeoutMs = loginTimeoutMs,
): Promise<Variables> {
  if (process.platform === 'win32' || shell === undefined) return own;
  const mark = randomBytes(12).toString('hex');
  // Not every `env` knows -0; without it, values of several lines are lost, and none of those is wanted anyway.
  const script = `printf '%s\\n' ${mark}; env -0 2>/dev/null || env; printf '%s\\n' ${mark}`;
  const handedDown = {
    ...inertVariables(own),
    ...(own['PATH'] === undefined ? {} : { PATH: own['PATH'] }),
    TERM: 'dumb',
  };
  const output = await capture(shell, ['-l', '-c', script], handedDown, `${mark}\n`, timeoutMs);
  const told = parseBetween(output, `${mark}\n`);
  return told ? { ...told, PATH: joined(told['PATH'], own['PATH']) } : own;
}

function joined(...paths: readonly (string | undefined)[]): string {
  return [...new Set(paths.flatMap((path) => path?.split(delimiter) ?? []))].join(delimiter);
}

function loginShell(own: Variables): string | undefined {
  const shell = attempt(() => userInfo().shell) ?? own['SHELL'];
  return shell && isAbsolute(shell) && knownShells.has(basename(shell)) ? shell : undefined;
}

/** What the program prints, until it has printed `endMark` twice, ends, or its time is up. */
function capture(
  program: string,
  args: readonly string[],
  env: Environment,
  endMark: string,
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true, cwd: '/' });
    let output = '';
    const finish = (): void => {
      clearTimeout(timer);
      child.stdout.destroy();
      const { pid } = child;
      // An agent that a start-up file left in the background is the user's own and stays; a shell that still runs does not.
      if (pid !== undefined && child.exitCode === null) attempt(() => process.kill(-pid, 'SIGKILL'));
      resolve(output);
    };
    const timer = setTimeout(finish, timeoutMs);
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      output += text;
      if (output.length > longestOutput) finish();
    });
    child.stdout.on('error', () => {});
    child.once('error', finish);
    // Not `close`: what a start-up file left in the background may hold the pipe for ever.
    child.once('exit', () => {
      if (output.split(endMark).length > 2) finish();
      else child.once('close', finish);
    });
  });
}

function parseBetween(output: string, mark: string): Environment | undefined {
  const [, between, end] = output.split(mark);
  if (between === undefined || end === undefined) return undefined;
  const entries = between.split(between.includes('\0') ? '\0' : '\n').flatMap((entry) => {
    const at = entry.indexOf('=');
    return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
