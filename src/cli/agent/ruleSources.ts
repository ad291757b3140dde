import { noLists } from '../../core/gate/classifier/lists';
import type { RulePlace, RulePlaces } from '../../core/gate/gateRules';
import type { PermissionsFile } from '../../core/gate/permissionsFile';
import type { ManagedPolicy } from '../../core/gate/policy';
import { noEntries, type RuleEntries, type RuleEntry } from '../../core/gate/rules';
import type { Said } from '../../core/say';
import { claudeFolderFiles, claudeUserFile, readPermissionFiles } from '../../node/permissionFiles';
import type { TerminalSettings } from './terminalSettings';

export interface RuleSourcesOptions {
  readonly settings: TerminalSettings;
  readonly policy: { policy(): ManagedPolicy };
  readonly settingsFile: string;
  readonly home: string;
  /** Folders of the workspace, real paths. */
  readonly folders: readonly string[];
  /** `--allowed-tools` and `--disallowed-tools`. */
  readonly commandLine: RuleEntries;
}

/** Where rules come from in the terminal. What a folder wants to allow never holds here: a repository only tightens. */
export interface RuleSources {
  places(): RulePlaces;
  /** What is wrong with the files, and what of them does not hold. */
  readonly problems: readonly Said[];
  /** Allow rules of the folder's own files. */
  readonly notAccepted: number;
  /** An allow rule that the person has just added to their file. */
  learn(rule: RuleEntry): void;
}

/** The files are read once: a program that runs for one task must not change its rules half-way because a file changed. */
export function createRuleSources(options: RuleSourcesOptions): RuleSources {
  const { commandLine, folders, home, policy, settings, settingsFile } = options;
  const [own, claude] = [readPermissionFiles([settingsFile]), readPermissionFiles([claudeUserFile(home)])];
  const brought = readPermissionFiles(folders.flatMap(claudeFolderFiles));
  const place =
    (source: RulePlace['source']) =>
    ({ entries, path, sentences }: PermissionsFile): RulePlace => ({ source, path, entries, sentences });
  const { rules, autoMode } = settings.user;
  const user: readonly RulePlace[] = [
    { source: 'command line', path: undefined, entries: commandLine, sentences: noLists },
    { source: 'user settings', path: undefined, entries: rules, sentences: autoMode.sentences },
    ...(settings.extra ? [place('user settings')(settings.extra)] : []),
    ...own.map(place('user file')),
    ...claude.map(place('Claude Code user settings')),
  ];
  let learned: readonly RuleEntry[] = [];
  const workspace = brought.map(place('Claude Code workspace settings'));
  return {
    places: () => ({
      policy: policy.policy(),
      user: [
        ...user,
        { source: 'user file', path: settingsFile, entries: { ...noEntries, allow: learned }, sentences: noLists },
      ],
      workspace,
      accepted: false,
    }),
    problems: [...own, ...claude, ...brought, ...(settings.extra ? [settings.extra] : [])].flatMap(
      ({ problems }) => problems,
    ),
    learn(rule) {
      learned = [...learned, rule];
    },
    notAccepted: brought.reduce((sum, { entries }) => sum + entries.allow.length, 0),
  };
}
