import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import picomatch from 'picomatch';
import type { GrepQuery, Search, SearchOutcome } from '../core/ports';
import { inertVariables } from './inertVariables';
import { pathPrograms } from './pathPrograms';

/** UTF-16 units of results that are kept in memory; beyond that the search is too wide to be of use. */
const keptLimit = 20_000_000;
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

/**
 * ripgrep in the folders of PATH, absolute ones only.
 * @param workspace real paths; a program inside them could be one that the repository brought (rule R52).
 */
export function pathRipgrep(path = process.env['PATH'] ?? '', workspace: readonly string[] = []): readonly string[] {
  return pathPrograms('rg', path, workspace);
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
      const args = [...grepArguments(query), '--', pattern, path];
      return within(path, (cwd) => run(program, args, { cwd, limit, keep: () => true }, signal));
    },
    async glob(pattern, folder, limit, signal) {
      if (!program) return missing;
      const keep = pathMatcher(pattern, folder);
      if (!keep) return { ok: false, reason: `${JSON.stringify(pattern.slice(0, 200))} is not a pattern of paths.` };
      const args = ['--files', '--hidden', '--no-config', '--no-messages', noGit, '--', folder];
      const everything = Number.POSITIVE_INFINITY;
      const found = await within(folder, (cwd) => run(program, args, { cwd, limit: everything, keep }, signal));
      return found.ok ? newestFirst(found, limit) : found;
    },
  };
}

/**
 * Which paths a pattern means. ripgrep lists the files and this chooses among them, because a pattern given to ripgrep itself overrides
 * the ignore files: `**` would then list node_modules. A pattern without a slash is one of names, at any depth.
 */
function pathMatcher(pattern: string, folder: string): ((path: string) => boolean) | undefined {
  const plain = pattern.replace(/^(\.\/)+/, '').replace(/\/$/, '/**');
  const whole = isAbsolute(plain);
  try {
    const matches = picomatch(plain, { dot: true, nonegate: true, noextglob: true, basename: !plain.includes('/') });
    return (path) => matches((whole ? path : relative(folder, path)).replaceAll(sep, '/'));
  } catch {
    return undefined;
  }
}

/** Comes after every other glob: the last one that matches decides. */
const noGit = '--glob=!.git';
/** Globs that leave nothing out. Given to ripgrep they would bring back what the ignore files leave out. */
const everyFile = new Set(['*', '**', '**/*', '**/**', './**', './**/*']);

function grepArguments(query: GrepQuery): readonly string[] {
  const shape = { content: [], files_with_matches: ['--files-with-matches'], count: ['--count'] }[query.mode];
  const context =
    query.mode === 'content' ? [`--before-context=${query.before}`, `--after-context=${query.after}`] : [];
  return [
    ...['--no-config', '--no-messages', '--color=never', '--no-heading', '--with-filename', '--hidden'],
    ...[`--max-columns=${longestLine}`, '--max-columns-preview', '--sort=path'],
    ...shape,
    ...context,
    ...(query.mode === 'content' && query.lineNumbers ? ['--line-number'] : []),
    ...(query.ignoreCase ? ['--ignore-case'] : []),
    ...(query.multiline ? ['--multiline', '--multiline-dotall'] : []),
    ...(query.glob === undefined || everyFile.has(query.glob) ? [] : [`--glob=${query.glob}`]),
    noGit,
    ...(query.type === undefined ? [] : [`--type=${query.type}`]),
  ];
}

/** ripgrep reads path globs from its working folder, so it runs in the folder that is searched. */
async function within(path: string, search: (cwd: string) => Promise<SearchOutcome>): Promise<SearchOutcome> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return { ok: false, reason: `${path} does not exist or cannot be read.` };
  return search(info.isDirectory() ? path : dirname(path));
}

interface Wanted {
  readonly cwd: string;
  /** Lines; when there are more, ripgrep is stopped. */
  readonly limit: number;
  keep(line: string): boolean;
}

function run(
  program: string,
  args: readonly string[],
  { cwd, limit, keep }: Wanted,
  signal: AbortSignal,
): Promise<SearchOutcome> {
  if (signal.aborted) return Promise.resolve({ ok: false, reason: 'The search was stopped.' });
  return new Promise((resolve) => {
    // Its own configuration variable is not among them; HOME is, for the user's own ignore file.
    const env = inertVariables(process.env);
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, cwd });
    const decoder = new StringDecoder('utf8');
    const lines: string[] = [];
    let size = 0;
    let rest = '';
    let complaint = '';
    let stopped: 'late' | 'enough' | undefined;
    const kill = (): void => void child.kill('SIGKILL');
    const timer = setTimeout(() => {
      stopped ??= 'late';
      kill();
    }, timeoutMs);
    signal.addEventListener('abort', kill, { once: true });
    const take = (text: string): void => {
      const whole = (rest + text).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) {
        if (stopped || !keep(line)) continue;
        lines.push(line);
        size += line.length;
        if (lines.length <= limit && size <= keptLimit) continue;
        stopped = 'enough';
        kill();
      }
    };
    child.stdout.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
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
      const seconds = timeoutMs / 1000;
      if (stopped === 'late') {
        const reason = `The search took longer than ${seconds} s. Narrow it to a folder or a file type.`;
        return settle({ ok: false, reason });
      }
      if (signal.aborted) return settle({ ok: false, reason: 'The search was stopped.' });
      take(`${decoder.end()}${rest === '' ? '' : '\n'}`);
      // 0: found, 1: nothing found, 2: an error, possibly beside results.
      if (code === 2 && lines.length === 0 && complaint.trim() !== '')
        return settle({ ok: false, reason: `The search was refused: ${complaint.trim()}` });
      settle({ ok: true, lines: lines.slice(0, limit), truncated: stopped === 'enough' });
    });
  });
}

async function newestFirst(found: Extract<SearchOutcome, { ok: true }>, limit: number): Promise<SearchOutcome> {
  const paths = found.lines;
  const dated: (readonly [string, number])[] = [];
  for (let start = 0; start < paths.length; start += 64) {
    const batch = paths.slice(start, start + 64);
    dated.push(...(await Promise.all(batch.map(async (path) => [path, await modified(path)] as const))));
  }
  dated.sort(([pathA, a], [pathB, b]) => b - a || (pathA < pathB ? -1 : 1));
  return {
    ok: true,
    lines: dated.slice(0, limit).map(([path]) => path),
    truncated: found.truncated || dated.length > limit,
  };
}

const modified = (path: string): Promise<number> =>
  lstat(path).then(
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
