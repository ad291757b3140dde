import type { Usage } from '../../ports';
import type { Said } from '../../say';
import type { ToolCall } from '../../tools/call';
import type { Analysis } from '../analysis/analysis';
import type { LedgerEntry } from '../ledger';

/** An earlier call of the session as the classifier sees it: what was asked for and how it ended, never what it printed. */
export interface PastCall {
  readonly tool: string;
  readonly input: unknown;
  readonly outcome: 'ran' | 'failed' | 'blocked' | 'denied';
}

/** Everything the classifier may see (design section 6). No agent prose, no reasoning, no tool results. */
export interface Projection {
  /** What the person typed, oldest first, whole. */
  readonly userWords: readonly string[];
  readonly ledger: readonly LedgerEntry[];
  readonly calls: readonly PastCall[];
  /** Instructions of the repository as they were when the session began; marked as the repository's. */
  readonly instructions: string | undefined;
  readonly workspace: readonly string[];
  readonly cwd: string;
  readonly home: string;
}

export interface ClassifierRequest {
  readonly call: ToolCall;
  /** The exact call; never truncated (rule R38). */
  readonly exact: string;
  readonly analysis: Analysis;
  readonly projection: Projection;
  /** The diff or script body concerned, if any. */
  readonly bodies: readonly { readonly path: string; readonly text: string }[];
}

/** `none` is not a verdict: whoever asked goes down the outage ladder. */
export type Verdict =
  | { readonly kind: 'allow'; readonly reason: string; readonly cost: VerdictCost }
  | {
      readonly kind: 'block';
      readonly rule: string;
      readonly hard: boolean;
      readonly reason: string;
      readonly cost: VerdictCost;
    }
  | { readonly kind: 'none'; readonly why: Said; readonly cost: VerdictCost };

export interface VerdictCost {
  readonly model: string | undefined;
  readonly requests: number;
  /** Milliseconds. */
  readonly durationMs: number;
  readonly usage: Usage;
}

/** Settles what analysis left unsure. Never throws; anything but a well-formed verdict is `none`. */
export interface Classifier {
  classify(request: ClassifierRequest, signal: AbortSignal): Promise<Verdict>;
}
