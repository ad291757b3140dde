import type { Said } from '../say';
import type { Span } from './effect';

/** Ordered from loosest to strictest; decisions are combined with {@link strictest}. */
export const decisions = ['allow', 'ask', 'deny'] as const;
export type Decision = (typeof decisions)[number];

/** The steps of the gate, in the order of design section 4. A record names the step that decided. */
export const steps = [
  'restricted',
  'policy',
  'deny-rule',
  'critical',
  'ask-rule',
  'hook',
  'boundary',
  'mode',
  'analysis',
  'allow-rule',
  'classifier',
  'session',
  'outage',
] as const;
export type Step = (typeof steps)[number];

/**
 * What can turn a refusal into a run. `nothing`: deny rules, policy, Restricted Mode. `person`: only *Allow once* on the exact
 * call (critical, analysis blocks, hard rules). `consent`: also clear words of the user or *Allow for this session* (soft rules, asks).
 */
export type LiftedBy = 'nothing' | 'person' | 'consent';

/** One analyser's opinion of one call. */
export interface Opinion {
  readonly decision: Decision;
  readonly step: Step;
  /** Id of the rule that speaks: `Bash(git push:*)`, `critical.removal`, `secrets.exfiltration` … */
  readonly rule: string;
  readonly reason: Said;
  /** Where the rule comes from: `built-in`, `user settings`, `workspace settings`, `policy`, `session`, `classifier`. */
  readonly source: string;
  /** The parts of the call's text that it rests on. */
  readonly evidence: readonly Span[];
  readonly liftedBy: LiftedBy;
  /** A refusal in Auto that is told to the model and counted by the breaker; false for denials of step 3 and outages. */
  readonly block: boolean;
}

export function isStricter(a: Decision, b: Decision): boolean {
  return decisions.indexOf(a) > decisions.indexOf(b);
}

const liftRank: Record<LiftedBy, number> = { consent: 0, person: 1, nothing: 2 };

/**
 * The opinion that wins: the strictest decision; among equals the one that is hardest to lift; among those the first given.
 * @param opinions at least one; whoever calls this has run every analyser first (rule R55).
 */
export function strictest(opinions: readonly [Opinion, ...Opinion[]]): Opinion {
  let winner: Opinion = opinions[0];
  for (const next of opinions) {
    if (isStricter(next.decision, winner.decision)) winner = next;
    else if (next.decision === winner.decision && liftRank[next.liftedBy] > liftRank[winner.liftedBy]) winner = next;
  }
  return winner;
}
