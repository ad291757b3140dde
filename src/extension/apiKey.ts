import { InputBoxValidationSeverity, l10n, type SecretStorage, window } from 'vscode';

/** Name of the key in the editor's secret storage, the only place it is kept. */
export const apiKeySecret = 'gatehouse.apiKey';

/** Asks for the API key and stores it; with one stored already, offers to remove it too. The key is never shown or logged. */
export async function setApiKey(secrets: SecretStorage): Promise<void> {
  const stored = (await secrets.get(apiKeySecret)) !== undefined;
  if (stored) {
    const replace = { label: l10n.t('$(key) Replace the stored key') };
    const remove = {
      label: l10n.t('$(trash) Remove the stored key'),
      detail: l10n.t('Signs out. A key from the environment is used instead, when there is one.'),
    };
    const picked = await window.showQuickPick([replace, remove], { title: l10n.t('Claude Code: API Key') });
    if (picked === remove) {
      await secrets.delete(apiKeySecret);
      void window.showInformationMessage(l10n.t('The API key was removed from this machine.'));
    }
    if (picked !== replace) return;
  }
  const key = await window.showInputBox({
    title: l10n.t('Claude Code: API Key'),
    prompt: l10n.t(
      'Paste a key from the Anthropic Console. It is kept in the secret storage of your editor and nowhere else.',
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => keyProblem(text.trim()),
  });
  if (key === undefined || key.trim() === '') return;
  await secrets.store(apiKeySecret, key.trim());
  void window.showInformationMessage(l10n.t('The API key is stored. It holds from the next message on.'));
}

function keyProblem(key: string) {
  if (key === '') return l10n.t('Paste the key, or press Escape to leave things as they are.');
  if (!/^[\x21-\x7e]+$/.test(key)) return l10n.t('A key has no blanks or special characters. Copy it again.');
  if (!key.startsWith('sk-ant-')) {
    const message = l10n.t(
      'Keys of the Anthropic API begin with sk-ant-. Keep this one only if your gateway gave it to you.',
    );
    return { message, severity: InputBoxValidationSeverity.Warning };
  }
  return undefined;
}
