import type { AssistantBlock, StopReason } from '../../core/agent/messages';
import type { ModelEvent, Usage } from '../../core/ports';

/** One server-sent event, before its data is parsed. */
export interface StreamEvent {
  readonly event: string | null;
  readonly data: string;
}

/** What a stream came to. `cut`: it ended or broke off before the message was whole. */
export type StreamOutcome =
  | {
      readonly kind: 'message';
      readonly content: readonly AssistantBlock[];
      readonly stopReason: StopReason;
      readonly usage: Usage;
    }
  /** The API reported an error in the middle of the stream. `type` is its name for it, such as `overloaded_error`. */
  | { readonly kind: 'error'; readonly type: string; readonly message: string }
  | { readonly kind: 'cut' };

type Json = { readonly [key: string]: unknown };

/** A block as it grows. */
interface Growing {
  readonly block: { type: string } & Record<string, unknown>;
  json: string;
  done: boolean;
}

/** The stop reasons of SDK 1.12 (`StopReason`). */
const stopReasons: ReadonlySet<string> = new Set<StopReason>([
  'end_turn',
  'tool_use',
  'max_tokens',
  'stop_sequence',
  'pause_turn',
  'refusal',
  'model_context_window_exceeded',
]);

/**
 * Puts a message together from the raw events of the Messages API. The SDK's own assembler throws the whole message away when
 * the JSON of one tool input is malformed; here that input is undefined and the rest of the message stands.
 * Unknown events and deltas are passed over, as the API's versioning page asks of clients.
 * @param onEvent told of text, thinking and tool names as they arrive.
 * Rejects only when `events` does.
 */
export async function readStream(
  events: AsyncIterable<StreamEvent>,
  onEvent: (event: ModelEvent) => void,
): Promise<StreamOutcome> {
  const blocks: Growing[] = [];
  let usage: Json = {};
  let stopReason: StopReason = 'unknown';
  for await (const { event, data } of events) {
    if (event === 'ping' || data === '') continue;
    const json = parseObject(data);
    if (!json) return { kind: 'cut' };
    switch (json['type']) {
      case 'error':
        return streamError(json);
      case 'message_start':
        usage = known(object(object(json['message'])['usage']));
        break;
      case 'content_block_start':
        start(blocks, json, onEvent);
        break;
      case 'content_block_delta':
        grow(blocks[Number(json['index'])], object(json['delta']), onEvent);
        break;
      case 'content_block_stop':
        finish(blocks[Number(json['index'])]);
        break;
      case 'message_delta':
        stopReason = toStopReason(object(json['delta'])['stop_reason']);
        usage = { ...usage, ...known(object(json['usage'])) };
        break;
      case 'message_stop':
        // Dense, because an index that was skipped is a hole, and a hole is half a message.
        if (!Array.from(blocks).every((block) => block?.done)) return { kind: 'cut' };
        return { kind: 'message', content: blocks.map(toBlock), stopReason, usage: toUsage(usage) };
      default:
        break;
    }
  }
  return { kind: 'cut' };
}

function start(blocks: Growing[], json: Json, onEvent: (event: ModelEvent) => void): void {
  const block = { ...object(json['content_block']) };
  const type = string(block['type']);
  blocks[Number(json['index'])] = { block: { ...block, type }, json: '', done: false };
  if (type === 'tool_use') onEvent({ type: 'tool', id: string(block['id']), name: string(block['name']) });
}

function grow(growing: Growing | undefined, delta: Json, onEvent: (event: ModelEvent) => void): void {
  if (!growing) return;
  const { block } = growing;
  switch (delta['type']) {
    case 'text_delta': {
      const text = string(delta['text']);
      block['text'] = string(block['text']) + text;
      onEvent({ type: 'text', text });
      break;
    }
    case 'thinking_delta': {
      const text = string(delta['thinking']);
      block['thinking'] = string(block['thinking']) + text;
      onEvent({ type: 'thinking', text });
      break;
    }
    case 'signature_delta':
      block['signature'] = string(block['signature']) + string(delta['signature']);
      break;
    case 'input_json_delta':
      growing.json += string(delta['partial_json']);
      break;
    case 'citations_delta':
      block['citations'] = [...(Array.isArray(block['citations']) ? block['citations'] : []), delta['citation']];
      break;
    default:
      break;
  }
}

/** A tool that takes nothing sends no JSON at all; its input is the empty object of the start event. */
function finish(growing: Growing | undefined): void {
  if (!growing) return;
  growing.done = true;
  if (growing.json !== '') growing.block['input'] = parse(growing.json);
}

function toBlock({ block }: Growing): AssistantBlock {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: string(block['text']) };
    case 'tool_use':
      return { type: 'tool_use', id: string(block['id']), name: string(block['name']), input: block['input'] };
    default:
      return { type: 'opaque', block };
  }
}

function streamError(json: Json): StreamOutcome {
  const error = object(json['error']);
  return { kind: 'error', type: string(error['type']), message: string(error['message']) };
}

function toStopReason(name: unknown): StopReason {
  return typeof name === 'string' && stopReasons.has(name) ? (name as StopReason) : 'unknown';
}

/** Figures of `message_delta` are totals; those it leaves out, or null, stay as `message_start` gave them. */
function known(usage: Json): Json {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => typeof value === 'number'));
}

function toUsage(usage: Json): Usage {
  return {
    inputTokens: Number(usage['input_tokens'] ?? 0),
    outputTokens: Number(usage['output_tokens'] ?? 0),
    cacheReadTokens: Number(usage['cache_read_input_tokens'] ?? 0),
    cacheWriteTokens: Number(usage['cache_creation_input_tokens'] ?? 0),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Json | undefined {
  const value = parse(text);
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const string = (value: unknown): string => (typeof value === 'string' ? value : '');
