import { l10n, type QuickInputButton, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import type { Boundary, Ledger, LedgerEntry } from '../core/gate/ledger';
import { visibleLine } from '../core/gate/visible';

/** The ledger of the session that is open. */
export interface SessionLedger {
  readonly ledger: Ledger;
  /** What a text says not to do. */
  boundariesIn(text: string): readonly Boundary[];
}

interface Item extends QuickPickItem {
  readonly entry?: LedgerEntry;
  readonly adds?: true;
}

const remove: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Take back') };
const change: QuickInputButton = { iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Change the words') };

/** Lists what the person said yes and no to in this session, with what it covers, and lets them take it back or change it. */
export async function showLedger(session: SessionLedger | undefined): Promise<void> {
  if (!session) {
    void window.showInformationMessage(l10n.t('There is no session yet, so nothing was allowed or forbidden in it.'));
    return;
  }
  for (let done: string | undefined = ''; done !== undefined; ) done = await oneRound(session, done);
}

/** @returns what was done, for the list's head; undefined when the list was closed. */
async function oneRound(session: SessionLedger, done: string): Promise<string | undefined> {
  const { ledger } = session;
  const picked = await pick(ledger, done);
  if (!picked) return undefined;
  const { entry } = picked.item;
  if (!entry) return writeBoundary(session, undefined);
  if (picked.button === 'remove' || entry.type === 'grant') {
    if (picked.button !== 'remove' && !(await takesBack(entry))) return '';
    ledger.revoke(entry.id);
    return l10n.t('Taken back: {0}', labelOf(entry));
  }
  return writeBoundary(session, entry);
}

/** Lets the person write a boundary. @param old the one whose words are changed. */
async function writeBoundary({ boundariesIn, ledger }: SessionLedger, old: Boundary | undefined): Promise<string> {
  const words = await window.showInputBox({
    title: old ? l10n.t('Change a Boundary') : l10n.t('Add a Boundary'),
    prompt: l10n.t('What the agent may not do, in your words. It holds until you take it back.'),
    placeHolder: l10n.t('Don’t push. Leave src/legacy alone.'),
    value: old?.words ?? '',
    ignoreFocusOut: true,
  });
  const text = words?.trim();
  if (!text) return '';
  const found = boundariesIn(text);
  const at = Date.now();
  // Words that nobody understands hold nevertheless: then the classifier judges by them.
  const made: readonly Boundary[] =
    found.length > 0
      ? found
      : [{ id: old?.id ?? `boundary-${at}`, type: 'boundary', words: text.slice(0, 300), until: 'session', at }];
  if (old) ledger.revoke(old.id);
  for (const boundary of made) ledger.add(boundary);
  return l10n.t('Noted: {0}', made.map(labelOf).join(' '));
}

async function takesBack(entry: LedgerEntry): Promise<boolean> {
  const yes = l10n.t('Take it back');
  const picked = await window.showQuickPick([yes, l10n.t('Keep it')], { title: labelOf(entry) });
  return picked === yes;
}

function pick(
  ledger: Ledger,
  done: string,
): Promise<{ readonly item: Item; readonly button: 'remove' | 'change' | undefined } | undefined> {
  const list = window.createQuickPick<Item>();
  list.title = l10n.t('Claude Code: What You Allowed and Forbade');
  list.placeholder = done || l10n.t('In this session. Pick an entry to change it or take it back.');
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = items(ledger.entries);
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      if (!item?.entry && !item?.adds) return;
      resolve({ item, button: undefined });
      list.hide();
    });
    list.onDidTriggerItemButton(({ button, item }) => {
      resolve({ item, button: button === remove ? 'remove' : 'change' });
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function items(entries: readonly LedgerEntry[]): readonly Item[] {
  const head = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
  const boundaries = entries.filter((entry) => entry.type === 'boundary');
  const grants = entries.filter((entry) => entry.type === 'grant');
  return [
    ...(boundaries.length > 0 ? [head(l10n.t('Forbidden'))] : []),
    ...boundaries.map((entry) => ({
      ...{ entry, label: `$(circle-slash) ${labelOf(entry)}`, detail: coverage(entry) },
      ...{ description: said(entry), buttons: [change, remove] },
    })),
    ...(grants.length > 0 ? [head(l10n.t('Allowed'))] : []),
    ...grants.map((entry) => ({
      ...{ entry, label: `$(check) ${labelOf(entry)}`, description: said(entry), buttons: [remove] },
      detail:
        entry.until === 'used'
          ? l10n.t('Exactly this call, once')
          : l10n.t('Exactly this call, until a new session begins'),
    })),
    head(''),
    { adds: true, label: `$(add) ${l10n.t('Add a boundary…')}` },
  ];
}

const labelOf = (entry: LedgerEntry): string => visibleLine(entry.type === 'grant' ? entry.about : `“${entry.words}”`);

const said = ({ at, type, words }: LedgerEntry): string => {
  const time = new Date(at).toLocaleTimeString();
  return type === 'grant' ? l10n.t('{0}, at {1}', words, time) : l10n.t('you said so at {0}', time);
};

/** A boundary in one sentence. */
export const describeBoundary = (boundary: Boundary): string => `${labelOf(boundary)}: ${coverage(boundary)}.`;

/** What a boundary covers, as far as that can be told. */
function coverage({ patterns }: Boundary): string {
  if (!patterns)
    return l10n.t(
      'what it covers cannot be told exactly; while it holds, only looking is free, and the classifier judges the rest by your words',
    );
  const { kinds, only, rules } = patterns;
  const parts = [
    ...rules,
    ...kinds.map((kind) => l10n.t('every {0}', kind)),
    ...(only ? [l10n.t('changes outside {0}', only.join(', '))] : []),
  ];
  return l10n.t('covers {0}', parts.join(', '));
}
