import { type Said, say } from '../say';
import { isRuleEntry } from './ruleEntry';
import { noEntries, type RuleEntries, type RuleEntry, type RuleList } from './rules';

/** Rules as a file holds them, and what in it could not be used. */
export interface PermissionsFile {
  readonly path: string;
  readonly entries: RuleEntries;
  readonly problems: readonly Said[];
}

/**
 * Reads the rules of a settings file in Claude Code's format, `{"permissions": {"allow": […], "ask": […], "deny": […]}}`; everything
 * else in it is left alone. A file that cannot be read allows nothing; of a list with mistakes in it the good rules hold, unless
 * it allows.
 */
export function readPermissions(path: string, text: string): PermissionsFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The error would quote the file, which may hold keys.
    return unusable(path, say('{0} is not valid JSON; until it is corrected none of its rules hold.', path));
  }
  if (!isRecord(value))
    return unusable(path, say('{0} does not hold an object; until it is corrected none of its rules hold.', path));
  const permissions = value['permissions'];
  if (permissions === undefined) return { path, entries: noEntries, problems: [] };
  if (!isRecord(permissions))
    return unusable(
      path,
      say('In {0}, permissions must be an object; until it is corrected none of its rules hold.', path),
    );
  const problems: Said[] = [];
  const list = (key: RuleList): readonly RuleEntry[] => {
    const found = permissions[key];
    if (found === undefined) return [];
    const entries: readonly unknown[] = Array.isArray(found) ? found : [];
    const good = entries.filter(isRuleEntry);
    if (Array.isArray(found) && good.length === entries.length) return good;
    problems.push(
      key === 'allow'
        ? say('In {0}, permissions.allow must be a list of rules; until it is corrected it is empty.', path)
        : say(
            'In {0}, permissions.{1} must be a list of rules; until it is corrected only the rules in it hold.',
            path,
            key,
          ),
    );
    return key === 'allow' ? [] : good;
  };
  return { path, entries: { allow: list('allow'), ask: list('ask'), deny: list('deny') }, problems };
}

export function unusable(path: string, said: Said): PermissionsFile {
  return { path, entries: noEntries, problems: [said] };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
