import type { ComposedMessage } from './composeReply';
import { blocksOf, type MessagesRequest } from './requestSchema';
import { type IssuedMessages, thinkingMark } from './validateConversation';

/** Keeps what the server has sent, as far as later requests are checked against it. */
interface IssuedRecord extends IssuedMessages {
  sent(message: ComposedMessage): void;
  /** Gives fresh ids for the calls of an answer to this request: unlike any in it, and unlike any given before. */
  callIds(body: MessagesRequest): () => string;
}

export function createIssuedMessages(): IssuedRecord {
  const thinking = new Map<string, readonly string[]>();
  const pauses = new Set<string>();
  let lastId = 0;
  return {
    thinkingBeside: (id) => thinking.get(id),
    paused: (content) => pauses.has(canonical(content)),
    sent({ content, stopReason }) {
      const marks = content.flatMap(thinkingMark);
      for (const block of content) if (block.type === 'tool_use') thinking.set(String(block['id']), marks);
      if (stopReason === 'pause_turn') pauses.add(canonical(content));
    },
    callIds(body) {
      const ids = body.messages.flatMap((message) =>
        blocksOf(message).flatMap((block) => (block.type === 'tool_use' ? [block.id] : [])),
      );
      // A conversation may come from another server that counted before this one.
      lastId = Math.max(lastId, ...ids.map((id) => Number(/^toolu_(\d{24})$/.exec(id)?.[1] ?? 0)));
      return () => {
        lastId += 1;
        return `toolu_${String(lastId).padStart(24, '0')}`;
      };
    },
  };
}

/** Without what a client may add or leave out when it sends a block back. */
function canonical(content: readonly object[]): string {
  return JSON.stringify(
    content.map((block) => {
      const { cache_control, citations, caller, ...rest } = block as Record<string, unknown>;
      return rest;
    }),
  );
}
