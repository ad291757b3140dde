import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import { Disposable, type Memento, RelativePattern, Uri, window, workspace } from 'vscode';
import { proposedRules, type RulePlace, type RulePlaces } from '../core/gate/gateRules';
import type { PermissionsFile } from '../core/gate/permissionsFile';
import { type RuleEntry, textOf } from '../core/gate/rules';
import type { Digest } from '../core/ports';
import type { Said } from '../core/say';
import { claudeFolderFiles, claudeUserFile, readPermissionFiles, userSettingsFile } from '../node/permissionFiles';
import type { PolicyWatch } from '../node/policyWatch';
import type { EditorSettings } from './settings';

/** Allow rules that the workspace brings and that the person has not accepted. */
export interface Proposal {
  readonly rules: readonly { readonly entry: RuleEntry; readonly from: string }[];
  /** Of exactly this list. */
  readonly hash: string;
}

/** Where rules come from, as it is now: policy, settings, files of the user and of the workspace. */
export interface RuleBook extends Disposable {
  places(): RulePlaces;
  /** What is wrong with the files themselves. */
  problems(): readonly Said[];
  /** Undefined when the workspace allows nothing, or what it allows was accepted, or it is not trusted. */
  proposal(): Proposal | undefined;
  /** Lets the proposed rules hold, as long as the list stays exactly as it is. */
  accept(proposal: Proposal): Promise<void>;
  /** Takes the acceptance back. */
  withdraw(): Promise<void>;
  /** Reads the files again: not every change of them is announced. */
  refresh(): void;
  onChange(listener: () => void): { dispose(): void };
}

const acceptedKey = 'gatehouse.acceptedRules';

/** @param memory kept for the user across windows, out of reach of workspaces. */
export function createRuleBook(options: {
  readonly settings: EditorSettings;
  readonly policy: PolicyWatch;
  readonly memory: Memento;
  readonly digest: Digest;
  readonly home?: string;
}): RuleBook {
  const { digest, home = homedir(), memory, policy, settings } = options;
  const userFiles = [userSettingsFile(home), claudeUserFile(home)];
  const listeners = new Set<() => void>();
  let files = readFiles();
  let watchers = watchFiles();

  function folders(): readonly string[] {
    return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  }

  function readFiles(): { readonly user: readonly PermissionsFile[]; readonly workspace: readonly PermissionsFile[] } {
    return {
      user: readPermissionFiles(userFiles),
      workspace: readPermissionFiles(folders().flatMap(claudeFolderFiles)),
    };
  }

  function watchFiles(): Disposable {
    // A folder that is open is watched as a whole, so that `.claude` may appear later.
    const patterns = [
      ...userFiles.map((path) => new RelativePattern(Uri.file(dirname(path)), basename(path))),
      ...(workspace.workspaceFolders ?? []).map((folder) => new RelativePattern(folder, '.claude/settings*.json')),
    ];
    return Disposable.from(
      ...patterns.map((pattern) => {
        const watcher = workspace.createFileSystemWatcher(pattern);
        watcher.onDidChange(refresh);
        watcher.onDidCreate(refresh);
        watcher.onDidDelete(refresh);
        return watcher;
      }),
    );
  }

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  function refresh(): void {
    const next = readFiles();
    if (JSON.stringify(next) === JSON.stringify(files)) return;
    files = next;
    tell();
  }

  function foldersChanged(): void {
    watchers.dispose();
    watchers = watchFiles();
    files = readFiles();
    tell();
  }

  /** What was accepted holds for these folders only. */
  const where = (): string => digest.sha256(JSON.stringify([...folders()].sort()));
  const hashOf = (rules: Proposal['rules']): string =>
    digest.sha256(JSON.stringify(rules.map(({ entry, from }) => [entry, from])));
  const acceptances = (): Readonly<Record<string, string>> => memory.get<Record<string, string>>(acceptedKey, {});

  function gather(): Omit<RulePlaces, 'accepted'> {
    const place =
      (source: RulePlace['source']) =>
      ({ entries, path, sentences }: PermissionsFile): RulePlace => ({ source, path, entries, sentences });
    const ours = userFiles[0];
    return {
      policy: policy.policy(),
      user: [
        {
          ...{ source: 'user settings', path: undefined },
          ...{ entries: settings.user.rules, sentences: settings.user.autoMode.sentences },
        },
        ...files.user.map((file) => place(file.path === ours ? 'user file' : 'Claude Code user settings')(file)),
      ],
      workspace: [
        {
          ...{ source: 'workspace settings', path: undefined },
          ...{ entries: settings.workspaceRules, sentences: settings.workspaceSentences },
        },
        ...files.workspace.map(place('Claude Code workspace settings')),
      ],
    };
  }

  const watching = [
    settings.onChange(tell),
    policy.onChange(tell),
    workspace.onDidChangeWorkspaceFolders(foldersChanged),
    workspace.onDidGrantWorkspaceTrust(tell),
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) refresh();
    }),
  ];

  function places(): RulePlaces {
    const gathered = gather();
    const proposed = proposedRules({ ...gathered, accepted: false });
    const accepted = workspace.isTrusted && proposed.length > 0 && acceptances()[where()] === hashOf(proposed);
    return { ...gathered, accepted };
  }

  async function remember(hash: string | undefined): Promise<void> {
    const { [where()]: _, ...others } = acceptances();
    await memory.update(acceptedKey, hash === undefined ? others : { ...others, [where()]: hash });
    tell();
  }

  return {
    places,
    problems: () => [...files.user, ...files.workspace].flatMap(({ problems }) => problems),
    proposal() {
      const present = places();
      const rules = proposedRules(present);
      if (present.accepted || rules.length === 0 || !workspace.isTrusted) return undefined;
      return { rules, hash: hashOf(rules) };
    },
    accept: ({ hash }) => remember(hash),
    withdraw: () => remember(undefined),
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      watchers.dispose();
      for (const watcher of watching) watcher.dispose();
      listeners.clear();
    },
  };
}

/** One line a rule, for a person to read all of it. */
export function describeProposal({ rules }: Proposal): readonly string[] {
  const sources = [...new Set(rules.map(({ from }) => from))];
  return sources.flatMap((source) => [
    `${workspace.asRelativePath(source)}:`,
    ...rules.filter(({ from }) => from === source).map(({ entry }) => `  • ${textOf(entry)}`),
  ]);
}
