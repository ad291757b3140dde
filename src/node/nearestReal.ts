import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nameOf, rawPath } from './rawPath';

/**
 * Where a path leads: the real path of the nearest ancestor that exists, joined with the rest.
 * @returns undefined when it cannot be told (a loop of links, no permission, a dangling link that would decide the target).
 */
export function nearestReal(path: string): string | undefined {
  const missing: string[] = [];
  for (let present = path; ; present = dirname(present)) {
    try {
      return join(nameOf(realpathSync.native(rawPath(present), 'buffer')), ...missing);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || isLink(present) || dirname(present) === present)
        return undefined;
      missing.unshift(basename(present));
    }
  }
}

/** A link to something that does not exist: writing through it would make its target, wherever that is. */
function isLink(path: string): boolean {
  try {
    return lstatSync(rawPath(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
