import * as z from 'zod/mini';
import { type ClassifierLists, defaultRules } from './gate/classifier/lists';
import { type HookSet, readHooks } from './gate/hooks';
import { builtInHosts, isHostEntry } from './gate/hostEntry';
import { type Mode, modes } from './gate/modes';
import { redact } from './gate/redact';
import { isRuleEntry } from './gate/ruleEntry';
import type { RuleEntries, RuleEntry, RuleSource } from './gate/rules';
import { type McpServerSpec, readMcpServers } from './mcp/serverSpec';
import { type Said, say } from './say';

/** Everything the product reads from settings, typed, with every value in its range. */
export interface Settings {
  /** Undefined when the setting holds something that is no mode; that runs as Normal and is said. */
  readonly permissionMode: Mode | undefined;
  readonly model: string;
  readonly api: { readonly baseUrl: string | undefined; readonly customHeaders: Readonly<Record<string, string>> };
  readonly rules: RuleEntries;
  /** Folders besides those that are open, absolute or from `~/` on. */
  readonly additionalFolders: readonly string[];
  readonly autoMode: {
    /** The session's model when empty. */
    readonly classifierModel: string;
    /** Of the first stage; that of the second when empty. */
    readonly filterModel: string;
    /** Asked when the others do not answer; one of the other line when empty. */
    readonly secondModel: string;
    /** Rules and facts for the classifier, in plain words. */
    readonly sentences: ClassifierLists;
    readonly additionalModels: readonly string[];
    /** Hosts that may be asked without a doubt, see `Place.hosts`. */
    readonly hosts: readonly string[];
    readonly timeoutMs: number;
    readonly blocksInARow: number;
    readonly blocksInTotal: number;
    readonly blocksOfSameAction: number;
    readonly refusalsUnattended: number;
    /** Files that may be lost without a question because they can be had back; 0: none. */
    readonly undoableFiles: number;
    /** The same as a share of the workspace's files, 0 to 1. */
    readonly undoableShare: number;
    /** In Auto no rule for shell commands allows anything, however narrow. */
    readonly suspendShellRules: boolean;
  };
  readonly bashTimeoutMs: number;
  /** Programs that are asked about calls; those that cannot be read refuse. */
  readonly hooks: HookSet;
  /** MCP servers of the user's own. */
  readonly mcpServers: readonly McpServerSpec[];
}

/** A setting whose value cannot be used; what applies instead is in the sentence. */
export interface SettingProblem {
  /** With its prefix: `claudeCode.autoMode.timeoutSeconds`. */
  readonly key: string;
  readonly said: Said;
}

const prefix = 'claudeCode.';
const defaultModel = 'claude-sonnet-4-6';

/** One setting: what it may hold, its default, and what the person whose value does not fit is told. */
interface Field<T> {
  readonly schema: z.ZodMiniType<T>;
  readonly fallback: T;
  /** What a value that does not fit counts as; the default when absent. */
  readonly stricter?: T;
  /** @param value as it stands in the settings, short, with secrets masked. */
  problem(key: string, value: string): Said;
}

const whole = (least: number, most: number, fallback: number): Field<number> => ({
  schema: z.int().check(z.minimum(least), z.maximum(most)),
  fallback,
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be a whole number from {2} to {3}. Until it is corrected it is {4}.',
      key,
      value,
      least,
      most,
      fallback,
    ),
});

const text = (fallback: string): Field<string> => ({
  schema: z.string(),
  fallback,
  problem: (key, value) =>
    say('{0}: {1} cannot be used; it must be a text. Until it is corrected it counts as not set.', key, value),
});

/** @param stricter what a value that is no flag counts as. */
const flag = (fallback: boolean, stricter: boolean): Field<boolean> => ({
  schema: z.boolean(),
  fallback,
  stricter,
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be true or false. Until it is corrected it is {2}.',
      key,
      value,
      String(stricter),
    ),
});

/** Lists that loosen are empty while anything in them is wrong. */
const loosening: Field<readonly string[]> = {
  schema: z.array(z.string()),
  fallback: [],
  problem: (key, value) =>
    say('{0}: {1} cannot be used; it must be a list of texts. Until it is corrected it is empty.', key, value),
};

const additionalFolders: Field<readonly string[]> = {
  schema: z.array(z.string().check(z.regex(/^(?:\/|~\/|[A-Za-z]:[\\/])/))),
  fallback: [],
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be a list of full paths, or of paths that begin with ~/. Until it is corrected it is empty.',
      key,
      value,
    ),
};

const hosts: Field<readonly string[]> = {
  schema: z.array(z.custom<string>(isHostEntry)),
  fallback: [builtInHosts],
  stricter: [],
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be a list of host names in lower case, such as docs.example.com, or "{2}". Until it is corrected it is empty.',
      key,
      value,
      builtInHosts,
    ),
};

/** Plain-language rules; the built-in ones hold while the list names them. */
const sentences = (fallback: readonly string[]): Field<readonly string[]> => ({
  schema: z.array(z.string()),
  fallback,
  problem: (key, value) =>
    fallback.length > 0
      ? say(
          '{0}: {1} cannot be used; it must be a list of texts. Until it is corrected only the built-in rules hold.',
          key,
          value,
        )
      : say('{0}: {1} cannot be used; it must be a list of texts. Until it is corrected it is empty.', key, value),
});

const ruleEntries = z.array(z.custom<RuleEntry>(isRuleEntry));

const looseningRules: Field<readonly RuleEntry[]> = {
  schema: ruleEntries,
  fallback: [],
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be a list of rules, each a text or an object with "rule". Until it is corrected it is empty.',
      key,
      value,
    ),
};

const tighteningRules: Field<readonly RuleEntry[]> = {
  ...looseningRules,
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be a list of rules, each a text or an object with "rule". Until it is corrected only the rules in it hold.',
      key,
      value,
    ),
};

/** What HTTP allows in a header's name (RFC 9110, `token`), and what `fetch` takes as its value. */
const headers = z.record(
  z.string().check(z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/)),
  z.string().check(z.regex(/^[\t\x20-\x7e\x80-\xff]*$/)),
);

const mode: Field<Mode | undefined> = {
  schema: z.enum(modes),
  fallback: undefined,
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be normal, auto or skip. Until it is corrected it counts as normal.',
      key,
      value,
    ),
};

const modelName: Field<string> = {
  schema: z.string().check(z.trim(), z.minLength(1)),
  fallback: defaultModel,
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be the name of a model. Until it is corrected it is {2}.',
      key,
      value,
      defaultModel,
    ),
};

const customHeaders: Field<Readonly<Record<string, string>>> = {
  schema: headers,
  fallback: {},
  // Headers hold credentials, so the value is not repeated.
  problem: (key) =>
    say('{0} cannot be used; it must be an object of header names and texts. Until it is corrected none is sent.', key),
};

/** Its value is read by `readHooks`, which leaves nothing out; here it is only told what could not be read. */
const hooks: Field<unknown> = {
  schema: z.unknown().check(z.refine((value) => !readHooks(value, 'user settings').broken)),
  fallback: undefined,
  problem: (key, value) =>
    say(
      '{0}: {1} cannot be used; it must be an object like {2}. Until it is corrected, calls that it may be meant for are refused.',
      key,
      value,
      '{"PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "check.sh"}]}]}',
    ),
};

/** Its value is read by `readMcpServers`; a server that is wrong is left out. It may hold credentials, so that it is not repeated. */
const mcpServers: Field<unknown> = {
  schema: z.unknown().check(z.refine((value) => readMcpServers(value, 'user settings').problems.length === 0)),
  fallback: undefined,
  problem: (key) =>
    say(
      '{0} holds a server that cannot be used; each must look like {1}. Until it is corrected that server does not start.',
      key,
      '{"name": {"command": "npx", "args": ["server"], "env": {}}}',
    ),
};

const fields = {
  permissionMode: mode,
  model: modelName,
  'api.baseUrl': text(''),
  'api.customHeaders': customHeaders,
  'permissions.allow': looseningRules,
  'permissions.ask': tighteningRules,
  'permissions.deny': tighteningRules,
  additionalFolders,
  'autoMode.hosts': hosts,
  'autoMode.classifierModel': text(''),
  'autoMode.filterModel': text(''),
  'autoMode.secondModel': text(''),
  'autoMode.environment': sentences([]),
  'autoMode.allow': sentences([defaultRules]),
  'autoMode.softDeny': sentences([defaultRules]),
  'autoMode.hardDeny': sentences([defaultRules]),
  'autoMode.additionalModels': loosening,
  'autoMode.timeoutSeconds': whole(5, 120, 30),
  'autoMode.blocksInARow': whole(1, 20, 3),
  'autoMode.blocksInTotal': whole(1, 200, 20),
  'autoMode.blocksOfSameAction': whole(1, 20, 3),
  'autoMode.refusalsUnattended': whole(1, 100, 5),
  'autoMode.undoableFiles': whole(0, 2_000, 50),
  'autoMode.undoablePercent': whole(0, 100, 10),
  'autoMode.suspendShellRules': flag(false, true),
  hooks,
  mcpServers,
  'bash.timeoutSeconds': whole(1, 600, 120),
} as const;

export type SettingKey = keyof typeof fields;
export const settingKeys = Object.keys(fields) as readonly SettingKey[];

/**
 * Reads raw settings. Each key stands alone: a value that does not fit is named, and the default applies to it. A list with a
 * wrong entry keeps its good ones, except for `permissions.allow`, where the stricter reading is that nothing is allowed.
 * @param source whose settings they are. @param raw values by key without the prefix; undefined or absent means not set.
 */
export function parseSettings(
  raw: Readonly<Partial<Record<string, unknown>>>,
  source: RuleSource = 'user settings',
): {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];

  function read<Key extends SettingKey>(key: Key): (typeof fields)[Key]['fallback'] {
    const { schema, fallback, problem, stricter = fallback } = fields[key] as Field<(typeof fields)[Key]['fallback']>;
    const value = raw[key];
    if (value === undefined) return key === 'permissionMode' ? ('normal' as typeof fallback) : fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push({ key: prefix + key, said: problem(prefix + key, shorten(value)) });
    const tightens = key === 'permissions.ask' || key === 'permissions.deny';
    return tightens && Array.isArray(value) ? (value.filter(isRuleEntry) as typeof fallback) : stricter;
  }

  read('hooks');
  read('mcpServers');
  const baseUrl = read('api.baseUrl').trim();
  const settings: Settings = {
    permissionMode: read('permissionMode'),
    model: read('model'),
    api: { baseUrl: baseUrl === '' ? undefined : baseUrl, customHeaders: read('api.customHeaders') },
    rules: { allow: read('permissions.allow'), ask: read('permissions.ask'), deny: read('permissions.deny') },
    additionalFolders: read('additionalFolders'),
    autoMode: {
      hosts: read('autoMode.hosts'),
      classifierModel: read('autoMode.classifierModel').trim(),
      filterModel: read('autoMode.filterModel').trim(),
      secondModel: read('autoMode.secondModel').trim(),
      sentences: {
        environment: read('autoMode.environment'),
        allow: read('autoMode.allow'),
        softDeny: read('autoMode.softDeny'),
        hardDeny: read('autoMode.hardDeny'),
      },
      additionalModels: read('autoMode.additionalModels'),
      timeoutMs: read('autoMode.timeoutSeconds') * 1000,
      blocksInARow: read('autoMode.blocksInARow'),
      blocksInTotal: read('autoMode.blocksInTotal'),
      blocksOfSameAction: read('autoMode.blocksOfSameAction'),
      refusalsUnattended: read('autoMode.refusalsUnattended'),
      undoableFiles: read('autoMode.undoableFiles'),
      undoableShare: read('autoMode.undoablePercent') / 100,
      suspendShellRules: read('autoMode.suspendShellRules'),
    },
    bashTimeoutMs: read('bash.timeoutSeconds') * 1000,
    hooks: readHooks(raw['hooks'], source).hooks,
    mcpServers: readMcpServers(raw['mcpServers'], 'user settings').servers,
  };
  return { settings, problems };
}

/** For a notice: a bad value may be a key that was put in the wrong place. */
function shorten(value: unknown): string {
  const json = redact(asJson(value));
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}
