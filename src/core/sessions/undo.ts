import type { FileOutcome, LineStore } from '../ports';
import type { Said } from '../say';
import { missing, type PathState, sameState } from './pathState';

/** Keeps what stands at paths, and puts it back. */
export interface SnapshotStore {
  /**
   * What stands at each path and at everything below it; the bytes of files are kept.
   * @param paths absolute and real.
   */
  keep(paths: readonly string[]): Promise<KeepOutcome>;
  /** What stands at a path now; its bytes are looked at and not kept. */
  look(path: string): Promise<PathState>;
  /**
   * Makes a path be `to`. Changes nothing when it is that already, or when it is not `from` now: then somebody else has changed it.
   */
  put(path: string, from: PathState, to: PathState): Promise<FileOutcome<void>>;
}

export type KeepOutcome =
  | { readonly ok: true; readonly states: ReadonlyMap<string, PathState> }
  /** It cannot be kept, and so not be taken back. */
  | { readonly ok: false; readonly why: Said };

/** One path that a call changed. */
export interface KeptPath {
  readonly path: string;
  readonly before: PathState;
  readonly after: PathState;
}

/** What a call changed, with everything that is needed to take it back. */
export interface KeptCall {
  /** The id of the call. */
  readonly id: string;
  readonly title: string;
  readonly paths: readonly KeptPath[];
  /** It was taken back, and not done again since. */
  readonly undone: boolean;
}

/** One path of an undo or redo. */
export interface Step {
  readonly path: string;
  readonly from: PathState;
  readonly to: PathState;
}

/** What taking calls back would do: a dry run. */
export interface UndoPlan {
  readonly steps: readonly Step[];
  /** Paths that are not any more as the calls left them: somebody else has changed them, and they stay as they are. */
  readonly changed: readonly string[];
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
  readonly roots: readonly string[];
  readonly before: ReadonlyMap<string, PathState>;
}

/** Remembers what calls changed, and takes it back. One per session; what it remembers survives a crash. */
export interface Undo {
  /** Keeps what a call may change. Undefined when that cannot be kept. @param roots real paths; everything below them counts. */
  begin(call: { readonly id: string; readonly title: string }, roots: readonly string[]): Promise<Begun | undefined>;
  /** The call has run: finds out what changed. @returns undefined when nothing did, or it cannot be told. */
  end(begun: Begun): Promise<KeptCall | undefined>;
  /** By id. */
  call(id: string): KeptCall | undefined;
  /** A dry run of {@link Undo.take}. */
  plan(id: string, direction: Direction): Promise<UndoPlan>;
  /** Takes a call back, or does it again. What somebody else has changed since is left as it is. */
  take(id: string, direction: Direction): Promise<UndoReport>;
}

export type Direction = 'undo' | 'redo';

/** @param lines where it is remembered. */
export async function createUndo(store: SnapshotStore, lines: LineStore): Promise<Undo> {
  const calls = new Map<string, KeptCall>();
  for (const line of await lines.read()) {
    const read = readLine(line);
    if (read?.type === 'kept') calls.set(read.call.id, { ...read.call, undone: false });
    const marked = read?.type === 'undone' ? calls.get(read.id) : undefined;
    if (read?.type === 'undone' && marked) calls.set(read.id, { ...marked, undone: read.undone });
  }

  function stepsOf(id: string, direction: Direction): readonly Step[] {
    const call = calls.get(id);
    if (!call || call.undone !== (direction === 'redo')) return [];
    const steps = call.paths.map(({ after, before, path }) =>
      direction === 'undo' ? { path, from: after, to: before } : { path, from: before, to: after },
    );
    return inOrder(steps);
  }

  return {
    async begin({ id, title }, roots) {
      const kept = await store.keep(roots);
      return kept.ok ? { id, title, roots, before: kept.states } : undefined;
    },
    async end({ before, id, roots, title }) {
      // What it has made is kept as well, so that an undo can be taken back.
      const kept = await store.keep(roots);
      if (!kept.ok) return undefined;
      const paths = [...new Set([...before.keys(), ...kept.states.keys()])].flatMap((path) => {
        const change = { path, before: before.get(path) ?? missing, after: kept.states.get(path) ?? missing };
        return sameState(change.before, change.after) ? [] : [change];
      });
      if (paths.length === 0) return undefined;
      const call: KeptCall = { id, title, paths, undone: false };
      calls.set(id, call);
      const { undone: _, ...stored } = call;
      await lines.append(JSON.stringify({ type: 'kept', call: stored }));
      return call;
    },
    call: (id) => calls.get(id),
    async plan(id, direction) {
      const steps: Step[] = [];
      const changed: string[] = [];
      for (const step of stepsOf(id, direction)) {
        const now = await store.look(step.path);
        if (sameState(now, step.from)) steps.push(step);
        else if (!sameState(now, step.to)) changed.push(step.path);
      }
      return { steps, changed };
    },
    async take(id, direction) {
      const call = calls.get(id);
      const done: Step[] = [];
      const changed: string[] = [];
      const failed: { readonly path: string; readonly reason: string }[] = [];
      for (const step of stepsOf(id, direction)) {
        const outcome = await store.put(step.path, step.from, step.to);
        if (outcome.ok) done.push(step);
        else if (outcome.code === 'changed') changed.push(step.path);
        else failed.push({ path: step.path, reason: outcome.reason });
      }
      if (call && done.length > 0) {
        const undone = direction === 'undo';
        calls.set(id, { ...call, undone });
        await lines.append(JSON.stringify({ type: 'undone', id, undone }));
      }
      return { done, changed, failed };
    },
  };
}

/** What goes away first, the deepest before what it lies in; then what comes, folders before what lies in them. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const goes = steps.filter(({ to }) => to.type === 'missing');
  const comes = steps.filter(({ to }) => to.type !== 'missing');
  const depth = ({ path }: Step): number => path.split('/').length;
  return [...goes.sort((a, b) => depth(b) - depth(a)), ...comes.sort((a, b) => depth(a) - depth(b))];
}

type Line =
  | { readonly type: 'kept'; readonly call: Omit<KeptCall, 'undone'> }
  | { readonly type: 'undone'; readonly id: string; readonly undone: boolean };

/** A line that this version does not know is passed over. */
function readLine(line: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const found = value as Partial<{ type: unknown; call: Partial<KeptCall>; id: unknown; undone: unknown }> | null;
  if (found?.type === 'kept' && typeof found.call?.id === 'string' && Array.isArray(found.call.paths))
    return value as Line;
  if (found?.type === 'undone' && typeof found.id === 'string' && typeof found.undone === 'boolean')
    return value as Line;
  return undefined;
}
