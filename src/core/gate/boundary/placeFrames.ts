import type { BoundaryPatterns, Exists } from './boundary';
import { ahead, clauseEnd, isStart, lengthOf, wordOf } from './clauses';
import { compile, compileNo, onlyIn, touching } from './compile';
import { type English, type Frame, type Hit, isPlease, type Registered } from './frame';
import { speaksOf } from './nouns';
import { type Item, itemsAt, type Read } from './objects';
import { editing, type Spot } from './places';
import { type Tail, tailOf } from './tails';
import type { Token } from './tokens';
import { verbAt } from './verbs';

/** How the clause goes on. */
export const tailAt = (tokens: readonly Token[], at: number): Tail =>
  tailOf(tokens.slice(at, clauseEnd(tokens, at)).map((token) => wordOf(token) || '?'));

const unchanged =
  /^(?:(?:completely |entirely |exactly |strictly )?(?:alone|untouched|unchanged|intact|unmodified|as is|as-is|(?:as|how|like) (?:it|they) (?:is|are|was|were)|the way (?:it|they) (?:is|are)|be|in peace|in place|read-only|frozen)) /;
const byMe = /^(?:to|for) (?:me|us) /;

/** "Leave src/legacy alone", "keep the lockfile as it is", "let docs/ be", "leave the commits to me". */
const leave: Frame = (sight, at) => {
  const { tokens } = sight;
  if (!isStart(tokens, at)) return undefined;
  const start = isPlease(tokens[at - 1]) ? at - 1 : at;
  const first = wordOf(tokens[at]);
  if (/^leave alone /.test(ahead(tokens, at, 2))) return placeHit(sight, start, at + 2, editing, true);
  const last = Math.min(tokens.length, at + 30);
  for (let end = at + 2; end < last; end += 1) {
    const text = ahead(tokens, end, 5);
    if (first === 'leave' && byMe.test(text)) return leftToMe(sight, start, at + 1, end);
    const length = lengthOf(unchanged, text);
    if (length > 0 && fits(first, wordOf(tokens[end]))) return leftAlone(sight, start, at + 1, end, end + length);
    if (tokens[end]?.type === 'mark' && !/^[,/]$/.test(wordOf(tokens[end]))) return undefined;
  }
  return undefined;
};

const fits = (verb: string, state: string): boolean =>
  state === 'be'
    ? verb === 'let'
    : /^(?:read-only|frozen)$/.test(state)
      ? verb === 'keep'
      : verb !== 'let' || state === 'alone';

function leftAlone(sight: English, start: number, from: number, to: number, after: number): Hit | undefined {
  const { tokens, exists } = sight;
  const tail = tailAt(tokens, after);
  if (tail === 'unknown') return undefined;
  const end = Math.max(after, clauseEnd(tokens, after));
  const items = itemsAt(tokens, from, exists);
  if (items.next === to) {
    const meant = items.value.map((item) => meaningOf(sight, from, item));
    const places = meant.every(({ type }) => type !== 'things');
    const patterns = places ? compile(touching, meant) : undefined;
    if (patterns) return { start, end, patterns: tail === 'plain' ? patterns : undefined };
  }
  const about = speaksOf(tokens.slice(from, to));
  const vague = /^(?:it|them|that|this|everything|anything|all|the (?:rest|others?|remaining)) /.test(
    ahead(tokens, from, 2),
  );
  const order = wordOf(tokens[to]) !== 'be' && tail === 'plain' && !about.data && (about.code || vague);
  return order ? { start, end, patterns: undefined } : undefined;
}

/** `it`, where one place was named before. */
function meaningOf(sight: English, at: number, item: Item): Item {
  if (item.type !== 'it') return item;
  const spots = sight.before(at);
  return spots.length === 1 || (item.several && spots.length > 0) ? { type: 'spots', spots, of: new Set() } : item;
}

/** "Leave the pushing to me". */
function leftToMe({ tokens, exists }: English, start: number, from: number, to: number): Hit | undefined {
  const at = wordOf(tokens[from]) === 'the' ? from + 1 : from;
  const verb = verbAt(tokens, at, 'gerund');
  const items = itemsAt(tokens, verb?.next ?? at, exists);
  const end = to + 2;
  if ((verb || items.value.length > 0) && items.next === to && tailAt(tokens, end) === 'plain') {
    const parts = verb ? [compile(verb.verb, items.value)] : items.value.map(compileNo);
    const [patterns] = parts;
    return patterns && parts.length === 1 ? { start, end, patterns } : undefined;
  }
  return undefined;
}

type Covers = (spots: readonly Spot[]) => BoundaryPatterns | undefined;

/**
 * A place after words that say all: "hands off X".
 * @param vague what is no place may be meant as well.
 */
export function placeHit(sight: English, start: number, from: number, covers: Covers, vague: boolean): Hit | undefined {
  const { tokens, exists } = sight;
  const at = wordOf(tokens[from]) === ':' ? from + 1 : from;
  const spots = placesAt(tokens, at, exists);
  if (spots) {
    const end = Math.max(spots.next, clauseEnd(tokens, spots.next));
    return { start, end, patterns: tailAt(tokens, spots.next) === 'plain' ? covers(spots.value) : undefined };
  }
  const end = clauseEnd(tokens, at);
  const about = speaksOf(tokens.slice(at, end));
  return vague && end > at && about.code && !about.data ? { start, end, patterns: undefined } : undefined;
}

/** `src/legacy`, `the files in docs/`, `anything below src`. */
function placesAt(tokens: readonly Token[], at: number, exists: Exists): Read<readonly Spot[]> | undefined {
  const items = itemsAt(tokens, at, exists);
  const places = items.value.map((item) => (item.type === 'spots' && item.of.size === 0 ? item.spots : undefined));
  const known = places.filter((spots) => spots !== undefined);
  return known.length > 0 && known.length === places.length ? { value: known.flat(), next: items.next } : undefined;
}

const away =
  /^(?:(?:keep (?:your )?)?hands off(?: of)?|(?:stay|keep|steer) (?:out of|away from|(?:well )?clear of|off(?: of)?)) /;
const within =
  /^(?:(?:stay|remain) (?:only |strictly )?(?:within|inside(?: of)?|in)|(?:keep|work) (?:only |strictly )(?:within|inside|in)|(?:keep|work) (?:within|inside)) /;
const limit =
  /^(?:limit|restrict|confine|constrain|scope|keep)(?: (?:yourself|this|it|the diff|(?:your |all |any |the )?(?:changes|edits|modifications|work)))? (?:to|within|inside|in) (?:(?:changes|edits) (?:in|to) )?/;

const limited =
  /^(?:(?:your|all|any|the) )?(?:changes|edits|modifications|work) (?:(?:should|must|have to|need to|may) )?(?:(?:only )?(?:be|stay|remain) )?(?:only )?(?:(?:limited|restricted|confined|kept|made) )?(?:only )?(?:to|within|inside|in) /;

/** "All changes must stay inside src/core". */
const changesStay: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = isStart(tokens, at) ? lengthOf(limited, ahead(tokens, at)) : 0;
  // "Changes in docs/ …" names them only.
  const orders = /\b(?:should|must|have|need|may|limited|restricted|confined|kept)\b/.test(ahead(tokens, at, length));
  return length > 0 && orders ? placeHit(sight, at, at + length, onlyIn, false) : undefined;
};

/** "Hands off src/legacy", "stay within docs/", "limit your changes to docs/". */
const keepOut: Frame = (sight, at) => {
  const { tokens } = sight;
  if (!isStart(tokens, at)) return undefined;
  const text = ahead(tokens, at);
  const start = isPlease(tokens[at - 1]) ? at - 1 : at;
  const out = lengthOf(away, text);
  if (out > 0) return placeHit(sight, start, at + out, editing, true);
  const length = lengthOf(within, text) || lengthOf(limit, text);
  return length > 0 ? placeHit(sight, start, at + length, onlyIn, false) : undefined;
};

const changing = 'touch|change|edit|modify|alter|work';
const making = 'update|write|make|format|refactor|add|fix';
const told =
  "(?:(?:you (?:may|can|should|must) )?(?:only|exclusively)|(?:you are|you're) only (?:allowed|permitted|supposed) to)";
const only = new RegExp(
  `^(?:${told} (?:${changing}|${making})(?: on| to| changes| edits)?|(?:you (?:may|can|should|must) )?(?:${changing}|${making}) (?:(?:changes )?(?:only|exclusively)|nothing (?:but|outside(?: of)?|except(?: for)?))) `,
);

/** "Only change files in docs/", "touch nothing outside src". */
const onlyChange: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = isStart(tokens, at) ? lengthOf(only, ahead(tokens, at)) : 0;
  if (length === 0) return undefined;
  const words = ahead(tokens, at, length);
  const names = tokens.slice(at + length, at + length + 6).some(({ type }) => type === 'path' || type === 'code');
  // "Only add tests" is about tests, although a folder has that name.
  if (new RegExp(`\\b(?:${making})\\b`).test(words) && !names) return undefined;
  return placeHit(sight, isPlease(tokens[at - 1]) ? at - 1 : at, at + length, onlyIn, false);
};

const permitted = /^you (?:can|may|could|are (?:allowed|free) to) (?:change|touch|edit|modify|update|work on) /;

/** "You may edit src/core but nothing else", "… but not src/legacy". */
const butNot: Frame = (sight, at) => {
  const { tokens, exists } = sight;
  const length = isStart(tokens, at) ? lengthOf(permitted, ahead(tokens, at)) : 0;
  const spots = length > 0 ? placesAt(tokens, at + length, exists) : undefined;
  if (!spots) return undefined;
  const but = spots.next + (wordOf(tokens[spots.next]) === ',' ? 1 : 0);
  const rest = lengthOf(/^(?:but|and) (?:nothing|nowhere) (?:else|more) /, ahead(tokens, but, 3));
  if (rest > 0 && tailAt(tokens, but + rest) === 'plain')
    return { start: at, end: but + rest, patterns: onlyIn(spots.value) };
  const not = lengthOf(/^but (?:not|never)(?: in)? /, ahead(tokens, but, 3));
  return not > 0 ? placeHit(sight, at, but + not, editing, false) : undefined;
};

/** "Only src/a.ts may be changed". */
const onlyThese: Frame = (sight, at) => {
  const { tokens, exists } = sight;
  const spots = isStart(tokens, at) ? placesAt(tokens, at + 1, exists) : undefined;
  if (!spots) return undefined;
  const length = lengthOf(
    /^(?:may|should|must|can|is to|are to) (?:be )?(?:changed|touched|edited|modified|change) /,
    ahead(tokens, spots.next),
  );
  if (length === 0 || tailAt(tokens, spots.next + length) !== 'plain') return undefined;
  return { start: at, end: spots.next + length, patterns: onlyIn(spots.value) };
};

export const placeFrames: Registered = [
  ['leave keep let', leave],
  ['keep hands stay steer remain work limit restrict confine constrain scope', keepOut],
  [`only exclusively you you're ${`${changing}|${making}`.replaceAll('|', ' ')}`, onlyChange],
  ['only', onlyThese],
  ['you', butNot],
  ['your all any the changes edits modifications work', changesStay],
];
