import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import { type Opinion, strictest } from './decision';
import { assess } from './opinions';
import type { DecisionRecord } from './record';
import type { GateState } from './state';

/** What the gate does with a call by itself, before a model or a person has a say. */
export const courses = ['allow', 'classifier', 'ask', 'block', 'deny'] as const;
export type Course = (typeof courses)[number];

/** The course of a call under a state, and the opinion behind it. Asks nobody and changes nothing. */
export function courseOf(
  call: ToolCall,
  state: GateState,
  analysis: Analysis,
): { readonly course: Course; readonly opinion: Opinion } {
  const { opinions, unsettled } = assess(call, state, analysis);
  const opinion = strictest(opinions);
  if (unsettled) return { course: 'classifier', opinion };
  return { course: opinion.decision === 'deny' && opinion.block ? 'block' : opinion.decision, opinion };
}

/** The course that a recorded call took, as far as the record tells. */
export function courseOfRecord({ decision, mode, outcome, person, step }: RecordedCourse): Course {
  if (step === 'classifier' || step === 'outage') return 'classifier';
  // A person is asked about an ask, and about a block once there were several.
  if (person !== undefined) return mode === 'auto' && step === 'analysis' ? 'block' : 'ask';
  if (step === 'session') return 'ask';
  if (outcome === 'blocked') return 'block';
  return decision;
}

type RecordedCourse = Pick<DecisionRecord, 'decision' | 'mode' | 'outcome' | 'person' | 'step'>;
