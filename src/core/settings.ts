import * as z from 'zod/mini';
import { type Mode, modes } from './gate/modes';
import type { RuleList } from './gate/rules';
import { type Said, say } from './say';

/** Everything the product reads from settings, typed, with every value in its range. */
export interface Settings {
  /** Undefined when the setting holds something that is no mode; that runs as Normal and is said. */
  readonly permissionMode: Mode | undefined;
  readonly model: string;
  readonly api: { readonly baseUrl: string | undefined; readonly customHeaders: Readonly<Record<string, string>> };
  readonly rules: Readonly<Record<RuleList, readonly string[]>>;
  readonly autoMode: {
    /** The session's model when empty. */
    readonly classifierModel: string;
    readonly additionalModels: readonly string[];
    readonly timeoutMs: number;
    readonly blocksInARow: number;
    readonly blocksInTotal: number;
    readonly blocksOfSameAction: number;
  };
  readonly bashTimeoutMs: number;
}

/** A setting whose value cannot be used; what applies instead is in the sentence. */
export interface SettingProblem {
  /** With its prefix: `claudeCode.autoMode.timeoutSeconds`. */
  readonly key: string;
  readonly said: Said;
}

const prefix = 'claudeCode.';

/** One setting: what it may hold, its default, and the rule in words for the person whose value does not fit. */
interface Field<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly fallback: T;
  readonly rule: Said;
}

const field = <T>(schema: z.ZodMiniType<T>, fallback: T, rule: Said): Field<T> => ({ schema, fallback, rule });
const whole = (least: number, most: number, fallback: number): Field<number> =>
  field(z.int().check(z.minimum(least), z.maximum(most)), fallback, say('a whole number from {0} to {1}', least, most));
const strings = field<readonly string[]>(z.array(z.string()), [], say('a list of texts'));
const text = (fallback: string): Field<string> => field(z.string(), fallback, say('a text'));

const fields = {
  permissionMode: field<Mode | undefined>(z.enum(modes), undefined, say('normal, auto or skip')),
  model: field(z.string().check(z.trim(), z.minLength(1)), 'claude-sonnet-4-6', say('the name of a model')),
  'api.baseUrl': text(''),
  'api.customHeaders': field<Readonly<Record<string, string>>>(
    z.record(z.string(), z.string()),
    {},
    say('an object of texts'),
  ),
  'permissions.allow': strings,
  'permissions.ask': strings,
  'permissions.deny': strings,
  'autoMode.classifierModel': text(''),
  'autoMode.additionalModels': strings,
  'autoMode.timeoutSeconds': whole(5, 120, 30),
  'autoMode.blocksInARow': whole(1, 20, 3),
  'autoMode.blocksInTotal': whole(1, 200, 20),
  'autoMode.blocksOfSameAction': whole(1, 20, 3),
  'bash.timeoutSeconds': whole(1, 600, 120),
} as const;

export type SettingKey = keyof typeof fields;
export const settingKeys = Object.keys(fields) as readonly SettingKey[];

/**
 * Reads raw settings. Each key stands alone: a value that does not fit is named, and the default applies to it. A list with a
 * wrong entry keeps its good ones, except for `permissions.allow`, where the stricter reading is that nothing is allowed.
 * @param raw values by key without the prefix; undefined or absent means not set.
 */
export function parseSettings(raw: Readonly<Partial<Record<string, unknown>>>): {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];

  function read<Key extends SettingKey>(key: Key): (typeof fields)[Key]['fallback'] {
    const { schema, fallback, rule } = fields[key] as Field<(typeof fields)[Key]['fallback']>;
    const value = raw[key];
    if (value === undefined) return key === 'permissionMode' ? ('normal' as typeof fallback) : fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push({
      key: prefix + key,
      said: say('{0}: {1} cannot be used; it must be {2}.', prefix + key, shorten(value), fillRule(rule)),
    });
    const tightens = key === 'permissions.ask' || key === 'permissions.deny';
    return tightens && Array.isArray(value)
      ? (value.filter((entry) => typeof entry === 'string') as typeof fallback)
      : fallback;
  }

  const baseUrl = read('api.baseUrl').trim();
  const settings: Settings = {
    permissionMode: read('permissionMode'),
    model: read('model'),
    api: { baseUrl: baseUrl === '' ? undefined : baseUrl, customHeaders: read('api.customHeaders') },
    rules: { allow: read('permissions.allow'), ask: read('permissions.ask'), deny: read('permissions.deny') },
    autoMode: {
      classifierModel: read('autoMode.classifierModel').trim(),
      additionalModels: read('autoMode.additionalModels'),
      timeoutMs: read('autoMode.timeoutSeconds') * 1000,
      blocksInARow: read('autoMode.blocksInARow'),
      blocksInTotal: read('autoMode.blocksInTotal'),
      blocksOfSameAction: read('autoMode.blocksOfSameAction'),
    },
    bashTimeoutMs: read('bash.timeoutSeconds') * 1000,
  };
  return { settings, problems };
}

function fillRule({ template, args }: Said): string {
  return template.replace(/\{(\d)\}/g, (_, index) => String(args[Number(index)]));
}

function shorten(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
