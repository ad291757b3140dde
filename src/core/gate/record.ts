import type { CallId } from '../ids';
import type { Usage } from '../ports';
import type { Course } from './course';
import type { Decision, Step } from './decision';
import type { Span } from './effect';
import type { Mode } from './modes';

/**
 * One decision, as it is shown on the card and appended to the audit log: a line of JSON. It never holds command output, and
 * its input is masked before it is written.
 */
export interface DecisionRecord {
  readonly version: 1;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly callId: CallId;
  readonly tool: string;
  /** One line, masked. */
  readonly title: string;
  readonly input: unknown;
  readonly cwd: string;
  readonly mode: Mode;
  /** What the steps said before anybody was asked. */
  readonly decision: Decision;
  /** How it ended. `blocked` is counted by the breaker, `denied` is not. */
  readonly outcome: 'allowed' | 'blocked' | 'denied' | 'aborted';
  readonly step: Step;
  readonly rule: string;
  readonly reason: string;
  readonly source: string;
  readonly effects: readonly string[];
  readonly evidence: readonly Span[];
  /** Why an allow is an allow: the effects were all known and these were the rules used (rule R54). */
  readonly proof: readonly string[];
  /** In Normal: what Auto would have done by itself (shadow mode), so that a person can see what it would change. */
  readonly shadow?: Course;
  /** Clear consent may lift the refusal; then the person can allow exactly this call afterwards. */
  readonly liftable?: true;
  /** The person's answer, when one was asked. */
  readonly person: string | undefined;
  readonly hash: string;
  readonly cost: {
    /** Time the gate itself took, without the model and without the person. Microseconds. */
    readonly micros: number;
    readonly model: string | undefined;
    readonly modelMs: number;
    readonly usage: Usage | undefined;
    /** How far the classifier went; absent where it was not asked. */
    readonly stage?: 'none' | 'filter' | 'verdict';
  };
}
