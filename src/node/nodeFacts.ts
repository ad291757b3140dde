import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Facts } from '../core/gate/analysis/facts';
import { nearestReal } from './nearestReal';

/**
 * Facts from the real file system. Starts no program and changes nothing.
 * @param folders where the calls happen: whether names that differ only in case are the same is found out there, because a mounted
 * volume need not be what is usual for the platform.
 */
export function createNodeFacts(platform: NodeJS.Platform = process.platform, folders: readonly string[] = []): Facts {
  return {
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
    provenance: () => 'unknown',
    tracking: () => 'untracked',
    census: () => undefined,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    // The usual file systems of these two fold case; taking a case-sensitive one for such only makes the answer stricter.
    caseInsensitive: platform === 'darwin' || platform === 'win32' || folders.some(foldsCase),
  };
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
