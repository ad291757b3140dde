import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Bytes of an ignore file that is read. */
const fileLimit = 200_000;

const read = new Map<string, { readonly key: string; readonly rules: Ignore }>();

/**
 * Whether git ignores a path, by the ignore files of the work tree on the way to it and the repository's own.
 * @param path relative to the root, `/`-separated; with a slash at the end for a folder.
 */
export function isIgnored(root: string, path: string): boolean {
  const parts = path.replace(/\/$/, '').split('/');
  let ignored = check(join(root, '.git/info/exclude'), path);
  for (let depth = 0; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const below = parts.slice(depth).join('/') + (path.endsWith('/') ? '/' : '');
    const verdict = check(join(root, folder, '.gitignore'), below);
    ignored = verdict ?? ignored;
  }
  return ignored === true;
}

/** @returns undefined where the file says nothing about the path. */
function check(file: string, path: string): boolean | undefined {
  const rules = rulesOf(file);
  if (!rules || path === '') return undefined;
  const { ignored, unignored } = rules.test(path);
  return ignored ? true : unignored ? false : undefined;
}

function rulesOf(file: string): Ignore | undefined {
  try {
    const info = statSync(file, { throwIfNoEntry: false });
    if (!info?.isFile() || info.size > fileLimit) return undefined;
    const key = `${info.mtimeMs} ${info.size} ${info.ino}`;
    const known = read.get(file);
    if (known?.key === key) return known.rules;
    const rules = ignore().add(readFileSync(file, 'utf8'));
    read.set(file, { key, rules });
    return rules;
  } catch {
    return undefined;
  }
}
