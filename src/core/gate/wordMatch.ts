import type { SimpleCommand } from './analysis/analysis';

/** `possible`: an unknown in the call, or a spelling that can be read in two ways, could make it match. */
export type Match = 'yes' | 'possible' | 'no';

/** Whether a command is word for word what a rule says, or begins so. Allow rules match like this and no wider. */
export function matchesWords(command: SimpleCommand, words: readonly string[], type: 'prefix' | 'exact'): Match {
  const own = command.words;
  if (type === 'exact' && own.length !== words.length && !own.includes(undefined)) return 'no';
  for (const [index, word] of words.entries()) {
    if (index >= own.length) return own.includes(undefined) ? 'possible' : 'no';
    const mine = index === 0 ? programWord(command, word) : own[index];
    // An unknown word may expand to several, so that nothing after it can be compared.
    if (mine === undefined) return 'possible';
    if (mine !== word) return 'no';
  }
  return type === 'exact' && own.length !== words.length ? 'possible' : 'yes';
}

/** A rule that names a program without a path covers it under every path. */
function programWord(command: SimpleCommand, wanted: string): string | undefined {
  return wanted.includes('/') ? command.words[0] : command.program;
}

/**
 * The same for ask and deny rules, which must not be evaded by another spelling: options before the sub-command
 * (`git -C . push`), in another order or cluster (`rm -f -r`), or written out (`rm --recursive --force`). What an option of a
 * program takes is not known here, so a word that could be an option's value makes the match possible, which asks.
 */
export function coversSpelling(command: SimpleCommand, words: readonly string[], type: 'prefix' | 'exact'): Match {
  const literal = matchesWords(command, words, type);
  const [program = '', ...rest] = words;
  if (literal !== 'no' || type === 'exact' || programWord(command, program) !== program) return literal;
  const own = command.words.slice(1);
  const plain = coversPlain(
    own,
    rest.filter((word) => !isOption(word)),
  );
  const options = rest.filter(isOption).map((option) => coversOption(own, option));
  return [plain, ...options].reduce(weaker, 'yes');
}

/** Whether a command is what a rule with `*` says: each `*` stands for one word or more. */
export function matchesPattern(command: SimpleCommand, words: readonly string[]): Match {
  const [first = '', ...rest] = words;
  const own = command.words;
  if (own.length === 0) return 'no';
  if (first === '*') return matchesRest(own, words);
  const program = programWord(command, first);
  if (program === undefined) return 'possible';
  return program === first ? matchesRest(own.slice(1), rest) : 'no';
}

/** From the back of the pattern to its front: what is left of the words can match what is left of the pattern. */
function matchesRest(own: readonly (string | undefined)[], wanted: readonly string[]): Match {
  let reach: Match[] = Array.from({ length: own.length + 1 }, (_, at) => (at === own.length ? 'yes' : 'no'));
  for (const word of [...wanted].reverse()) {
    const next: Match[] = Array.from({ length: own.length + 1 }, () => 'no');
    for (let at = own.length - 1; at >= 0; at -= 1) {
      const mine = own[at];
      const after = reach[at + 1] ?? 'no';
      if (word === '*') next[at] = stronger(after, next[at + 1] ?? 'no');
      else if (mine === undefined)
        // It may be this word, several, or none.
        next[at] =
          reach.slice(at).some((match) => match !== 'no') || next.slice(at).includes('possible') ? 'possible' : 'no';
      else next[at] = mine === word ? after : 'no';
    }
    reach = next;
  }
  return reach[0] ?? 'no';
}

const rank: Readonly<Record<Match, number>> = { no: 0, possible: 1, yes: 2 };
const stronger = (a: Match, b: Match): Match => (rank[b] > rank[a] ? b : a);
const weaker = (a: Match, b: Match): Match => (rank[b] < rank[a] ? b : a);

const isOption = (word: string | undefined): word is string => word !== undefined && /^-./.test(word);

/** The rule's sub-commands and operands, with nothing before them but options and what could be their values. */
function coversPlain(own: readonly (string | undefined)[], wanted: readonly string[]): Match {
  let next = 0;
  let match: Match = 'yes';
  let afterOption = false;
  for (const word of own) {
    if (next === wanted.length) break;
    if (word === undefined) return 'possible';
    if (word === wanted[next]) {
      if (afterOption) match = 'possible';
      next += 1;
      afterOption = false;
    } else if (isOption(word)) {
      afterOption = word !== '--' && !word.includes('=');
    } else if (afterOption) {
      afterOption = false;
    } else return 'no';
  }
  return next === wanted.length ? match : 'no';
}

/** `-rf` by its letters wherever they stand; `--force` by its name or an abbreviation of it. */
function coversOption(own: readonly (string | undefined)[], wanted: string): Match {
  const given = own.filter(isOption);
  const long = given.filter((word) => word.startsWith('--') && word !== '--').map((word) => word.replace(/=.*$/s, ''));
  const short = new Set(given.filter((word) => !word.startsWith('--')).flatMap((word) => [...word.slice(1)]));
  const unknown = own.includes(undefined);
  if (wanted.startsWith('--')) {
    const name = wanted.replace(/=.*$/s, '');
    if (given.includes(wanted) || (name === wanted && long.includes(name))) return 'yes';
    return unknown || short.size > 0 || long.some((word) => name.startsWith(word)) ? 'possible' : 'no';
  }
  if ([...wanted.slice(1)].every((letter) => short.has(letter))) return 'yes';
  return unknown || long.length > 0 ? 'possible' : 'no';
}
