import type { FileOutcome } from '../ports';
import type { Said } from '../say';
import type { FileState, PathState } from './pathState';

/** Keeps what stands at paths, and puts it back. */
export interface SnapshotStore {
  /**
   * What stands at each path and at everything below it; the bytes of files are kept.
   * @param paths absolute and real.
   */
  keep(paths: readonly string[]): Promise<KeepOutcome>;
  /**
   * What stands at a path now; its bytes are looked at and not kept.
   * @param likes states that it may be in: the same bytes are given by the name that they have there.
   */
  look(path: string, likes?: readonly PathState[]): Promise<PathState>;
  /** Makes sure that the bytes that stand at a path, in this state, are kept. */
  secure(path: string, state: FileState): Promise<boolean>;
  /** Removes what a crash left beside these paths in the middle of a {@link SnapshotStore.put}. */
  tidy(paths: readonly string[]): Promise<void>;
  /** The bytes that stand at a path now; undefined where there is no file, or one that is larger. */
  read(path: string, limit: number): Promise<Uint8Array | undefined>;
  /** Names in a folder; none where there is no folder. */
  list(path: string): Promise<readonly string[]>;
  /** The bytes of a file that was kept; undefined when they are gone. */
  content(state: FileState): Promise<Uint8Array | undefined>;
  /** Keeps bytes that stand nowhere yet. @param like a file whose name and rights they shall have. */
  keepContent(path: string, bytes: Uint8Array, like: FileState): Promise<FileState>;
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
  /** The folder of the repository whose own state it is part of, which is taken back as a whole or not at all. */
  readonly repository?: string;
}

/** A path whose change cannot be taken back. */
export interface LostPath {
  readonly path: string;
  readonly why: Said;
}

/** All that stands in the workspace, for calls of which nobody knows what they change. */
export interface WorkspaceTree {
  /**
   * A call is about to run: what somebody else has changed until now is none of it.
   * @param patienceMs how long it may take to copy what is not kept yet; the rest is copied while the call runs.
   */
  mark(patienceMs: number): Promise<void>;
  /** What is not kept, or not yet: folders that are left out, files that are too large. */
  unkept(): readonly LostPath[];
  /** What has changed since {@link WorkspaceTree.mark}. */
  changes(): Promise<{ readonly paths: readonly KeptPath[]; readonly lost: readonly LostPath[] }>;
  /** Goes back to the last mark, after a crash. @returns false when nothing says what stood there then. */
  resume(): Promise<boolean>;
  /** The person has saved a file while a call ran: that change is theirs. */
  savedByPerson(path: string): void;
}
