import { type ConfigurationChangeEvent, ConfigurationTarget, type Disposable, workspace } from 'vscode';
import { type ClassifierLists, noLists } from '../core/gate/classifier/lists';
import { type HookSet, joinHooks } from '../core/gate/hooks';
import type { Mode } from '../core/gate/modes';
import { type RuleEntries, type RuleEntry, type RuleList, textOf } from '../core/gate/rules';
import { parseSettings, type SettingKey, type SettingProblem, type Settings, settingKeys } from '../core/settings';

/** The settings as they are now. The only place that reads or writes the editor's configuration. */
export interface EditorSettings extends Disposable {
  /** Of the user alone; `rules` are the user's. */
  readonly user: Settings;
  /** Rules that the workspace adds; those that allow are a proposal. */
  readonly workspaceRules: RuleEntries;
  /** What the workspace forbids in plain words; the other lists are empty. */
  readonly workspaceSentences: ClassifierLists;
  /** Programs that the workspace wants asked; they only raise decisions, and run only where it is trusted. */
  readonly workspaceHooks: HookSet;
  readonly problems: readonly SettingProblem[];
  /** Keys that the workspace sets although only the user's value counts. */
  readonly ignored: readonly SettingKey[];
  /** Writes the user's setting. Rejects when the settings file cannot be written. */
  setMode(mode: Mode): Promise<void>;
  /** Adds a rule to one of the user's lists, once. Rejects when the settings file cannot be written. */
  addRule(list: RuleList, rule: RuleEntry): Promise<void>;
  /** Takes a rule out of one of the user's lists. Rejects when the settings file cannot be written. */
  removeRule(list: RuleList, text: string): Promise<void>;
  onChange(listener: () => void): Disposable;
}

const section = 'claudeCode';
/** What a workspace may add to: lists that make the gate stricter, and one that holds only once it was accepted. */
const additions = [
  'permissions.allow',
  'permissions.ask',
  'permissions.deny',
  'autoMode.softDeny',
  'autoMode.hardDeny',
  'hooks',
] as const;

export function createSettings(): EditorSettings {
  let present = read();
  const listeners = new Set<() => void>();
  const changed = (event: ConfigurationChangeEvent): void => {
    if (event.affectsConfiguration(section)) refresh();
  };
  const watching = [
    workspace.onDidChangeConfiguration(changed),
    // A folder that is added brings its own ask and deny rules.
    workspace.onDidChangeWorkspaceFolders(refresh),
  ];

  function refresh(): void {
    const next = read();
    if (JSON.stringify(next) === JSON.stringify(present)) return;
    present = next;
    for (const listener of [...listeners]) listener();
  }

  async function write(key: SettingKey, value: unknown): Promise<void> {
    await workspace.getConfiguration(section).update(key, value, ConfigurationTarget.Global);
    refresh();
  }

  return {
    get user() {
      return present.user;
    },
    get workspaceRules() {
      return present.workspaceRules;
    },
    get workspaceSentences() {
      return present.workspaceSentences;
    },
    get workspaceHooks() {
      return present.workspaceHooks;
    },
    get problems() {
      return present.problems;
    },
    get ignored() {
      return present.ignored;
    },
    setMode: (mode) => write('permissionMode', mode),
    async addRule(list, rule) {
      const entries = present.user.rules[list];
      if (!entries.some((entry) => textOf(entry) === textOf(rule)))
        await write(`permissions.${list}`, [...entries, rule]);
    },
    async removeRule(list, text) {
      const entries = present.user.rules[list];
      await write(
        `permissions.${list}`,
        entries.filter((entry) => textOf(entry) !== text),
      );
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      for (const watcher of watching) watcher.dispose();
      listeners.clear();
    },
  };
}

interface Reading {
  readonly user: Settings;
  readonly workspaceRules: EditorSettings['workspaceRules'];
  readonly workspaceSentences: ClassifierLists;
  readonly workspaceHooks: HookSet;
  readonly problems: readonly SettingProblem[];
  readonly ignored: readonly SettingKey[];
}

/**
 * The scopes of the manifest alone would not do: when another extension has registered a setting of the same name, its scope
 * holds. So user values are taken from the user's scope by name, whatever else there is.
 */
function read(): Reading {
  const configuration = workspace.getConfiguration(section);
  const raw: Partial<Record<SettingKey, unknown>> = {};
  const ignored: SettingKey[] = [];
  for (const key of settingKeys) {
    const found = configuration.inspect(key);
    raw[key] = found?.globalValue;
    const inWorkspace = found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
    if (inWorkspace && !additions.some((allowed) => allowed === key)) ignored.push(key);
  }
  const own = parseSettings(raw);
  const added = workspaceValues().map((values) => parseSettings(values, 'workspace settings'));
  return {
    user: own.settings,
    workspaceRules: {
      allow: [...new Set(added.flatMap(({ settings }) => settings.rules.allow))],
      ask: [...new Set(added.flatMap(({ settings }) => settings.rules.ask))],
      deny: [...new Set(added.flatMap(({ settings }) => settings.rules.deny))],
    },
    workspaceSentences: {
      ...noLists,
      softDeny: added.flatMap(({ settings }) => settings.autoMode.sentences.softDeny),
      hardDeny: added.flatMap(({ settings }) => settings.autoMode.sentences.hardDeny),
    },
    workspaceHooks: joinHooks(...added.map(({ settings }) => settings.hooks)),
    problems: [own, ...added].flatMap(({ problems }) => problems),
    ignored,
  };
}

/** What the workspace file and each folder say about the lists that they may add to. */
function workspaceValues(): readonly Partial<Record<SettingKey, unknown>>[] {
  const whole = workspace.getConfiguration(section);
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => workspace.getConfiguration(section, uri));
  return [
    Object.fromEntries(additions.map((key) => [key, whole.inspect(key)?.workspaceValue])),
    ...folders.map((folder) =>
      Object.fromEntries(additions.map((key) => [key, folder.inspect(key)?.workspaceFolderValue])),
    ),
  ];
}
