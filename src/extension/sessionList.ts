import { homedir } from 'node:os';
import { join } from 'node:path';
import { commands, l10n, type QuickInputButton, type QuickPickItem, ThemeIcon, Uri, window, workspace } from 'vscode';
import { exportJson, exportMarkdown } from '../core/sessions/exportSession';
import type { Transcript } from '../core/sessions/transcript';
import type { StoredSession } from '../node/sessionFolder';
import type { showModal } from './dialogs';

/** A session as the list of this window shows it. */
export interface ListedSession extends StoredSession {
  readonly here: 'shown' | 'working' | 'asking' | undefined;
}

export interface SessionListPorts {
  /** All that are kept, the ones that are open here with what they do. */
  sessions(): Promise<readonly ListedSession[]>;
  show(id: string): Promise<void>;
  newSession(): Promise<void>;
  /** Everything of a session, also when it is open. */
  transcript(id: string): Promise<Transcript>;
  remove(id: string): Promise<void>;
  readonly confirm: typeof showModal;
}

interface Item extends QuickPickItem {
  readonly session?: ListedSession;
}

const save: QuickInputButton = { iconPath: new ThemeIcon('export'), tooltip: l10n.t('Export…') };
const bin: QuickInputButton = { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Delete…') };

/** Lists the sessions of this workspace; typing searches in everything that was asked. */
export async function showSessions(ports: SessionListPorts): Promise<void> {
  for (let again = true; again; ) again = await oneRound(ports);
}

/** @returns whether the list comes back. */
async function oneRound(ports: SessionListPorts): Promise<boolean> {
  const picked = await pick(ports);
  if (!picked) return false;
  const { button, session } = picked;
  if (!session) await ports.newSession();
  else if (button === save) await exportSession(ports, session);
  else if (button === bin) {
    await removeSession(ports, session);
    return true;
  } else if (session.held) void window.showInformationMessage(heldText(session.title));
  else await ports.show(session.id);
  return false;
}

/** About a session that this window may not write to. */
export const heldText = (title: string): string =>
  l10n.t('“{0}” is open in another window. Close it there to go on with it here.', title);

function pick(
  ports: SessionListPorts,
): Promise<{ readonly session: ListedSession | undefined; readonly button: QuickInputButton | undefined } | undefined> {
  const list = window.createQuickPick<Item>();
  list.title = l10n.t('Claude Code: Sessions');
  list.placeholder = l10n.t('Search in what was asked');
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.busy = true;
  void ports.sessions().then((sessions) => {
    list.items = [...sessions.map(itemOf), { label: `$(add) ${l10n.t('New session')}`, alwaysShow: true }];
    list.busy = false;
  });
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      const [item] = list.selectedItems;
      if (!item) return;
      resolve({ session: item.session, button: undefined });
      list.hide();
    });
    list.onDidTriggerItemButton(({ button, item }) => {
      resolve({ session: item.session, button });
      list.hide();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function itemOf(session: ListedSession): Item {
  const [, ...later] = session.asked;
  return {
    session,
    label: `$(${icons[stateOf(session)]}) ${escapeIcons(session.title)}`,
    description: [stateText(session), new Date(session.changed).toLocaleString()].filter(Boolean).join(' · '),
    ...(later.length > 0 && { detail: escapeIcons(later.join(' · ')) }),
    buttons: [save, bin],
  };
}

type State = 'asking' | 'working' | 'shown' | 'held' | 'interrupted' | 'resting';

const icons: Readonly<Record<State, string>> = {
  asking: 'question',
  working: 'sync~spin',
  shown: 'check',
  held: 'multiple-windows',
  interrupted: 'debug-pause',
  resting: 'comment',
};

const stateOf = ({ held, here, interrupted }: ListedSession): State =>
  here ?? (held ? 'held' : interrupted ? 'interrupted' : 'resting');

function stateText(session: ListedSession): string {
  switch (stateOf(session)) {
    case 'asking':
      return l10n.t('waits for your answer');
    case 'working':
      return l10n.t('working');
    case 'shown':
      return l10n.t('on the page');
    case 'held':
      return l10n.t('open in another window');
    case 'interrupted':
      return l10n.t('interrupted');
    case 'resting':
      return '';
  }
}

/** What a person wrote is no icon. */
const escapeIcons = (text: string): string => text.replaceAll('$(', '$\u200b(');

async function exportSession(ports: SessionListPorts, { id, title }: ListedSession): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'session';
  const file = await window.showSaveDialog({
    title: l10n.t('Export Session'),
    defaultUri: folder.with({ path: join(folder.path, `${name.slice(0, 60)}.md`) }),
    filters: { [l10n.t('Markdown, to read')]: ['md'], [l10n.t('JSON, for programs')]: ['json'] },
  });
  if (!file) return;
  const transcript = await ports.transcript(id);
  const text = file.path.endsWith('.json') ? exportJson(transcript) : exportMarkdown(transcript);
  await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const open = l10n.t('Open');
  const said = l10n.t(
    'The session was exported. Secrets that were recognised are masked; look through it before you share it.',
  );
  if ((await window.showInformationMessage(said, open)) === open) await commands.executeCommand('vscode.open', file);
}

async function removeSession(ports: SessionListPorts, session: ListedSession): Promise<void> {
  if (session.held) return void window.showInformationMessage(heldText(session.title));
  const keep = l10n.t('Keep It');
  const yes = l10n.t('Delete');
  const detail = [
    ...(session.here === 'working' || session.here === 'asking'
      ? [l10n.t('It is working at this moment and would be stopped.')]
      : []),
    l10n.t(
      'Its conversation is deleted, and what the agent changed in it can no longer be taken back. The files stay as they are, and so does the log of decisions.',
    ),
  ].join(' ');
  const answer = await ports.confirm(l10n.t('Delete the session “{0}”?', session.title), detail, [keep, yes]);
  if (answer === yes) await ports.remove(session.id);
}
