import { foldText } from './confusables';

/** What an order is about. */
export type Topic = 'override' | 'role' | 'agent' | 'secrecy' | 'consent' | 'action';

/**
 * When a sentence counts as an order. Some are ordinary in prose about software, and are orders only where nobody would see
 * them, or when two of different topics stand together.
 */
export type Counts = 'always' | 'unseen' | 'together';

/**
 * A shape of sentence. It is looked for at each of its leading words, in the text as words (see `wordsView`), by a pattern that
 * begins there: so each word of a text costs one look into a table, whatever the number of rules.
 */
export interface OrderRule {
  readonly topic: Topic;
  readonly counts: Counts;
  readonly leads: readonly string[];
  /** Sticky; begins right after the leading word. */
  readonly rest: RegExp;
  /** What must stand before it in the sentence. */
  readonly after: RegExp | undefined;
  /** What must not. */
  readonly unless: RegExp | undefined;
}

/** What the words view puts between words. */
const anySeparator = '[ \\n",:.]';
const softSeparator = '[ \\n",]';

const oneWord = '[^ \\n",:.]{1,40}';

/**
 * Turns the notation of the rules into a pattern: a blank is one separator inside a sentence, `~3` up to three words with a
 * separator before each, `<3>` with one behind each.
 */
function compile(notation: string, flags: string, suffix: string): RegExp {
  const source = foldText(notation).replace(
    /\[[^\]]*\]|~(\d)|<(\d)>| /g,
    (found: string, before?: string, behind?: string) => {
      if (before) return `(?:${softSeparator}${oneWord}){0,${before}}?`;
      if (behind) return `(?:${oneWord}${softSeparator}){0,${behind}}?`;
      return found === ' ' ? softSeparator : found;
    },
  );
  return new RegExp(source + suffix, flags);
}

interface Limits {
  readonly counts?: Counts;
  readonly after?: string;
  readonly unless?: string;
}

/** @param rest what follows the leading word; it must end where a word ends */
export function order(
  topic: Topic,
  leads: string,
  rest: string,
  { counts = 'always', after, unless }: Limits = {},
): OrderRule {
  return {
    topic,
    counts,
    leads: foldText(leads).split(' '),
    rest: compile(`(?:${rest})`, 'y', `(?:(?=${anySeparator}|$)|(?<=${anySeparator}))`),
    after: after === undefined ? undefined : compile(`(?:${after})`, '', '$'),
    unless: unless === undefined ? undefined : compile(`(?:${unless})`, '', '$'),
  };
}
