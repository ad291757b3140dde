import type { Message } from './messages';

/** A message with its place in the stored transcript; numbers rise and are never used twice. */
export interface NumberedMessage {
  readonly n: number;
  readonly message: Message;
}

/** The messages of a session as the API gets them. */
export interface Conversation {
  readonly messages: readonly Message[];
  /** @returns its number. */
  push(message: Message): number;
  /** Index of the message with this number; undefined when it is not part of the conversation any more. */
  indexOf(n: number): number | undefined;
  numberOf(index: number): number | undefined;
  /** Takes everything from this index on out of the conversation. */
  cutTo(length: number): void;
  /** Puts one message in the place of everything before this index. */
  replaceBefore(index: number, message: Message): void;
}

/** What is told about every change, for the transcript. */
export interface ConversationKeeper {
  pushed(numbered: NumberedMessage): void;
  /** Everything numbered `from` or higher is out. */
  cut(from: number): void;
  /** This message stands in the place of everything numbered lower. */
  replaced(numbered: NumberedMessage): void;
}

export function createConversation(initial: readonly NumberedMessage[], keeper: ConversationKeeper): Conversation {
  let numbered = [...initial];
  let messages = numbered.map(({ message }) => message);
  let next = Math.floor(numbered.reduce((highest, { n }) => Math.max(highest, n), -1)) + 1;
  return {
    get messages() {
      return messages;
    },
    push(message) {
      const entry = { n: next, message };
      next += 1;
      numbered.push(entry);
      messages = [...messages, message];
      keeper.pushed(entry);
      return entry.n;
    },
    indexOf(n) {
      const at = numbered.findIndex((entry) => entry.n === n);
      return at === -1 ? undefined : at;
    },
    numberOf: (index) => numbered[index]?.n,
    cutTo(length) {
      const first = numbered[length];
      if (!first) return;
      numbered = numbered.slice(0, length);
      messages = messages.slice(0, length);
      keeper.cut(first.n);
    },
    replaceBefore(index, message) {
      const last = numbered[index - 1];
      if (!last) return;
      // Between the numbers of two messages, so that it is in its place and nobody can go back to it.
      const entry = { n: last.n + 0.5, message };
      numbered = [entry, ...numbered.slice(index)];
      messages = [message, ...messages.slice(index)];
      keeper.replaced(entry);
    },
  };
}
