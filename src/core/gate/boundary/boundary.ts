import type { EffectKind } from '../effect';

/** What a boundary covers. A call falls under it when any of these matches. */
export interface BoundaryPatterns {
  /**
   * Rule texts in the syntax of rules (`Bash(git push:*)`, `Edit(src/legacy/**)`, `WebFetch(domain:x.example)`), matched
   * strictly like ask rules.
   */
  readonly rules: readonly string[];
  /** Kinds of effects, whatever their target. */
  readonly kinds: readonly EffectKind[];
  /**
   * When present: writes and deletes are only wanted below these workspace-relative paths; everything else falls under the
   * boundary.
   */
  readonly only: readonly string[] | undefined;
}

/** Something that the user wrote not to do. */
export interface FoundBoundary {
  /** The user's own words: the sentence or clause, trimmed, at most 300 characters. */
  readonly words: string;
  /** Undefined: it is a boundary, but what it covers cannot be told exactly. */
  readonly patterns: BoundaryPatterns | undefined;
}

/** Whether a workspace-relative path is there; tells names of places from other words. */
export type Exists = (path: string) => 'file' | 'folder' | undefined;

/** Everything that one or the other covers. */
export function eitherOf(all: readonly BoundaryPatterns[]): BoundaryPatterns {
  const only = all.flatMap(({ only }) => only ?? []);
  return {
    rules: [...new Set(all.flatMap(({ rules }) => rules))],
    kinds: [...new Set(all.flatMap(({ kinds }) => kinds))],
    only: only.length > 0 ? [...new Set(only)] : undefined,
  };
}
