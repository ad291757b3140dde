import type { ToolCall } from '../tools/call';
import type { DecisionRecord } from './record';

declare const made: unique symbol;

/** A call that the gate has let through. Only this module can make one; `Tool.run` takes nothing else. Used once. */
export interface Approved<Call extends ToolCall> {
  readonly [made]: true;
  readonly call: Call;
  /** sha256 over tool, input, folder, environment changes, mode, rule version and every script body the decision rests on. */
  readonly hash: string;
  /** For tools that write: the real path that was reviewed. */
  readonly realPath: string | undefined;
}

/** What became of a call at the gate. */
export type Review<Call extends ToolCall> =
  | { readonly outcome: 'approved'; readonly approved: Approved<Call>; readonly record: DecisionRecord }
  /** `text` is the tool result for the model: which rule, what would be acceptable, not to reach the same end another way. */
  | { readonly outcome: 'refused'; readonly text: string; readonly record: DecisionRecord };

export interface Gate {
  /**
   * Reviews one call against the state that the earlier ones left. Never throws but when `signal` aborts.
   * @param onReviewing told who is looking at the call now, for the card.
   */
  review<Call extends ToolCall>(
    call: Call,
    signal: AbortSignal,
    onReviewing: (by: 'analysis' | 'classifier' | 'person') => void,
  ): Promise<Review<Call>>;
  /**
   * Checks an approval again immediately before the spawn or the write and uses it up.
   * @returns false when anything it rests on has changed, or it was used before: review again.
   */
  redeem(approved: Approved<ToolCall>): boolean;
}
