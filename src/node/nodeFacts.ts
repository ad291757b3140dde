import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { type Census, countLimit, type Facts } from '../core/gate/analysis/facts';
import { isIgnored } from './gitIgnore';
import { gitIndexOf } from './gitIndex';
import { nearestReal } from './nearestReal';

/**
 * Facts from the real file system. Starts no program and changes nothing.
 * @param folders where the calls happen: whether names that differ only in case are the same is found out there, because a mounted
 * volume need not be what is usual for the platform.
 * @param openedAs see {@link Facts.openedAs}.
 * @param since when the session began, in milliseconds since 1970: what has not changed since is the baseline.
 */
export function createNodeFacts(
  platform: NodeJS.Platform = process.platform,
  folders: readonly string[] = [],
  since: number = Date.now(),
  openedAs: NonNullable<Facts['openedAs']> = [],
): Facts {
  return {
    openedAs,
    realpath: nearestReal,
    kind(path) {
      const info = attempt(() => lstatSync(path, { throwIfNoEntry: false }));
      if (info === 'failed') return 'unknown';
      if (!info) return 'missing';
      if (info.isSymbolicLink()) return 'link';
      return info.isFile() ? 'file' : info.isDirectory() ? 'folder' : 'other';
    },
    hardLinks(path) {
      const info = attempt(() => statSync(path, { throwIfNoEntry: false }));
      return info === 'failed' || !info?.isFile() ? 1 : info.nlink;
    },
    readText(path, limit) {
      const info = attempt(() => statSync(path, { throwIfNoEntry: false }));
      if (info === 'failed' || !info?.isFile() || info.size > limit) return undefined;
      const bytes = attempt(() => readFileSync(path));
      if (bytes === 'failed' || bytes.subarray(0, 8_000).includes(0)) return undefined;
      // Replaced bytes would make two different scripts look the same.
      const text = attempt(() => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
      return text === 'failed' ? undefined : text;
    },
    list(path) {
      const names = attempt(() => readdirSync(path));
      return names === 'failed' ? undefined : names;
    },
    provenance(path) {
      const link = attempt(() => lstatSync(path, { throwIfNoEntry: false }));
      const info = attempt(() => statSync(path, { throwIfNoEntry: false }));
      if (link === 'failed' || info === 'failed' || !link || !info) return 'unknown';
      // Any change of bytes, name or rights sets this time, and no program can set it back.
      return link.ctimeMs < since && info.ctimeMs < since ? 'baseline' : 'changed';
    },
    tracking,
    census: (path) => countBelow(path),
    links: linksBelow,
    changedSince: (folder) => changedBelow(folder, since),
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    // The usual file systems of these two fold case; taking a case-sensitive one for such only makes the answer stricter.
    caseInsensitive: platform === 'darwin' || platform === 'win32' || folders.some(foldsCase),
  };
}

/** What version control has of a path; a file in no repository is untracked. */
function tracking(path: string): 'clean' | 'modified' | 'untracked' | 'ignored' {
  const index = gitIndexOf(dirname(path));
  if (!index) return 'untracked';
  const below = relative(index.root, path).split(sep).join('/');
  const state = index.state(below);
  if (state !== 'untracked') return state;
  if (index.below(below) > 0) return index.modifiedBelow(below)?.length === 0 ? 'clean' : 'modified';
  // Patterns that end in a slash are meant for folders.
  const folder = attempt(() => lstatSync(path, { throwIfNoEntry: false }));
  const named = folder !== 'failed' && folder?.isDirectory() ? `${below}/` : below;
  return isIgnored(index.root, named) ? 'ignored' : 'untracked';
}

function countBelow(path: string): Census | undefined {
  const index = gitIndexOf(path);
  let files = 0;
  const pending = [path];
  while (pending.length > 0) {
    const folder = pending.pop() ?? '';
    const entries = attempt(() => readdirSync(folder, { withFileTypes: true }));
    if (entries === 'failed') return undefined;
    for (const entry of entries) {
      if (entry.isDirectory()) pending.push(join(folder, entry.name));
      else files += 1;
      if (files + pending.length > countLimit) return undefined;
    }
  }
  const below = index ? relative(index.root, path).split(sep).join('/') : '';
  const tracked = index ? Math.min(files, index.below(below)) : 0;
  const rest = files - tracked;
  const ignored = index && below !== '' && isIgnored(index.root, `${below}/`) ? rest : 0;
  return {
    files,
    share: index && index.files > 0 ? Math.min(1, files / Math.max(files, index.files)) : undefined,
    tracked,
    untracked: rest - ignored,
    ignored,
  };
}

/** Folders whose files are not the project's own code. */
const notOwn = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', 'target', 'dist', 'build']);
/** Entries of folders that are looked through. */
const lookLimit = 20_000;

function changedBelow(folder: string, since: number): readonly string[] | undefined {
  const changed: string[] = [];
  const pending = [folder];
  let seen = 0;
  while (pending.length > 0) {
    const at = pending.pop() ?? '';
    const entries = attempt(() => readdirSync(at, { withFileTypes: true }));
    if (entries === 'failed') return undefined;
    for (const entry of entries) {
      seen += 1;
      if (seen > lookLimit) return undefined;
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (!notOwn.has(entry.name)) pending.push(path);
      } else {
        const info = attempt(() => lstatSync(path, { throwIfNoEntry: false }));
        if (info !== 'failed' && info && info.ctimeMs >= since) changed.push(path);
      }
    }
  }
  return changed;
}

/** Git keeps no links of its own, and packages bring none: npm leaves them out, and those it makes lead to other packages. */
const withoutLinks = new Set(['.git', 'node_modules']);

function linksBelow(folder: string, deep: boolean): readonly string[] | undefined {
  const links: string[] = [];
  const pending = [folder];
  let seen = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const entries = attempt(() => readdirSync(at as string, { withFileTypes: true }));
    // What cannot be listed here cannot be gone through by others either.
    if (entries === 'failed') continue;
    seen += entries.length;
    if (seen > lookLimit) return undefined;
    for (const entry of entries) {
      if (entry.isSymbolicLink()) links.push(join(at, entry.name));
      else if (deep && entry.isDirectory() && !withoutLinks.has(entry.name)) pending.push(join(at, entry.name));
    }
  }
  return links;
}

/** Whether a folder, or the nearest one above with a letter in its name, is also found under a name of the other case. */
function foldsCase(folder: string): boolean {
  for (let path = folder; path !== dirname(path); path = dirname(path)) {
    const name = basename(path);
    const other = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
    if (other === name) continue;
    const [one, two] = [path, join(dirname(path), other)].map((each) => attempt(() => statSync(each)));
    return one !== 'failed' && two !== 'failed' && one !== undefined && one.ino === two?.ino && one.dev === two.dev;
  }
  return false;
}

function attempt<T>(read: () => T): T | 'failed' {
  try {
    return read();
  } catch {
    return 'failed';
  }
}
