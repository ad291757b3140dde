import { blocksOf, type MessagesRequest, type RequestBlock, type RequestMessage } from './requestSchema';
import { sign } from './signature';

/** What the server remembers of the messages it has sent. */
export interface IssuedMessages {
  /** Signatures (or data) of the thinking blocks that stood in one message with this call; undefined when it is not ours. */
  thinkingBeside(toolUseId: string): readonly string[] | undefined;
  /** Whether this very content was sent with the stop reason `pause_turn`, and may therefore stand at the end. */
  paused(content: readonly RequestBlock[]): boolean;
}

/** The rules between messages and blocks. @returns the API's complaint about the first one that is broken. */
export function validateConversation(body: MessagesRequest, issued: IssuedMessages): string | undefined {
  const { messages } = body;
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  for (const [index, message] of messages.entries()) {
    const wrong = contentProblem(message, index, index === messages.length - 1) ?? pairingProblem(messages, index);
    if (wrong !== undefined) return wrong;
  }
  const ids = messages.flatMap((message) => toolUseIds(message));
  if (new Set(ids).size < ids.length) return 'messages: `tool_use` ids must be unique';
  const last = messages.at(-1);
  if (last?.role === 'assistant' && !issued.paused(blocksOf(last)))
    return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  return thinkingProblem(body, issued);
}

function contentProblem(message: RequestMessage, index: number, last: boolean): string | undefined {
  const blocks = blocksOf(message);
  if (blocks.length === 0 && !(last && message.role === 'assistant'))
    return `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
  for (const [at, block] of blocks.entries()) {
    const wrong = blockProblem(message.role, block, `messages.${index}.content.${at}`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function blockProblem(role: RequestMessage['role'], block: RequestBlock, at: string): string | undefined {
  switch (block.type) {
    case 'text':
      if (block.text === '')
        return block.cache_control
          ? `${at}.text: cache_control cannot be set for empty text blocks`
          : 'messages: text content blocks must be non-empty';
      return block.text.trim() === '' ? 'messages: text content blocks must contain non-whitespace text' : undefined;
    case 'tool_result':
      if (role !== 'user') return `${at}: \`tool_result\` blocks can only be in \`user\` messages`;
      return block.is_error && (block.content === undefined || block.content.length === 0)
        ? `${at}.tool_result: content cannot be empty if \`is_error\` is true`
        : undefined;
    default:
      return role === 'assistant' ? undefined : `${at}: \`${block.type}\` blocks can only be in \`assistant\` messages`;
  }
}

/** Every call is answered at the head of the next message, and every answer belongs to a call of the message before. */
function pairingProblem(messages: readonly RequestMessage[], index: number): string | undefined {
  const message = messages[index];
  if (!message) return undefined;
  const next = messages[index + 1];
  const answered = next ? leadingResults(next) : [];
  const open = toolUseIds(message).filter((id) => !answered.includes(id));
  if (open.length > 0)
    return `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
  const before = messages[index - 1];
  const asked = before?.role === 'assistant' ? toolUseIds(before) : [];
  const seen = new Set<string>();
  for (const [at, block] of blocksOf(message).entries()) {
    if (block.type !== 'tool_result') continue;
    const id = block.tool_use_id;
    if (!asked.includes(id))
      return `messages.${index}.content.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
    if (seen.has(id))
      return `messages.${index}.content.${at}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`;
    seen.add(id);
  }
  return undefined;
}

function toolUseIds(message: RequestMessage): readonly string[] {
  return blocksOf(message).flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
}

function leadingResults(message: RequestMessage): readonly string[] {
  const ids: string[] = [];
  for (const block of blocksOf(message)) {
    if (block.type !== 'tool_result') break;
    ids.push(block.tool_use_id);
  }
  return ids;
}

/** Without thinking the blocks of earlier turns are passed over; with it they must be what the model wrote. */
function thinkingProblem({ messages, thinking }: MessagesRequest, issued: IssuedMessages): string | undefined {
  if (!thinking || thinking.type === 'disabled') return undefined;
  for (const [index, message] of messages.entries())
    for (const [at, block] of blocksOf(message).entries())
      if (block.type === 'thinking' && block.signature !== sign(block.thinking))
        return `messages.${index}.content.${at}: Invalid \`signature\` in \`thinking\` block`;
  const latest = messages.findLastIndex(({ role }) => role === 'assistant');
  const message = messages[latest];
  const calls = message ? toolUseIds(message) : [];
  if (!message || calls.length === 0) return undefined;
  const blocks = blocksOf(message);
  const sent = calls.map((id) => issued.thinkingBeside(id)).find((marks) => marks !== undefined);
  if (sent && JSON.stringify(sent) !== JSON.stringify(blocks.flatMap(thinkingMark)))
    return `messages.${latest}.content.0: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`;
  const first = blocks[0]?.type;
  if (thinking.type === 'enabled' && first !== 'thinking' && first !== 'redacted_thinking')
    return `messages.${latest}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`;
  return undefined;
}

/** What tells one thinking block from another. */
export function thinkingMark(block: { readonly type: string } & object): readonly string[] {
  if (block.type === 'thinking' && 'signature' in block) return [String(block.signature)];
  if (block.type === 'redacted_thinking' && 'data' in block) return [String(block.data)];
  return [];
}
