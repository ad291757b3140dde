import { l10n, ThemeIcon, window } from 'vscode';
import type { Analysis } from '../core/gate/analysis/analysis';
import type { Place } from '../core/gate/analysis/facts';
import { isBroad } from '../core/gate/broadRules';
import type { Question } from '../core/gate/prompter';
import { ruleCovers } from '../core/gate/question';
import { difference, type Recorded, type Redecided } from '../core/gate/replay';
import { parseRule } from '../core/gate/ruleSyntax';
import { mergeRules, noRules, type Rule, type RuleSet } from '../core/gate/rules';
import { visibleLine } from '../core/gate/visible';
import type { ToolCall } from '../core/tools/call';
import { analyzeExample } from '../node/ruleAnalysis';
import { localize } from './localize';

/** Decisions that a new rule is tried on. */
export const triedOn = 200;

export interface RuleHelperPorts {
  /** What the call would do, here and now. */
  analyze(call: ToolCall): Analysis;
  place(): Place;
  rules(): RuleSet;
  /** Decisions made so far, the newest last. */
  recent(): Promise<readonly Recorded[]>;
  open(title: string, text: string): Promise<void>;
}

/**
 * Shows the narrowest rule that covers a call, lets the person change it, and says what it would have changed.
 * @returns the rule as it shall be saved; undefined when the person thought better of it.
 */
export async function editRule(
  ports: RuleHelperPorts,
  question: Question,
  proposed: string,
): Promise<string | undefined> {
  const analysis = ports.analyze(question.call);
  const records = (await ports.recent().catch(() => [])).slice(-triedOn);
  const details = {
    iconPath: new ThemeIcon('list-unordered'),
    tooltip: l10n.t('Show the decisions it would have changed'),
  };
  const input = window.createInputBox();
  input.title = l10n.t('Always allow this?');
  input.value = proposed;
  input.ignoreFocusOut = true;
  let changes: readonly Redecided[] = [];

  function problem(text: string): string | undefined {
    const parsed = parseRule(text, 'allow', 'user settings');
    if (!parsed.ok) return localize(parsed.problem.said);
    return ruleCovers(text, question.call, analysis, ports.place())
      ? undefined
      : l10n.t('This rule does not cover the call that is asked about.');
  }

  function look(): void {
    const wrong = problem(input.value);
    input.validationMessage = wrong;
    const parsed = parseRule(input.value, 'allow', 'user settings');
    changes = wrong === undefined && parsed.ok ? changesBy(parsed.rule, records, ports) : [];
    const broad = parsed.ok && isBroad(parsed.rule) ? ` ${l10n.t('It is so wide that Auto suspends it.')}` : '';
    input.prompt = wrong === undefined ? impact(changes, records.length) + broad : '';
    input.buttons = changes.length > 0 ? [details] : [];
  }

  input.onDidChangeValue(look);
  look();
  return new Promise((resolve) => {
    input.onDidTriggerButton(
      () =>
        void ports.open(l10n.t('Decisions that {0} would have changed', input.value), changes.map(describe).join('\n')),
    );
    input.onDidAccept(() => {
      if (problem(input.value) !== undefined) return;
      resolve(input.value.trim());
      input.hide();
    });
    input.onDidHide(() => {
      resolve(undefined);
      input.dispose();
    });
    input.show();
  });
}

/** Recorded decisions that one more allow rule would have changed. */
export function changesBy(
  rule: Rule,
  records: readonly Recorded[],
  { place, rules }: Pick<RuleHelperPorts, 'place' | 'rules'>,
): readonly Redecided[] {
  const { home, workspace } = place();
  const before = { rules: rules(), workspace, home, analyze: analyzeExample };
  return difference(records, before, { rules: mergeRules(before.rules, { ...noRules, allow: [rule] }) });
}

function impact(changes: readonly Redecided[], tried: number): string {
  if (tried === 0) return l10n.t('Nothing has been decided here before that it could be tried on.');
  if (changes.length === 0) return l10n.t('It would have changed none of the last {0} decisions.', tried);
  const shown = [...new Set(changes.map(({ record }) => visibleLine(record.title)))].slice(0, 3).join(' · ');
  return l10n.t('It would have changed {0} of the last {1} decisions: {2}', changes.length, tried, shown);
}

const describe = ({ now, record, was }: Redecided): string =>
  `${record.at}  ${was} → ${now}  ${visibleLine(record.title)}`;
