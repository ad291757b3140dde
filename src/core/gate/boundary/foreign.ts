import { type BoundaryPatterns, type Exists, eitherOf } from './boundary';
import { compile, compileNo, onlyIn, touching } from './compile';
import type { Hit } from './frame';
import { french } from './french';
import { german } from './german';
import type { Language } from './language';
import type { Thing } from './nouns';
import type { Item } from './objects';
import { type Spot, spotOf } from './places';
import { spanish } from './spanish';
import type { Token } from './tokens';
import type { Deed } from './verbs';

type Kind = 'inf' | 'cmd' | 'noun' | 'spots' | 'obj';
type Element = { readonly words: ReadonlySet<string>; readonly optional: boolean } | { readonly slot: Kind };

interface Shape {
  readonly elements: readonly Element[];
  readonly only: boolean;
}

/** A language with its words looked up. */
interface Words {
  readonly verbs: Readonly<Record<'inf' | 'cmd', ReadonlyMap<string, Deed>>>;
  readonly nouns: ReadonlyMap<string, Thing>;
  readonly everything: ReadonlySet<string>;
  readonly pronouns: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly towards: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  readonly stops: ReadonlySet<string>;
  /** By the words with which they can begin; those that begin with a slot under the empty word. */
  readonly shapes: ReadonlyMap<string, readonly Shape[]>;
}

/** Without accents, as many people type. */
const bare = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('\u00df', 'ss').toLowerCase();
/** And as umlauts are typed where the keyboard has none. */
const spellings = (word: string): readonly string[] => [
  ...new Set([bare(word), bare(word.replaceAll('\u00e4', 'ae').replaceAll('\u00f6', 'oe').replaceAll('\u00fc', 'ue'))]),
];
const setOf = (list: string): ReadonlySet<string> => new Set(list.split(/[ |]/).flatMap(spellings));

function lookUp(language: Language): Words {
  const verbs = (which: 1 | 2) =>
    new Map(language.verbs.flatMap((verb) => [...setOf(verb[which])].map((word) => [word, verb[0]] as const)));
  const nouns = Object.entries(language.nouns) as [Thing, string][];
  const shapes = new Map<string, Shape[]>();
  for (const text of language.shapes) {
    const shape = shapeOf(text);
    for (const word of beginnings(shape.elements)) shapes.set(word, [...(shapes.get(word) ?? []), shape]);
  }
  return {
    verbs: { inf: verbs(1), cmd: verbs(2) },
    nouns: new Map(nouns.flatMap(([thing, list]) => [...setOf(list)].map((word) => [word, thing] as const))),
    everything: setOf(language.everything),
    pronouns: setOf(language.pronouns),
    fillers: setOf(language.fillers),
    towards: setOf(language.towards),
    links: setOf(language.links),
    stops: setOf(language.stops),
    shapes,
  };
}

function shapeOf(text: string): Shape {
  const [way = '', only] = text.split(' = ');
  const elements = way.split(' ').map((part): Element => {
    const slot = /^<(inf|cmd|noun|spots|obj)>$/.exec(part)?.[1] as Kind | undefined;
    return slot ? { slot } : { words: setOf(part.replace(/^\?/, '')), optional: part.startsWith('?') };
  });
  return { elements, only: only === 'only' };
}

function beginnings(elements: readonly Element[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const element of elements) {
    if ('slot' in element) return words.add('');
    for (const word of element.words) words.add(word);
    if (!element.optional) return words;
  }
  return words;
}

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
    while (
      words.stops.has(pieces[first]?.text ?? '') &&
      first < found.at - 1 &&
      !/^(?:ohne|sans|sin)$/.test(pieces[first]?.text ?? '')
    )
      first += 1;
    hits.push({ start: pieces[first]?.at ?? 0, end: pieces[found.at]?.at ?? length, patterns: found.patterns });
    at = Math.max(found.at, at + 1);
  }
  return hits;
}

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
      const taken = take(words, pieces, shape.elements, 0, { at, deeds: [], items: [], narrowed: false }, exists);
      const meaning = taken && meaningOf(shape, taken);
      if (taken && meaning) return { at: taken.at, patterns: taken.narrowed ? undefined : meaning };
    }
  }
  return undefined;
}

function meaningOf({ elements, only }: Shape, { deeds, items }: Taken): BoundaryPatterns | undefined {
  if (only) {
    const spots = items.flatMap((item) => (item.type === 'spots' ? item.spots : []));
    const changes = deeds.every((deed) => deed === 'touch') && deeds.length > 0;
    return changes ? onlyIn(spots) : undefined;
  }
  if (deeds.length > 0) {
    // "Nothing" as what is not to be touched.
    const nothing = elements.some(
      (element) => 'words' in element && (element.words.has('nichts') || element.words.has('rien')),
    );
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
        const rest = take(words, pieces, elements, index + 1, { ...taken, at: at + 1 }, exists);
        if (rest) return rest;
      }
      if (!words.fillers.has(text)) break;
    }
    return element.optional ? take(words, pieces, elements, index + 1, taken, exists) : undefined;
  }
  const filled = fill(words, pieces, element.slot, taken, exists);
  return filled && take(words, pieces, elements, index + 1, filled, exists);
}

function fill(words: Words, pieces: readonly Piece[], slot: Kind, taken: Taken, exists: Exists): Taken | undefined {
  const deeds: Deed[] = [];
  const spots: Spot[] = [];
  const items: Item[] = [];
  let narrowed = taken.narrowed;
  let at = taken.at;
  let end = at;
  for (; at < pieces.length && at - taken.at < 40; at += 1) {
    const piece = pieces[at];
    if (!piece) break;
    const deed = slot === 'inf' || slot === 'cmd' ? words.verbs[slot].get(piece.text) : undefined;
    const noun = slot === 'noun' || slot === 'obj' ? words.nouns.get(piece.text) : undefined;
    const name = piece.token.type === 'path' || piece.token.type === 'code';
    const listed =
      spots.length === 0 || /^[,/]$/.test(pieces[at - 1]?.text ?? '') || words.links.has(pieces[at - 1]?.text ?? '');
    const spot =
      (slot === 'spots' || slot === 'obj') && (name || (listed && !words.fillers.has(piece.text)))
        ? spotOf(piece.token, exists)
        : undefined;
    const target = /^(?:main|master|develop|prod|production|produktion|produccion|staging|remote|origin)$/.test(
      piece.text,
    );
    if (deed) deeds.push(deed);
    else if (spot) spots.push(spot);
    else if (noun) items.push({ type: 'things', things: new Set([noun]), fresh: true });
    else if (slot === 'obj' && target && words.towards.has(pieces[at - 1]?.text ?? ''))
      narrowed ||= !/^(?:remote|origin)$/.test(piece.text);
    else if (slot === 'obj' && words.everything.has(piece.text)) items.push(all);
    else if (slot === 'obj' && words.pronouns.has(piece.text) && !words.fillers.has(piece.text))
      items.push({ type: 'it', several: false });
    else if (
      words.fillers.has(piece.text) ||
      words.links.has(piece.text) ||
      words.towards.has(piece.text) ||
      piece.text === ',' ||
      piece.text === '/'
    ) {
      // A comma after which nothing of the list comes ends it.
      if (piece.text === ',' && !continues(words, pieces, at + 1, slot, exists)) break;
      continue;
    } else break;
    end = at + 1;
    if ((slot === 'inf' || slot === 'cmd') && !linked(words, pieces, at + 1, slot)) break;
  }
  if (spots.length > 0) items.push({ type: 'spots', spots, of: new Set() });
  const found = deeds.length + items.length;
  if (found === 0 && slot !== 'obj') return undefined;
  // `any files in src/legacy` are those files.
  const named = items.filter((item) => !(item.type === 'all' && spots.length > 0));
  return {
    at: found === 0 && !narrowed ? taken.at : end,
    deeds: [...taken.deeds, ...deeds],
    items: [...taken.items, ...named],
    narrowed,
  };
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
  let { at } = taken;
  for (; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (!piece || piece.token.type === 'mark' || words.stops.has(piece.text)) break;
    if (!words.fillers.has(piece.text)) return undefined;
  }
  return { ...taken, at };
}
