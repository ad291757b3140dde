import { dirname, join } from 'node:path';
import type { Facts } from '../core/gate/analysis/facts';
import type { ProjectInstructions } from '../core/gate/classifier/classifier';
import { isInside } from '../core/tools/inside';

/** Files in which a repository instructs agents. */
const names = ['CLAUDE.md', 'AGENTS.md'] as const;
/** Bytes of one of them. */
const limit = 200_000;

/**
 * What the folders of the workspace tell agents, the nearest to the working folder last. A file that has changed since the
 * session began is left out, whoever changed it, and so is a link to something that is no such text: it could be a secret.
 */
export function projectInstructions(
  facts: Facts,
  folders: readonly string[],
  cwd: string,
): readonly ProjectInstructions[] {
  return read(facts, folders, cwd).filter(({ path }) => facts.provenance(path) !== 'changed');
}

/** Paths whose text is another one than it was, or that have come or gone. */
export function changedInstructions(
  facts: Facts,
  folders: readonly string[],
  cwd: string,
  before: readonly ProjectInstructions[],
): readonly string[] {
  const then = new Map(before.map(({ path, text }) => [path, text]));
  const now = new Map(read(facts, folders, cwd).map(({ path, text }) => [path, text]));
  return [...new Set([...then.keys(), ...now.keys()])].filter((path) => then.get(path) !== now.get(path));
}

function read(facts: Facts, folders: readonly string[], cwd: string): readonly ProjectInstructions[] {
  // The folder that is worked in comes last, what lies between it and its root after the root.
  const ordered = [...folders].sort((one, other) => Number(isInside(cwd, [one])) - Number(isInside(cwd, [other])));
  const places = [...new Set(ordered.flatMap((folder) => (isInside(cwd, [folder]) ? downTo(folder, cwd) : [folder])))];
  const seen = new Set<string>();
  return places.flatMap((place) =>
    names.flatMap((name) => {
      const path = join(place, name);
      const real = facts.realpath(path);
      // One file under two names is said once.
      if (real === undefined || !real.endsWith('.md') || !isInside(real, folders) || seen.has(real)) return [];
      seen.add(real);
      const text = facts.readText(real, limit);
      return text === undefined || text.trim() === '' ? [] : [{ path, text }];
    }),
  );
}

function downTo(root: string, folder: string): readonly string[] {
  return folder === root || dirname(folder) === folder ? [folder] : [...downTo(root, dirname(folder)), folder];
}
