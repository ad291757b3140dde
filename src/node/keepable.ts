import { lstatSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { holdsSecret } from './contentDigest';
import { keepLimits } from './snapshotStore';

/**
 * Whether a snapshot could hold everything at a path. Looks at names and sizes only, so that analysis can ask.
 * @param most files; with more it is not counted on.
 */
export function keepable(path: string, most: number): { readonly files: number } | { readonly why: string } {
  let files = 0;
  let bytes = 0;
  const pending = [path];
  try {
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      if (at.split(sep).includes('.git')) return { why: `${at} belongs to git` };
      const info = lstatSync(at);
      if (info.isDirectory()) {
        for (const name of readdirSync(at)) pending.push(join(at, name));
        if (pending.length > keepLimits.files) return { why: 'there is too much in it' };
        continue;
      }
      if (!info.isFile() && !info.isSymbolicLink()) return { why: `${at} is no regular file` };
      if (holdsSecret(at)) return { why: `${at} may hold a secret` };
      files += 1;
      bytes += info.size;
      if (files > most) return { why: `it holds more than ${most} files` };
      if (info.size > keepLimits.bytesOfFile || bytes > keepLimits.bytes) return { why: 'it is too large to be kept' };
    }
  } catch (error) {
    return { why: String(error) };
  }
  return { files };
}
