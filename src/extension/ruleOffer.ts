import { l10n, type Memento, window } from 'vscode';
import type { PersonAnswer, Question } from '../core/gate/prompter';
import { visibleLine } from '../core/gate/visible';

/** Approvals of one kind after which a rule is offered. */
const enough = 3;
const key = 'gatehouse.offeredRules';

/** Offers a rule, once, to somebody who keeps allowing the same kind of call. */
export interface RuleOffer {
  note(question: Question, answer: PersonAnswer): void;
}

/**
 * @param memory what was offered before, in any window.
 * @param edit shows the rule, which may be changed; undefined: thought better of it.
 */
export function createRuleOffer(options: {
  readonly memory: Memento;
  edit(question: Question, rule: string): Promise<string | undefined>;
  save(rule: string, question: Question): Promise<void>;
}): RuleOffer {
  const counts = new Map<string, number>();

  async function offer(question: Question, rule: string): Promise<void> {
    const offered = options.memory.get<readonly string[]>(key, []);
    if (offered.includes(rule)) return;
    await options.memory.update(key, [...offered, rule].slice(-500));
    const always = l10n.t('Always…');
    const text = l10n.t(
      'You have allowed this {0} times: {1}. A rule could allow it from now on.',
      enough,
      visibleLine(rule),
    );
    if ((await window.showInformationMessage(text, always)) !== always) return;
    const chosen = await options.edit(question, rule);
    if (chosen !== undefined) await options.save(chosen, question);
  }

  return {
    note(question, { choice }) {
      const found = question.offers.find(({ type }) => type === 'always');
      if (found?.type !== 'always' || (choice !== 'once' && choice !== 'session')) return;
      const count = (counts.get(found.rule) ?? 0) + 1;
      counts.set(found.rule, count);
      if (count === enough) void offer(question, found.rule);
    },
  };
}
