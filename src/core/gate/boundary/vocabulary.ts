import type { Language } from './language';
import type { Thing } from './nouns';
import type { Deed } from './verbs';

/** What stands in a slot of a shape. */
export type Kind = 'inf' | 'cmd' | 'noun' | 'spots' | 'obj';
export type Element = { readonly words: ReadonlySet<string>; readonly optional: boolean } | { readonly slot: Kind };

export interface Shape {
  readonly elements: readonly Element[];
  readonly only: boolean;
}

/** A language with its words looked up. */
export interface Words {
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
export const bare = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('\u00df', 'ss').toLowerCase();
/** And as umlauts are typed where the keyboard has none. */
const spellings = (word: string): readonly string[] => [
  ...new Set([bare(word), bare(word.replaceAll('\u00e4', 'ae').replaceAll('\u00f6', 'oe').replaceAll('\u00fc', 'ue'))]),
];
const setOf = (list: string): ReadonlySet<string> => new Set(list.split(/[ |]/).flatMap(spellings));

export function lookUp(language: Language): Words {
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
