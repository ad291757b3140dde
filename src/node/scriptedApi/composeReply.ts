import { countTokens, type InputUsage } from './promptCache';
import type { ScriptedBlock, ScriptedReply } from './script';
import { sign } from './signature';

type MessageReply = Extract<ScriptedReply, { type: 'message' }>;
type WireBlock = { readonly type: string } & Record<string, unknown>;

/** One event of a stream, and how long to wait before it. */
interface WireEvent {
  readonly name: string;
  readonly data: object;
  readonly waitMs: number;
}

/** A message as it goes over the wire. */
export interface ComposedMessage {
  readonly id: string;
  readonly model: string;
  readonly content: readonly WireBlock[];
  readonly stopReason: string;
  readonly usage: Usage;
  /** The script's blocks in the same order, for what a whole block cannot say. */
  readonly scripted: readonly ScriptedBlock[];
}

interface Usage {
  readonly [figure: string]: unknown;
  readonly output_tokens: number;
}

/** @param nextCallId a fresh `tool_use` id. */
export function composeMessage(
  reply: MessageReply,
  id: string,
  model: string,
  input: InputUsage,
  nextCallId: () => string,
): ComposedMessage {
  const composed = reply.content.flatMap((block) => wireBlocks(block, nextCallId).map((wire) => ({ wire, block })));
  const content = composed.map(({ wire }) => wire);
  const calls = content.some(({ type }) => type === 'tool_use');
  return {
    id,
    model,
    content,
    stopReason: reply.stopReason ?? (calls ? 'tool_use' : 'end_turn'),
    usage: usageOf(input, countTokens(JSON.stringify(content))),
    scripted: composed.map(({ block }) => block),
  };
}

/** Every field that SDK 1.12 says is always there. */
function usageOf({ fresh, read, written }: InputUsage, output: number): Usage {
  return {
    input_tokens: fresh,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0 },
    output_tokens: output,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: 'standard',
    speed: 'standard',
    inference_geo: null,
  };
}

function wireBlocks(block: ScriptedBlock, nextCallId: () => string): readonly WireBlock[] {
  if (block.type !== 'web_search') return [wireBlock(block, nextCallId)];
  const id = nextCallId().replace(/^toolu/, 'srvtoolu');
  const { found, query } = block;
  const caller = { type: 'direct' };
  const content =
    'errorCode' in found
      ? { type: 'web_search_tool_result_error', error_code: found.errorCode }
      : found.map(({ pageAge, title, url }) => ({
          type: 'web_search_result',
          title,
          url,
          encrypted_content: sign(url),
          page_age: pageAge ?? null,
        }));
  return [
    { type: 'server_tool_use', id, name: 'web_search', input: { query }, caller },
    { type: 'web_search_tool_result', tool_use_id: id, content, caller },
  ];
}

function wireBlock(block: Exclude<ScriptedBlock, { type: 'web_search' }>, nextCallId: () => string): WireBlock {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text, citations: null };
    case 'thinking':
      return { type: 'thinking', thinking: block.thinking, signature: sign(block.thinking) };
    case 'redacted_thinking':
      return { type: 'redacted_thinking', data: block.data };
    case 'tool_use':
      return call(block.id ?? nextCallId(), block.name, block.input);
    case 'malformed_tool_use':
      return call(block.id ?? nextCallId(), block.name, {});
    case 'raw':
      return block.block;
  }
}

const call = (id: string, name: string, input: object): WireBlock => ({
  type: 'tool_use',
  id,
  name,
  input,
  caller: { type: 'direct' },
});

/** The whole message, for a request without `stream`. */
export function wholeMessage({ id, model, content, stopReason, usage }: ComposedMessage): object {
  return { ...envelope(id, model), content, stop_reason: stopReason, usage };
}

function envelope(id: string, model: string): object {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
  };
}

/** The message as the events of a stream: blocks in pieces, a ping after the first block has begun. */
export function streamEvents(composed: ComposedMessage, reply: MessageReply): readonly WireEvent[] {
  const { id, model, content, stopReason, usage } = composed;
  const pieceDelay = reply.pieceDelayMs ?? 0;
  const pieceChars = reply.pieceChars ?? 24;
  const event = (name: string, fields: object, waitMs = 0): WireEvent => ({
    name,
    data: { type: name, ...fields },
    waitMs,
  });
  const blocks = content.flatMap((block, index) => {
    const { start, deltas } = inPieces(block, composed.scripted[index], pieceChars);
    return [
      event('content_block_start', { index, content_block: start }),
      ...(index === 0 ? [event('ping', {})] : []),
      ...deltas.map((delta) => event('content_block_delta', { index, delta }, pieceDelay)),
      event('content_block_stop', { index }),
    ];
  });
  return [
    event('message_start', { message: { ...envelope(id, model), usage: { ...usage, output_tokens: 1 } } }),
    ...blocks,
    event('message_delta', {
      delta: { stop_reason: stopReason, stop_sequence: null, stop_details: null, container: null },
      usage: {
        input_tokens: usage['input_tokens'],
        cache_creation_input_tokens: usage['cache_creation_input_tokens'],
        cache_read_input_tokens: usage['cache_read_input_tokens'],
        output_tokens: usage.output_tokens,
        output_tokens_details: null,
        server_tool_use: null,
      },
    }),
    event('message_stop', {}),
  ];
}

function inPieces(
  block: WireBlock,
  scripted: ScriptedBlock | undefined,
  chars: number,
): { readonly start: object; readonly deltas: readonly object[] } {
  switch (block.type) {
    case 'text': {
      const deltas = pieces(String(block['text']), chars).map((text) => ({ type: 'text_delta', text }));
      return { start: { ...block, text: '' }, deltas };
    }
    case 'thinking': {
      const deltas = pieces(String(block['thinking']), chars).map((thinking) => ({ type: 'thinking_delta', thinking }));
      const signature = { type: 'signature_delta', signature: block['signature'] };
      return { start: { ...block, thinking: '', signature: '' }, deltas: [...deltas, signature] };
    }
    case 'server_tool_use':
    case 'tool_use': {
      const json = scripted?.type === 'malformed_tool_use' ? scripted.json : JSON.stringify(block['input']);
      // The API begins with an empty piece.
      const deltas = ['', ...pieces(json, chars)].map((partial_json) => ({ type: 'input_json_delta', partial_json }));
      return { start: { ...block, input: {} }, deltas };
    }
    default:
      return { start: block, deltas: [] };
  }
}

/** Cuts between code points, so that no piece holds half a character. */
function pieces(text: string, chars: number): readonly string[] {
  const points = [...text];
  const count = Math.ceil(points.length / chars);
  return Array.from({ length: count }, (_, index) => points.slice(index * chars, (index + 1) * chars).join(''));
}
