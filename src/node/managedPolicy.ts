import { lstatSync, readdirSync, readFileSync, realpathSync, statSync, watch } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type ManagedPolicy, type PolicyFile, readPolicy } from '../core/gate/policy';
import { type Said, say } from '../core/say';

/** Where administrators put Claude Code's managed settings; the places are fixed, so that nobody below them can choose others. */
export function policyFolder(platform: NodeJS.Platform = process.platform): string {
  switch (platform) {
    case 'darwin':
      return '/Library/Application Support/ClaudeCode';
    case 'win32':
      return 'C:\\Program Files\\ClaudeCode';
    default:
      return '/etc/claude-code';
  }
}

/** Where to look and whom to trust, for tests alone: the product passes neither. */
export interface PolicyPlace {
  readonly folder?: string;
  /** Numeric user id that the files must belong to; root's, 0, when absent. */
  readonly owner?: number;
}

/** Milliseconds between looks for changes that no event announced (network folders, a folder that did not exist at first). */
const pollMs = 5_000;

/** Milliseconds after an event before the files are read, so that a file is not read while it is half written. */
const settleMs = 100;

/** Bytes of one managed file. */
const sizeLimit = 5_000_000;

/** The policy as it is now: `managed-settings.json`, then `managed-settings.d/*.json` by name. Missing files are no policy. */
export function loadManagedPolicy({ folder = policyFolder(), owner = 0 }: PolicyPlace = {}): ManagedPolicy {
  return readPolicy(findFiles(folder).map((path) => readOne(path, folder, owner)));
}

function findFiles(folder: string): readonly string[] {
  const base = join(folder, 'managed-settings.json');
  const dropIns = join(folder, 'managed-settings.d');
  return [...(exists(base) ? [base] : []), ...listDropIns(dropIns)];
}

function listDropIns(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    // What is there but cannot be listed may hide a policy: reading it as a file reports it.
    return exists(folder) ? [folder] : [];
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return !['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

function readOne(path: string, folder: string, owner: number): PolicyFile {
  try {
    const real = realpathSync.native(path);
    const info = statSync(real);
    if (!info.isFile()) return unreadable(path, 'it is not a file');
    if (info.size > sizeLimit) return unreadable(path, `it is larger than ${sizeLimit / 1_000_000} MB`);
    const text = readFileSync(real, 'utf8');
    const open = othersMayWrite([real, dirname(real), ...foldersFrom(folder, path)], owner);
    return { path, content: open === undefined ? { ok: true, text } : { ok: false, why: untrusted(path, open), text } };
  } catch (error) {
    return unreadable(path, String(error));
  }
}

/** The policy folder and those below it on the way to a file. Whoever may write one of them may put another file there. */
function foldersFrom(folder: string, path: string): readonly string[] {
  const below = relative(folder, dirname(path)).split(sep).filter(Boolean);
  return [folder, ...below.map((_, depth) => join(folder, ...below.slice(0, depth + 1)))];
}

/**
 * On POSIX systems: the first path that belongs to somebody else, or that its group or others may write. On Windows, where Node
 * cannot read access lists, the place is the protection: only administrators may write below Program Files.
 */
function othersMayWrite(paths: readonly string[], owner: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  return paths.find((path) => {
    const { uid, mode } = statSync(path);
    return uid !== owner || (mode & 0o022) !== 0;
  });
}

const untrusted = (path: string, open: string): Said =>
  say(
    'The managed settings in {0} could be changed by others than the administrator ({1} must belong to root and be writable by root alone); until that is corrected only Normal is available.',
    path,
    open,
  );

const unreadable = (path: string, why: string): PolicyFile => ({
  path,
  content: {
    ok: false,
    why: say('The managed settings file {0} cannot be read ({1}); until it can only Normal is available.', path, why),
  },
});

/** Tells about every change while it is watched. */
export function watchManagedPolicy(
  onChange: (policy: ManagedPolicy) => void,
  place: PolicyPlace = {},
): { dispose(): void } {
  const { folder = policyFolder() } = place;
  let last = JSON.stringify(loadManagedPolicy(place));
  const look = (): void => {
    const policy = loadManagedPolicy(place);
    const now = JSON.stringify(policy);
    if (now === last) return;
    last = now;
    onChange(policy);
  };
  let settling: NodeJS.Timeout | undefined;
  const lookSoon = (): void => {
    settling ??= setTimeout(() => {
      settling = undefined;
      look();
    }, settleMs).unref();
  };
  const timer = setInterval(look, pollMs).unref();
  const watchers = [folder, join(folder, 'managed-settings.d')].flatMap((path) => {
    try {
      const watcher = watch(path, { persistent: false }, lookSoon);
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      // Not there, or not watchable: the timer sees it.
      return [];
    }
  });
  return {
    dispose() {
      clearInterval(timer);
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
    },
  };
}
