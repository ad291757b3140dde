import { l10n, window } from 'vscode';
import type { Question } from '../core/gate/prompter';

/** UTF-16 units of a reason that reach the agent. */
const longestReason = 1_000;

/**
 * Asks the person why a call may not run, with the safer way that the rule knows as a first proposal. The agent gets the words.
 * @returns undefined when the box was closed or left empty.
 */
export async function askWhy({ alternatives }: Question): Promise<string | undefined> {
  const why = await window.showInputBox({
    title: l10n.t('Deny and Say Why'),
    prompt: l10n.t('The agent gets these words. Enter sends them.'),
    placeHolder: l10n.t('Why not, or what to do instead'),
    value: alternatives[0] ?? '',
    ignoreFocusOut: true,
  });
  return why?.trim().slice(0, longestReason) || undefined;
}
