import type { Exists } from './boundary';
import { isTask } from './clauses';
import { type Thing, thingsAt } from './nouns';
import { documentsOf, type Spot, spotOf } from './places';
import { commandAt } from './programs';
import type { Token } from './tokens';

/** One thing that an order is about. */
export type Item =
  /** `anything`, `the code`, `any files`. */
  | { readonly type: 'all'; readonly things: ReadonlySet<Thing> }
  /** `it`, `this file`, and `them`, `the files`, `anything there`, which may be several. */
  | { readonly type: 'it'; readonly several: boolean; readonly noun: boolean }
  | { readonly type: 'spots'; readonly spots: readonly Spot[]; readonly of: ReadonlySet<Thing> }
  /** Everything but these places. */
  | { readonly type: 'outside'; readonly spots: readonly Spot[] }
  | { readonly type: 'things'; readonly things: ReadonlySet<Thing>; readonly fresh: boolean }
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'host'; readonly host: string };

export interface Read<T> {
  readonly value: T;
  readonly next: number;
}

const determiners = new Set(
  'any a an the all my your our of this that these those some new extra additional further more single whole entire own actual current each every either another external last latest previous local real'.split(
    ' ',
  ),
);
const fresh = new Set(['new', 'extra', 'additional', 'further', 'more']);
const everything = new Set(['anything', 'everything', 'nothing', 'thing', 'things', 'stuff', 'something', "what's"]);
const its = new Set(['it', 'them', 'this', 'that', 'these', 'those', 'itself', 'any']);
/** Words that may stand around the name of a place. */
const placeNouns = new Set(
  'file files folder folders directory directories dir dirs module package path paths subfolder subdirectory tree itself'.split(
    ' ',
  ),
);
const general = new Set('code codebase source sources repo repository project workspace contents content'.split(' '));
const inside = new Set('in inside under within below underneath beneath from of to into at on'.split(' '));
const none: ReadonlySet<Thing> = new Set();

const word = (tokens: readonly Token[], at: number): string => {
  const token = tokens[at];
  return token?.type === 'word' || token?.type === 'mark' ? token.text : '';
};

const outer =
  /^(?:, )?(?:(?:that|which) (?:is|are) |(?:that|which)'s )?(?:outside(?: of| the)?|except(?: for| in)?|besides|beyond|but(?: for| in)?|other than|apart from|not (?:in|inside|under|within|part of))(?= |$)/;

/** `outside of`, `except for`, `that is not in`: its length in tokens. */
function outsideAt(tokens: readonly Token[], at: number): number {
  const words = tokens.slice(at, at + 6).map((_, index) => word(tokens, at + index) || '?');
  return outer.exec(words.join(' '))?.[0].split(' ').length ?? 0;
}

/** Reads the places that follow: `src/legacy, docs/ and the file a.ts`. */
export function spotsAt(tokens: readonly Token[], from: number, exists: Exists): Read<readonly Spot[]> | undefined {
  const spots: Spot[] = [];
  let next = from;
  for (let at = from; ; ) {
    const one = spotAt(tokens, at, exists);
    if (!one) break;
    spots.push(...one.value);
    next = one.next;
    const link = linkAt(tokens, next);
    if (link === 0) break;
    at = next + link;
    // `and in docs/`
    if (inside.has(word(tokens, at))) at += 1;
  }
  return spots.length > 0 ? { value: spots, next } : undefined;
}

/** Tokens between two parts of a list: `,`, `or`, `, and`. */
export function linkAt(tokens: readonly Token[], at: number): number {
  let next = at;
  if (/^[,/&+]$/.test(word(tokens, next))) next += 1;
  if (/^(?:or|and|nor|and\/or|&|plus)$/.test(word(tokens, next))) next += 1;
  return next - at;
}

function spotAt(tokens: readonly Token[], from: number, exists: Exists): Read<readonly Spot[]> | undefined {
  let at = from;
  while (determiners.has(word(tokens, at)) || (placeNouns.has(word(tokens, at)) && isName(tokens[at + 1]))) {
    at += 1;
  }
  const token = tokens[at];
  if (!token) return undefined;
  const documents = token.type === 'word' ? documentsOf(token.text, exists) : [];
  const spot = documents.length > 0 ? undefined : spotOf(token, exists);
  let spots = documents.length > 0 ? documents : spot ? [spot] : [];
  let next = at + 1;
  const noun = word(tokens, next);
  // A name in back-ticks that is called a folder is one, wherever it lies.
  if (spots.length === 0 && token.type === 'code' && placeNouns.has(noun) && /^[\w.-]+$/.test(token.text))
    spots = [{ path: token.text, type: 'unknown', there: false }];
  if (spots.length === 0) return undefined;
  if (placeNouns.has(noun) || (noun === 'files' && spots[0]?.type === 'pattern')) next += 1;
  if (word(tokens, next) === 'itself') next += 1;
  // `src/legacy and everything below it`
  const rest = [0, 1, 2, 3].map((index) => word(tokens, next + index));
  if (
    rest[0] === 'and' &&
    /^(?:everything|anything|all)$/.test(rest[1] ?? '') &&
    /^(?:in|inside|under|below|within|underneath|beneath)$/.test(rest[2] ?? '')
  )
    next += /^(?:it|them|there)$/.test(rest[3] ?? '') ? 4 : 3;
  // A common word that happens to name a folder counts only where it stands alone.
  if (token.type === 'word' && !endsPhrase(tokens, next)) return undefined;
  // `tests` and `docs` are what is in them as well.
  const common =
    token.type === 'word' &&
    documents.length === 0 &&
    next === at + 1 &&
    /^(?:\p{Ll}+s|test|doc|code)$/u.test(token.text);
  return { value: common ? spots.map((one) => ({ ...one, common })) : spots, next };
}

const isName = (token: Token | undefined): boolean => token?.type === 'path' || token?.type === 'code';

/** Whether no further noun follows: `the docs`, not `the docs wording`. */
function endsPhrase(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return (
    !token || token.type === 'mark' || (token.type === 'word' && (followers.has(token.text) || /ly$/.test(token.text)))
  );
}

const followers = new Set(
  (
    'and or nor but yet for now please at all until till unless before without when while as because since either in on if this that alone ' +
    'untouched unchanged intact be is are must should may stays stay remain remains unmodified read-only frozen anymore any again ever so if ' +
    'except though during though then to only just thanks pls yourself myself directly manually'
  ).split(' '),
);

/** Reads what an order is about; nothing when it is about something that is not known here. */
export function itemsAt(tokens: readonly Token[], from: number, exists: Exists): Read<readonly Item[]> {
  const items: Item[] = [];
  let at = word(tokens, from) === ':' ? from + 1 : from;
  let next = at;
  for (;;) {
    // "Don't change the tests, change the code": a verb goes on, and no noun.
    if (items.length > 0 && isTask(word(tokens, at))) break;
    const one = itemAt(tokens, at, exists);
    if (!one) break;
    // "…, everything is in docs/" begins a clause.
    if (word(tokens, at - 1) === ',' && items.length > 0 && (one.value.type === 'all' || one.value.type === 'it'))
      break;
    items.push(one.value);
    next = one.next;
    const link = linkAt(tokens, next);
    if (link === 0) break;
    at = next + link;
    if (inside.has(word(tokens, at))) at += 1;
  }
  return { value: items, next: items.length > 0 ? next : from };
}

function itemAt(tokens: readonly Token[], from: number, exists: Exists): Read<Item> | undefined {
  const skip = outsideAt(tokens, from);
  if (skip > 0) return outsideOf(tokens, from + skip, exists);
  const spots = spotsAt(tokens, word(tokens, from) && inside.has(word(tokens, from)) ? from + 1 : from, exists);
  if (spots) return { value: { type: 'spots', spots: spots.value, of: none }, next: spots.next };
  let at = from;
  let isFresh = false;
  // `external services` are a thing, `external` alone narrows one.
  while (determiners.has(word(tokens, at)) && (thingsAt(tokens, at)?.next ?? 0) <= at + 1) {
    isFresh ||= fresh.has(word(tokens, at));
    at += 1;
  }
  const token = tokens[at];
  if (token?.type === 'host') return { value: { type: 'host', host: token.text }, next: at + 1 };
  const command = commandAt(tokens, at);
  if (command) return { value: { type: 'command', command: command.value }, next: command.next };
  const meant = definiteAt(tokens, from, at, exists);
  if (meant) return meant;
  const head =
    headAt(tokens, at) ?? (at > from && its.has(word(tokens, at - 1)) ? pronounAt(tokens, at - 1) : undefined);
  if (!head || narrows(tokens, from, at, head)) return undefined;
  if (head.value.type === 'things')
    return withPlaces(tokens, { value: { ...head.value, fresh: isFresh }, next: head.next }, exists);
  return withPlaces(tokens, head, exists);
}

const pointing = /^(?:this|that|these|those|the)$/;
/** Determiners that leave out none of the files. */
const whole = /^(?:any|a|an|all|my|your|our|of|the|each|every|either|whole|entire|single|this)$/;

/** `this file`, `the folder`, `those files`: what was spoken of, not any. */
function definiteAt(tokens: readonly Token[], from: number, at: number, exists: Exists): Read<Item> | undefined {
  const things = thingsAt(tokens, at);
  const text = word(tokens, at);
  const first = word(tokens, from);
  if (text === 'code' && /^(?:this|that|these|those)$/.test(first))
    return { value: { type: 'it', several: false, noun: true }, next: at + 1 };
  if (!things?.things.has('file') || !pointing.test(first)) return undefined;
  const next = things.next;
  // `the files in docs/` are named.
  const named = inside.has(word(tokens, next)) && spotsAt(tokens, generalAt(tokens, next + 1), exists) !== undefined;
  if (named || outsideAt(tokens, next) > 0) return undefined;
  return { value: { type: 'it', several: /s$/.test(word(tokens, next - 1)), noun: true }, next };
}

/** Whether `the new files`, `that package` leave others out. */
function narrows(tokens: readonly Token[], from: number, at: number, { value }: Read<Item>): boolean {
  const before = tokens.slice(from, at).map((token) => token.text);
  if (value.type === 'all') return before.some((one) => !whole.test(one));
  if (value.type !== 'things' || !value.things.has('dependency')) return false;
  const singular = !/s$/.test(word(tokens, at));
  return before.some((one) => /^(?:this|that|these|those)$/.test(one) || (one === 'the' && singular));
}

function pronounAt(tokens: readonly Token[], at: number): Read<Item> | undefined {
  return endsPhrase(tokens, at + 1)
    ? { value: { type: 'it', several: /^(?:them|these|those)$/.test(word(tokens, at)), noun: false }, next: at + 1 }
    : undefined;
}

function headAt(tokens: readonly Token[], at: number): Read<Item> | undefined {
  const text = word(tokens, at);
  // What is unlike the rest cannot be told apart from it: `other files`, `anything else`.
  if (everything.has(text))
    return /^(?:else|here)$/.test(word(tokens, at + 1))
      ? undefined
      : { value: { type: 'all', things: none }, next: at + 1 };
  const things = thingsAt(tokens, at);
  const longer = `${text} ${word(tokens, at + 1)}`;
  if (things && things.next > at + 1 && !things.things.has('file'))
    return { value: { type: 'things', things: things.things, fresh: false }, next: things.next };
  if (longer === 'source code') return { value: { type: 'all', things: new Set(['data']) }, next: at + 2 };
  if (things?.things.has('file')) return { value: { type: 'all', things: things.things }, next: things.next };
  if (general.has(text)) return { value: { type: 'all', things: things?.things ?? none }, next: at + 1 };
  if (things) return { value: { type: 'things', things: things.things, fresh: false }, next: things.next };
  return its.has(text) ? pronounAt(tokens, at) : undefined;
}

/** `anything in src/legacy`, `changes to a.ts`, `any files except docs/`. */
function withPlaces(tokens: readonly Token[], head: Read<Item>, exists: Exists): Read<Item> {
  const { value, next } = head;
  const things = value.type === 'things' ? value.things : none;
  if (value.type !== 'all' && !things.has('change')) return head;
  const there = [word(tokens, next), word(tokens, next + 1)].join(' ');
  if (/^(?:in|inside|under|within|to|below) (?:it|there|them)$/.test(there))
    return { value: { type: 'it', several: true, noun: true }, next: next + 2 };
  if (/^there(?: |$)/.test(there)) return { value: { type: 'it', several: true, noun: true }, next: next + 1 };
  const skip = outsideAt(tokens, next);
  if (skip > 0) return outsideOf(tokens, next + skip, exists) ?? head;
  let at = next;
  if (!inside.has(word(tokens, at))) return head;
  at += 1;
  // `changes to any files in src/legacy`, `anything inside of it`
  if (word(tokens, at) === 'of') at += 1;
  const deeper = generalAt(tokens, at);
  const spots = spotsAt(tokens, deeper, exists);
  if (spots) return { value: { type: 'spots', spots: spots.value, of: things }, next: spots.next };
  const farther = deeper > at ? outsideAt(tokens, deeper) : 0;
  if (farther > 0) return outsideOf(tokens, deeper + farther, exists) ?? head;
  // `changes to the code`
  return deeper > at && word(tokens, at - 1) !== 'from' && endsPhrase(tokens, deeper) ? { value, next: deeper } : head;
}

/** Past `any files in`, `the code under`, `the code`. */
function generalAt(tokens: readonly Token[], from: number): number {
  let at = from;
  while (determiners.has(word(tokens, at))) at += 1;
  const text = word(tokens, at);
  if (!(everything.has(text) || general.has(text) || thingsAt(tokens, at)?.things.has('file'))) return from;
  if (isName(tokens[at + 1])) return from;
  return inside.has(word(tokens, at + 1)) ? at + 2 : at + 1;
}

function outsideOf(tokens: readonly Token[], from: number, exists: Exists): Read<Item> | undefined {
  let at = from;
  if (inside.has(word(tokens, at))) at += 1;
  const spots = spotsAt(tokens, generalAt(tokens, at), exists);
  return spots && { value: { type: 'outside', spots: spots.value }, next: spots.next };
}
