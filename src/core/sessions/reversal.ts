import { inBatches } from './inBatches';
import { mergeText } from './mergeText';
import { type FileState, missing, type PathState, sameState } from './pathState';
import type { KeptPath, SnapshotStore } from './snapshots';

export type Direction = 'undo' | 'redo';

/** One path of an undo or redo. */
export interface Step {
  readonly path: string;
  readonly from: PathState;
  readonly to: PathState;
  /** What somebody else has changed in the file meanwhile stays in it. */
  readonly merged?: boolean;
  readonly repository?: string;
}

/** What a call changed and what is to be taken back of it. */
export interface Reversed {
  readonly id: string;
  readonly paths: readonly KeptPath[];
}

/** What taking calls back would do: a dry run. */
export interface UndoPlan {
  /** In the order in which they are to be done. */
  readonly steps: readonly Step[];
  /** Paths that somebody else has changed since in a way that cannot be merged; they stay as they are. */
  readonly changed: readonly string[];
  /** Of each call, the paths that the steps take care of. */
  readonly covered: ReadonlyMap<string, readonly string[]>;
}

/**
 * Works out how to take calls back one after the other. A path that is as the call left it becomes what it was before; a text that
 * somebody has changed meanwhile loses what the call did and keeps the rest; anything else stays. What git keeps about a repository
 * only makes sense as a whole: when one part of it has changed since, the call stays as it is with all its files.
 * @param calls in the order of taking: for an undo the latest first.
 */
export async function planReversal(
  calls: readonly Reversed[],
  direction: Direction,
  store: SnapshotStore,
): Promise<UndoPlan> {
  const found = new Map<string, PathState>();
  const wanted = new Map<string, PathState>();
  const merged = new Set<string>();
  const changed = new Set<string>();
  const covered = new Map<string, readonly string[]>();

  const likes = new Map<string, PathState[]>();
  for (const { after, before, path } of calls.flatMap(({ paths }) => paths))
    likes.set(path, [...(likes.get(path) ?? []), before, after]);

  async function present(path: string): Promise<PathState> {
    const known = wanted.get(path) ?? found.get(path);
    if (known) return known;
    const state = await store.look(path, likes.get(path));
    found.set(path, state);
    return state;
  }

  for (const { id, paths } of calls) {
    const results = await inBatches(paths, async (each) => {
      const [from, to] = direction === 'undo' ? [each.after, each.before] : [each.before, each.after];
      const now = await present(each.path);
      if (sameState(now, from) || sameState(now, to)) return { ...each, result: to, mixed: false };
      const result = each.repository === undefined ? await merge(each.path, now, from, to, store) : undefined;
      return { ...each, result, mixed: true };
    });
    const moved = results.some(({ path, repository, result }) => repository !== undefined && !result && !isAside(path));
    for (const { path, result, mixed } of results) {
      if (moved || !result) changed.add(path);
      else {
        wanted.set(path, result);
        if (mixed) merged.add(path);
      }
    }
    covered.set(
      id,
      results.flatMap(({ path, result }) => (moved || !result ? [] : [path])),
    );
  }

  const repositories = new Map(
    calls.flatMap(({ paths }) => paths.map(({ path, repository }) => [path, repository] as const)),
  );
  const steps = [...wanted].flatMap(([path, to]): readonly Step[] => {
    const from = found.get(path) ?? missing;
    const repository = repositories.get(path);
    if (sameState(from, to)) return [];
    return [
      { path, from, to, ...(merged.has(path) && { merged: true }), ...(repository !== undefined && { repository }) },
    ];
  });
  return { steps: await withoutFilled(inOrder(steps), store), changed: [...changed], covered };
}

/** Files in which git notes what was done last: a fetch in the background writes them, and nothing rests on them. */
const isAside = (path: string): boolean => /\/(?:FETCH_HEAD|ORIG_HEAD|COMMIT_EDITMSG|gitk\.cache|gc\.log)$/.test(path);

/** @returns `now` with what leads from `from` to `to`; undefined when both have changed the same. */
async function merge(
  path: string,
  now: PathState,
  from: PathState,
  to: PathState,
  store: SnapshotStore,
): Promise<PathState | undefined> {
  if (now.type === 'folder' && from.type === 'folder' && to.type === 'folder') {
    const mode = either(now.mode, from.mode, to.mode);
    return mode === undefined ? undefined : { ...now, mode };
  }
  if (now.type !== 'file' || from.type !== 'file' || to.type !== 'file') return undefined;
  const mode = either(now.mode, from.mode, to.mode);
  if (mode === undefined) return undefined;
  const sha256 = either(now.sha256, from.sha256, to.sha256);
  if (sha256 !== undefined) return { type: 'file', sha256, mode };
  // What somebody else has written stands in the file alone.
  if (!(await store.secure(path, now))) return undefined;
  const [base, ours, theirs] = await Promise.all([from, now, to].map((state: FileState) => store.content(state)));
  const text = base && ours && theirs && mergeText(base, ours, theirs);
  return text && store.keepContent(path, text, { ...now, mode });
}

/** The one that only one of two has changed; undefined when both have, and not to the same. */
function either<T>(now: T, from: T, to: T): T | undefined {
  if (now === from || now === to) return to;
  return to === from ? now : undefined;
}

/** What git keeps first, since it may be at work; then what goes away, the deepest before what it lies in; then what comes, folders before what lies in them. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const depth = ({ path }: Step): number => path.split('/').length;
  const ordered = (some: readonly Step[]): readonly Step[] => {
    const goes = some.filter(({ to }) => to.type === 'missing');
    const comes = some.filter(({ to }) => to.type !== 'missing');
    return [...goes.sort((a, b) => depth(b) - depth(a)), ...comes.sort((a, b) => depth(a) - depth(b))];
  };
  return [
    ...ordered(steps.filter(({ repository }) => repository !== undefined)),
    ...ordered(steps.filter(({ repository }) => repository === undefined)),
  ];
}

/** Folders into which somebody has put something stay. */
async function withoutFilled(steps: readonly Step[], store: SnapshotStore): Promise<readonly Step[]> {
  const goes = new Set(steps.filter(({ to }) => to.type === 'missing').map(({ path }) => path));
  for (const { from, path } of steps) {
    if (from.type !== 'folder' || !goes.has(path)) continue;
    const names = await store.list(path);
    if (names.some((name) => !goes.has(`${path}/${name}`))) goes.delete(path);
  }
  return steps.filter(({ path, to }) => to.type !== 'missing' || goes.has(path));
}
