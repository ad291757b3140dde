import { commands, Disposable, l10n, window } from 'vscode';
import { suspendBroad } from '../core/gate/broadRules';
import { gateRules } from '../core/gate/gateRules';
import type { ModeControl } from '../core/gate/modeControl';
import { visibleLine } from '../core/gate/visible';
import type { RuleBook } from './ruleBook';
import type { EditorSettings } from './settings';

interface Sources {
  readonly control: ModeControl;
  readonly book: RuleBook;
  readonly settings: EditorSettings;
}

/** Rules that are named in the notice; the list has all of them. */
const named = 5;

/** Says on entering Auto which allow rules are suspended there. They come back on leaving by themselves. */
export function watchSuspension({ book, control, settings }: Sources): Disposable {
  let said = '';

  async function look(): Promise<void> {
    if (control.inForce().mode !== 'auto') {
      said = '';
      return;
    }
    const { allow } = gateRules(book.places(), undefined).rules;
    const { suspended } = suspendBroad(allow, settings.user.autoMode.suspendShellRules);
    const texts = suspended.map(({ text }) => visibleLine(text));
    if (texts.join() === said) return;
    said = texts.join();
    if (texts.length === 0) return;
    const list = texts.slice(0, named).join(', ') + (texts.length > named ? ' …' : '');
    const manage = l10n.t('Manage Rules…');
    const picked = await window.showInformationMessage(
      l10n.t(
        'While Auto is on, allow rules that would allow anything are suspended: {0}. They hold again when you leave Auto.',
        list,
      ),
      manage,
    );
    if (picked === manage) await commands.executeCommand('gatehouse.manageRules');
  }

  void look();
  return Disposable.from(
    control.onChange(() => void look()),
    book.onChange(() => void look()),
  );
}
