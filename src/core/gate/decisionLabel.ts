import { assertNever } from '../assertNever';
import { type Said, say } from '../say';
import type { DecisionRecord } from './record';

/**
 * One line about a decision: who decided, how fast, why.
 * @param language BCP 47 tag for numbers and units.
 */
export function decisionLabel(record: DecisionRecord, language: string): Said {
  const { cost, outcome, person, reason, rule, step } = record;
  const byClassifier = step === 'classifier';
  const thought = formatMs(cost.modelMs, language);
  switch (outcome) {
    case 'allowed':
      if (person !== undefined) return personLabel(person);
      if (byClassifier) return say('Allowed by the classifier in {0}: {1}', thought, reason);
      if (step === 'allow-rule') return say('Allowed by your rule {0}', rule);
      return say('Allowed here in {0}: {1}', formatMs(cost.micros / 1000, language), reason);
    case 'blocked':
      return byClassifier
        ? say('Blocked by the classifier in {0}: {1}', thought, reason)
        : say('Blocked here in {0}: {1}', formatMs(cost.micros / 1000, language), reason);
    case 'denied':
      return person === undefined ? say('Denied: {0}', reason) : personLabel(person);
    case 'aborted':
      return say('Stopped before it was decided');
    default:
      return assertNever(outcome);
  }
}

/** What the person answered. */
export function personLabel(answer: string): Said {
  switch (answer) {
    case 'once':
      return say('You allowed this once');
    case 'session':
      return say('You allowed exactly this for the session');
    case 'always':
      return say('You allowed this always, with a rule in your settings');
    default:
      return say('You denied this');
  }
}

/** `0.1 ms`, `1.2 s`; what is shorter than can be told apart is given as 0.1 ms. */
function formatMs(ms: number, language: string): string {
  const seconds = ms >= 1000;
  const value = seconds ? ms / 1000 : Math.max(ms, 0.1);
  const unit = seconds ? 'second' : 'millisecond';
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: seconds || value < 10 ? 1 : 0,
  }).format(value);
}
