import type { NumberedMessage } from '../agent/conversation';
import type { AgentEvent } from '../events';
import type { LineStore } from '../ports';
import { type Said, say } from '../say';
import { parseEntry, type StoredEntry } from './storedEntry';

/** A session as it was stored. */
export interface Transcript {
  readonly messages: readonly NumberedMessage[];
  readonly events: readonly AgentEvent[];
  /** What could not be read, for the person; undefined when everything could. */
  readonly problem: Said | undefined;
}

export const emptyTranscript: Transcript = { messages: [], events: [], problem: undefined };

/** Reads a stored session. Never rejects: what cannot be read is left out and said. */
export async function readTranscript(store: LineStore): Promise<Transcript> {
  let lines: readonly string[];
  try {
    lines = await store.read();
  } catch (error) {
    return { ...emptyTranscript, problem: say('The saved conversation could not be read: {0}', String(error)) };
  }
  const messages: NumberedMessage[] = [];
  const events: AgentEvent[] = [];
  let skipped = 0;
  for (const line of lines) {
    const entry = parseEntry(line);
    switch (entry?.type) {
      case 'event':
        events.push(entry.event);
        break;
      case 'message':
        // A line whose writing was tried again may be there twice.
        if (entry.n > (messages.at(-1)?.n ?? -1)) messages.push({ n: entry.n, message: entry.message });
        break;
      case 'cut':
        while ((messages.at(-1)?.n ?? -1) >= entry.from) messages.pop();
        break;
      case 'replaced': {
        const { message, n } = entry;
        messages.splice(0, messages.filter((each) => each.n <= n).length, { n, message });
        break;
      }
      case undefined:
        skipped += 1;
    }
  }
  const problem =
    skipped > 0
      ? say('{0} lines of the saved conversation could not be read and were left out of it.', skipped)
      : undefined;
  return { messages, events, problem };
}

/** Writes a session line by line, in order. */
export interface TranscriptWriter {
  write(entry: StoredEntry): void;
  /** Resolves when everything written so far is stored, or has failed to be. */
  flushed(): Promise<void>;
}

/**
 * What could not be stored is tried again, in its order, with the next line: a disk that was full for a while leaves no hole.
 * @param onFailure told once when storing begins to fail, not again until it has worked in between.
 */
export function createTranscriptWriter(
  store: LineStore | undefined,
  onFailure: (error: unknown) => void,
): TranscriptWriter {
  let last: Promise<void> = Promise.resolve();
  let failing = false;
  const waiting: string[] = [];

  async function storeWaiting(): Promise<void> {
    try {
      for (let line = waiting[0]; store && line !== undefined; line = waiting[0]) {
        await store.append(line);
        waiting.shift();
        failing = false;
      }
    } catch (error) {
      if (failing) return;
      failing = true;
      onFailure(error);
    }
  }

  return {
    write(entry) {
      if (!store) return;
      waiting.push(JSON.stringify(entry));
      last = last.then(storeWaiting);
    },
    flushed() {
      if (waiting.length > 0) last = last.then(storeWaiting);
      return last;
    },
  };
}
