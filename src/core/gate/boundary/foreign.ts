import { type BoundaryPatterns, type Exists, eitherOf } from './boundary';
import { compile, compileNo, onlyIn, touching } from './compile';
import type { Hit } from './frame';
import { french } from './french';
import { german } from './german';
import type { Item } from './objects';
import { spotOf } from './places';
import { spanish } from './spanish';
import type { Token } from './tokens';
import type { Deed } from './verbs';
import { bare, type Element, type Kind, lookUp, type Shape, type Words } from './vocabulary';

/** Words that one slot may take. */
const longestSlot = 40;

const languages = [german, french, spanish].map(lookUp);

/** A word of the sentence, or a name in it. */
interface Piece {
  readonly text: string;
  readonly token: Token;
  readonly at: number;
}

/** What a shape has taken so far. */
interface Taken {
  readonly at: number;
  readonly deeds: readonly Deed[];
  readonly items: readonly Item[];
  /** It says "nothing" rather than "not", or "no files". */
  readonly nothing: boolean;
  /** Narrowed by something that patterns cannot say. */
  readonly narrowed: boolean;
}

/** Orders not to do something in German, French or Spanish. */
export function readForeign(tokens: readonly Token[], exists: Exists): readonly Hit[] {
  const pieces = piecesOf(tokens);
  for (const words of languages) {
    const hits = readIn(words, pieces, tokens.length, exists);
    if (hits.length > 0) return hits;
  }
  return [];
}

/** Words without accents; what French joins with an apostrophe and Spanish or French with a hyphen is taken apart. */
function piecesOf(tokens: readonly Token[]): readonly Piece[] {
  return tokens.flatMap((token, at) => {
    if (token.type !== 'word') return [{ text: token.type === 'mark' ? token.text : '', token, at }];
    const parts = /^force-/.test(token.text)
      ? [token.text]
      : token.text.split(/(?<=^(?:n|l|d|qu|j|m|t|s|c))'|-(?=moi$|nous$|toi$)/);
    return parts.map((part) => ({ text: bare(part), token, at }));
  });
}

function readIn(words: Words, pieces: readonly Piece[], length: number, exists: Exists): readonly Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < pieces.length; ) {
    const found = isClauseStart(words, pieces, at) ? orderFrom(words, pieces, at, exists) : undefined;
    if (!found) {
      at += 1;
      continue;
    }
    let first = at;
    while (first < found.at - 1 && isJoin(words, pieces[first]?.text ?? '')) first += 1;
    hits.push({ start: pieces[first]?.at ?? 0, end: pieces[found.at]?.at ?? length, patterns: found.patterns });
    at = Math.max(found.at, at + 1);
  }
  return hits;
}

/** "But", "and": they join clauses and are no part of the order. */
const isJoin = (words: Words, text: string): boolean =>
  words.stops.has(text) && (words.fillers.has(text) || words.links.has(text));

function isClauseStart(words: Words, pieces: readonly Piece[], at: number): boolean {
  const previous = pieces[at - 1];
  if (!previous || previous.token.type === 'mark') return true;
  // "Corrige el error sin hacer push"
  return (
    words.stops.has(previous.text) ||
    words.links.has(previous.text) ||
    /^(?:sin|ohne|sans)$/.test(pieces[at]?.text ?? '')
  );
}

function orderFrom(
  words: Words,
  pieces: readonly Piece[],
  from: number,
  exists: Exists,
): { readonly at: number; readonly patterns: BoundaryPatterns | undefined } | undefined {
  let start = from;
  while (words.fillers.has(pieces[start]?.text ?? '') && start - from < 6) start += 1;
  for (const at of new Set([from, start])) {
    const first = pieces[at]?.text ?? '';
    for (const shape of [...(first === '' ? [] : (words.shapes.get(first) ?? [])), ...(words.shapes.get('') ?? [])]) {
      const taken = take(
        words,
        pieces,
        shape.elements,
        0,
        { at, deeds: [], items: [], nothing: false, narrowed: false },
        exists,
      );
      const meaning = taken && meaningOf(shape, taken);
      if (taken && meaning) return { at: taken.at, patterns: taken.narrowed ? undefined : meaning };
    }
  }
  return undefined;
}

function meaningOf({ only }: Shape, { deeds, items, nothing }: Taken): BoundaryPatterns | undefined {
  if (only) {
    const spots = items.flatMap((item) => (item.type === 'spots' ? item.spots : []));
    const changes = deeds.every((deed) => deed === 'touch') && deeds.length > 0;
    return changes ? onlyIn(spots) : undefined;
  }
  if (deeds.length > 0) {
    const parts = deeds.map(
      (deed) =>
        compile({ deed, name: deed }, items) ??
        (items.length === 0 && nothing ? compile({ deed, name: deed }, [all]) : undefined),
    );
    return parts.every((part) => part !== undefined) ? eitherOf(parts) : undefined;
  }
  const parts = items.map((item) => (item.type === 'spots' ? compile(touching, [item]) : compileNo(item)));
  return parts.length > 0 && parts.every((part) => part !== undefined) ? eitherOf(parts) : undefined;
}

/** Where something goes, which narrows an order. */
const branches = /^(?:main|master|develop|prod|production|produktion|produccion|staging)$/;

/** Words that say that it is about everything. */
const nothings: ReadonlySet<string> = new Set(['nichts', 'rien', 'nada', 'dateien', 'datei', 'ordner', 'code']);

const all: Item = { type: 'all', things: new Set() };

/** Takes one element after the other, and what means nothing between them, up to the end of the clause. */
function take(
  words: Words,
  pieces: readonly Piece[],
  elements: readonly Element[],
  index: number,
  taken: Taken,
  exists: Exists,
): Taken | undefined {
  const element = elements[index];
  if (!element) return atEnd(words, pieces, taken);
  if ('words' in element) {
    for (let at = taken.at; at < taken.at + 6; at += 1) {
      const text = pieces[at]?.text ?? '';
      if (text !== '' && element.words.has(text)) {
        const nothing = taken.nothing || nothings.has(text);
        const rest = take(words, pieces, elements, index + 1, { ...taken, at: at + 1, nothing }, exists);
        if (rest) return rest;
      }
      if (!words.fillers.has(text)) break;
    }
    return element.optional ? take(words, pieces, elements, index + 1, taken, exists) : undefined;
  }
  const filled = fill(words, pieces, element.slot, taken, exists);
  return filled && take(words, pieces, elements, index + 1, filled, exists);
}

/** What one word of a sentence is in a slot: part of what fills it, nothing in between, or its end. */
type Part = { readonly deed: Deed } | { readonly item: Item } | 'narrows' | 'between' | 'ends';

function partOf(words: Words, pieces: readonly Piece[], at: number, slot: Kind, named: boolean, exists: Exists): Part {
  const piece = pieces[at];
  if (!piece) return 'ends';
  const { text, token } = piece;
  const previous = pieces[at - 1]?.text ?? '';
  const isFiller = words.fillers.has(text);
  if (slot === 'inf' || slot === 'cmd') {
    const deed = words.verbs[slot].get(text);
    if (deed) return { deed };
  }
  if (slot === 'spots' || slot === 'obj') {
    const isName = token.type === 'path' || token.type === 'code';
    // A word is a place only where a list of places can begin or go on.
    const possible = isName || (!isFiller && (!named || /^[,/]$/.test(previous) || words.links.has(previous)));
    const spot = possible ? spotOf(token, exists) : undefined;
    if (spot) return { item: { type: 'spots', spots: [spot], of: new Set() } };
  }
  if (slot === 'noun' || slot === 'obj') {
    const noun = words.nouns.get(text);
    if (noun) return { item: { type: 'things', things: new Set([noun]), fresh: true } };
  }
  if (slot === 'obj') {
    if (words.towards.has(previous) && branches.test(text)) return 'narrows';
    if (words.towards.has(previous) && /^(?:remote|origin)$/.test(text)) return 'between';
    if (words.everything.has(text)) return { item: all };
    if (words.pronouns.has(text) && !isFiller) return { item: { type: 'it', several: false, noun: false } };
  }
  // A comma after which nothing of the list comes ends it.
  if (text === ',') return continues(words, pieces, at + 1, slot, exists) ? 'between' : 'ends';
  return isFiller || words.links.has(text) || words.towards.has(text) || text === '/' ? 'between' : 'ends';
}

function fill(words: Words, pieces: readonly Piece[], slot: Kind, taken: Taken, exists: Exists): Taken | undefined {
  const deeds: Deed[] = [];
  const items: Item[] = [];
  let { narrowed } = taken;
  let end = taken.at;
  for (let at = taken.at; at < taken.at + longestSlot; at += 1) {
    const named = items.some(({ type }) => type === 'spots');
    const part = partOf(words, pieces, at, slot, named, exists);
    if (part === 'ends') break;
    if (part === 'between') continue;
    if (part === 'narrows') narrowed = true;
    else if ('deed' in part) deeds.push(part.deed);
    else items.push(part.item);
    end = at + 1;
    if ((slot === 'inf' || slot === 'cmd') && !linked(words, pieces, end, slot)) break;
  }
  if (deeds.length + items.length === 0 && slot !== 'obj') return undefined;
  // `any files in src/legacy` are those files.
  const named = items.some(({ type }) => type === 'spots');
  const meant = items.filter(({ type }) => type !== 'all' || !named);
  return { ...taken, at: end, deeds: [...taken.deeds, ...deeds], items: [...taken.items, ...meant], narrowed };
}

/** Another verb follows: "committen oder pushen". */
function linked(words: Words, pieces: readonly Piece[], at: number, slot: 'inf' | 'cmd'): boolean {
  const text = pieces[at]?.text ?? '';
  return (words.links.has(text) || text === ',' || text === '/') && words.verbs[slot].has(pieces[at + 1]?.text ?? '');
}

function continues(words: Words, pieces: readonly Piece[], at: number, slot: Kind, exists: Exists): boolean {
  const piece = pieces[at];
  if (!piece) return false;
  if (slot === 'inf' || slot === 'cmd') return words.verbs[slot].has(piece.text);
  return spotOf(piece.token, exists) !== undefined || words.nouns.has(piece.text);
}

/** The clause must end where the shape does. */
function atEnd(words: Words, pieces: readonly Piece[], taken: Taken): Taken | undefined {
  let { at, narrowed } = taken;
  for (; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (!piece || piece.token.type === 'mark' || words.stops.has(piece.text)) break;
    if (words.towards.has(piece.text) && branches.test(pieces[at + 1]?.text ?? '')) {
      narrowed = true;
      at += 1;
    } else if (!words.fillers.has(piece.text)) return undefined;
  }
  return { ...taken, at, narrowed };
}
