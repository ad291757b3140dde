import { type ClassifierLists, defaultRules } from './lists';
import { builtInRules } from './rules';
import type { ClassifierRule } from './rules/rule';

/** A rule in somebody's own words. */
export interface AddedRule {
  /** What a block names: `user-soft-1`. */
  readonly id: string;
  readonly group: 'hard' | 'soft' | 'allow';
  readonly sentence: string;
  readonly from: 'user' | 'administrator' | 'repository';
}

/** Everything the classifier judges by. */
export interface Ruleset {
  /** The built-in rules that hold. */
  readonly rules: readonly ClassifierRule[];
  readonly added: readonly AddedRule[];
  /** What the user and the administrator say of the surroundings: what is trusted, what is usual here. */
  readonly environment: readonly string[];
}

/** Where rules in plain words come from. */
export interface RulesetSources {
  readonly user: ClassifierLists;
  readonly policy: ClassifierLists;
  /** A repository may only forbid. */
  readonly repository: Pick<ClassifierLists, 'softDeny' | 'hardDeny'>;
}

const lists = { hard: 'hardDeny', soft: 'softDeny', allow: 'allow' } as const;

/** Puts the rules together: the user decides which of the built-in ones hold, the administrator and the repository only add. */
export function composeRuleset({ policy, repository, user }: RulesetSources): Ruleset {
  const groups = ['hard', 'soft', 'allow'] as const;
  const added = groups.flatMap((group) => {
    const list = lists[group];
    const own = (from: AddedRule['from'], prefix: string, sentences: readonly string[]): readonly AddedRule[] =>
      sentences
        .filter((sentence) => sentence !== defaultRules && sentence.trim() !== '')
        .map((sentence, at) => ({ id: `${prefix}-${group}-${at + 1}`, group, sentence: sentence.trim(), from }));
    return [
      ...own('administrator', 'policy', policy[list]),
      ...own('user', 'user', user[list]),
      ...(list === 'allow' ? [] : own('repository', 'repository', repository[list])),
    ];
  });
  return {
    rules: groups.every((group) => user[lists[group]].includes(defaultRules))
      ? builtInRules
      : builtInRules.filter(({ group }) => user[lists[group]].includes(defaultRules)),
    added,
    environment: [...policy.environment, ...user.environment].filter((sentence) => sentence !== defaultRules),
  };
}

/** The built-in rules and nothing else. */
export const builtInRuleset: Ruleset = { rules: builtInRules, added: [], environment: [] };

/** The rule that a block names, when a block may rest on it. */
export function blockingRule(
  { added, rules }: Ruleset,
  id: string,
): { readonly id: string; readonly hard: boolean } | undefined {
  const found = rules.find((rule) => rule.id === id) ?? added.find((rule) => rule.id === id);
  return found && found.group !== 'allow' ? { id: found.id, hard: found.group === 'hard' } : undefined;
}

/** What can be done instead of what a rule forbids; undefined where nobody has written that down. */
export function insteadOf(id: string): string | undefined {
  return builtInRules.find((rule) => rule.id === id)?.instead || undefined;
}
