import type { BoundaryPatterns } from './boundary';
import { ahead, clauseEnd, isStart, lengthOf, wordOf } from './clauses';
import { compile, compileNo, onlyIn, touching } from './compile';
import { type English, type Frame, type Hit, politely, type Registered } from './frame';
import { speaksOf } from './nouns';
import { type Item, itemsAt, type Read } from './objects';
import { meaningOf } from './orders';
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
  const start = politely(tokens, at);
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

function fits(verb: string, state: string): boolean {
  if (verb === 'let') return state === 'be' || state === 'alone';
  if (state === 'read-only' || state === 'frozen') return verb === 'keep';
  return state !== 'be';
}

function leftAlone(sight: English, start: number, from: number, to: number, after: number): Hit | undefined {
  const { tokens, exists } = sight;
  const tail = tailAt(tokens, after);
  if (tail === 'unknown') return undefined;
  const end = Math.max(after, clauseEnd(tokens, after));
  const items = itemsAt(tokens, from, exists);
  if (items.next === to) {
    const meant = items.value.map((item) => meaningOf(sight, from, item));
    const patterns = coverOf(meant);
    if (patterns) return { start, end, patterns: tail === 'plain' ? patterns : undefined };
  }
  const about = speaksOf(tokens.slice(from, to));
  const vague = /^(?:it|them|that|this|everything|anything|all|the (?:rest|others?|remaining)) /.test(
    ahead(tokens, from, 2),
  );
  const order = wordOf(tokens[to]) !== 'be' && tail === 'plain' && !about.data && (about.code || vague);
  return order ? { start, end, patterns: undefined } : undefined;
}

/** Places and `it`; programs, which are not to be used then. */
export function coverOf(items: readonly Item[]): BoundaryPatterns | undefined {
  if (items.every(({ type }) => type === 'command')) return compile(using, items);
  return items.every(({ type }) => type !== 'things') ? compile(touching, items) : undefined;
}

const using = { deed: 'use', name: 'use' } as const;

/** "Treat src/legacy as read-only". */
const treat: Frame = (sight, at) => {
  const { tokens } = sight;
  const spots = isStart(tokens, at) ? placesAt(sight, at + 1) : undefined;
  if (!spots) return undefined;
  const length = lengthOf(
    /^(?:as |to be )?(?:strictly )?(?:read-?only|off[- ]limits|frozen|immutable|untouchable) /,
    ahead(tokens, spots.next),
  );
  const end = spots.next + length;
  return length > 0 && tailAt(tokens, end) === 'plain' ? { start: at, end, patterns: editing(spots.value) } : undefined;
};

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
  const { tokens } = sight;
  const at = wordOf(tokens[from]) === ':' ? from + 1 : from;
  const spots = placesAt(sight, at);
  if (spots) {
    const end = Math.max(spots.next, clauseEnd(tokens, spots.next));
    return { start, end, patterns: tailAt(tokens, spots.next) === 'plain' ? covers(spots.value) : undefined };
  }
  const end = clauseEnd(tokens, at);
  const about = speaksOf(tokens.slice(at, end));
  return vague && end > at && about.code && !about.data ? { start, end, patterns: undefined } : undefined;
}

/** `src/legacy`, `the files in docs/`, `it` where that is clear. */
function placesAt(sight: English, at: number): Read<readonly Spot[]> | undefined {
  const items = itemsAt(sight.tokens, at, sight.exists);
  const meant = items.value.map((item) => meaningOf(sight, at, item));
  const places = meant.map((item) => (item.type === 'spots' && item.of.size === 0 ? item.spots : undefined));
  const known = places.filter((spots) => spots !== undefined);
  return known.length > 0 && known.length === places.length ? { value: known.flat(), next: items.next } : undefined;
}

const away =
  /^(?:(?:keep (?:your )?)?hands off(?: of)?|(?:stay|keep|steer) (?:out of|away from|(?:well )?clear of|off(?: of)?)) /;
const within =
  /^(?:(?:stay|remain) (?:only |strictly )?(?:within|inside(?: of)?|in)|(?:keep|work) (?:only |strictly )(?:within|inside|in)|(?:keep|work) (?:within|inside)|stick to) /;
const limit =
  /^(?:limit|restrict|confine|constrain|scope|keep) (?:yourself|the diff|(?:your |all |any |the )?(?:changes|edits|modifications|work)) (?:to|within|inside|in) (?:(?:changes|edits) (?:in|to) )?/;

const workspace = /^(?:this|the|our|my)(?: current)? (?:repo|repository|project|workspace|folder|directory) /;

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
  const start = politely(tokens, at);
  const out = lengthOf(away, text);
  if (out > 0) return placeHit(sight, start, at + out, editing, true);
  const length = lengthOf(within, text) || lengthOf(limit, text);
  if (length === 0) return undefined;
  const whole = lengthOf(workspace, ahead(tokens, at + length));
  // The workspace has no name among the paths in it.
  if (whole > 0 && tailAt(tokens, at + length + whole) === 'plain')
    return { start, end: at + length + whole, patterns: undefined };
  return placeHit(sight, start, at + length, onlyIn, false);
};

const changing = 'touch|change|edit|modify|alter|work';
const making = 'update|write|make|format|refactor|add|fix';
const makes = new RegExp(`\\b(?:${making})\\b`);
const told =
  "(?:i only want you to|(?:you (?:may|can|should|must) )?(?:only|exclusively)|(?:you are|you're) only (?:allowed|permitted|supposed) to)";
const only = new RegExp(
  `^(?:${told} (?:${changing}|${making})(?: on| to| changes| edits)?|(?:you (?:may|can|should|must) )?(?:${changing}|${making}) (?:(?:changes )?(?:only|exclusively)|nothing (?:but|outside(?: of)?|except(?: for)?))|i only want (?:changes|edits|modifications)(?: to)?) `,
);

/** "Only change files in docs/", "touch nothing outside src". */
const onlyChange: Frame = (sight, at) => {
  const { tokens } = sight;
  if (!isStart(tokens, at)) return undefined;
  const length = lengthOf(only, ahead(tokens, at));
  if (length === 0) return onlyBehind(sight, at);
  const words = ahead(tokens, at, length);
  const names = tokens.slice(at + length, at + length + 6).some(({ type }) => type === 'path' || type === 'code');
  // "Only add tests" is about tests, although a folder has that name.
  if (!names && makes.test(words)) return undefined;
  return placeHit(sight, politely(tokens, at), at + length, onlyIn, false);
};

const permitted = /^you (?:can|may|could|are (?:allowed|free) to) (?:change|touch|edit|modify|update|work on) /;

/** "You may edit src/core but nothing else", "… but not src/legacy". */
const butNot: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = isStart(tokens, at) ? lengthOf(permitted, ahead(tokens, at)) : 0;
  const spots = length > 0 ? placesAt(sight, at + length) : undefined;
  if (!spots) return undefined;
  const but = spots.next + (wordOf(tokens[spots.next]) === ',' ? 1 : 0);
  const rest = lengthOf(/^(?:but|and) (?:nothing|nowhere) (?:else|more) /, ahead(tokens, but, 3));
  if (rest > 0 && tailAt(tokens, but + rest) === 'plain')
    return { start: at, end: but + rest, patterns: onlyIn(spots.value) };
  const not = lengthOf(/^but (?:not|never)(?: in)? /, ahead(tokens, but, 3));
  return not > 0 ? placeHit(sight, at, but + not, editing, false) : undefined;
};

/** "Edit src/a.ts only". */
function onlyBehind(sight: English, at: number): Hit | undefined {
  const { tokens } = sight;
  const length = lengthOf(/^(?:touch|change|edit|modify|alter|update|work on) /, ahead(tokens, at, 2));
  const spots = length > 0 ? placesAt(sight, at + length) : undefined;
  if (!spots || wordOf(tokens[spots.next]) !== 'only' || tailAt(tokens, spots.next + 1) !== 'plain') return undefined;
  return { start: at, end: spots.next + 1, patterns: onlyIn(spots.value) };
}

/** "Only src/a.ts may be changed". */
const onlyThese: Frame = (sight, at) => {
  const { tokens } = sight;
  const spots = isStart(tokens, at) ? placesAt(sight, at + 1) : undefined;
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
  ['treat consider', treat],
  ['keep hands stay stick steer remain work limit restrict confine constrain scope', keepOut],
  [`only exclusively i you you're ${`${changing}|${making}`.replaceAll('|', ' ')}`, onlyChange],
  ['only', onlyThese],
  ['you', butNot],
  ['your all any the changes edits modifications work', changesStay],
];
