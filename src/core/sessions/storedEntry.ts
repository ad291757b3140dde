import * as z from 'zod/mini';
import type { Message } from '../agent/messages';
import type { AgentEvent } from '../events';
import { modes } from '../gate/modes';

/** One line of a stored session. */
export type StoredEntry =
  | { readonly type: 'event'; readonly event: AgentEvent }
  /** `n` rises and is never used twice. */
  | { readonly type: 'message'; readonly n: number; readonly message: Message }
  /** All messages numbered `from` and higher are out of the conversation. */
  | { readonly type: 'cut'; readonly from: number }
  /** This message stands in the place of all that are numbered lower. */
  | { readonly type: 'replaced'; readonly n: number; readonly message: Message };

/**
 * Reads one line.
 * @returns undefined when it is no JSON or has a shape that this version does not know.
 */
export function parseEntry(line: string): StoredEntry | undefined {
  let data: unknown;
  try {
    data = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = entry.safeParse(data);
  // JSON has no `undefined`: a key that is absent here reads as undefined, which is what the types of the entries mean by it.
  return parsed.success ? (parsed.data as StoredEntry) : undefined;
}

const text = z.object({ type: z.literal('text'), text: z.string() });
const image = z.object({
  mediaType: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
  data: z.string(),
});
const message = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('user'),
    content: z.array(
      z.discriminatedUnion('type', [
        text,
        z.object({
          type: z.literal('tool_result'),
          tool_use_id: z.string(),
          content: z.string(),
          images: z.optional(z.array(image)),
          is_error: z.optional(z.boolean()),
        }),
      ]),
    ),
  }),
  z.object({
    role: z.literal('assistant'),
    content: z.array(
      z.discriminatedUnion('type', [
        text,
        z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.optional(z.unknown()) }),
        z.object({ type: z.literal('opaque'), block: z.looseObject({ type: z.string() }) }),
      ]),
    ),
  }),
]);

const said = z.object({ template: z.string(), args: z.array(z.union([z.string(), z.number()])) });
const span = z.object({ start: z.number(), end: z.number() });
const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
});
const todos = z.array(
  z.object({
    content: z.string(),
    activeForm: z.string(),
    status: z.enum(['pending', 'in_progress', 'completed']),
  }),
);
const display = z.discriminatedUnion('type', [
  z.object({ type: z.literal('diff'), path: z.string(), before: z.string(), after: z.string() }),
  z.object({
    type: z.literal('output'),
    text: z.string(),
    exitCode: z.optional(z.number()),
    logPath: z.optional(z.string()),
  }),
  z.object({ type: z.literal('todos'), todos }),
]);
/** What a screen shows of a record is checked; the rest is carried along as it is. */
const record = z.looseObject({
  version: z.literal(1),
  id: z.string(),
  callId: z.string(),
  tool: z.string(),
  title: z.string(),
  mode: z.enum(modes),
  outcome: z.enum(['allowed', 'blocked', 'denied', 'aborted']),
  step: z.string(),
  rule: z.string(),
  reason: z.string(),
  source: z.string(),
  effects: z.array(z.string()),
  evidence: z.array(span),
  proof: z.array(z.string()),
  person: z.optional(z.string()),
  cost: z.looseObject({ micros: z.number(), modelMs: z.number() }),
});

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('user'),
    text: z.string(),
    at: z.number(),
    n: z.optional(z.number()),
    queued: z.optional(z.string()),
  }),
  z.object({ type: z.literal('queued'), id: z.string(), text: z.string(), at: z.number() }),
  z.object({ type: z.literal('withdrawn'), id: z.string() }),
  z.object({ type: z.literal('rewound'), n: z.number() }),
  z.object({ type: z.literal('turn-start') }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), text: z.string() }),
  z.object({ type: z.literal('message-end') }),
  z.object({ type: z.literal('call'), id: z.string(), tool: z.string(), title: z.string(), exact: z.string() }),
  z.object({ type: z.literal('call-reviewing'), id: z.string(), by: z.enum(['analysis', 'classifier', 'person']) }),
  z.object({ type: z.literal('call-decided'), id: z.string(), record }),
  z.object({
    type: z.literal('call-done'),
    id: z.string(),
    isError: z.boolean(),
    text: z.string(),
    display: z.optional(display),
    durationMs: z.number(),
  }),
  z.object({
    type: z.literal('job'),
    id: z.string(),
    job: z.string(),
    state: z.enum(['running', 'done', 'failed', 'ended']),
  }),
  z.object({ type: z.literal('call-kept'), id: z.string(), files: z.number(), lost: z.optional(z.number()) }),
  z.object({ type: z.literal('call-undone'), id: z.string(), undone: z.boolean(), path: z.optional(z.string()) }),
  z.object({ type: z.literal('todos'), todos }),
  z.object({ type: z.literal('cwd'), cwd: z.string() }),
  z.object({ type: z.literal('mode'), mode: z.enum(modes) }),
  z.object({
    type: z.literal('retry'),
    attempt: z.number(),
    attempts: z.number(),
    delayMs: z.number(),
    said,
  }),
  z.object({
    type: z.literal('notice'),
    level: z.enum(['info', 'warning', 'error']),
    said,
    action: z.optional(z.enum(['set-api-key', 'retry', 'go-on', 'show-log', 'new-session'])),
  }),
  z.object({ type: z.literal('usage'), usage }),
  z.object({ type: z.literal('compacted'), summary: z.optional(z.string()), messages: z.number() }),
  z.object({ type: z.literal('turn-end'), end: z.enum(['done', 'stopped', 'failed', 'limit']) }),
]);

const entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('event'), event }),
  z.object({ type: z.literal('message'), n: z.number(), message }),
  z.object({ type: z.literal('cut'), from: z.number() }),
  z.object({ type: z.literal('replaced'), n: z.number(), message }),
]);
