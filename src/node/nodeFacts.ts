import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { Facts } from '../core/gate/analysis/facts';
import { nearestReal } from './nearestReal';

/** Facts from the real file system. Starts no program and changes nothing. */
export function createNodeFacts(platform: NodeJS.Platform = process.platform): Facts {
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
      return bytes.toString('utf8');
    },
    list(path) {
      const names = attempt(() => readdirSync(path));
      return names === 'failed' ? undefined : names;
    },
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    platform: platform === 'darwin' || platform === 'win32' ? platform : 'linux',
    // The usual file systems of these two fold case; taking a case-sensitive one for such only makes the answer stricter.
    caseInsensitive: platform === 'darwin' || platform === 'win32',
  };
}

function attempt<T>(read: () => T): T | 'failed' {
  try {
    return read();
  } catch {
    return 'failed';
  }
}
