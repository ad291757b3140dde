import { createHash } from 'node:crypto';
import { modelVersion } from '../anthropic/thinkingConfig';
import { blocksOf, type CacheControl, type MessagesRequest } from './requestSchema';

/** Input tokens of one request, as `usage` gives them. */
export interface InputUsage {
  /** Neither read from the cache nor written to it. */
  readonly fresh: number;
  readonly read: number;
  readonly written: number;
}

/** The prompt cache of one organization. */
interface PromptCache {
  /** Works out what is read and written, and remembers it. @param now milliseconds since the epoch. */
  use(body: MessagesRequest, now: number): InputUsage;
}

/** Tokens are counted as UTF-8 bytes divided by 3.5, rounded up: close to English text and code, and easy to check. */
export const countTokens = (text: string): number => Math.ceil(Buffer.byteLength(text, 'utf8') / 3.5);

/** How many blocks before a breakpoint are looked at for an earlier entry (platform.claude.com, "Prompt caching"). */
const lookback = 20;
const lifetimeMs = { '5m': 5 * 60_000, '1h': 60 * 60_000 } as const;

/**
 * Shortest prefix that is cached, in tokens (platform.claude.com, "Prompt caching": 512 from Opus 5, Fable, Mythos and the 5.5
 * models on; 4,096 for Opus 4.5, Opus 4.6 and Haiku 4.5; 2,048 for Opus 4.7; 1,024 for the rest).
 */
export function shortestPrefix(model: string): number {
  const version = modelVersion(model);
  if (!version) return 1024;
  const { family, major, minor } = version;
  if (family === 'fable' || family === 'mythos' || major > 5 || (major === 5 && (family === 'opus' || minor >= 5)))
    return 512;
  if (major === 4 && family === 'opus' && (minor === 5 || minor === 6)) return 4096;
  if (major === 4 && family === 'haiku' && minor === 5) return 4096;
  return major === 4 && family === 'opus' && minor === 7 ? 2048 : 1024;
}

/** A point in the prompt: everything up to the end of one block. */
interface Point {
  /** Of model, tools, system and messages up to here. */
  readonly hash: string;
  /** Up to here. */
  readonly tokens: number;
  readonly breakpoint: NonNullable<CacheControl> | undefined;
}

export function createPromptCache(): PromptCache {
  /** Hash of a prefix to how long it lives and when it ends. */
  const entries = new Map<string, { readonly lifetime: number; until: number }>();

  return {
    use(body, now) {
      for (const [hash, { until }] of entries) if (until <= now) entries.delete(hash);
      const points = pointsOf(body);
      const least = shortestPrefix(body.model);
      const marked = points.flatMap(({ breakpoint, tokens }, at) => (breakpoint && tokens >= least ? [at] : []));
      const hit = Math.max(-1, ...marked.map((at) => lastHit(points, at)));
      const end = marked.at(-1) ?? -1;
      const tokensAt = (at: number): number => points[at]?.tokens ?? 0;
      for (const at of points.keys()) {
        const point = points[at];
        if (!point) continue;
        const entry = entries.get(point.hash);
        // Reading a prefix uses every shorter entry on the way, and use starts the lifetime anew.
        if (at <= hit && entry) entry.until = now + entry.lifetime;
        if (at > hit && marked.includes(at)) {
          const lifetime = lifetimeMs[point.breakpoint?.ttl ?? '5m'];
          entries.set(point.hash, { lifetime, until: now + lifetime });
        }
      }
      const read = tokensAt(hit);
      const written = Math.max(0, tokensAt(end) - read);
      return { fresh: tokensAt(points.length - 1) - read - written, read, written };
    },
  };

  function lastHit(points: readonly Point[], from: number): number {
    for (let at = from; at >= Math.max(0, from - lookback); at -= 1) if (entries.has(points[at]?.hash ?? '')) return at;
    return -1;
  }
}

/** Tools, then system, then messages: the order in which the API builds its prefix. */
function pointsOf(body: MessagesRequest): readonly Point[] {
  const { model, tools = [], system = [], messages, cache_control: automatic } = body;
  const systemBlocks = typeof system === 'string' ? [{ type: 'text' as const, text: system }] : system;
  const parts: { readonly block: object; readonly salt: string }[] = [
    ...tools.map((block) => ({ block, salt: 'tool' })),
    ...systemBlocks.map((block) => ({ block, salt: 'system' })),
    // Thinking and tool choice are part of the messages' prefix: changing them leaves tools and system cached.
    ...messages.flatMap((message) =>
      blocksOf(message).map((block) => ({
        block,
        salt: JSON.stringify([message.role, body.thinking, body.tool_choice]),
      })),
    ),
  ];
  let hash = digest(model);
  let tokens = 0;
  return parts.map(({ block, salt }, at) => {
    const { cache_control, ...content } = block as { cache_control?: CacheControl };
    const text = JSON.stringify(content);
    hash = digest(hash + salt + text);
    tokens += countTokens(text);
    const isLast = at === parts.length - 1;
    return { hash, tokens, breakpoint: cache_control ?? (isLast ? automatic : undefined) ?? undefined };
  });
}

const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
