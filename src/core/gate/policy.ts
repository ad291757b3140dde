import { type Said, say } from '../say';
import { isRuleEntry } from './ruleEntry';
import { noEntries, type RuleEntries, type RuleEntry, type RuleList } from './rules';

/** What an administrator has decided. Above every setting; nothing lifts it. */
export interface ManagedPolicy {
  readonly autoDisabled: boolean;
  readonly skipDisabled: boolean;
  readonly rules: RuleEntries;
  /** What could not be read, and what applies instead. */
  readonly problems: readonly Said[];
  /** The files it was read from, in order. */
  readonly files: readonly string[];
}

export const noPolicy: ManagedPolicy = {
  autoDisabled: false,
  skipDisabled: false,
  rules: noEntries,
  problems: [],
  files: [],
};

/** One managed file as it was found: its text, or why it could not be trusted (then with its text, if any) or read. */
export interface PolicyFile {
  readonly path: string;
  readonly content:
    | { readonly ok: true; readonly text: string }
    | { readonly ok: false; readonly why: Said; readonly text?: string };
}

/**
 * Reads managed settings in Claude Code's format: `disableAutoMode: "disable"`, `disableBypassPermissionsMode: "disable"` (at the
 * top or below `permissions`) and `permissions.allow/ask/deny`. Keys it does not know are left alone.
 *
 * A file that cannot be read, parsed or trusted, or a known key of the wrong type, is reported and the strictest reading applies:
 * Normal only, with every ask and deny rule that could be read. Its allow rules do not hold.
 * @param files in the order in which they apply; switches add up, lists are joined.
 */
export function readPolicy(files: readonly PolicyFile[]): ManagedPolicy {
  return files.map(readFile).reduce(join, noPolicy);
}

function readFile({ path, content }: PolicyFile): ManagedPolicy {
  if (content.ok) return readText(path, content.text);
  // Whoever could write it may have taken rules away; those that are there still only tighten.
  const { ask, deny } = content.text === undefined ? noPolicy.rules : readText(path, content.text).rules;
  return { ...strictest(path, [content.why]), rules: { allow: [], ask, deny } };
}

function readText(path: string, text: string): ManagedPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The error would quote the file, which may hold keys.
    return strictest(path, [
      say('The managed settings file {0} is not valid JSON; until it is corrected only Normal is available.', path),
    ]);
  }
  if (!isRecord(value))
    return strictest(path, [
      say(
        'The managed settings file {0} does not hold an object; until it is corrected only Normal is available.',
        path,
      ),
    ]);
  return readObject(path, value);
}

function readObject(path: string, value: Record<string, unknown>): ManagedPolicy {
  const problems: Said[] = [];
  const permissions = value['permissions'];
  if (permissions !== undefined && !isRecord(permissions))
    problems.push(
      say(
        'In the managed settings file {0}, permissions must be an object; until it is corrected only Normal is available.',
        path,
      ),
    );
  const inner = isRecord(permissions) ? permissions : {};

  const disabled = (key: string): boolean =>
    [value[key], inner[key]].some((found) => {
      if (found === undefined) return false;
      if (found !== 'disable')
        problems.push(
          say(
            'In the managed settings file {0}, {1} must be "disable" or absent; until it is corrected only Normal is available.',
            path,
            key,
          ),
        );
      return true;
    });
  const list = (key: RuleList): readonly RuleEntry[] => {
    const found = inner[key] === undefined ? [] : inner[key];
    const entries: readonly unknown[] = Array.isArray(found) ? found : [];
    const rules = entries.filter(isRuleEntry);
    if (!Array.isArray(found) || rules.length !== entries.length)
      problems.push(
        say(
          'In the managed settings file {0}, permissions.{1} must be a list of rules, each a text or an object with "rule"; until it is corrected only Normal is available.',
          path,
          key,
        ),
      );
    return rules;
  };

  const autoDisabled = disabled('disableAutoMode');
  const skipDisabled = disabled('disableBypassPermissionsMode');
  const rules = { allow: list('allow'), ask: list('ask'), deny: list('deny') };
  if (problems.length > 0) return { ...strictest(path, problems), rules: { ...rules, allow: [] } };
  return { autoDisabled, skipDisabled, rules, problems: [], files: [path] };
}

function strictest(path: string, problems: readonly Said[]): ManagedPolicy {
  return { ...noPolicy, autoDisabled: true, skipDisabled: true, problems, files: [path] };
}

function join(a: ManagedPolicy, b: ManagedPolicy): ManagedPolicy {
  return {
    autoDisabled: a.autoDisabled || b.autoDisabled,
    skipDisabled: a.skipDisabled || b.skipDisabled,
    rules: {
      allow: [...a.rules.allow, ...b.rules.allow],
      ask: [...a.rules.ask, ...b.rules.ask],
      deny: [...a.rules.deny, ...b.rules.deny],
    },
    problems: [...a.problems, ...b.problems],
    files: [...a.files, ...b.files],
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
