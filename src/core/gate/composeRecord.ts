import { english } from '../say';
import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import type { Verdict } from './classifier/classifier';
import { courseOf } from './course';
import type { Opinion } from './decision';
import { describeEffect } from './effect';
import type { DecisionRecord } from './record';
import type { GateState } from './state';

/** Everything a decision was made of. */
export interface Decided {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly call: ToolCall;
  readonly title: string;
  readonly state: GateState;
  readonly analysis: Analysis;
  readonly hash: string;
  readonly opinion: Opinion;
  readonly outcome: DecisionRecord['outcome'];
  readonly verdict: Verdict | undefined;
  readonly person: string | undefined;
  /** The gate's own time. */
  readonly micros: number;
}

/** The record of a decision, as cards show it and the audit log keeps it. */
export function composeRecord(decided: Decided): DecisionRecord {
  const { id, at, call, title, state, analysis, hash, opinion, outcome, verdict, person, micros } = decided;
  const { decision, step, rule, reason, source, evidence } = opinion;
  const proof = analysis.findings.map((finding) => `${finding.rule}: ${english(finding.reason)}`);
  return {
    ...{ version: 1, id, at, callId: call.id, tool: call.tool, title, input: call.input, cwd: state.place.cwd },
    ...{ mode: state.mode, decision, outcome, step, rule, reason: english(reason), source, evidence, person, hash },
    effects: analysis.effects.map(describeEffect),
    ...(state.mode === 'normal' && { shadow: courseOf(call, { ...state, mode: 'auto' }, analysis).course }),
    ...(outcome === 'blocked' && opinion.liftedBy === 'consent' && { liftable: true as const }),
    proof: outcome === 'allowed' ? proof : [],
    cost: {
      micros: Math.round(micros),
      model: verdict?.cost.model,
      modelMs: verdict?.cost.durationMs ?? 0,
      usage: verdict?.cost.usage,
      ...(verdict && { stage: verdict.cost.stage }),
    },
  };
}
