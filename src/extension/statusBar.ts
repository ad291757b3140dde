import { type Disposable, l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { ModeControl } from '../core/gate/modeControl';
import { insteadText, modeDetails, modeLabels, refusalText } from '../core/gate/modeTexts';
import { type ClassifierState, outageText } from './classifierState';
import { localize } from './localize';
import { modeIcons } from './modeIcons';

/** The one status-bar item: the mode in force, why it is not another, and whether Auto has its classifier. A click opens the list of modes. */
export function createStatusBar(control: ModeControl, classifier: ClassifierState): Disposable {
  const item = window.createStatusBarItem('gatehouse.permissionMode', StatusBarAlignment.Right, 100);
  item.name = l10n.t('Claude Code Permission Mode');
  item.command = 'gatehouse.selectPermissionMode';

  function show(): void {
    const inForce = control.inForce();
    const { mode, refusals } = inForce;
    const label = localize(modeLabels[mode]);
    const instead = insteadText(inForce, localize);
    const outage = mode === 'auto' ? outageText(classifier.present) : undefined;
    const missing = refusals.filter((refusal) => refusal.mode !== inForce.instead?.mode);
    const lines = [
      localize(modeDetails[mode]),
      ...(outage ? [outage] : []),
      ...(instead ? [instead] : []),
      ...missing.map((refusal) => refusalText(refusal, localize)),
      l10n.t('Select to change the mode.'),
    ];
    const down = outage !== undefined && classifier.present.state === 'down';
    item.text = down
      ? `$(${modeIcons[mode]}) ${l10n.t('{0}: no classifier', label)} $(debug-disconnect)`
      : `$(${modeIcons[mode]}) ${label}`;
    item.tooltip = new MarkdownString()
      .appendText(l10n.t('Claude Code: {0}', label))
      .appendText(`\n\n${lines.join('\n\n')}`);
    item.backgroundColor = mode === 'skip' ? new ThemeColor('statusBarItem.warningBackground') : undefined;
    item.accessibilityInformation = {
      label: [
        l10n.t('Claude Code permission mode: {0}.', label),
        ...(outage ? [outage] : []),
        ...(instead ? [instead] : []),
      ].join(' '),
      role: 'button',
    };
    item.show();
  }

  const watching = [control.onChange(show), classifier.onChange(show)];
  show();
  return {
    dispose() {
      for (const watcher of watching) watcher.dispose();
      item.dispose();
    },
  };
}
