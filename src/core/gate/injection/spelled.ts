import { findOrders, type Order } from './orders';
import { asItIs, sourceSpan, type View } from './view';
import { wordsView } from './words';

/** Single letters with one to three blanks or signs between them, seven or more in a row. */
const apart = /(?<![\p{L}\p{N}])\p{L}(?:[ \t\n.,_*|/-]{1,3}\p{L}(?![\p{L}\p{N}])){6,}/gu;

/** Words written as one, which begin like an order. */
const together = /(?<![\p{L}\p{N}])(?:ignore|disregard|forget|override|donottell|donttell)[a-z]{12,80}(?![a-z])/giu;

/** Words of the orders that are worth putting together again, longest first. */
const vocabulary =
  'instructions instruction guidelines directives disregard previous original restrictions everything authorized approved assistant override earlier without telling prompts commands ignore forget system prompt safety prior above rules human agent should your user told must said tell that this have been were dont now are you all any the not new and run of do is ai a'
    .split(' ')
    .sort((one, other) => other.length - one.length);

const most = 20;

/** Orders that are written letter by letter (`i g n o r e`), or without blanks (`IgnoreAllPreviousInstructions`). */
export function spelledOut(plain: View): readonly Order[] {
  const found: Order[] = [];
  for (const pattern of [apart, together])
    for (const match of plain.text.matchAll(pattern)) {
      const joined = pattern === apart ? closeUp(match[0]) : match[0];
      const sentence = joined.split(/\s+/).map(intoWords).join(' ');
      const order = findOrders(sentence, wordsView(asItIs(sentence))).find(({ counts }) => counts !== 'together');
      if (order)
        found.push({ ...order, counts: 'always', span: sourceSpan(plain, match.index, match.index + match[0].length) });
      if (found.length >= most) return found;
    }
  return found;
}

/** The letters without what stands between them; a wider gap than the narrowest is the gap between two words. */
function closeUp(letters: string): string {
  const gaps = letters.match(/[ \t\n.,_*|/-]{1,3}/g) ?? [];
  const narrowest = Math.min(...gaps.slice(0, 1000).map((gap) => gap.length));
  return letters.replace(/[ \t\n.,_*|/-]{1,3}/g, (gap) => (gap.length > narrowest ? ' ' : ''));
}

/** `ignoreallprevious` as the words it is made of; letters that belong to none stay as they are. */
function intoWords(letters: string): string {
  const lower = letters.toLowerCase();
  const words: string[] = [];
  let other = '';
  for (let at = 0; at < lower.length; ) {
    const next = vocabulary.find((word) => lower.startsWith(word, at));
    if (next && other) words.push(other);
    if (next) {
      words.push(next);
      other = '';
    } else other += lower[at];
    at += next?.length ?? 1;
  }
  return [...words, other].filter(Boolean).join(' ');
}
