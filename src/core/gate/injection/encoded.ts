import type { Span } from '../effect';
import { fromBase64, fromDigits, textIn } from './decode';
import { unescaped } from './escapes';
import { findOrders } from './orders';
import { plainView } from './plain';
import { asItIs, type View } from './view';
import { wordsView } from './words';

/** How a run of characters may be read, and the texts in it. */
interface Encoding {
  readonly run: RegExp;
  readonly texts: (run: string) => readonly string[];
}

/** Base 64 may begin inside a run: a path, or a word before it, is of the same alphabet. */
const alignments = [0, 1, 2, 3];

/** No text has base 64 without capitals: a path, a name. */
const isWord = /^[^A-Z]*$|^[A-Z_-]*$/;

const encodings: readonly Encoding[] = [
  {
    run: /(?:[A-Za-z0-9+/_-]{16,}\r?\n[ \t>]{0,8})*[A-Za-z0-9+/_-]{16,}/g,
    texts: (run) => (isWord.test(run) ? [] : alignments.flatMap((skip) => textIn(fromBase64(run, skip)))),
  },
  { run: /(?:[0-9a-fA-F]{2}[\s:,-]{0,2}){12,}/g, texts: (run) => textIn(fromDigits(run, /[0-9a-fA-F]{2}/g, 16)) },
  {
    run: /(?:0x[0-9a-fA-F]{2}[\s,;]{0,3}){12,}/g,
    texts: (run) => textIn(fromDigits(run, /(?<=0x)[0-9a-fA-F]{2}/g, 16)),
  },
  { run: /(?:\d{2,3}[\s,;]{1,3}){12,}\d{2,3}/g, texts: (run) => textIn(fromDigits(run, /\d{2,3}/g, 10)) },
  { run: /(?:[01]{8}\s{0,2}){12,}/g, texts: (run) => textIn(fromDigits(run, /[01]{8}/g, 2)) },
];

/** Encodings in encodings that are looked into. */
const deepest = 1;
const most = 20;

/**
 * Runs that are orders once they are decoded.
 * @param known where the text gives orders as it is
 */
export function encodedOrders(text: string, known: readonly Span[], depth = deepest): readonly Span[] {
  return [...encodedRuns(text, depth), ...otherwiseRead(text, known)].slice(0, most);
}

function encodedRuns(text: string, depth: number): readonly Span[] {
  const found: Span[] = [];
  for (const { run, texts } of encodings)
    for (const match of text.matchAll(run)) {
      if (found.length >= most) return found;
      const [whole] = match;
      const ordered = texts(whole).some(
        (inner) =>
          strongOrders(inner, asItIs(inner)).length > 0 ||
          (depth > 0 && encodedOrders(inner, [], depth - 1).length > 0),
      );
      if (ordered) found.push({ start: match.index, end: match.index + whole.trimEnd().length });
    }
  return found;
}

/** The whole text with its escapes resolved, turned by thirteen letters, and backwards; each only when there is a sign of it. */
function otherwiseRead(text: string, known: readonly Span[]): readonly Span[] {
  const views = [unescaped(text), turnedByThirteen(text), backwards(text)].filter((view) => view !== undefined);
  return views
    .flatMap((view) => strongOrders(text, view))
    .filter((span) => !known.some((other) => other.start < span.end && span.start < other.end));
}

function strongOrders(source: string, view: View): readonly Span[] {
  return findOrders(source, wordsView(plainView(view)))
    .filter(({ counts }) => counts !== 'together')
    .map(({ span }) => span);
}

/** `ignore`, `disregard`, `instructions`, `system prompt`, `assistant`, `user` and other words of orders, turned. */
const turnedWords =
  /\b(?:vtaber|qvfertneq|sbetrg|bireevqr|vafgehpgvbaf?|flfgrz|cebzcg|nffvfgnag|nffvfgnagf|ntragf?|vzcbegnag|lbh|hfre|frpergf?)\b/i;

function turnedByThirteen(text: string): View | undefined {
  if (!turnedWords.test(text)) return undefined;
  return asItIs(
    text.replace(/[A-Za-z]/g, (letter) => {
      const code = letter.charCodeAt(0);
      const first = code >= 0x61 ? 0x61 : 0x41;
      return String.fromCharCode(first + ((code - first + 13) % 26));
    }),
  );
}

const backwardWords = /snoitcurtsni|erongi|drageri?sid|tpmorp|tnatsissa|resu eht|won era uoy/i;

function backwards(text: string): View | undefined {
  if (!backwardWords.test(text)) return undefined;
  const units = text.split('').reverse().join('');
  return { text: units, sourceOf: (index) => text.length - index };
}
