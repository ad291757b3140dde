import { l10n, window } from 'vscode';
import type { Session } from '../core/agent/session';
import { describePlan, fromFolder, listPaths } from '../core/sessions/describePlan';
import type { Direction } from '../core/sessions/reversal';
import { keptSince } from '../core/sessions/rewound';
import type { UndoReport } from '../core/sessions/undo';
import type { showModal } from './dialogs';
import { localize } from './localize';

/** Comparisons that are opened at once. */
const compared = 15;

interface UndoPorts {
  readonly session: Session;
  readonly folders: readonly string[];
  readonly show: typeof showModal;
  /** Opens what a file was before the calls beside what it is now, where it can be changed by hand. */
  compare(path: string): Promise<void>;
}

/** What is to be taken back. */
export interface Taking {
  readonly ids: readonly string[];
  readonly direction: Direction;
  /** One file alone. */
  readonly only?: string;
}

/**
 * Shows what taking calls back (or doing them again) would change, does it after a yes, and says what stayed as it is.
 * @returns whether the person said yes, or there was nothing to ask about.
 */
export async function undoChanges(ports: UndoPorts, { direction, ids, only }: Taking): Promise<boolean> {
  const { folders, session, show } = ports;
  const undoing = direction === 'undo';
  if (isBusy(session)) return false;
  const { changed, steps } = (await session.undo?.plan(ids, direction, only)) ?? { changed: [], steps: [] };
  if (steps.length === 0) {
    if (changed.length > 0)
      void offerComparison(
        ports,
        changed,
        l10n.t('All of it was changed since, so nothing is taken back: {0}', listPaths(changed, folders, localize)),
      );
    else void window.showInformationMessage(l10n.t('There is nothing to take back.'));
    return changed.length === 0;
  }
  const act = undoing ? l10n.t('Undo') : l10n.t('Redo');
  const title =
    ids.length === 1
      ? undoing
        ? l10n.t('Take back what this call changed? Paths: {0}', steps.length)
        : l10n.t('Do again what this call changed? Paths: {0}', steps.length)
      : undoing
        ? l10n.t('Take back what {0} calls changed? Paths: {1}', ids.length, steps.length)
        : l10n.t('Do again what {0} calls changed? Paths: {1}', ids.length, steps.length);
  const lost = ids.flatMap((id) => session.undo?.call(id)?.lost ?? []).map(({ path }) => path);
  const detail = describePlan({ steps, changed, lost: undoing ? lost : [] }, folders, localize);
  if ((await show(title, detail, [undoing ? l10n.t('Keep It') : l10n.t('Leave It'), act])) !== act) return false;
  const taken = await session.takeBack(ids, direction, only);
  if (taken !== 'busy') await report(ports, taken);
  return true;
}

/** Goes back to before a message, as far as the person wants to. @returns the words of the message when it was taken out. */
export async function rewindTo(ports: UndoPorts, n: number): Promise<string | undefined> {
  const { folders, session, show } = ports;
  if (isBusy(session)) return undefined;
  const event = session.events.find((each) => each.type === 'user' && each.n === n);
  const ids = keptSince(session.events, n);
  const plan = await session.undo?.plan(ids, 'undo');
  const steps = plan?.steps ?? [];
  const files = l10n.t(
    'Files that change back: {0}',
    steps.filter(({ repository }) => repository === undefined).length,
  );
  const choices = [
    { label: l10n.t('$(discard) Code and conversation'), detail: files, code: true, talk: true },
    { label: l10n.t('$(code) Only the code'), detail: files, code: true, talk: false },
    {
      label: l10n.t('$(comment-discussion) Only the conversation'),
      detail: l10n.t('Files stay as they are'),
      code: false,
      talk: true,
    },
  ];
  const picked = await window.showQuickPick(steps.length > 0 ? choices : choices.slice(2), {
    title: l10n.t('Go Back to Before This Message'),
    placeHolder: l10n.t('What you allowed or forbade stays in force.'),
  });
  if (!picked) return undefined;
  if (picked.code) {
    const lost = ids.flatMap((id) => session.undo?.call(id)?.lost ?? []).map(({ path }) => path);
    const detail = describePlan({ steps, changed: plan?.changed ?? [], lost }, folders, localize);
    const act = l10n.t('Rewind');
    const title = l10n.t('Take back what {0} calls changed? Paths: {1}', ids.length, steps.length);
    if ((await show(title, detail, [l10n.t('Keep It'), act])) !== act) return undefined;
  }
  const taken = await session.rewind(n, picked);
  if (taken === 'busy') return undefined;
  await report(ports, taken);
  return picked.talk && event?.type === 'user' ? event.text : undefined;
}

function isBusy(session: Session): boolean {
  if (session.busy) void window.showInformationMessage(l10n.t('The agent is at work. Stop it or wait, then undo.'));
  return session.busy;
}

async function report(ports: UndoPorts, { changed, failed }: UndoReport): Promise<void> {
  if (failed.length > 0) {
    const left = failed.map(({ path, reason }) => `${fromFolder(path, ports.folders)} (${reason})`);
    void window.showWarningMessage(l10n.t('These stayed as they are: {0}', listPaths(left, [], localize)));
  }
  if (changed.length > 0)
    void offerComparison(
      ports,
      changed,
      l10n.t(
        'You changed these since in a way that could not be merged, so they stayed: {0}',
        listPaths(changed, ports.folders, localize),
      ),
    );
}

/** What could not be merged is the person's to settle, with both versions side by side. */
async function offerComparison({ compare }: UndoPorts, paths: readonly string[], said: string): Promise<void> {
  const open = l10n.t('Compare');
  if ((await window.showWarningMessage(said, open)) === open)
    for (const path of paths.slice(0, compared)) await compare(path);
}
