import { type View, viewWriter } from './view';

/** Words that the most common orders cannot do without. */
const vocabulary =
  'ignore disregard forget override previous prior earlier instructions instruction directives guidelines system prompt prompts reveal assistant restrictions'.split(
    ' ',
  );

/** Known misspellings: a letter left out or written twice, two exchanged, an `l` for an `i`. */
const misspellings = new Map<string, string>(
  vocabulary.flatMap((word) => variants(word).map((variant) => [variant, word] as const)),
);
for (const word of vocabulary) misspellings.delete(word);

function variants(word: string): readonly string[] {
  const places = [...word].map((_, at) => at);
  return [
    ...places.slice(1).map((at) => word.slice(0, at) + word.slice(at + 1)),
    ...places.map((at) => word.slice(0, at) + word[at] + word.slice(at)),
    ...places.slice(1, -1).map((at) => word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2)),
    word.replaceAll('i', 'l'),
    word.replace(/^i/, 'l'),
  ].filter((variant) => variant.length > 4);
}

/** First and last letter in their places, those between in any order: people read over it, and so do models. */
const scrambled = new Map<string, string>(
  vocabulary.filter((word) => word.length > 5).map((word) => [signature(word), word]),
);

function signature(word: string): string {
  return `${word[0]}${word.slice(1, -1).split('').sort().join('')}${word.at(-1)}`;
}

const firstLetters = new Set(vocabulary.map((word) => word[0]).concat('l'));
const [shortest, longest] = [5, 13];

/** The words with misspelt ones put right; nothing when there is none. */
export function respelled(words: View): View | undefined {
  const { text } = words;
  const out = viewWriter(text.length, words);
  let from = 0;
  const copy = (to: number): void => {
    for (; from < to; from += 1) out.unit(text.charCodeAt(from), from);
  };
  for (const match of text.matchAll(/[a-z]{5,13}/g)) {
    const [word] = match;
    if (!firstLetters.has(word[0] ?? '') || word.length < shortest || word.length > longest) continue;
    const meant = misspellings.get(word) ?? scrambled.get(signature(word));
    if (meant === undefined || meant === word) continue;
    copy(match.index);
    out.text(meant, match.index);
    from = match.index + word.length;
  }
  if (from === 0) return undefined;
  copy(text.length);
  return out.view(text.length);
}
