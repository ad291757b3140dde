import type { Digest } from '../ports';
import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import { describeEffect } from './effect';
import { type RuleSet, ruleLists } from './rules';
import type { GateState } from './state';

/**
 * The hash an approval is bound to (design section 4, point 10; rule R20): tool, input, folder, mode, rules, every script body
 * the decision rests on, and where each effect lands now. Environment changes are part of the input: every command starts in
 * a fresh shell with a fixed environment.
 */
export function hashCall(call: ToolCall, state: GateState, analysis: Analysis, digest: Digest): string {
  return digest.sha256(
    JSON.stringify([
      call.tool,
      canonical(call.input),
      state.place.cwd,
      state.place.workspace,
      state.mode,
      state.trusted,
      describeRules(state.rules),
      ...(state.hooks ? [state.hooks.pre] : []),
      analysis.restsOn.map(({ path, sha256 }) => [path, sha256]),
      analysis.effects.map(describeEffect),
      // What the session did since may have made of the same call another one.
      analysis.answer,
    ]),
  );
}

function describeRules(rules: RuleSet): readonly (readonly string[])[] {
  return ruleLists.map((list) => rules[list].map((rule) => `${rule.source}: ${rule.text}`).sort());
}

/** The same value whatever order the model wrote the keys in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { object: entries.map(([key, inner]) => [key, canonical(inner)]) };
}
