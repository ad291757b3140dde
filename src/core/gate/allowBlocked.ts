import { say } from '../say';
import type { Ledger } from './ledger';
import type { Prompter, Question } from './prompter';
import type { DecisionRecord } from './record';

/** A blocked call as its card holds it. */
export interface BlockedCall {
  readonly record: DecisionRecord;
  /** The call as it would run. */
  readonly exact: string;
}

/** Whether a person may allow this very call after it was blocked: a hard rule, and what analysis blocks, ask in their own dialog. */
export const canBeAllowed = ({ liftable, outcome }: DecisionRecord): boolean =>
  outcome === 'blocked' && liftable === true;

/**
 * Asks once more, with the whole call in sight, and puts the yes into the ledger: for exactly this call, once.
 * @returns whether it was allowed.
 */
export async function allowBlocked(
  { exact, record }: BlockedCall,
  modal: Prompter,
  ledger: Ledger,
  now: () => number,
): Promise<boolean> {
  const { callId, cwd, hash, id, input, reason, rule, source, title, tool } = record;
  const question: Question = {
    ...{ id: `allow-${id}`, style: 'modal', call: { id: callId, tool, input }, title, exact, cwd },
    opinion: {
      ...{ decision: 'deny', step: record.step, rule, reason: say('{0}', reason), source, evidence: [] },
      ...{ liftedBy: 'consent', block: true },
    },
    ...{ effects: [], evidence: [], loss: undefined, blocks: [], alternatives: [], diff: undefined },
    offers: [{ type: 'once' }],
  };
  const { choice } = await modal.ask(question, new AbortController().signal);
  if (choice !== 'once') return false;
  const words = 'Allow this';
  ledger.add({ id: `allowed-${id}`, type: 'grant', words, hash, about: title, until: 'used', at: now() });
  return true;
}
