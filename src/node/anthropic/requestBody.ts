import type Anthropic from '@anthropic-ai/sdk';
import type { AssistantBlock, Message, UserBlock } from '../../core/agent/messages';
import { assertNever } from '../../core/assertNever';
import type { ImageData, ModelRequest, WebSearchBounds } from '../../core/ports';
import { thinkingFields } from './thinkingConfig';

type Block = Anthropic.ContentBlockParam;

const breakpoint = { cache_control: { type: 'ephemeral' } } as const;

/**
 * The body of a streaming request. At most four cache breakpoints, the API's limit: the last tool, the last system block,
 * the end of the conversation, and the end of the user message before that. The fourth is where the request before this one
 * ended: the API looks only 20 blocks back from a breakpoint for something it has, and a turn with many calls is longer.
 * A request whose blocks say where breakpoints stand gets them there, and one after each system block.
 */
export function requestBody(request: ModelRequest): Anthropic.MessageCreateParamsStreaming {
  const messages = request.messages.map(toMessage).filter((message) => message.content.length > 0);
  const system = request.system.filter(hasText).map((text) => ({ type: 'text' as const, text }));
  const tools = request.tools.map(({ name, description, inputSchema }) => ({
    name,
    description,
    input_schema: { ...inputSchema, type: 'object' as const },
  }));
  const lastUser = messages.findLastIndex(({ role }) => role === 'user');
  const beforeThat = messages.slice(0, Math.max(0, lastUser)).findLastIndex(({ role }) => role === 'user');
  const placed = request.messages.some(({ content }) => content.some((block) => block.type === 'text' && block.cache));
  const ends = new Set(placed ? [] : [messages.length - 1, beforeThat]);
  return {
    model: request.model,
    max_tokens: request.maxTokens,
    stream: true,
    ...(tools.length > 0 || request.webSearch
      ? { tools: [...(request.webSearch ? [searchTool(request.webSearch)] : []), ...markLast(tools)] }
      : {}),
    ...(system.length > 0
      ? { system: placed ? system.map((block) => ({ ...block, ...breakpoint })) : markLast(system) }
      : {}),
    messages: messages.map((message, index) => (ends.has(index) ? markEnd(message) : message)),
    ...thinkingFields(request.model, request.thinking, request.maxTokens),
  };
}

/** The plain form of the tool, which runs no code and which every model that searches takes. */
const searchTool = ({ allowed, blocked }: WebSearchBounds): Anthropic.WebSearchTool20250305 => ({
  type: 'web_search_20250305',
  name: 'web_search',
  max_uses: 1,
  ...(allowed ? { allowed_domains: [...allowed] } : blocked ? { blocked_domains: [...blocked] } : {}),
});

interface Sent {
  role: 'user' | 'assistant';
  content: Block[];
}

function toMessage(message: Message): Sent {
  const blocks: readonly (AssistantBlock | UserBlock)[] = message.content;
  return { role: message.role, content: blocks.flatMap(toBlock) };
}

/** The API refuses text blocks without a visible character, and models do send them now and then: they are left out. */
function toBlock(block: AssistantBlock | UserBlock): Block[] {
  switch (block.type) {
    case 'text':
      return hasText(block.text) ? [{ type: 'text', text: block.text, ...(block.cache ? breakpoint : {}) }] : [];
    case 'tool_use':
      // The API wants an object; malformed input is undefined here, and its tool result says what was wrong with it.
      return [{ type: 'tool_use', id: block.id, name: block.name, input: block.input ?? {} }];
    case 'tool_result':
      return [
        {
          type: 'tool_result',
          tool_use_id: block.tool_use_id,
          content: block.images ? [{ type: 'text', text: block.content }, ...block.images.map(toImage)] : block.content,
          ...(block.is_error === undefined ? {} : { is_error: block.is_error }),
        },
      ];
    case 'opaque':
      // Received from the API and given back as it came, whatever its type.
      return [block.block as unknown as Block];
    default:
      return assertNever(block);
  }
}

const toImage = ({ data, mediaType }: ImageData): Anthropic.ImageBlockParam => ({
  type: 'image',
  source: { type: 'base64', media_type: mediaType, data },
});

const hasText = (text: string): boolean => text.trim() !== '';

function markLast<T extends object>(items: readonly T[]): (T & typeof breakpoint)[] {
  return items.map(
    (item, index) => (index === items.length - 1 ? { ...item, ...breakpoint } : item) as T & typeof breakpoint,
  );
}

/** Thinking and other opaque blocks take no breakpoint: the last one that does gets it. */
function markEnd(message: Sent): Sent {
  const at = message.content.findLastIndex(
    ({ type }) => type === 'text' || type === 'tool_use' || type === 'tool_result',
  );
  const content = message.content.map((block, index) =>
    index === at ? ({ ...block, ...breakpoint } as Block) : block,
  );
  return { role: message.role, content };
}
