import type { Analysis, Answer, Finding } from '../core/gate/analysis/analysis';
import { analyze } from '../core/gate/analysis/analyze';
import type { Facts, Place } from '../core/gate/analysis/facts';
import { describeLoss } from '../core/gate/analysis/loss';
import { createPast } from '../core/gate/analysis/past';
import { createVirtualFacts } from '../core/gate/analysis/virtualFacts';
import { describeEffect } from '../core/gate/effect';
import { callId } from '../core/ids';
import { english } from '../core/say';
import { holdsSecret } from '../node/contentDigest';
import { nodeDigest } from '../node/nodeDigest';
import { createNodeFacts } from '../node/nodeFacts';

/** A call to judge and the world it is judged in. */
export interface Question {
  readonly tool: string;
  readonly input: unknown;
  readonly place: Place;
  readonly virtual: boolean;
  /** Judged as if everything in the workspace but git's own files were kept before the call, under the usual limits. */
  readonly kept?: boolean;
  /** Earlier calls of the session, in order. */
  readonly earlier: readonly { readonly tool: string; readonly input: unknown }[];
}

/** What is printed about one call. */
export interface Verdict {
  readonly decision: Answer;
  readonly rule: string;
  readonly reason: string;
  readonly effects: readonly string[];
  /** The blast radius; absent where nothing would be lost. */
  readonly loss?: string;
  /** Half-open ranges of UTF-16 offsets into the command. */
  readonly evidence: readonly (readonly [number, number])[];
  readonly micros: number;
}

/** What is kept when nobody looks at the files: everything that would be if it is not too much. */
const keepsAll: Pick<Facts, 'keepable' | 'keepableWork'> = {
  keepable: (path) =>
    path.split('/').includes('.git') || holdsSecret(path) ? { why: 'it is never kept' } : { files: 1 },
  keepableWork: () => ({ paths: [] }),
};

const virtualFacts = createVirtualFacts((text) => nodeDigest.sha256(text));
let nodeFacts: Facts | undefined;

/** Judges one call. A critical call counts as block when it is certain, and as unsure when it is only possible. */
export function judge({ tool, input, kept = false, place: where, virtual, earlier }: Question): Verdict {
  if (!virtual) nodeFacts ??= createNodeFacts();
  const known = virtual || !nodeFacts ? virtualFacts : nodeFacts;
  const facts: Facts = kept ? { ...known, ...keepsAll } : known;
  const place: Place = kept ? { ...where, recovery: { files: 50, share: 0.1 } } : where;
  const past = createPast();
  for (const call of earlier) past.learn(analyze({ id: callId('earlier'), ...call }, place, facts, past));
  const start = performance.now();
  const analysis = analyze({ id: callId('check'), tool, input }, place, facts, past);
  const micros = Math.round((performance.now() - start) * 1000);
  const finding = speaking(analysis);
  return {
    decision: finding.answer,
    rule: finding.rule,
    reason: english(finding.reason),
    effects: analysis.effects.map(describeEffect),
    ...(analysis.loss && { loss: english(describeLoss(analysis.loss)) }),
    evidence: finding.evidence.map(({ start: from, end }) => [from, end] as const),
    micros,
  };
}

function speaking({ decisive, critical }: Analysis): Finding {
  if (!critical || (decisive.answer === 'block' && critical.answer !== 'block')) return decisive;
  return critical;
}
