import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Milliseconds between looks for changes that no event announced (network folders, a folder that did not exist at first). */
const pollMs = 5_000;

/** Bytes of one managed file. */
const sizeLimit = 5_000_000;

/** The policy as it is now: `managed-settings.json`, then `managed-settings.d/*.json` by name. Missing files are no policy. */
export function loadManagedPolicy(folder = policyFolder()): ManagedPolicy {
  return readPolicy(findFiles(folder).map(readOne));
}

function findFiles(folder: string): readonly string[] {
  const base = join(folder, 'managed-settings.json');
  const dropIns = join(folder, 'managed-settings.d');
  let names: readonly string[] = [];
  try {
    names = readdirSync(dropIns)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    // A folder that is there but cannot be listed may hide a policy: reading it as a file reports it.
    if (!isMissing(error)) names = [''];
  }
  return [...(exists(base) ? [base] : []), ...names.map((name) => join(dropIns, name))];
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return !isMissing(error);
  }
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

function readOne(path: string): PolicyFile {
  try {
    const real = realpathSync.native(path);
    const open = othersMayWrite(real);
    if (open) return { path, content: { ok: false, why: open } };
    if (statSync(real).size > sizeLimit) return unreadable(path, `larger than ${sizeLimit / 1_000_000} MB`);
    return { path, content: { ok: true, text: readFileSync(real, 'utf8') } };
  } catch (error) {
    return unreadable(path, String(error));
  }
}

const unreadable = (path: string, why: string): PolicyFile => ({
  path,
  content: {
    ok: false,
    why: say('The managed settings file {0} cannot be read ({1}); until it can only Normal is available.', path, why),
  },
});

/** On POSIX systems: the file or its folder belongs to somebody else than root, or group or others may write it. */
function othersMayWrite(real: string): Said | undefined {
  if (process.platform === 'win32') return undefined;
  for (const path of [real, dirname(real)]) {
    const { uid, mode }: Stats = statSync(path);
    if (uid === 0 && (mode & 0o022) === 0) continue;
    return say(
      'The managed settings in {0} could be changed by others than the administrator ({1} must belong to root and be writable by root alone); until that is corrected only Normal is available.',
      real,
      path,
    );
  }
  return undefined;
}

/** Tells about every change while it is watched. */
export function watchManagedPolicy(
  onChange: (policy: ManagedPolicy) => void,
  folder = policyFolder(),
): { dispose(): void } {
  let last = JSON.stringify(loadManagedPolicy(folder));
  const look = (): void => {
    const policy = loadManagedPolicy(folder);
    const now = JSON.stringify(policy);
    if (now === last) return;
    last = now;
    onChange(policy);
  };
  const timer = setInterval(look, pollMs);
  timer.unref();
  const watchers = [folder, join(folder, 'managed-settings.d')].flatMap((path) => {
    try {
      const watcher = watch(path, { persistent: false }, look);
      watcher.on('error', () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
  return {
    dispose() {
      clearInterval(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
