import type { Usage } from '../ports';

/** US dollars for a million tokens. */
interface Price {
  readonly input: number;
  readonly output: number;
}

/**
 * List prices of the Anthropic API (platform.claude.com, "Pricing"), by the beginning of the model's name. What a contract or
 * another provider takes may differ, so an amount is always called an estimate.
 */
const prices: readonly (readonly [name: RegExp, price: Price])[] = [
  [/^claude-opus-4-[5-9](?!\d)/, { input: 5, output: 25 }],
  [/^claude-opus-4(?!-[5-9])/, { input: 15, output: 75 }],
  [/^claude-sonnet-4/, { input: 3, output: 15 }],
  [/^claude-haiku-4/, { input: 1, output: 5 }],
];

/** Reading from the cache costs a tenth of the input, writing to it (for five minutes) a quarter more. */
const cacheRead = 0.1;
const cacheWrite = 1.25;

/** What a request cost by list price, in US dollars; undefined where the price is not known. */
export function costOf(model: string, usage: Usage): number | undefined {
  const price = prices.find(([name]) => name.test(model))?.[1];
  if (!price) return undefined;
  const { cacheReadTokens, cacheWriteTokens, inputTokens, outputTokens } = usage;
  const input = inputTokens + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite;
  return (input * price.input + outputTokens * price.output) / 1_000_000;
}
