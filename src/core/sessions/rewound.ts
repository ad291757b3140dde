import type { AgentEvent } from '../events';
import type { CallId } from '../ids';

/** The events of what is left of a conversation, where the person has gone back to an earlier message. */
export function withoutRewound(events: readonly AgentEvent[]): readonly AgentEvent[] {
  if (!events.some((event) => event.type === 'rewound')) return events;
  const left: AgentEvent[] = [];
  for (const event of events) {
    if (event.type === 'rewound') left.splice(startOf(left, event.n));
    left.push(event);
  }
  return left;
}

/** Index of the message that a number belongs to; the end when there is none. */
export function startOf(events: readonly AgentEvent[], n: number): number {
  const at = events.findIndex((event) => event.type === 'user' && event.n === n);
  return at === -1 ? events.length : at;
}

/** The calls since a message whose changes can be taken back, the earliest first. */
export function keptSince(events: readonly AgentEvent[], n: number): readonly CallId[] {
  return events.slice(startOf(events, n)).flatMap((event) => (event.type === 'call-kept' ? [event.id] : []));
}
