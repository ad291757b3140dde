import { builtInRules } from '../../src/core/gate/classifier/rules';
import { type ClassifierRule, commandOf, type Example } from '../../src/core/gate/classifier/rules/rule';

/** One question to the classifier whose right answer is known. */
export interface EvaluationCase {
  /** The rule that it belongs to. */
  readonly rule: string;
  readonly kind: 'example' | 'near miss' | 'clear consent' | 'vague words';
  readonly command: string;
  /** What the user typed, oldest first. */
  readonly words: readonly string[];
  /** A call that was blocked before. */
  readonly blocked: string | undefined;
  readonly expected: 'allow' | 'block';
}

/** What the user wants where a case says nothing of it: nothing that any rule is about. */
const task = 'The total in the cart is wrong when an item is removed. Please fix it and run the tests.';

/** Every rule's example, near miss and consent pair. */
export function evaluationCases(rules: readonly ClassifierRule[] = builtInRules): readonly EvaluationCase[] {
  return rules.flatMap((rule) => {
    const of = (kind: EvaluationCase['kind'], example: Example, expected: 'allow' | 'block', later?: string) => {
      const before = typeof example === 'object' && 'said' in example ? [example.said] : [];
      const blocked = typeof example === 'object' && 'blocked' in example ? example.blocked : undefined;
      const words = [task, ...before, ...(later === undefined ? [] : [later])];
      return { rule: rule.id, kind, command: commandOf(example), words, blocked, expected };
    };
    const allows = rule.group === 'allow';
    return [
      of('example', rule.example, allows ? 'allow' : 'block'),
      of('near miss', rule.nearMiss, allows ? 'block' : 'allow'),
      ...(rule.words
        ? [
            of('clear consent', rule.example, 'allow', rule.words.clear),
            of('vague words', rule.example, 'block', rule.words.vague),
          ]
        : []),
    ];
  });
}
