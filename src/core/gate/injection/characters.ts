import { type Said, say } from '../../say';
import type { Span } from '../effect';
import { excerpt, type Finding } from './finding';

/**
 * Characters that a screen shows as nothing, in runs: soft hyphen, joiners, fillers, zero-width blanks and direction marks,
 * invisible operators, variation selectors and tags.
 */
const invisible =
  /(?:\u034f|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|[\u00ad\u115f\u1160\u180e\u200b-\u200f\u061c\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e01ef}])+/gu;

const tag = /[\u{e0000}-\u{e007f}]/u;
/** The flags of regions (UTS 51 ED-14a): a black flag, the region in tags, the closing tag. */
const regionInTags = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}$/u;
const blackFlag = 0x1f3f4;

const selector = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** Ideographs have registered variants (UTS 37) in the upper block; nothing else has. */
const upperSelector = /[\u{e0100}-\u{e01ef}]/u;
const ideograph = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

/** Scripts that need no joiner inside a word. */
const plainLetter = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]$/u;
/** A hyphen that shows only at the end of a line; German pages are full of it. */
const softHyphen = /^\u00ad+$/;

/** Signs that could be read as bits when they stand between words. */
const bit = /[\u200b-\u200d\u2060-\u2064\ufeff]/;
const fewestBits = 16;

/** Never more findings than that from one text. */
const most = 20;

export function hiddenCharacters(text: string): readonly Finding[] {
  const found: Finding[] = [];
  const bits: { readonly sign: string; readonly at: number }[] = [];
  for (const match of text.matchAll(invisible)) {
    const [run] = match;
    const span = { start: match.index, end: match.index + run.length };
    const said = judge(text, run, span);
    if (said) found.push({ said, span });
    if (found.length >= most) return found;
    if (run.length === 1 && bit.test(run) && !inOtherScript(text, span)) bits.push({ sign: run, at: span.start });
  }
  const [first] = bits;
  const last = bits.at(-1);
  if (first && last && carriesBits(bits.map(({ sign }) => sign)))
    found.push({
      said: say('{0} invisible characters between the words can be read as a hidden message.', bits.length),
      span: { start: first.at, end: last.at + 1 },
    });
  return [...found, ...reordered(text)];
}

function judge(text: string, run: string, span: Span): Said | undefined {
  const before = pointBefore(text, span.start);
  const after = text.codePointAt(span.end);
  if (tag.test(run)) {
    if (before === blackFlag && regionInTags.test(run)) return undefined;
    return say('Invisible tag characters spell “{0}”.', spelled(run));
  }
  const selectors = run.match(selector)?.length ?? 0;
  if (selectors > 2 || (selectors > 1 && upperSelector.test(run)))
    return say('{0} variation selectors in a row carry a hidden text.', selectors);
  if (selectors > 0)
    return strangeSelector(run, before) ? say('A variation selector stands where none belongs.') : undefined;
  if (run === '\ufeff' && span.start === 0) return undefined;
  const [one, other] = [before, after].map(
    (point) => point !== undefined && plainLetter.test(String.fromCodePoint(point)),
  );
  if (one && other && !softHyphen.test(run))
    return say('Invisible characters inside a word: “{0}”.', excerpt(text, aroundOf(text, span)));
  return run.length > 3 && !softHyphen.test(run) ? say('{0} invisible characters in a row.', run.length) : undefined;
}

/** A tag character is ASCII, moved to a place where nothing is shown. */
function spelled(run: string): string {
  const letters = [...run].map((character) => (character.codePointAt(0) ?? 0) - 0xe0000);
  const text = String.fromCharCode(...letters.slice(0, 200).filter((code) => code >= 0x20 && code < 0x7f));
  return excerpt(text, { start: 0, end: text.length });
}

function strangeSelector(run: string, before: number | undefined): boolean {
  if (before === undefined) return false;
  const character = String.fromCodePoint(before);
  if (upperSelector.test(run)) return !ideograph.test(character);
  // As emoji or as text: left over behind letters in much that people write.
  if (/[\ufe0e\ufe0f]/.test(run)) return false;
  return /^[\x20-\x7e]$/.test(character) && !/^[0-9<>=+*/-]$/.test(character);
}

function inOtherScript(text: string, { start, end }: Span): boolean {
  return [pointBefore(text, start), text.codePointAt(end)].some((point) => {
    if (point === undefined) return false;
    const character = String.fromCodePoint(point);
    return /^[\p{L}\p{M}\p{Extended_Pictographic}]$/u.test(character) && !plainLetter.test(character);
  });
}

/** Two kinds of signs without a pattern. Mails pad their preview with some that repeat. */
function carriesBits(signs: readonly string[]): boolean {
  if (signs.length < fewestBits || new Set(signs).size < 2) return false;
  return ![1, 2, 3, 4, 5, 6, 7, 8].some((period) =>
    signs.every((sign, at) => at < period || sign === signs[at - period]),
  );
}

function pointBefore(text: string, at: number): number | undefined {
  if (at === 0) return undefined;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit < 0xe000 && at > 1 ? text.codePointAt(at - 2) : unit;
}

/** A few characters on both sides. */
function aroundOf(text: string, { start, end }: Span): Span {
  return { start: Math.max(0, start - 8), end: Math.min(text.length, end + 8) };
}

const directional = /[\u202b\u202d\u202e\u2067]/g;
const directionEnd = /[\u202c\u2069\n\r]/;
/** How far the effect of a directional character is looked at. */
const stretch = 200;

/** Overrides, and embeddings and isolates that turn what is left-to-right; around Arabic or Hebrew they belong. */
function reordered(text: string): readonly Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(directional)) {
    const inside = (text.slice(match.index + 1, match.index + stretch).split(directionEnd, 1)[0] ?? '').trim();
    const right = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(inside);
    const left = /[A-Za-z0-9]/.test(inside);
    if (turns(match[0], left, right, inside.length))
      found.push({
        said: say('Characters that reorder the text make it look different from what it says.'),
        span: { start: match.index, end: match.index + 1 + inside.length },
      });
    if (found.length >= most) break;
  }
  return found;
}

function turns(sign: string, left: boolean, right: boolean, length: number): boolean {
  if (sign === '\u202d') return right;
  return sign === '\u202e' ? left || (!right && length > 1) : left && !right;
}
