import type { AgentEvent } from '../events';

/** A message that was sent while the agent worked. */
export interface WaitingMessage {
  readonly id: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Messages that wait for the next safe point, in the order in which they were sent. */
export interface MessageQueue {
  readonly waiting: readonly WaitingMessage[];
  add(text: string, at: number): WaitingMessage;
  /** @returns what it was; undefined when it does not wait any more. */
  withdraw(id: string): WaitingMessage | undefined;
  /** Takes all of them out. */
  take(): readonly WaitingMessage[];
}

/** @param events of the session so far: what waited when it was closed waits still. */
export function createMessageQueue(events: readonly AgentEvent[]): MessageQueue {
  let waiting = stillWaiting(events);
  let made = 0;
  return {
    get waiting() {
      return waiting;
    },
    add(text, at) {
      made += 1;
      const message = { id: `waiting-${at}-${made}`, text, at };
      waiting = [...waiting, message];
      return message;
    },
    withdraw(id) {
      const found = waiting.find((message) => message.id === id);
      waiting = waiting.filter((message) => message !== found);
      return found;
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

function stillWaiting(events: readonly AgentEvent[]): readonly WaitingMessage[] {
  const waiting = new Map<string, WaitingMessage>();
  for (const event of events) {
    if (event.type === 'queued') waiting.set(event.id, { id: event.id, text: event.text, at: event.at });
    if (event.type === 'withdrawn') waiting.delete(event.id);
    if (event.type === 'user' && event.queued !== undefined) waiting.delete(event.queued);
  }
  return [...waiting.values()];
}
