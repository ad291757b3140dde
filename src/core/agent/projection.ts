import type { AgentEvent } from '../events';
import type { PastCall, Projection } from '../gate/classifier/classifier';
import type { DecisionRecord } from '../gate/record';
import type { CallId } from '../ids';

/**
 * What the classifier may see of a session: the words the person typed and the calls with how they ended. The agent's prose,
 * its reasoning and the text of results are not looked at (design section 6). Words of turns that were taken out of the
 * conversation stay: what the person said holds whether or not the model answered it.
 * @param around the rest of the projection, which the session does not know.
 */
export function project(events: readonly AgentEvent[], around: Omit<Projection, 'userWords' | 'calls'>): Projection {
  const userWords: string[] = [];
  const calls: PastCall[] = [];
  const decided = new Map<CallId, DecisionRecord>();
  for (const event of events) {
    if (event.type === 'user') userWords.push(event.text);
    if (event.type === 'call-decided') decided.set(event.id, event.record);
    if (event.type !== 'call-done') continue;
    const record = decided.get(event.id);
    if (record) calls.push({ tool: record.tool, input: record.input, outcome: outcomeOf(record, event.isError) });
  }
  return { ...around, userWords, calls };
}

function outcomeOf(record: DecisionRecord, isError: boolean): PastCall['outcome'] {
  switch (record.outcome) {
    case 'allowed':
      return isError ? 'failed' : 'ran';
    case 'blocked':
      return 'blocked';
    case 'denied':
    case 'aborted':
      return 'denied';
  }
}
