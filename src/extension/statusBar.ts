import { type Disposable, l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import { localize } from './localize';
import type { ModeControl } from './modeControl';
import { insteadText, modeDetails, modeIcons, modeLabels, refusalText } from './modeTexts';

/** The one status-bar item: the mode in force, and why it is not another. A click opens the list of modes. */
export function createStatusBar(control: ModeControl): Disposable {
  const item = window.createStatusBarItem('gatehouse.permissionMode', StatusBarAlignment.Right, 100);
  item.name = l10n.t('Claude Code Permission Mode');
  item.command = 'gatehouse.selectPermissionMode';

  function show(): void {
    const inForce = control.inForce();
    const { mode, refusals } = inForce;
    const label = localize(modeLabels[mode]);
    const instead = insteadText(inForce, localize);
    const missing = refusals.filter((refusal) => refusal.mode !== inForce.instead?.mode);
    const lines = [
      localize(modeDetails[mode]),
      ...(instead ? [instead] : []),
      ...missing.map((refusal) => refusalText(refusal, localize)),
      l10n.t('Select to change the mode.'),
    ];
    item.text = `$(${modeIcons[mode]}) ${label}`;
    item.tooltip = new MarkdownString()
      .appendText(l10n.t('Claude Code: {0}', label))
      .appendText(`\n\n${lines.join('\n\n')}`);
    item.backgroundColor = mode === 'skip' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.accessibilityInformation = {
      label: [l10n.t('Claude Code permission mode: {0}.', label), ...(instead ? [instead] : [])].join(' '),
      role: 'button',
    };
    item.show();
  }

  const watching = control.onChange(show);
  show();
  return {
    dispose() {
      watching.dispose();
      item.dispose();
    },
  };
}
