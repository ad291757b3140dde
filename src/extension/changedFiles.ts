import { basename } from 'node:path';
import {
  commands,
  type Disposable,
  EventEmitter,
  l10n,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  Uri,
  window,
} from 'vscode';
import { fromFolder } from '../core/sessions/describePlan';
import type { ChangedFile, Undo } from '../core/sessions/undo';

/** What the agent has changed, of the session that is open. */
export interface SessionChanges {
  readonly undo: Pick<Undo, 'changedFiles'>;
  readonly folders: readonly string[];
}

/** The list of the files that the agent has changed, below the chat. */
export interface ChangedFilesView extends Disposable {
  /** Something was changed or taken back. */
  refresh(): void;
}

interface Row {
  readonly file: ChangedFile;
  readonly name: string;
}

/** Rows at most; with more, nobody looks at each. */
const shown = 500;
/** Several calls in a row are one change of the list. Milliseconds. */
const settleMs = 250;

/** @param session undefined while nothing is open. */
export function createChangedFilesView(session: () => Promise<SessionChanges | undefined>): ChangedFilesView {
  const changed = new EventEmitter<undefined>();
  let rows: readonly Row[] = [];
  let timer: NodeJS.Timeout | undefined;

  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => (row ? [] : [...rows]),
    getTreeItem({ file, name }) {
      const item = new TreeItem(Uri.file(file.path));
      item.label = basename(name);
      const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '';
      item.description = `${describe(file)}${folder && ` · ${folder}`}`;
      item.tooltip = `${name}\n${describe(file)}`;
      item.contextValue = 'changedFile';
      item.iconPath = ThemeIcon.File;
      item.command = { command: 'gatehouse.compareFile', title: l10n.t('Compare'), arguments: [file.path] };
      return item;
    },
  };
  const view = window.createTreeView('gatehouse.changes', { treeDataProvider: provider, showCollapseAll: false });

  async function load(): Promise<void> {
    const open = await session();
    const files = open ? await open.undo.changedFiles() : [];
    rows = files.slice(0, shown).map((file) => ({ file, name: fromFolder(file.path, open?.folders ?? []) }));
    view.badge =
      files.length > 0
        ? { value: files.length, tooltip: l10n.t('Files that the agent changed: {0}', files.length) }
        : undefined;
    const counted = files.flatMap(({ lines }) => lines ?? []);
    const sum = (of: 'added' | 'removed'): number => counted.reduce((all, lines) => all + lines[of], 0);
    view.description = files.length > 0 ? `+${sum('added')} −${sum('removed')}` : '';
    void commands.executeCommand('setContext', 'gatehouse.hasChanges', files.length > 0);
    changed.fire(undefined);
  }

  return {
    refresh() {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), settleMs);
    },
    dispose() {
      clearTimeout(timer);
      changed.dispose();
      view.dispose();
    },
  };
}

/** `+3 −1`; what became of the file where that says more. */
function describe({ before, lines, now }: ChangedFile): string {
  const counted = lines ? `+${lines.added} −${lines.removed}` : '';
  if (before.type === 'missing') return `${l10n.t('new')} ${counted}`;
  if (now.type === 'missing') return `${l10n.t('deleted')} ${counted}`;
  return counted || l10n.t('changed');
}

/** The path in what a command of this list was given: the row, or the path itself. */
export function pathOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  const path = (given as Partial<Row> | undefined)?.file?.path;
  return typeof path === 'string' ? path : undefined;
}
