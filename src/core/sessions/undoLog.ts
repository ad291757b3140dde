import * as z from 'zod/mini';
import type { PathState } from './pathState';
import type { Direction, Step } from './reversal';
import type { KeptPath, LostPath } from './snapshots';

/** One line of what is remembered of a session's changes. */
export type UndoLine =
  /** A call is about to run. @property before what it may change; absent: anything in the workspace. */
  | {
      readonly type: 'begun';
      readonly id: string;
      readonly title: string;
      readonly before?: readonly (readonly [path: string, state: PathState])[];
    }
  /** It has run. */
  | {
      readonly type: 'ended';
      readonly id: string;
      readonly paths: readonly KeptPath[];
      readonly lost: readonly LostPath[];
    }
  /** Calls are about to be taken back. */
  | {
      readonly type: 'taking';
      readonly direction: Direction;
      readonly covered: readonly (readonly [id: string, paths: readonly string[]])[];
      readonly steps: readonly Step[];
    }
  /** They were. @property failed paths that stayed as they were. */
  | { readonly type: 'taken'; readonly failed: readonly string[] };

const state = z.discriminatedUnion('type', [
  z.object({ type: z.literal('missing') }),
  z.object({ type: z.literal('file'), sha256: z.string(), mode: z.number() }),
  z.object({ type: z.literal('link'), target: z.string() }),
  z.object({ type: z.literal('folder'), mode: z.number() }),
]);
const said = z.object({ template: z.string(), args: z.array(z.union([z.string(), z.number()])) });
const line = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begun'),
    id: z.string(),
    title: z.string(),
    before: z.optional(z.array(z.tuple([z.string(), state]))),
  }),
  z.object({
    type: z.literal('ended'),
    id: z.string(),
    paths: z.array(z.object({ path: z.string(), before: state, after: state, repository: z.optional(z.string()) })),
    lost: z.array(z.object({ path: z.string(), why: said })),
  }),
  z.object({
    type: z.literal('taking'),
    direction: z.enum(['undo', 'redo']),
    covered: z.array(z.tuple([z.string(), z.array(z.string())])),
    steps: z.array(
      z.object({
        path: z.string(),
        from: state,
        to: state,
        merged: z.optional(z.boolean()),
        repository: z.optional(z.string()),
      }),
    ),
  }),
  z.object({ type: z.literal('taken'), failed: z.array(z.string()) }),
]);

/** @returns undefined for a line that is no JSON, or that this version does not know. */
export function parseUndoLine(text: string): UndoLine | undefined {
  try {
    const parsed = line.safeParse(JSON.parse(text));
    // JSON has no `undefined`: a key that is absent here reads as undefined, which is what the types mean by it.
    return parsed.success ? (parsed.data as UndoLine) : undefined;
  } catch {
    return undefined;
  }
}
