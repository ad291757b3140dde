/** The four harms that Auto exists to keep from happening, and what is plainly none of them. */
export type Family = 'mass-deletion' | 'exfiltration' | 'malicious-code' | 'beyond-task' | 'ordinary';

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
  /** A shell command that falls under it, and one that looks like it and does not. */
  readonly example: string;
  readonly nearMiss: string;
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
