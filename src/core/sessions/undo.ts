import type { LineStore } from '../ports';
import { type Said, say } from '../say';
import { countLines } from './countLines';
import { inBatches } from './inBatches';
import { missing, type PathState, sameState } from './pathState';
import { type Direction, planReversal, type Reversed, type Step, type UndoPlan } from './reversal';
import type { KeptPath, LostPath, SnapshotStore, WorkspaceTree } from './snapshots';
import { parseUndoLine, type UndoLine } from './undoLog';

/** What a call changed, with everything that is needed to take it back. */
export interface KeptCall {
  /** The id of the call. */
  readonly id: string;
  readonly title: string;
  readonly paths: readonly KeptPath[];
  /** What it changed and cannot be taken back. */
  readonly lost: readonly LostPath[];
  /** Paths of it that were taken back, and not done again since. */
  readonly undone: ReadonlySet<string>;
}

export interface UndoReport {
  readonly done: readonly Step[];
  readonly changed: readonly string[];
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
}

/** A call that is about to run, with what it may change. */
export interface Begun {
  readonly id: string;
  readonly title: string;
  /** Absent: anything in the workspace. */
  readonly kept?: { readonly roots: readonly string[]; readonly before: ReadonlyMap<string, PathState> };
}

/** A file that calls have changed, all of them together. */
export interface ChangedFile {
  readonly path: string;
  /** Before the first of them. */
  readonly before: PathState;
  /** As it is now. */
  readonly now: PathState;
  /** The calls, the earliest first. */
  readonly ids: readonly string[];
  /** Undefined where it is no text, or not counted any more. */
  readonly lines: { readonly added: number; readonly removed: number } | undefined;
}

/** Remembers what calls changed, and takes it back. One per session; what it remembers survives a crash. */
export interface Undo {
  /**
   * Keeps what a call may change.
   * @param roots real paths; everything below them counts. Undefined: whatever there is in the workspace.
   * @returns undefined when it cannot be kept.
   */
  begin(
    call: { readonly id: string; readonly title: string },
    roots: readonly string[] | undefined,
  ): Promise<Begun | undefined>;
  /** The call has run: finds out what changed. @returns undefined when nothing did, or it cannot be told. */
  end(begun: Begun): Promise<KeptCall | undefined>;
  /** What stands in the workspace and is not kept, of calls that may change anything. */
  unkept(): readonly LostPath[];
  /** By id. */
  call(id: string): KeptCall | undefined;
  /** A dry run of {@link Undo.take}. */
  plan(ids: readonly string[], direction: Direction, only?: string): Promise<UndoPlan>;
  /**
   * Takes calls back, or does them again. What somebody else has changed since is merged, or left as it is.
   * @param ids in any order. @param only takes back this path alone.
   */
  take(ids: readonly string[], direction: Direction, only?: string): Promise<UndoReport>;
  /** The files that calls have changed and that are not as they were before. */
  changedFiles(): Promise<readonly ChangedFile[]>;
  /** The bytes of a file as a call found or left it, for a comparison. */
  content(state: PathState): Promise<Uint8Array | undefined>;
  /** What was cut short when the session was open last, and what became of it. */
  readonly interrupted: readonly Interrupted[];
}

export interface Interrupted {
  /** The call whose change can be taken back. */
  readonly id: string;
  readonly said: Said;
}

/** Bytes of a file whose lines are counted. */
const countedBytes = 1_000_000;
/** How long a call may be held up for copying what is not kept yet. Milliseconds. */
const patienceMs = 600;

/**
 * @param lines where it is remembered.
 * @param tree absent: only calls of which it is known what they change can be taken back.
 */
export async function createUndo(store: SnapshotStore, lines: LineStore, tree?: WorkspaceTree): Promise<Undo> {
  const calls = new Map<string, KeptCall>();
  const interrupted: Interrupted[] = [];
  const append = (line: UndoLine): Promise<void> => lines.append(JSON.stringify(line));

  function mark(covered: Iterable<readonly [string, readonly string[]]>, direction: Direction, failed: string[]): void {
    for (const [id, paths] of covered) {
      const call = calls.get(id);
      if (!call) continue;
      const undone = new Set(call.undone);
      for (const path of paths) {
        if (failed.includes(path)) continue;
        if (direction === 'undo') undone.add(path);
        else undone.delete(path);
      }
      calls.set(id, { ...call, undone });
    }
  }

  async function doSteps(steps: readonly Step[]): Promise<UndoReport> {
    const done: Step[] = [];
    const changed: string[] = [];
    const failed: { readonly path: string; readonly reason: string }[] = [];
    /** Those of which a part stayed. */
    const repositories = new Set(await lockedIn(steps));
    for (const step of steps) {
      // What git keeps comes first. Without all of it nothing else is taken back.
      if (repositories.size > 0) {
        failed.push({ path: step.path, reason: 'the state of the repository could not be taken back' });
        continue;
      }
      const outcome = await store.put(step.path, step.from, step.to);
      if (outcome.ok) done.push(step);
      else if (outcome.code === 'changed') changed.push(step.path);
      else failed.push({ path: step.path, reason: outcome.reason });
      if (!outcome.ok && step.repository !== undefined) repositories.add(step.repository);
    }
    return { done, changed, failed };
  }

  /** Repositories in which git is at work. */
  async function lockedIn(steps: readonly Step[]): Promise<readonly string[]> {
    const locks = steps.flatMap(({ path, repository }) =>
      repository === undefined
        ? []
        : [path, `${repository}/index`, `${repository}/HEAD`].map((file) => [file, repository] as const),
    );
    const found = await inBatches(locks, async ([file, repository]) =>
      (await store.look(`${file}.lock`)).type === 'missing' ? [] : [repository],
    );
    return found.flat();
  }

  const stayed = ({ changed, failed }: UndoReport): string[] => [...changed, ...failed.map(({ path }) => path)];

  function remember(call: Omit<KeptCall, 'undone'>): KeptCall {
    const kept = { ...call, undone: new Set<string>() };
    calls.set(call.id, kept);
    return kept;
  }

  /** What was begun, from what was written. */
  async function goOn(): Promise<void> {
    let begun: Extract<UndoLine, { type: 'begun' }> | undefined;
    let taking: Extract<UndoLine, { type: 'taking' }> | undefined;
    const titles = new Map<string, string>();
    for (const text of await lines.read()) {
      const line = parseUndoLine(text);
      switch (line?.type) {
        case 'begun':
          begun = line;
          titles.set(line.id, line.title);
          break;
        case 'ended':
          begun = undefined;
          if (line.paths.length + line.lost.length > 0)
            remember({ id: line.id, title: titles.get(line.id) ?? line.id, paths: line.paths, lost: line.lost });
          break;
        case 'taking':
          taking = line;
          break;
        case 'taken':
          if (taking) mark(taking.covered, taking.direction, [...line.failed]);
          taking = undefined;
          break;
        default:
      }
    }
    if (begun) {
      const { before, id, title } = begun;
      const kept = before
        ? await end({ id, title, kept: { roots: before.map(([path]) => path), before: new Map(before) } })
        : (await tree?.resume())
          ? await end({ id, title })
          : undefined;
      if (kept)
        interrupted.push({
          id,
          said: say(
            'A call was cut short when the editor ended: {0}. Whatever changed since it began can be taken back on its card.',
            title,
          ),
        });
    }
    if (taking) {
      await store.tidy(taking.steps.map(({ path }) => path));
      const report = await doSteps(taking.steps);
      await append({ type: 'taken', failed: stayed(report) });
      mark(taking.covered, taking.direction, stayed(report));
      const id = taking.covered[0]?.[0] ?? '';
      interrupted.push({
        id,
        said: say(
          'Taking back changes was cut short when the editor ended. It is finished now: {0}',
          calls.get(id)?.title ?? id,
        ),
      });
    }
  }

  async function end({ id, kept, title }: Begun): Promise<KeptCall | undefined> {
    const found = kept ? await changesBelow(kept) : await tree?.changes();
    const { lost = [], paths = [] } = found ?? {};
    await append({ type: 'ended', id, paths, lost });
    return paths.length + lost.length === 0 ? undefined : remember({ id, title, paths, lost });
  }

  async function changesBelow({ before, roots }: NonNullable<Begun['kept']>): Promise<{
    readonly paths: readonly KeptPath[];
    readonly lost: readonly LostPath[];
  }> {
    // What it has made is kept as well, so that an undo can be taken back.
    const now = await store.keep(roots);
    if (!now.ok) return { paths: [], lost: roots.map((path) => ({ path, why: now.why })) };
    const paths = [...new Set([...before.keys(), ...now.states.keys()])].flatMap((path) => {
      const change = { path, before: before.get(path) ?? missing, after: now.states.get(path) ?? missing };
      return sameState(change.before, change.after) ? [] : [change];
    });
    return { paths, lost: [] };
  }

  /** A file that is made in a folder that is not there makes the folder too. */
  async function withMissingFolders(roots: readonly string[]): Promise<readonly string[]> {
    const all = new Set(roots);
    for (const root of roots)
      for (let at = parentOf(root); at !== undefined && !all.has(at); at = parentOf(at)) {
        if ((await store.look(at)).type !== 'missing') break;
        all.add(at);
      }
    return [...all];
  }

  /** The calls in the order in which they are to be taken, each with the paths that are not taken yet. */
  function reversed(ids: readonly string[], direction: Direction, only: string | undefined): readonly Reversed[] {
    const inOrder = [...calls.values()].filter(({ id }) => ids.includes(id));
    if (direction === 'undo') inOrder.reverse();
    return inOrder.map(({ id, paths, undone }) => ({
      id,
      paths: paths.filter(
        ({ path }) => undone.has(path) === (direction === 'redo') && (only === undefined || only === path),
      ),
    }));
  }

  async function linesOf(path: string, before: PathState): Promise<ChangedFile['lines']> {
    const earlier = before.type === 'file' ? await store.content(before) : new Uint8Array();
    const now = await store.read(path, countedBytes);
    return earlier && countLines(earlier, now ?? new Uint8Array());
  }

  await goOn();
  return {
    interrupted,
    async begin({ id, title }, roots) {
      if (!roots) {
        if (!tree) return undefined;
        await tree.mark(patienceMs);
        await append({ type: 'begun', id, title });
        return { id, title };
      }
      const all = await withMissingFolders(roots);
      const kept = await store.keep(all);
      if (!kept.ok) return undefined;
      await append({ type: 'begun', id, title, before: [...kept.states] });
      return { id, title, kept: { roots: all, before: kept.states } };
    },
    end,
    unkept: () => tree?.unkept() ?? [],
    call: (id) => calls.get(id),
    plan: (ids, direction, only) => planReversal(reversed(ids, direction, only), direction, store),
    async take(ids, direction, only) {
      const { changed, covered, steps } = await planReversal(reversed(ids, direction, only), direction, store);
      if (steps.length === 0) return { done: [], changed, failed: [] };
      // What is there now is kept first, so that this can be taken back as well.
      const secured = await inBatches(
        steps,
        async ({ from, path }) => from.type !== 'file' || (await store.secure(path, from)),
      );
      if (secured.includes(false)) {
        const reason = 'what is there now could not be kept; is the disk full?';
        return { done: [], changed, failed: steps.map(({ path }) => ({ path, reason })) };
      }
      await append({ type: 'taking', direction, covered: [...covered], steps });
      const report = await doSteps(steps);
      await append({ type: 'taken', failed: stayed(report) });
      mark(covered, direction, stayed(report));
      return { ...report, changed: [...changed, ...report.changed] };
    },
    async changedFiles() {
      const touched = new Map<string, { before: PathState; ids: string[] }>();
      for (const { id, paths, undone } of calls.values())
        for (const { before, path, repository } of paths) {
          if (undone.has(path) || repository !== undefined) continue;
          const known = touched.get(path);
          if (known) known.ids.push(id);
          else touched.set(path, { before, ids: [id] });
        }
      const found = await inBatches([...touched], async ([path, { before, ids }]) => {
        return { path, before, ids, now: await store.look(path, [before]) };
      });
      const files = found.filter(
        ({ before, now }) =>
          !sameState(before, now) && [before, now].some(({ type }) => type !== 'folder' && type !== 'missing'),
      );
      return inBatches(files, async (file) => ({ ...file, lines: await linesOf(file.path, file.before) }));
    },
    content: async (state) => (state.type === 'file' ? store.content(state) : undefined),
  };
}

function parentOf(path: string): string | undefined {
  const end = path.lastIndexOf('/');
  return end > 0 ? path.slice(0, end) : undefined;
}
