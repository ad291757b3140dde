import type Anthropic from '@anthropic-ai/sdk';

/** What a model's name says: `claude-opus-4-6` is family `opus`, version 4.6. */
interface ModelVersion {
  readonly family: string;
  readonly major: number;
  readonly minor: number;
}

/**
 * Reads `claude-<family>-<major>[-<minor>]`, with or without a date at the end.
 * @returns undefined for older schemes (`claude-3-7-sonnet-…`) and for names of gateways.
 */
export function modelVersion(model: string): ModelVersion | undefined {
  const match = /^claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2}))?(?:-\d{8}|-latest)?$/.exec(model);
  if (!match) return undefined;
  return { family: match[1] ?? '', major: Number(match[2]), minor: Number(match[3] ?? 0) };
}

const atLeast = ({ major, minor }: ModelVersion, toMajor: number, toMinor: number): boolean =>
  major > toMajor || (major === toMajor && minor >= toMinor);

/** Adaptive thinking came with Claude 4.6; later models refuse a budget (platform.claude.com, "Adaptive thinking"). */
export const thinksAdaptively = (version: ModelVersion): boolean => atLeast(version, 4, 6);

/** Claude 4.7 and later answer 400 to `thinking.type: enabled` (platform.claude.com, "Adaptive thinking"). */
export const refusesBudget = (version: ModelVersion): boolean => atLeast(version, 4, 7);

/** Models whose thinking cannot be switched off (platform.claude.com, "Models overview": adaptive, always on). */
export const alwaysThinks = (version: ModelVersion): boolean =>
  version.family === 'fable' || version.family === 'mythos' || (version.family === 'opus' && atLeast(version, 5, 5));

type ThinkingFields = Pick<Anthropic.MessageCreateParams, 'thinking' | 'output_config'>;

/** Smallest budget the API takes (SDK 1.12, `ThinkingConfigEnabled.budget_tokens`). */
const smallestBudget = 1024;

/**
 * The fields that switch thinking on or off for a model. For a name that says no version nothing is sent, so that a gateway's
 * own default holds.
 * @param maxTokens the request's `max_tokens`, which a budget has to stay below.
 */
export function thinkingFields(model: string, wanted: boolean, maxTokens: number): ThinkingFields {
  const version = modelVersion(model);
  if (!version) return {};
  if (!wanted) {
    if (alwaysThinks(version)) return { output_config: { effort: 'low' } };
    // From version 5 on thinking is on unless it is switched off; before that it is off unless it is asked for.
    return version.major >= 5 ? { thinking: { type: 'disabled' } } : {};
  }
  // Without `display` the models from 4.7 on send a signature and no text that a person could read.
  if (thinksAdaptively(version)) return { thinking: { type: 'adaptive', display: 'summarized' } };
  const budget = Math.max(smallestBudget, Math.floor(maxTokens / 2));
  return budget < maxTokens ? { thinking: { type: 'enabled', budget_tokens: budget } } : {};
}
