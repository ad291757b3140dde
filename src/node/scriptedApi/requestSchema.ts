import { z } from 'zod';

/**
 * The shape of a Messages request, as strict as the API is: what it does not know it refuses. Modelled is what an agent with
 * client tools sends, images in what tools give back, and the plain web search. Documents, other server tools, containers and system messages in the middle of the conversation are
 * not, and are refused like unknown fields, so that nobody takes this server's yes for the API's.
 */
const cacheControl = z.strictObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() }).nullish();

const textBlock = z.strictObject({ type: z.literal('text'), text: z.string(), cache_control: cacheControl });
const toolId = z.string().regex(/^[a-zA-Z0-9_-]+$/);

const toolUseBlock = z.strictObject({
  type: z.literal('tool_use'),
  id: toolId,
  name: z.string().min(1).max(200),
  input: z.record(z.string(), z.unknown()),
  caller: z.strictObject({ type: z.literal('direct') }).optional(),
  cache_control: cacheControl,
});
const imageBlock = z.strictObject({
  type: z.literal('image'),
  source: z.strictObject({
    type: z.literal('base64'),
    media_type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp']),
    data: z.base64().min(1).max(5_000_000),
  }),
  cache_control: cacheControl,
});
const toolResultBlock = z.strictObject({
  type: z.literal('tool_result'),
  tool_use_id: toolId,
  content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textBlock, imageBlock]))]).optional(),
  is_error: z.boolean().optional(),
  cache_control: cacheControl,
});
const thinkingBlock = z.strictObject({
  type: z.literal('thinking'),
  thinking: z.string(),
  signature: z.string(),
});
const redactedBlock = z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() });

/** A block that this server made up itself, see `ScriptedBlock` of type `raw`; its type begins so. */
const foreignBlock = z.looseObject({ type: z.templateLiteral(['scripted_', z.string()]) });

const block = z.union([
  z.discriminatedUnion('type', [textBlock, toolUseBlock, toolResultBlock, thinkingBlock, redactedBlock]),
  foreignBlock,
]);

const messageSchema = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(block)]),
});

const toolSchema = z.strictObject({
  type: z.literal('custom').optional(),
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
  description: z.string().optional(),
  input_schema: z.looseObject({ type: z.literal('object') }),
  strict: z.boolean().optional(),
  cache_control: cacheControl,
});

const searchToolSchema = z
  .strictObject({
    type: z.literal('web_search_20250305'),
    name: z.literal('web_search'),
    max_uses: z.int().min(1).nullish(),
    allowed_domains: z.array(z.string().min(1)).nullish(),
    blocked_domains: z.array(z.string().min(1)).nullish(),
    cache_control: cacheControl,
  })
  .refine((tool) => !(tool.allowed_domains && tool.blocked_domains), {
    message: 'Only one of allowed_domains or blocked_domains can be specified',
  });

const display = z.enum(['summarized', 'omitted']).nullish();

export const requestSchema = z.strictObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z.array(messageSchema).min(1),
  system: z.union([z.string(), z.array(textBlock)]).optional(),
  tools: z.array(z.union([toolSchema, searchToolSchema])).optional(),
  tool_choice: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('auto'), disable_parallel_tool_use: z.boolean().optional() }),
      z.strictObject({ type: z.literal('any'), disable_parallel_tool_use: z.boolean().optional() }),
      z.strictObject({ type: z.literal('tool'), name: z.string(), disable_parallel_tool_use: z.boolean().optional() }),
      z.strictObject({ type: z.literal('none') }),
    ])
    .optional(),
  thinking: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1024), display }),
      z.strictObject({ type: z.literal('adaptive'), display }),
      z.strictObject({ type: z.literal('disabled') }),
    ])
    .optional(),
  output_config: z
    .strictObject({
      effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
      format: z.strictObject({ type: z.literal('json_schema'), schema: z.looseObject({}) }).nullish(),
    })
    .optional(),
  stop_sequences: z.array(z.string()).optional(),
  stream: z.boolean().optional(),
  metadata: z.strictObject({ user_id: z.string().nullish() }).optional(),
  service_tier: z.enum(['auto', 'standard_only']).optional(),
  cache_control: cacheControl,
});

export type MessagesRequest = z.infer<typeof requestSchema>;
export type RequestMessage = MessagesRequest['messages'][number];
export type RequestBlock = Exclude<RequestMessage['content'], string>[number];
export type CacheControl = z.infer<typeof cacheControl>;

/** The blocks of a message; a string is one block of text. */
export function blocksOf({ content }: RequestMessage): readonly RequestBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
