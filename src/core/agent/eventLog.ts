import type { AgentEvent } from '../events';
import { startOf } from '../sessions/rewound';

/**
 * The events of a session as they are kept: replaying them gives the screen as it is now. Pieces of one text are one event;
 * the output of a call is kept (its tail) only until the call is done, because the result holds it; text that no
 * `message-end` followed is void once a retry or the end of the turn comes.
 */
export interface EventLog {
  readonly events: readonly AgentEvent[];
  add(event: AgentEvent): void;
}

/** UTF-16 units of a running call's output that are kept. */
const outputTail = 20_000;

/** @param save told every event once, in order, as soon as it will not change any more. */
export function createEventLog(initial: readonly AgentEvent[], save: (event: AgentEvent) => void): EventLog {
  let events = [...initial];
  const saved = new WeakSet<AgentEvent>(initial);

  /** Replaces the last event by one that holds both, or appends. */
  function extend<Kind extends AgentEvent>(event: Kind, merge: (last: AgentEvent) => Kind | undefined): void {
    const last = events.at(-1);
    const merged = last && merge(last);
    if (merged) events[events.length - 1] = merged;
    else events.push(event);
  }

  /** While a message is streamed, everything waits behind its text. */
  function settle(): void {
    let first = events.length;
    while (first > 0) {
      const event = events[first - 1];
      if (!event || (saved.has(event) && !isAhead(event))) break;
      first -= 1;
    }
    for (const event of events.slice(first)) {
      if (saved.has(event) || event.type === 'call-output') continue;
      saved.add(event);
      save(event);
    }
  }

  /** Saved ahead of what came before it. */
  const isAhead = ({ type }: AgentEvent): boolean => type === 'queued' || type === 'withdrawn';

  let streaming = false;
  return {
    get events() {
      return events;
    },
    add(event) {
      switch (event.type) {
        case 'text':
        case 'thinking':
          streaming = true;
          extend(event, (last) => (last.type === event.type ? { ...event, text: last.text + event.text } : undefined));
          return;
        case 'call-output':
          extend(event, (last) =>
            last.type === 'call-output' && last.id === event.id
              ? { ...event, chunk: (last.chunk + event.chunk).slice(-outputTail) }
              : undefined,
          );
          return;
        case 'call-done':
          events = events.filter((kept) => kept.type !== 'call-output' || kept.id !== event.id);
          break;
        case 'queued':
        case 'withdrawn':
          // Not behind the text that is being streamed: what the person sent would be lost with the window.
          events.push(event);
          saved.add(event);
          save(event);
          return;
        case 'rewound':
          events = events.slice(0, startOf(events, event.n));
          break;
        case 'message-end':
          streaming = false;
          break;
        case 'retry':
        case 'turn-end':
          streaming = false;
          events = events.filter((kept) => saved.has(kept) || (kept.type !== 'text' && kept.type !== 'thinking'));
          break;
        default:
          break;
      }
      events.push(event);
      if (!streaming) settle();
    },
  };
}
