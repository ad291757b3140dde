import type { Thing } from './nouns';
import type { Deed } from './verbs';

/** What a language other than English needs to say no in the ways that are read. Accents do not matter. */
export interface Language {
  /** Doings by their infinitives and by the forms in which somebody is told to do them or not. */
  readonly verbs: readonly (readonly [deed: Deed, infinitives: string, commands: string])[];
  readonly nouns: Partial<Readonly<Record<Thing, string>>>;
  /** `anything`, `something`, `files`, `the code`. */
  readonly everything: string;
  readonly pronouns: string;
  /** Words that change nothing, wherever they stand: articles, prepositions before places, "please". */
  readonly fillers: string;
  /** Prepositions before what narrows an order: `auf main`. */
  readonly towards: string;
  /** Words between parts of a list. */
  readonly links: string;
  /** Words with which another clause begins. */
  readonly stops: string;
  /**
   * Ways of saying no. `a|b` is one of the words, `?a` may be missing, `<inf>` and `<cmd>` are doings, `<noun>` and `<spots>`
   * what is not to be done or touched, `<obj>` either or nothing. `= only` after it: everything else is forbidden.
   */
  readonly shapes: readonly string[];
}
