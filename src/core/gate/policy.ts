import { isMcpEntry, type McpPolicy, noMcpPolicy } from '../mcp/serverPolicy';
import { type Said, say } from '../say';
import { type ClassifierLists, noLists } from './classifier/lists';
import { type HookSet, joinHooks, noHooks, readHooks } from './hooks';
import { isHostEntry } from './hostEntry';
import { isAbsolutePath } from './paths';
import { isRuleEntry } from './ruleEntry';
import { noEntries, type RuleEntries, type RuleEntry, type RuleList } from './rules';

/** What an administrator has decided. Above every setting; nothing lifts it. */
export interface ManagedPolicy {
  readonly autoDisabled: boolean;
  readonly skipDisabled: boolean;
  /** Names of models that may be used; undefined: any. */
  readonly allowedModels: readonly string[] | undefined;
  readonly rules: RuleEntries;
  /** Only the policy may allow; ask and deny rules of others still tighten. */
  readonly ownAllowOnly: boolean;
  /** Sentences for the classifier. */
  readonly classifier: ClassifierLists;
  /** In place of the settings of the same names. */
  readonly thresholds: Thresholds;
  /** In place of the user's list, see `Place.hosts`; undefined: the user's holds. */
  readonly hosts: readonly string[] | undefined;
  /** Programs that are asked about calls. */
  readonly hooks: HookSet;
  /** Only the policy's hooks are asked. */
  readonly ownHooksOnly: boolean;
  /** Which MCP servers may start. */
  readonly mcp: McpPolicy;
  /** No task comes in from outside the editor. */
  readonly channelsDisabled: boolean;
  /** Folders in which every decision is recorded as well, absolute. */
  readonly auditFolders: readonly string[];
  /** What could not be read, and what applies instead. */
  readonly problems: readonly Said[];
  /** The files it was read from, in order. */
  readonly files: readonly string[];
}

/** Bounds are those of the settings. */
const thresholdBounds = {
  blocksInARow: [1, 20],
  blocksInTotal: [1, 200],
  blocksOfSameAction: [1, 20],
  refusalsUnattended: [1, 100],
  timeoutSeconds: [5, 120],
} as const;
type Threshold = keyof typeof thresholdBounds;
export type Thresholds = Readonly<Partial<Record<Threshold, number>>>;

export const noPolicy: ManagedPolicy = {
  autoDisabled: false,
  skipDisabled: false,
  allowedModels: undefined,
  rules: noEntries,
  ownAllowOnly: false,
  classifier: noLists,
  thresholds: {},
  hosts: undefined,
  hooks: noHooks,
  ownHooksOnly: false,
  mcp: noMcpPolicy,
  channelsDisabled: false,
  auditFolders: [],
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
 * top or below `permissions`), `permissions.allow/ask/deny`, `allowManagedPermissionRulesOnly`, `availableModels`, and
 * `autoMode.environment/allow/soft_deny/hard_deny`, `hooks`, `allowManagedHooksOnly`, `allowedMcpServers`, `deniedMcpServers`. Ours besides: `autoMode.blocksInARow` and the other numbers of the settings,
 * `autoMode.hosts`, `disableChannels: "disable"`, `audit.folder`. Keys it does not know are left alone.
 *
 * A file that cannot be read, parsed or trusted, or a known key of the wrong type, is reported and the strictest reading applies:
 * Normal only, with every ask and deny rule that could be read. Nothing in it that loosens holds.
 * @param files in the order in which they apply; switches add up, lists are joined, of two numbers or lists of models the
 * stricter holds.
 */
export function readPolicy(files: readonly PolicyFile[]): ManagedPolicy {
  return files.map(readFile).reduce(join, noPolicy);
}

function readFile({ path, content }: PolicyFile): ManagedPolicy {
  if (content.ok) return readText(path, content.text);
  // Whoever could write it may have taken rules away; those that are there still only tighten.
  const read = content.text === undefined ? noPolicy : readText(path, content.text);
  // Where decisions are recorded, and what runs, is not theirs to say.
  return { ...tightened(read, [content.why]), auditFolders: [], hooks: noHooks, files: [path] };
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
  const read = createReader(path);
  const permissions = read.object(value, 'permissions', 'permissions');
  const auto = read.object(value, 'autoMode', 'autoMode');
  const audit = read.object(value, 'audit', 'audit');
  const rules = (list: RuleList): readonly RuleEntry[] =>
    read.list(
      permissions[list],
      `permissions.${list}`,
      isRuleEntry,
      'a list of rules, each a text or an object with "rule"',
    );
  const texts = (found: unknown, key: string): readonly string[] => read.list(found, key, isText, 'a list of texts');
  const sentences = (list: keyof ClassifierLists): readonly string[] => {
    const snake = list.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [snake, ...(snake === list ? [] : [list])].flatMap((key) => texts(auto[key], `autoMode.${key}`));
  };
  const servers = (key: string) =>
    read.list(
      value[key],
      key,
      isMcpEntry,
      'a list of objects, each with one of "serverName", "serverCommand" and "serverUrl"',
    );
  const models = value['availableModels'];
  const policy: ManagedPolicy = {
    autoDisabled: read.disabled('disableAutoMode', value, permissions),
    skipDisabled: read.disabled('disableBypassPermissionsMode', value, permissions),
    channelsDisabled: read.disabled('disableChannels', value),
    allowedModels: models === undefined ? undefined : texts(models, 'availableModels'),
    rules: { allow: rules('allow'), ask: rules('ask'), deny: rules('deny') },
    ownAllowOnly: read.flag(value['allowManagedPermissionRulesOnly'], 'allowManagedPermissionRulesOnly'),
    classifier: {
      environment: sentences('environment'),
      allow: sentences('allow'),
      softDeny: sentences('softDeny'),
      hardDeny: sentences('hardDeny'),
    },
    thresholds: read.thresholds(auto),
    hosts:
      auto['hosts'] === undefined
        ? undefined
        : read.list(auto['hosts'], 'autoMode.hosts', isHostEntry, 'a list of host names in lower case, or "$defaults"'),
    hooks: read.hooks(value['hooks']),
    ownHooksOnly: read.flag(value['allowManagedHooksOnly'], 'allowManagedHooksOnly'),
    mcp: {
      allowed: value['allowedMcpServers'] === undefined ? [] : [servers('allowedMcpServers')],
      denied: servers('deniedMcpServers'),
    },
    auditFolders: read.folder(audit['folder'], 'audit.folder'),
    problems: [],
    files: [path],
  };
  return read.problems.length === 0 ? policy : tightened(policy, read.problems);
}

/** What is left of a policy that has mistakes in it: all that tightens, and Normal only. */
function tightened(policy: ManagedPolicy, problems: readonly Said[]): ManagedPolicy {
  const { ask, deny } = policy.rules;
  const { hardDeny, softDeny } = policy.classifier;
  return {
    ...policy,
    autoDisabled: true,
    skipDisabled: true,
    channelsDisabled: true,
    rules: { allow: [], ask, deny },
    hosts: [],
    // Another program may be the one that was to be forbidden.
    mcp: { ...policy.mcp, allowed: [[]] },
    ownHooksOnly: false,
    classifier: { ...noLists, softDeny, hardDeny },
    problems,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Reads values of one file and keeps what is wrong with them. */
function createReader(path: string) {
  const problems: Said[] = [];
  const wrong = (key: string, wanted: string): void => {
    problems.push(
      say(
        'In the managed settings file {0}, {1} must be {2}; until it is corrected only Normal is available.',
        path,
        key,
        wanted,
      ),
    );
  };
  return {
    problems,
    object(from: Record<string, unknown>, key: string, name: string): Record<string, unknown> {
      const found = from[key];
      if (found === undefined) return {};
      if (isRecord(found)) return found;
      wrong(name, 'an object');
      return {};
    },
    disabled(key: string, ...places: readonly Record<string, unknown>[]): boolean {
      const found = places.flatMap((place) => (place[key] === undefined ? [] : [place[key]]));
      if (found.some((value) => value !== 'disable')) wrong(key, '"disable" or absent');
      return found.length > 0;
    },
    flag(found: unknown, key: string): boolean {
      if (found !== undefined && typeof found !== 'boolean') wrong(key, 'true, false or absent');
      return found !== undefined && found !== false;
    },
    list<T>(found: unknown, key: string, fits: (value: unknown) => value is T, wanted: string): readonly T[] {
      if (found === undefined) return [];
      const entries: readonly unknown[] = Array.isArray(found) ? found : [];
      const good = entries.filter(fits);
      if (!Array.isArray(found) || good.length !== entries.length) wrong(key, wanted);
      return good;
    },
    thresholds(auto: Record<string, unknown>): Thresholds {
      const found: Partial<Record<Threshold, number>> = {};
      for (const key of Object.keys(thresholdBounds) as Threshold[]) {
        const value = auto[key];
        const [least, most] = thresholdBounds[key];
        if (value === undefined) continue;
        if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) found[key] = Number(value);
        else wrong(`autoMode.${key}`, `a whole number from ${least} to ${most}`);
      }
      return found;
    },
    hooks(found: unknown): HookSet {
      const { broken, hooks } = readHooks(found, 'policy');
      if (broken) wrong('hooks', 'an object of lists of matchers with commands');
      return hooks;
    },
    folder(found: unknown, key: string): readonly string[] {
      if (found === undefined) return [];
      if (typeof found === 'string' && isAbsolutePath(found)) return [found];
      wrong(key, 'the full path of a folder');
      return [];
    },
  };
}

function strictest(path: string, problems: readonly Said[]): ManagedPolicy {
  return { ...tightened(noPolicy, problems), files: [path] };
}

function join(a: ManagedPolicy, b: ManagedPolicy): ManagedPolicy {
  const both = (key: keyof ClassifierLists): readonly string[] => [...a.classifier[key], ...b.classifier[key]];
  const stricter = { ...a.thresholds };
  for (const [key, value] of Object.entries(b.thresholds) as [Threshold, number][])
    stricter[key] = Math.min(value, stricter[key] ?? value);
  return {
    autoDisabled: a.autoDisabled || b.autoDisabled,
    skipDisabled: a.skipDisabled || b.skipDisabled,
    channelsDisabled: a.channelsDisabled || b.channelsDisabled,
    allowedModels: common(a.allowedModels, b.allowedModels),
    hosts: common(a.hosts, b.hosts),
    rules: {
      allow: [...a.rules.allow, ...b.rules.allow],
      ask: [...a.rules.ask, ...b.rules.ask],
      deny: [...a.rules.deny, ...b.rules.deny],
    },
    ownAllowOnly: a.ownAllowOnly || b.ownAllowOnly,
    classifier: {
      environment: both('environment'),
      allow: both('allow'),
      softDeny: both('softDeny'),
      hardDeny: both('hardDeny'),
    },
    thresholds: stricter,
    hooks: joinHooks(a.hooks, b.hooks),
    ownHooksOnly: a.ownHooksOnly || b.ownHooksOnly,
    mcp: { allowed: [...a.mcp.allowed, ...b.mcp.allowed], denied: [...a.mcp.denied, ...b.mcp.denied] },
    auditFolders: [...new Set([...a.auditFolders, ...b.auditFolders])],
    problems: [...a.problems, ...b.problems],
    files: [...a.files, ...b.files],
  };
}

/** What both lists name; a list that is absent names everything. */
function common(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  return one && other ? one.filter((name) => other.includes(name)) : (one ?? other);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
