import { commands, l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri, window, workspace } from 'vscode';
import { isBroad } from '../core/gate/broadRules';
import { type GateRules, gateRules } from '../core/gate/gateRules';
import type { Grant } from '../core/gate/ledger';
import { parseRule } from '../core/gate/ruleSyntax';
import { type Rule, type RuleList, ruleLists } from '../core/gate/rules';
import { visibleLine } from '../core/gate/visible';
import type { showModal } from './dialogs';
import { localize } from './localize';
import type { RuleBook } from './ruleBook';
import type { RuleUse } from './ruleUse';
import type { EditorSettings } from './settings';
import { reviewProposal } from './workspaceRules';

export interface ManageRulesPorts {
  readonly book: RuleBook;
  readonly settings: EditorSettings;
  readonly use: RuleUse;
  readonly show: typeof showModal;
  open(title: string, text: string): Promise<void>;
  /** What the person allowed for the session that is open. */
  grants(): readonly Grant[];
  revoke(id: string): void;
  now(): number;
}

type Choice =
  | { readonly type: 'rule'; readonly rule: Rule; readonly path: string | undefined }
  | { readonly type: 'grant'; readonly entry: Grant }
  | { readonly type: 'add' }
  | { readonly type: 'review' }
  | { readonly type: 'withdraw' };

interface Item extends QuickPickItem {
  readonly choice?: Choice;
}

const remove = { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Remove') };
const show = { iconPath: new ThemeIcon('go-to-file'), tooltip: l10n.t('Show where it stands') };

/** Lists everything that was ever said yes, ask or no to, with where it stands and when it last counted, and takes it back. */
export async function manageRules(ports: ManageRulesPorts): Promise<void> {
  for (let done: string | undefined = ''; done !== undefined; ) {
    const picked = await pick(ports, done);
    if (!picked) return;
    done = await act(ports, picked.choice, picked.button);
  }
}

/** @returns what was chosen, and by which button; undefined when the list was closed. */
function pick(
  ports: ManageRulesPorts,
  done: string,
): Promise<{ readonly choice: Choice; readonly button: 'remove' | 'show' | undefined } | undefined> {
  const list = window.createQuickPick<Item>();
  list.title = l10n.t('Claude Code: Rules');
  list.placeholder = done || l10n.t('Pick a rule to change or remove it. Deny beats ask, ask beats allow.');
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = items(ports);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const [picked] = list.selectedItems;
      if (!picked?.choice) return;
      resolve({ choice: picked.choice, button: undefined });
      list.hide();
    });
    list.onDidTriggerItemButton(({ button, item }) => {
      if (!item.choice) return;
      resolve({ choice: item.choice, button: button === remove ? 'remove' : 'show' });
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

/** @returns what was done, for the list that is shown next; undefined when the person is led elsewhere. */
async function act(
  ports: ManageRulesPorts,
  choice: Choice,
  button: 'remove' | 'show' | undefined,
): Promise<string | undefined> {
  switch (choice.type) {
    case 'add':
      return addRule(ports.settings);
    case 'review':
      await reviewProposal(ports);
      return '';
    case 'withdraw':
      await ports.book.withdraw();
      return l10n.t('The workspace’s allow rules no longer hold.');
    case 'grant':
      ports.revoke(choice.entry.id);
      return l10n.t('Taken back: {0}', visibleLine(choice.entry.about));
    case 'rule': {
      const { path, rule } = choice;
      const what = button ?? (await askWhat(rule));
      if (what === 'remove') return removeRule(ports, rule);
      if (what === 'show') {
        await showPlace(rule, path);
        return undefined;
      }
      return '';
    }
  }
}

async function askWhat(rule: Rule): Promise<'remove' | 'show' | undefined> {
  const removeItem = { label: `$(trash) ${l10n.t('Remove this rule')}`, what: 'remove' as const };
  const showItem = { label: `$(go-to-file) ${l10n.t('Show where it stands')}`, what: 'show' as const };
  const picked = await window.showQuickPick(removable(rule) ? [removeItem, showItem] : [showItem], {
    title: rule.text,
  });
  return picked?.what;
}

/** Only what stands in the user's own settings is ours to change. */
const removable = ({ source }: Rule): boolean => source === 'user settings';

async function removeRule({ settings }: ManageRulesPorts, rule: Rule): Promise<string> {
  if (!removable(rule)) return l10n.t('{0} stands in the {1}, which is not changed from here.', rule.text, rule.source);
  await settings.removeRule(rule.list, rule.text);
  return l10n.t('Removed: {0}', rule.text);
}

async function showPlace({ list, source }: Rule, path: string | undefined): Promise<void> {
  if (path !== undefined) await window.showTextDocument(Uri.file(path), { preview: true });
  else if (source === 'workspace settings') await commands.executeCommand('workbench.action.openWorkspaceSettingsFile');
  else await commands.executeCommand('workbench.action.openSettings', `@id:claudeCode.permissions.${list}`);
}

const headings: Readonly<Record<RuleList, string>> = {
  deny: l10n.t('Deny: never runs, in any mode'),
  ask: l10n.t('Ask: always asks, in every mode'),
  allow: l10n.t('Allow: runs without asking'),
};

function items(ports: ManageRulesPorts): readonly Item[] {
  const places = ports.book.places();
  const present = gateRules(places, undefined);
  const proposal = ports.book.proposal();
  const grants = ports.grants();
  const heading = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
  return [
    { label: `$(add) ${l10n.t('Add a rule…')}`, choice: { type: 'add' } },
    ...(proposal
      ? [
          {
            label: `$(question) ${l10n.t('Review what this workspace asks to allow…')}`,
            description: l10n.t('not accepted, so it does not hold'),
            choice: { type: 'review' } as const,
          },
        ]
      : []),
    ...(grants.length > 0 ? [heading(l10n.t('Allowed for this session'))] : []),
    ...grants.map(
      (entry): Item => ({
        label: visibleLine(entry.about),
        description: ago(entry.at, ports.now()),
        buttons: [remove],
        choice: { type: 'grant', entry },
      }),
    ),
    ...[...ruleLists].reverse().flatMap((list) => {
      const rules = present.rules[list];
      return rules.length === 0
        ? []
        : [heading(headings[list]), ...rules.map((rule) => ruleItem(rule, present, ports))];
    }),
    ...(places.accepted
      ? [
          {
            label: `$(circle-slash) ${l10n.t('No longer accept the workspace’s allow rules')}`,
            choice: { type: 'withdraw' } as const,
          },
        ]
      : []),
  ];
}

function ruleItem(rule: Rule, { paths }: GateRules, { now, use }: ManageRulesPorts): Item {
  const last = use.last(rule);
  const path = paths.get(rule);
  const notes = [
    last === undefined ? l10n.t('not used yet') : l10n.t('last used {0}', ago(last, now())),
    ...(rule.list === 'allow' && isBroad(rule) ? [l10n.t('suspended in Auto: it would allow anything')] : []),
    ...(rule.reason === undefined ? [] : [visibleLine(rule.reason)]),
  ];
  return {
    label: visibleLine(rule.text),
    description: path === undefined ? rule.source : `${rule.source} (${workspace.asRelativePath(path)})`,
    detail: notes.join(' · '),
    buttons: removable(rule) ? [remove, show] : [show],
    choice: { type: 'rule', rule, path },
  };
}

async function addRule(settings: EditorSettings): Promise<string> {
  const list = await window.showQuickPick(
    [...ruleLists].reverse().map((each) => ({ label: headings[each], list: each })),
    { title: l10n.t('Add a rule') },
  );
  if (!list) return '';
  const text = await window.showInputBox({
    title: list.label,
    prompt: l10n.t(
      'For example Bash(npm test), Bash(git push:*), Edit(src/**), Read(.env), WebFetch(domain:example.com)',
    ),
    validateInput(value) {
      const parsed = parseRule(value, list.list, 'user settings');
      return parsed.ok || value.trim() === '' ? undefined : localize(parsed.problem.said);
    },
  });
  if (text === undefined || text.trim() === '') return '';
  await settings.addRule(list.list, text.trim());
  return l10n.t('Added: {0}', text.trim());
}

function ago(at: number, now: number): string {
  const minutes = Math.max(0, Math.round((now - at) / 60_000));
  if (minutes < 1) return l10n.t('just now');
  if (minutes < 60) return l10n.t('{0} min ago', minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? l10n.t('{0} h ago', hours) : l10n.t('{0} days ago', Math.round(hours / 24));
}
