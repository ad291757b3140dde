import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import type { GrepQuery, Search, SearchOutcome } from '../core/ports';

/** Bytes of ripgrep's output that are read; beyond that the search is too wide to be of use. */
const outputLimit = 20_000_000;
/** Milliseconds a search may take. */
const timeoutMs = 30_000;
/** Columns of a line that are shown. */
const longestLine = 500;

/** Where the editor keeps its own ripgrep, below its application root; the layout changed with VS Code 1.13x. */
export function editorRipgrep(appRoot: string): readonly string[] {
  const file = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const platform = `${process.platform}-${process.arch}`;
  const packages = [
    `@vscode/ripgrep-universal/bin/${platform}`,
    '@vscode/ripgrep/bin',
    `@vscode/ripgrep-${platform}/bin`,
  ];
  return ['node_modules', 'node_modules.asar.unpacked'].flatMap((modules) =>
    packages.map((name) => join(appRoot, modules, name, file)),
  );
}

/** ripgrep in the folders of PATH, absolute ones only. */
export function pathRipgrep(path = process.env['PATH'] ?? ''): readonly string[] {
  const file = process.platform === 'win32' ? 'rg.exe' : 'rg';
  return path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, file));
}

/**
 * Search on ripgrep, never through a shell: arguments as a list, its configuration file ignored, nothing executed for a file.
 * @param candidates absolute paths, best first; the first that can be executed is used.
 */
export function createRipgrep(candidates: readonly string[]): Search {
  const program = candidates.find(isExecutable);
  const missing: SearchOutcome = {
    ok: false,
    reason:
      'Searching needs ripgrep (rg), and none was found with the editor or on PATH. Tell the user to install ripgrep.',
  };
  return {
    async grep(query, signal) {
      if (!program) return missing;
      const { path, pattern, limit } = query;
      return within(path, (cwd) => run(program, [...grepArguments(query), '--', pattern, path], cwd, limit, signal));
    },
    async glob(pattern, folder, limit, signal) {
      if (!program) return missing;
      const files = ['--files', '--hidden', '--no-config', '--no-messages', '--glob', '!.git', `--glob=${pattern}`];
      const everything = Number.POSITIVE_INFINITY;
      const found = await within(folder, (cwd) => run(program, [...files, '--', folder], cwd, everything, signal));
      return found.ok ? newestFirst(found.lines, limit) : found;
    },
  };
}

function grepArguments(query: GrepQuery): readonly string[] {
  const shape = { content: [], files_with_matches: ['--files-with-matches'], count: ['--count'] }[query.mode];
  const context =
    query.mode === 'content' ? [`--before-context=${query.before}`, `--after-context=${query.after}`] : [];
  return [
    ...[
      '--no-config',
      '--no-messages',
      '--color=never',
      '--no-heading',
      '--with-filename',
      '--hidden',
      '--glob',
      '!.git',
    ],
    ...[`--max-columns=${longestLine}`, '--max-columns-preview', '--sort=path'],
    ...shape,
    ...context,
    ...(query.mode === 'content' && query.lineNumbers ? ['--line-number'] : []),
    ...(query.ignoreCase ? ['--ignore-case'] : []),
    ...(query.multiline ? ['--multiline', '--multiline-dotall'] : []),
    ...(query.glob === undefined ? [] : [`--glob=${query.glob}`]),
    ...(query.type === undefined ? [] : [`--type=${query.type}`]),
  ];
}

/** ripgrep reads path globs from its working folder, so it runs in the folder that is searched. */
async function within(path: string, search: (cwd: string) => Promise<SearchOutcome>): Promise<SearchOutcome> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return { ok: false, reason: `${path} does not exist or cannot be read.` };
  return search(info.isDirectory() ? path : dirname(path));
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  limit: number,
  signal: AbortSignal,
): Promise<SearchOutcome> {
  return new Promise((resolve) => {
    const { RIPGREP_CONFIG_PATH: _config, ...env } = process.env;
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, cwd });
    const chunks: Buffer[] = [];
    let size = 0;
    let complaint = '';
    let late = false;
    const kill = (): void => void child.kill('SIGKILL');
    const timer = setTimeout(() => {
      late = true;
      kill();
    }, timeoutMs);
    signal.addEventListener('abort', kill, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= outputLimit) chunks.push(chunk);
      else kill();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (complaint.length < 2_000) complaint += chunk.toString('utf8');
    });
    const settle = (outcome: SearchOutcome): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      resolve(outcome);
    };
    child.once('error', (error) => settle({ ok: false, reason: `ripgrep could not be started: ${error.message}` }));
    child.once('close', (code) => {
      // 0: found, 1: nothing found, 2: an error, possibly beside results.
      if (late)
        return settle({
          ok: false,
          reason: `The search took longer than ${timeoutMs / 1000} s. Narrow it to a folder or a file type.`,
        });
      if (code === 2 && size === 0) return settle({ ok: false, reason: `The search was refused: ${complaint.trim()}` });
      const lines = Buffer.concat(chunks).toString('utf8').split('\n');
      if (lines.at(-1) === '') lines.pop();
      const truncated = lines.length > limit || size > outputLimit;
      settle({ ok: true, lines: lines.slice(0, limit), truncated });
    });
  });
}

async function newestFirst(paths: readonly string[], limit: number): Promise<SearchOutcome> {
  const dated: (readonly [string, number])[] = [];
  for (let start = 0; start < paths.length; start += 64) {
    const batch = paths.slice(start, start + 64);
    dated.push(...(await Promise.all(batch.map(async (path) => [path, await modified(path)] as const))));
  }
  dated.sort(([pathA, a], [pathB, b]) => b - a || (pathA < pathB ? -1 : 1));
  return { ok: true, lines: dated.slice(0, limit).map(([path]) => path), truncated: dated.length > limit };
}

const modified = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
