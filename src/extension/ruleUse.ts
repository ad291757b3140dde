import type { Memento } from 'vscode';
import type { DecisionRecord } from '../core/gate/record';
import type { Rule, RuleList } from '../core/gate/rules';

/** When each rule last decided something. */
export interface RuleUse {
  note(record: DecisionRecord): void;
  /** Milliseconds since 1970; undefined: never, as far as is known. */
  last(rule: Rule): number | undefined;
}

const key = 'gatehouse.ruleUse';
/** Rules that are remembered; the longest unused are forgotten first. */
const limit = 2_000;

const lists: Readonly<Partial<Record<DecisionRecord['step'], readonly RuleList[]>>> = {
  'allow-rule': ['allow'],
  'ask-rule': ['ask'],
  'deny-rule': ['deny'],
  policy: ['deny'],
};

export function createRuleUse(memory: Memento): RuleUse {
  const used = new Map(Object.entries(memory.get<Record<string, number>>(key, {})));
  return {
    note({ at, rule, step }) {
      const touched = lists[step];
      if (!touched) return;
      // An allow may rest on several rules.
      const texts = step === 'allow-rule' ? rule.split(/, (?=[A-Za-z_])/) : [rule];
      for (const list of touched)
        for (const text of texts) {
          const name = `${list} ${text}`;
          used.delete(name);
          used.set(name, Date.parse(at));
        }
      for (const oldest of used.keys()) {
        if (used.size <= limit) break;
        used.delete(oldest);
      }
      void memory.update(key, Object.fromEntries(used));
    },
    last: ({ list, text }) => used.get(`${list} ${text}`),
  };
}
