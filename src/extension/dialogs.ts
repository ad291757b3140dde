import { l10n, window } from 'vscode';

/** Shows a modal dialog. The first button has the focus, so it must be the safe one. */
export async function showModal(
  title: string,
  detail: string,
  buttons: readonly string[],
): Promise<string | undefined> {
  return window.showWarningMessage(title, { modal: true, detail }, ...buttons);
}

/** Asks whether Skip may be on in this window. Enter, Escape and closing the dialog are a no. */
export async function confirmSkip(show: typeof showModal = showModal): Promise<boolean> {
  const no = l10n.t('Keep Asking');
  const yes = l10n.t('Skip Permissions');
  const detail = l10n.t(
    'In this window the agent will change files, run commands and reach the network without asking you. Your deny and ask rules hold, and removing your home, the workspace or its history still asks. Everything else just happens, and may not be undone. Use it only where you can afford to lose what is there.',
  );
  return (await show(l10n.t('Skip permissions in this window?'), detail, [no, yes])) === yes;
}
