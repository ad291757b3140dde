import { commands, l10n, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { ModeControl } from '../core/gate/modeControl';
import { type Mode, modes } from '../core/gate/modes';
import { insteadText, modeDetails, modeLabels, refusalText } from '../core/gate/modeTexts';
import { localize } from './localize';
import { modeIcons } from './modeIcons';

interface ModeItem extends QuickPickItem {
  /** Undefined for the items that only explain. */
  readonly mode?: Mode;
  readonly explanation?: string;
  readonly command?: string;
}

/** The list of modes: what is available on one line each, and behind one item each why the others are not. */
export async function pickMode(control: ModeControl): Promise<void> {
  control.refresh();
  const picked = await window.showQuickPick(modeItems(control), {
    title: l10n.t('Claude Code: Permission Mode'),
    placeHolder: insteadText(control.inForce(), localize) ?? l10n.t('How strict the review of tool calls is'),
    matchOnDetail: true,
  });
  if (picked?.mode) await control.choose(picked.mode);
  else if (picked?.explanation) void window.showInformationMessage(picked.explanation);
  else if (picked?.command) await commands.executeCommand(picked.command);
}

/** @returns the items in the order of the list. */
export function modeItems(control: ModeControl): readonly ModeItem[] {
  const { mode: current, refusals } = control.inForce();
  const available = modes.filter((mode) => !refusals.some((refusal) => refusal.mode === mode));
  const items: ModeItem[] = available.map((mode) => ({
    mode,
    label: `$(${modeIcons[mode]}) ${localize(modeLabels[mode])}`,
    detail: localize(modeDetails[mode]),
    ...(mode === current ? { description: l10n.t('current') } : {}),
  }));
  const rules: ModeItem = {
    label: `$(law) ${l10n.t('Manage Rules…')}`,
    detail: l10n.t('What you have allowed, and what always asks or never runs'),
    command: 'gatehouse.manageRules',
  };
  const ledger: ModeItem = {
    label: `$(book) ${l10n.t('What you allowed and forbade…')}`,
    detail: l10n.t('In this session: boundaries that you wrote, and calls that you allowed'),
    command: 'gatehouse.showLedger',
  };
  const shadow: ModeItem = {
    label: `$(eye) ${l10n.t('What Auto would have done')}`,
    detail: l10n.t('Of the calls that Normal asked you about: how many would have run, been judged, or been blocked'),
    command: 'gatehouse.showShadow',
  };
  const compared = current === 'normal' ? [shadow] : [];
  const after: ModeItem[] = [{ label: '', kind: QuickPickItemKind.Separator }, ledger, rules, ...compared];
  if (refusals.length === 0) return [...items, ...after];
  const missing: ModeItem[] = refusals.map((refusal) => ({
    label: `$(question) ${l10n.t('Why is {0} missing?', localize(modeLabels[refusal.mode]))}`,
    detail: refusalText(refusal, localize),
    explanation: refusalText(refusal, localize),
  }));
  return [...items, { label: l10n.t('Not available'), kind: QuickPickItemKind.Separator }, ...missing, ...after];
}
