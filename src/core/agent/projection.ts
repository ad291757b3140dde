import type { AgentEvent } from '../events';
import type { TimelineEntry } from '../gate/classifier/classifier';
import type { DecisionRecord } from '../gate/record';
import type { CallId } from '../ids';

/**
 * What the classifier may see of a session: the words the person typed and the calls with how they ended. The agent's prose,
 * its reasoning and the text of results are not looked at (design section 6). Words of turns that were taken out of the
 * conversation stay: what the person said holds whether or not the model answered it. Those that the person took back are said to be.
 */
export interface SessionProjection {
  /** Takes in what has happened; each event once, so that a call late in a long session costs no more than an early one. */
  add(event: AgentEvent): void;
  readonly timeline: readonly TimelineEntry[];
}

export function createProjection(): SessionProjection {
  const timeline: TimelineEntry[] = [];
  /** Messages that the person can go back to. */
  const numbered: { readonly n: number; readonly text: string }[] = [];
  const decided = new Map<CallId, DecisionRecord>();
  return {
    timeline,
    add(event) {
      if (event.type === 'user') {
        if (event.n !== undefined) numbered.push({ n: event.n, text: event.text });
        timeline.push({ type: 'user', text: event.text });
      }
      if (event.type === 'rewound') {
        const at = numbered.findIndex(({ n }) => n === event.n);
        const texts = at === -1 ? [] : numbered.splice(at).map(({ text }) => text);
        if (texts.length > 0) timeline.push({ type: 'withdrew', texts });
      }
      if (event.type === 'call-decided') decided.set(event.id, event.record);
      if (event.type !== 'call-done') return;
      const record = decided.get(event.id);
      decided.delete(event.id);
      if (!record) return;
      const { outcome, rule, tool } = record;
      // What the agent asked is its prose, and what came back may be words that it had chosen: neither is shown as anybody's.
      const input = tool === 'AskUserQuestion' ? {} : record.input;
      const refused = outcome !== 'allowed';
      timeline.push({ type: 'call', tool, input, outcome: outcomeOf(record, event.isError), ...(refused && { rule }) });
    },
  };
}

function outcomeOf({ outcome }: DecisionRecord, isError: boolean): Extract<TimelineEntry, { type: 'call' }>['outcome'] {
  switch (outcome) {
    case 'allowed':
      return isError ? 'failed' : 'ran';
    case 'blocked':
      return 'blocked';
    case 'denied':
    case 'aborted':
      return 'denied';
  }
}
