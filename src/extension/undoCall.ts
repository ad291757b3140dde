import { relative } from 'node:path';
import { l10n, window } from 'vscode';
import type { Session } from '../core/agent/session';
import { visibleLine } from '../core/gate/visible';
import type { PathState } from '../core/sessions/pathState';
import type { Direction, Step } from '../core/sessions/undo';
import type { showModal } from './dialogs';

/** Lines of the dialog that name paths; more are counted. */
const listed = 15;

interface UndoPorts {
  readonly session: Session;
  readonly folders: readonly string[];
  readonly show: typeof showModal;
}

/** Shows what taking a call back (or doing it again) would change, does it after a yes, and says what stayed as it is. */
export async function undoCall({ folders, session, show }: UndoPorts, id: string, direction: Direction): Promise<void> {
  const undoing = direction === 'undo';
  if (session.busy) {
    void window.showInformationMessage(l10n.t('The agent is at work. Stop it or wait, then undo.'));
    return;
  }
  const { changed, steps } = await session.planUndo(id, direction);
  if (steps.length === 0) {
    const said =
      changed.length > 0
        ? l10n.t('All of it was changed since, so nothing is taken back: {0}', shorten(changed, folders).join(', '))
        : l10n.t('There is nothing to take back.');
    void window.showInformationMessage(said);
    return;
  }
  const keep = undoing ? l10n.t('Keep It') : l10n.t('Leave It');
  const act = undoing ? l10n.t('Undo') : l10n.t('Redo');
  const title = undoing
    ? l10n.t('Take back what this call changed? Paths: {0}', steps.length)
    : l10n.t('Do again what this call changed? Paths: {0}', steps.length);
  const lines = steps.map((step) => `• ${describe(step)} ${visibleLine(from(step.path, folders))}`);
  const stays = shorten(changed, folders).map((path) => `• ${path}`);
  const detail = [
    ...lines.slice(0, listed),
    ...(lines.length > listed ? [l10n.t('and {0} more', lines.length - listed)] : []),
    ...(stays.length > 0 ? ['', l10n.t('Changed since, and left as it is:'), ...stays] : []),
  ].join('\n');
  if ((await show(title, detail, [keep, act])) !== act) return;
  const report = await session.takeBack(id, direction);
  if (report === 'busy') return;
  const left = [...report.changed, ...report.failed.map(({ path, reason }) => `${path} (${reason})`)];
  if (left.length > 0)
    void window.showWarningMessage(l10n.t('These stayed as they are: {0}', shorten(left, folders).join(', ')));
}

function describe({ from: now, to }: Step): string {
  if (to.type === 'missing') return l10n.t('removes');
  if (now.type === 'missing') return l10n.t('brings back');
  return isContent(now, to) ? l10n.t('changes back') : l10n.t('sets the rights of');
}

const isContent = (one: PathState, other: PathState): boolean =>
  one.type !== other.type ||
  one.type === 'link' ||
  (one.type === 'file' && other.type === 'file' && one.sha256 !== other.sha256);

const shorten = (paths: readonly string[], folders: readonly string[]): readonly string[] => {
  const shown = paths.slice(0, listed).map((path) => visibleLine(from(path, folders)));
  return paths.length > listed ? [...shown, l10n.t('and {0} more', paths.length - listed)] : shown;
};

/** As seen from the workspace folder it lies in. */
function from(path: string, folders: readonly string[]): string {
  const folder = folders.find((each) => path.startsWith(`${each}/`));
  return folder === undefined ? path : relative(folder, path);
}
