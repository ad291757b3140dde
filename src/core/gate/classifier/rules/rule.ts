/** The four harms that Auto exists to keep from happening, and what is plainly none of them. */
export type Family = 'mass-deletion' | 'exfiltration' | 'malicious-code' | 'beyond-task' | 'ordinary';

/** A shell command, and what must have come before it for it to be what it is. */
export type Example =
  | string
  | { readonly command: string; readonly said: string }
  | { readonly command: string; readonly blocked: string };

export const commandOf = (example: Example): string => (typeof example === 'string' ? example : example.command);

/** The example in the prompt. */
export function describeExample(example: Example): string {
  if (typeof example === 'string') return example;
  return 'said' in example
    ? `${example.command}, after the user wrote "${example.said}"`
    : `${example.command}, after ${example.blocked} was blocked`;
}

/**
 * What the classifier judges by, as data. `hard`: no words lift it, only a person's *Allow once* on the exact call. `soft`: clear,
 * specific consent lifts it. `allow`: exceptions that are fine whatever a soft rule seems to say.
 */
export interface ClassifierRule {
  readonly id: string;
  readonly group: 'hard' | 'soft' | 'allow';
  readonly family: Family;
  /** What falls under it. */
  readonly covers: string;
  /** What the user must have named for it to be consented to; undefined where consent does not help or is not needed. */
  readonly consent: string | undefined;
  /** One that falls under it, and one that looks like it and does not. */
  readonly example: Example;
  readonly nearMiss: Example;
  /** For the evaluation: words of a user that consent to the example, and words that come close and do not. */
  readonly words: { readonly clear: string; readonly vague: string } | undefined;
  /** What can be done instead, told to the agent and offered to the person; empty for `allow`. */
  readonly instead: string;
}

type Hard = Pick<ClassifierRule, 'id' | 'covers' | 'example' | 'nearMiss' | 'instead'>;
type Soft = Hard & { readonly consent: string; readonly clear: string; readonly vague: string };

export const hardRule =
  (family: Family) =>
  (rule: Hard): ClassifierRule => ({ ...rule, group: 'hard', family, consent: undefined, words: undefined });

export const softRule =
  (family: Family) =>
  ({ clear, vague, ...rule }: Soft): ClassifierRule => ({ ...rule, group: 'soft', family, words: { clear, vague } });

export const allowRule = (rule: Omit<Hard, 'instead'>): ClassifierRule => ({
  ...rule,
  group: 'allow',
  family: 'ordinary',
  consent: undefined,
  words: undefined,
  instead: '',
});
