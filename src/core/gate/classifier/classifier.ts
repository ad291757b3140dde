import type { Usage } from '../../ports';
import type { Said } from '../../say';
import type { ToolCall } from '../../tools/call';
import type { Analysis } from '../analysis/analysis';
import type { LedgerEntry } from '../ledger';
import type { Ruleset } from './ruleset';

/** What happened in the session that the classifier may know of, in the order in which it happened. */
export type TimelineEntry =
  /** What the person typed, whole. */
  | { readonly type: 'user'; readonly text: string }
  /** The person took these messages back: they ask for nothing any more; what they forbade stays forbidden. */
  | { readonly type: 'withdrew'; readonly texts: readonly string[] }
  /** An earlier call: what was asked for and how it ended, never what it printed. */
  | {
      readonly type: 'call';
      readonly tool: string;
      readonly input: unknown;
      readonly outcome: 'ran' | 'failed' | 'blocked' | 'denied';
      /** What it was blocked or denied by. */
      readonly rule?: string;
    };

/** What version control says, of the repository that the call's folder is in. */
export interface GitSituation {
  /** Undefined on a detached head. */
  readonly branch: string | undefined;
  readonly remotes: readonly {
    readonly name: string;
    /** Without a name or password in it. */
    readonly url: string;
    /** It was there, with this address, when the session began. */
    readonly known: boolean;
  }[];
  /** State of the files that the call would change. */
  readonly touched: readonly { readonly path: string; readonly state: string }[];
}

/** Instructions of the repository for agents, as they were when the session began. */
export interface ProjectInstructions {
  readonly path: string;
  readonly text: string;
}

/** Everything the classifier may see of the session (design section 6). No agent prose, no reasoning, no tool results. */
export interface Projection {
  readonly timeline: readonly TimelineEntry[];
  readonly ledger: readonly LedgerEntry[];
  readonly instructions: readonly ProjectInstructions[];
  readonly workspace: readonly string[];
  readonly cwd: string;
  readonly home: string;
}

/** A file whose content decides what the call does. */
export interface ConcernedFile {
  readonly path: string;
  readonly text: string;
  /** Since when its bytes are what they are. */
  readonly provenance: 'baseline' | 'changed' | 'unknown';
}

export interface ClassifierRequest {
  readonly call: ToolCall;
  /** The exact call; never truncated (rule R38). */
  readonly exact: string;
  readonly analysis: Analysis;
  readonly projection: Projection;
  readonly bodies: readonly ConcernedFile[];
  readonly git: GitSituation | undefined;
  /** The boundary that the call goes against, or could; absent where none is near. */
  readonly boundary: Said | undefined;
  /** What is judged by. */
  readonly ruleset: Ruleset;
  /** Why the session gets the close look for what goes out: a secret was read, a result gave orders. Empty: it does not. */
  readonly alarms: readonly Said[];
}

/** `none` is not a verdict: whoever asked goes on down the outage ladder, which ends at a person. */
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
  /** The one that answered last. */
  readonly model: string | undefined;
  readonly requests: number;
  /** Milliseconds. */
  readonly durationMs: number;
  /** Of all requests together. */
  readonly usage: Usage;
  /** How far it went: the filter alone, or reasons and a verdict. */
  readonly stage: 'none' | 'filter' | 'verdict';
}

/** Settles what analysis left unsure. Never throws; anything but a well-formed verdict is `none`. */
export interface Classifier {
  classify(request: ClassifierRequest, signal: AbortSignal): Promise<Verdict>;
}
