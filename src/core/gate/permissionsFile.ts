import { type Said, say } from '../say';
import { type ClassifierLists, noLists } from './classifier/lists';
import { isRuleEntry } from './ruleEntry';
import { noEntries, type RuleEntries, type RuleEntry, type RuleList } from './rules';

/** Rules as a file holds them, and what in it could not be used. */
export interface PermissionsFile {
  readonly path: string;
  readonly entries: RuleEntries;
  /** For the classifier, in plain words. */
  readonly sentences: ClassifierLists;
  readonly problems: readonly Said[];
}

/**
 * Reads the rules of a settings file in Claude Code's format, `{"permissions": {"allow": […], "ask": […], "deny": […]}}`, and its
 * sentences for the classifier, `{"autoMode": {"environment": […], "allow": […], "soft_deny": […], "hard_deny": […]}}`; everything else
 * in it is left alone. A file that cannot be read allows nothing; of a list with mistakes in it the good rules hold, unless
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
  const { permissions = {}, autoMode = {} } = value;
  if (!isRecord(permissions) || !isRecord(autoMode))
    return unusable(
      path,
      say('In {0}, permissions and autoMode must be objects; until it is corrected none of its rules hold.', path),
    );
  const problems: Said[] = [];
  const sentences = (key: keyof ClassifierLists): readonly string[] => {
    const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [...new Set([snake, key])].flatMap((name) => {
      const found = autoMode[name] ?? [];
      const good = Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : [];
      if (!Array.isArray(found) || good.length !== found.length)
        problems.push(
          say(
            'In {0}, autoMode.{1} must be a list of texts; until it is corrected only the texts in it hold.',
            path,
            name,
          ),
        );
      return good;
    });
  };
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
  return {
    path,
    entries: { allow: list('allow'), ask: list('ask'), deny: list('deny') },
    sentences: {
      environment: sentences('environment'),
      allow: sentences('allow'),
      softDeny: sentences('softDeny'),
      hardDeny: sentences('hardDeny'),
    },
    problems,
  };
}

export function unusable(path: string, said: Said): PermissionsFile {
  return { path, entries: noEntries, sentences: noLists, problems: [said] };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
