import type { RuleEntry } from './rules';

const known = new Set(['rule', 'reason', 'match', 'notMatch']);

/** Whether a value of a settings file is a rule: a text, or an object with `rule` and perhaps `reason`, `match`, `notMatch`. */
export function isRuleEntry(value: unknown): value is RuleEntry {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { rule, reason, match, notMatch } = value as Readonly<Record<string, unknown>>;
  return (
    typeof rule === 'string' &&
    (reason === undefined || typeof reason === 'string') &&
    [match, notMatch].every((list) => list === undefined || isTexts(list)) &&
    Object.keys(value).every((key) => known.has(key))
  );
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry: unknown) => typeof entry === 'string');
