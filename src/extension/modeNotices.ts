import { commands, type Disposable, l10n, window } from 'vscode';
import type { ModeControl } from '../core/gate/modeControl';
import { insteadText } from '../core/gate/modeTexts';
import { localize } from './localize';

/** Says once for each reason that the mode in force is not the one that was set, who decided it, and what can be done. */
export function watchMode(control: ModeControl): Disposable {
  let said: string | undefined;

  async function look(): Promise<void> {
    const { instead } = control.inForce();
    const text = insteadText(control.inForce(), localize);
    if (text === said) return;
    said = text;
    if (!instead || !text) return;
    const confirm = l10n.t('Confirm…');
    const settings = l10n.t('Open Setting');
    const button = instead.by === 'confirmation' ? confirm : instead.by === 'policy' ? undefined : settings;
    const picked = await window.showWarningMessage(text, ...(button ? [button] : []));
    if (picked === undefined) return;
    if (picked === confirm) await control.confirmWanted();
    else await openModeSetting(instead.by === 'model' ? 'claudeCode.model' : 'claudeCode.permissionMode');
  }

  const watching = control.onChange(() => void look());
  void look();
  return watching;
}

async function openModeSetting(id: string): Promise<void> {
  await commands.executeCommand('workbench.action.openSettings', `@id:${id}`);
}
