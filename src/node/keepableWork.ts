import { lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Work } from '../core/gate/analysis/facts';
import { isIgnored } from './gitIgnore';
import { gitIndexOf } from './gitIndex';
import { keepable } from './keepable';

/** Entries of a work tree that are looked through for what git does not know. */
const lookLimit = 20_000;

/**
 * What a repository holds in no commit, if all of it can be kept. What it says of branches and commits is always kept.
 * @param most files; with more it is not counted on.
 */
export function keepableWork(
  root: string,
  what: Work,
  most: number,
): { readonly paths: readonly string[] } | { readonly why: string } {
  try {
    // The state of a linked work tree lies with another one, which is not this window's.
    if (!lstatSync(join(root, '.git')).isDirectory()) return { why: 'the repository lies elsewhere' };
  } catch {
    return { why: 'there is no repository' };
  }
  if (what === 'history') return { paths: [] };
  const names = what === 'modified' ? gitIndexOf(root)?.modifiedBelow('') : untrackedIn(root, most);
  if (!names) return { why: 'there is too much to look through' };
  if (names.length > most) return { why: `it is more than ${most} files` };
  const paths = names.map((name) => join(root, name));
  for (const path of paths) {
    const found = keepable(path, 1);
    if ('why' in found) return found;
  }
  return { paths };
}

/** @returns undefined when there is too much. */
function untrackedIn(root: string, most: number): readonly string[] | undefined {
  const index = gitIndexOf(root);
  if (index?.root !== root) return undefined;
  const names: string[] = [];
  const pending = [root];
  let seen = 0;
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop())
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      seen += 1;
      if (seen > lookLimit) return undefined;
      const path = join(folder, entry.name);
      const name = relative(root, path);
      if (name === '.git') continue;
      const known = entry.isDirectory() ? index.below(name) > 0 : index.state(name) !== 'untracked';
      if (!known && isIgnored(root, entry.isDirectory() ? `${name}/` : name)) continue;
      if (entry.isDirectory()) pending.push(path);
      else if (!known) names.push(name);
      if (names.length > most) return names;
    }
  return names;
}
