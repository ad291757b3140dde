import type { Said } from '../say';
import type { ToolCall } from '../tools/call';
import type { Opinion } from './decision';
import type { Effect, Span } from './effect';

/** A refusal that led to an escalation. */
export interface PastBlock {
  readonly title: string;
  readonly rule: string;
  readonly reason: Said;
}

/** One question to a person: plain data, so that it can cross to a webview, a terminal or a phone. */
export interface Question {
  readonly id: string;
  /**
   * `card`: Normal's asks and ask rules, answered in the conversation. `modal`: escalations and critical calls; interrupts.
   */
  readonly style: 'card' | 'modal';
  readonly call: ToolCall;
  /** One line: `Bash: rm -rf build`. */
  readonly title: string;
  /** The exact call as it would run: the command, the path and the new content. Nothing is left out or reordered (rule R21). */
  readonly exact: string;
  readonly cwd: string;
  readonly opinion: Opinion;
  readonly effects: readonly Effect[];
  readonly evidence: readonly Span[];
  /** The blast radius, where something would be lost. */
  readonly loss: Said | undefined;
  /** The blocks that led here, oldest first; empty for plain asks. */
  readonly blocks: readonly PastBlock[];
  /** Safer ways to the same end, for the person to suggest; may be empty. */
  readonly alternatives: readonly string[];
  /** For edits: what the file holds now and would hold. */
  readonly diff: { readonly path: string; readonly before: string; readonly after: string } | undefined;
  /** What may be answered besides *Deny*, least first. `always` carries the narrowest rule that covers the call. */
  readonly offers: readonly Offer[];
}

export type Offer =
  | { readonly type: 'once' }
  | { readonly type: 'session' }
  | { readonly type: 'always'; readonly rule: string };

export type PersonAnswer =
  | { readonly choice: 'deny'; readonly why?: string }
  | { readonly choice: 'once' }
  | { readonly choice: 'session' }
  | { readonly choice: 'always'; readonly rule: string };

/**
 * Asks a person. Resolves with `deny` when the question is closed, cannot be shown, or `signal` aborts; an answer that was not
 * offered is treated as `deny` by the gate. A front end without a person has no Prompter at all: there, every ask is a denial.
 */
export interface Prompter {
  ask(question: Question, signal: AbortSignal): Promise<PersonAnswer>;
}
