import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { delimiter, isAbsolute, relative } from 'node:path';

/**
 * Variables that commands get: nothing but these. Each is inert, that is, no common program runs code or sends data because of
 * it; tool homes only say where an installation is. Everything else is dropped by construction, with it every API key,
 * `VSCODE_*`, `NODE_OPTIONS`, `LD_*`, `GIT_*`, `BASH_ENV`, `PYTHON*` and proxies.
 */
const inert = new Set([
  ...[
    'HOME',
    'USER',
    'LOGNAME',
    'SHELL',
    'LANG',
    'LANGUAGE',
    'TZ',
    'XDG_RUNTIME_DIR',
    'XDG_CACHE_HOME',
    'XDG_DATA_HOME',
    'XDG_CONFIG_HOME',
  ],
  ...[
    'JAVA_HOME',
    'GOPATH',
    'GOROOT',
    'CARGO_HOME',
    'RUSTUP_HOME',
    'NVM_DIR',
    'PYENV_ROOT',
    'RBENV_ROOT',
    'VOLTA_HOME',
    'PNPM_HOME',
    'BUN_INSTALL',
  ],
  ...[
    'ANDROID_HOME',
    'DOTNET_ROOT',
    'CONDA_PREFIX',
    'SYSTEMROOT',
    'WINDIR',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'PATHEXT',
    'COMSPEC',
  ],
]);
const isInert = (name: string): boolean => inert.has(name) || /^LC_[A-Z]+$/.test(name);

/** Milliseconds the login shell may take; a slow start-up file must not hold up the first command for longer. */
const loginTimeoutMs = 5_000;

export type Environment = Readonly<Record<string, string>>;

export interface EnvironmentOptions {
  /** Real paths. PATH entries inside them are dropped: the repository must not choose what `git` is. */
  readonly workspace: readonly string[];
  /** Becomes TMPDIR. */
  readonly scratch: string;
}

/** What a command's environment is made of, from the variables of the user's login shell. */
export function scrub(
  source: Readonly<Record<string, string | undefined>>,
  { workspace, scratch }: EnvironmentOptions,
): Environment {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) if (value !== undefined && isInert(name)) kept[name] = value;
  const outside = (entry: string): boolean =>
    isAbsolute(entry) && workspace.every((folder) => isOutside(folder, entry));
  const path = (source['PATH'] ?? source['Path'] ?? '').split(delimiter).filter(outside);
  return {
    ...kept,
    PATH: path.length > 0 ? path.join(delimiter) : '/usr/local/bin:/usr/bin:/bin',
    TMPDIR: scratch,
    TERM: 'dumb',
    PAGER: 'cat',
    GIT_PAGER: 'cat',
    GIT_TERMINAL_PROMPT: '0',
  };
}

const isOutside = (folder: string, entry: string): boolean => {
  const way = relative(folder, entry);
  return way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way);
};

/**
 * Asks the user's login shell for its variables, so that tools that are put on PATH in start-up files are found.
 * @returns the present process's variables when the shell does not answer in time or in form.
 */
export async function readLoginVariables(
  own: Readonly<Record<string, string | undefined>> = process.env,
  shell = loginShell(own),
): Promise<Readonly<Record<string, string | undefined>>> {
  if (process.platform === 'win32' || shell === undefined) return own;
  const mark = randomBytes(12).toString('hex');
  const script = `printf '%s\\0' ${mark}; env -0; printf '%s\\0' ${mark}`;
  const output = await capture(shell, ['-l', '-c', script], own);
  return parseMarked(output, mark) ?? own;
}

function loginShell(own: Readonly<Record<string, string | undefined>>): string | undefined {
  const fromAccount = attempt(() => userInfo().shell) ?? undefined;
  const shell = fromAccount ?? own['SHELL'];
  return shell && isAbsolute(shell) && /\/(bash|zsh|sh|dash|ksh)$/.test(shell) ? shell : undefined;
}

function capture(
  shell: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(shell, args, {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
      cwd: '/',
    });
    const chunks: Buffer[] = [];
    const finish = (): void => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    };
    const timer = setTimeout(() => {
      if (child.pid !== undefined) attempt(() => process.kill(-(child.pid as number), 'SIGKILL'));
      finish();
    }, loginTimeoutMs);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', finish);
    child.once('close', finish);
  });
}

function parseMarked(output: string, mark: string): Readonly<Record<string, string>> | undefined {
  const [, between, end] = output.split(`${mark}\0`);
  if (between === undefined || end === undefined) return undefined;
  const entries = between.split('\0').flatMap((entry) => {
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
