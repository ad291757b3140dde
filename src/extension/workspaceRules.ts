import { type Disposable, l10n, window } from 'vscode';
import { visibleLine } from '../core/gate/visible';
import type { showModal } from './dialogs';
import { describeProposal, type Proposal, type RuleBook } from './ruleBook';

/** Lines that a dialog shows whole. */
const linesShown = 20;

interface Ports {
  readonly book: RuleBook;
  readonly show: typeof showModal;
  /** Opens a text read-only. */
  open(title: string, text: string): Promise<void>;
}

/** Says once for each list that the workspace wants to allow things, and lets the person read and accept exactly that list. */
export function watchWorkspaceRules(ports: Ports): Disposable {
  let said: string | undefined;

  async function look(): Promise<void> {
    const proposal = ports.book.proposal();
    if (proposal?.hash === said) return;
    said = proposal?.hash;
    if (!proposal) return;
    const review = l10n.t('Review…');
    const text =
      proposal.rules.length === 1
        ? l10n.t('This workspace asks for 1 allow rule. It does not hold until you accept it.')
        : l10n.t('This workspace asks for {0} allow rules. None holds until you accept them.', proposal.rules.length);
    if ((await window.showInformationMessage(text, review)) === review) await reviewProposal(ports);
  }

  const watching = ports.book.onChange(() => void look());
  void look();
  return watching;
}

/** Shows the whole list and asks. What is accepted is what was shown: a list that has changed meanwhile is shown again. */
export async function reviewProposal(ports: Ports): Promise<void> {
  for (let proposal = ports.book.proposal(); proposal; proposal = changed(ports.book, proposal)) {
    const lines = describeProposal(proposal).map((line) => visibleLine(line));
    const long = lines.length > linesShown;
    if (long) await ports.open(l10n.t('Rules of this workspace'), lines.join('\n'));
    const no = l10n.t('Keep Asking');
    const yes = l10n.t('Accept These Rules');
    const detail = [
      long ? l10n.t('All {0} rules are in the editor behind this dialog.', proposal.rules.length) : lines.join('\n'),
      '',
      l10n.t(
        'They come from the files of this workspace. Calls that they cover run without asking. Deny and ask rules, and what is blocked, stay as they are. When the list changes you are asked again.',
      ),
    ].join('\n');
    const answer = await ports.show(l10n.t('Let this workspace allow these calls?'), detail, [no, yes]);
    if (answer !== yes) return;
    if (ports.book.proposal()?.hash === proposal.hash) {
      await ports.book.accept(proposal);
      return;
    }
  }
}

function changed(book: RuleBook, { hash }: Proposal): Proposal | undefined {
  const next = book.proposal();
  return next?.hash === hash ? undefined : next;
}
