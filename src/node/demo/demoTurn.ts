import { blocksOf, type MessagesRequest, type RequestBlock } from '../scriptedApi/requestSchema';

/** A tool call that the demo model made since the person last wrote, and how it ended. */
export interface DemoCall {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Text of the tool result. */
  readonly result: string;
  readonly isError: boolean;
  /** Who kept it from running; undefined when it ran. */
  readonly refusedBy: 'gate' | 'person' | undefined;
}

/** All that the demo model decides by: what was asked, and what has happened since. */
export interface DemoTurn {
  /** The person's last message. */
  readonly words: string;
  /** The workspace folder, absolute. */
  readonly folder: string;
  readonly calls: readonly DemoCall[];
}

/** Reads a turn out of a request of the agent loop. */
export function readTurn(body: MessagesRequest): DemoTurn {
  const { messages } = body;
  const asked = messages.findLastIndex(
    (message) => message.role === 'user' && blocksOf(message).some(({ type }) => type === 'text'),
  );
  const since = messages.slice(asked + 1).flatMap(blocksOf);
  const results = new Map(since.flatMap((block) => (block.type === 'tool_result' ? [[block.tool_use_id, block]] : [])));
  const calls = since.flatMap((block) => {
    if (block.type !== 'tool_use') return [];
    const answer = results.get(block.id);
    const result = textOf(answer?.content ?? '');
    const isError = answer?.is_error ?? false;
    return [
      { name: block.name, input: block.input, result, isError, refusedBy: isError ? refuser(result) : undefined },
    ];
  });
  const message = messages[asked];
  return { words: message ? lastText(blocksOf(message)) : '', folder: folderOf(body), calls };
}

/** The words stand last; a block about the surroundings stands before them. */
function lastText(blocks: readonly RequestBlock[]): string {
  const texts = blocks.flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return texts.at(-1) ?? '';
}

const textOf = (content: string | readonly { readonly type: string; readonly text?: string }[]): string =>
  typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('\n');

/** The loop says in the system prompt in which folder the session began. */
function folderOf({ system = '' }: MessagesRequest): string {
  return /^Working folder: (.+)$/m.exec(textOf(system))?.[1]?.trim() ?? '.';
}

/** The gate's refusals begin with these sentences (core/gate/refusal.ts, core/agent/toolCalls.ts). */
function refuser(result: string): DemoCall['refusedBy'] {
  if (/^The person was asked and said no\b|^Stopped by the person\b/.test(result)) return 'person';
  return /^This call (was blocked before it ran|was not run|needs a person's approval)\b/.test(result)
    ? 'gate'
    : undefined;
}
