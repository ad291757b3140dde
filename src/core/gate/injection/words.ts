import { type View, viewWriter } from './view';

/**
 * What stands between two words, the strongest of what was there: a blank or sign, a line break, a comma, a quotation mark or
 * bracket, a colon, the end of a sentence.
 */
const separators = [' ', '\n', ',', '"', ':', '.'].map((sign) => sign.charCodeAt(0));
const soft = 0;
const line = 1;
const comma = 2;
const quote = 3;
const colon = 4;
const sentence = 5;

/** A tag that may stand inside a word without being seen: no attributes in which somebody could write sentences. */
const inlineTag =
  /<(?:\/?(?:a|b|i|u|s|em|strong|span|font|small|big|sub|sup|mark|code|wbr|ins|del|tt|kbd|var)(?:\s{1,3}[\w-]{1,20}="[^"<>\s]{0,40}"){0,4}\s{0,3}\/?|!--\s{0,20}--)>/iy;
/** A tag that ends a line of text. */
const blockTag =
  /<\/?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|hr|pre|section|article|body|html|title)(?:\s[^<>]{0,300})?\/?>/iy;

/** Digits that stand for letters in a word that has letters too (`1gn0re`). */
const spelledDigits: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  9: 'g',
};

/**
 * The text as lower-case words with exactly one separator between two of them, so that a rule need not care about spacing, line
 * breaks, emphasis and punctuation. Goes over the text once.
 */
export function wordsView(plain: View): View {
  const { text } = plain;
  const out = viewWriter(text.length, plain);
  /** What stands between the last word and here: nothing, or the rank of the strongest separator. */
  let between = -1;
  let betweenFrom = 0;
  let lines = 0;
  let script: Script = 'none';
  let wordStart = 0;
  let digits = false;

  const separate = (rank: number, from: number): void => {
    if (between < 0) betweenFrom = from;
    if (rank > between) between = rank;
  };
  const endWord = (): void => {
    if (digits) spellDigits(wordStart);
    digits = false;
  };
  const spellDigits = (start: number): void => {
    let letters = 0;
    for (let index = start; index < out.length(); index += 1) if (!isDigit(out.at(index))) letters += 1;
    if (letters === 0) return;
    for (let index = start; index < out.length(); index += 1) {
      const letter = spelledDigits[String.fromCharCode(out.at(index))];
      if (letter) out.replace(index, letter.charCodeAt(0));
    }
  };

  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const point = code >= 0xd800 && code < 0xdc00 ? (text.codePointAt(at) ?? code) : code;
    const length = point > 0xffff ? 2 : 1;
    const now = scriptOf(point);
    if (now !== 'none') {
      // Chinese and Japanese put foreign words next to their own without a blank.
      if (between < 0 && script !== 'none' && now !== script) separate(soft, at);
      if (between >= 0) {
        endWord();
        // Nothing stands before the first word: it begins a sentence.
        if (out.length() > 0) out.unit(separators[lines > 1 ? sentence : between] ?? 0x20, betweenFrom);
        wordStart = out.length();
      }
      const lower = code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
      out.unit(lower, at);
      if (length === 2) out.unit(text.charCodeAt(at + 1), at);
      digits ||= isDigit(code);
      script = now;
      between = -1;
      lines = 0;
      at += length;
      continue;
    }
    const joined = between < 0 ? joinerLength(text, at, code) : 0;
    if (joined > 0) {
      at += joined;
      continue;
    }
    if (code === 0x3c) {
      inlineTag.lastIndex = at;
      const inline = inlineTag.exec(text);
      if (inline) {
        // Between blanks it is as if it were not there; next to a letter it joins.
        at += inline[0].length;
        continue;
      }
      blockTag.lastIndex = at;
      const block = blockTag.exec(text);
      if (block) {
        separate(line, at);
        at += block[0].length;
        continue;
      }
    }
    if (code === 0x0a) lines += 1;
    const escaped = code === 0x5c ? escapedBreak(text, at) : 0;
    separate(escaped > 0 ? line : rankOf(text, at, code), at);
    at += escaped > 0 ? escaped : length;
  }
  endWord();
  // What ends with the last word does not reach over the signs behind it.
  return out.view(between < 0 ? text.length : betweenFrom);
}

type Script = 'none' | 'letters' | 'han';

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const letter = /^[\p{L}\p{N}\p{M}]$/u;

function scriptOf(point: number): Script {
  if (point < 0x80)
    return isDigit(point) || (point >= 0x41 && point <= 0x5a) || (point >= 0x61 && point <= 0x7a) ? 'letters' : 'none';
  if (point >= 0x4e00 && point <= 0x9fff) return 'han';
  if (point >= 0x3041 && point <= 0x30ff) return point === 0x30fb ? 'none' : 'han';
  return letter.test(String.fromCodePoint(point)) ? 'letters' : 'none';
}

/** Signs inside a word that leave it one word: an apostrophe, emphasis, a hyphen at the end of a line. */
function joinerLength(text: string, at: number, code: number): number {
  if (code === 0x27) return isLetterAt(text, at + 1) ? 1 : 0;
  if (code === 0x2a || code === 0x7e) {
    const length = text.charCodeAt(at + 1) === code ? 2 : 1;
    return isLetterAt(text, at - 1) && isLetterAt(text, at + length) ? length : 0;
  }
  if (code === 0x2d && text.charCodeAt(at + 1) === 0x0a) return isLetterAt(text, at + 2) ? 2 : 0;
  return 0;
}

function isLetterAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && scriptOf(text.charCodeAt(at)) !== 'none';
}

/** A line break that is written as an escape, as in raw JSON: its length, or 0. */
function escapedBreak(text: string, at: number): number {
  const next = text[at + 1];
  return next === 'n' || next === 'r' || next === 't' ? 2 : 0;
}

const closing = /[\s)\]}"'`*_<]/;

function rankOf(text: string, at: number, code: number): number {
  const sign = text[at] ?? ' ';
  if (code === 0x0a || code === 0x0d) return line;
  if ('\u3002\uff01\uff1f\u0964\u06d4'.includes(sign)) return sentence;
  if ('.!?;'.includes(sign)) {
    const next = text[at + 1];
    return next === undefined || closing.test(next) || '.!?'.includes(next) ? sentence : soft;
  }
  // `https://`, `12:30` and `file.ts:7` are no place to stop.
  if (sign === ':') return /[/\d]/.test(text[at + 1] ?? '') ? soft : colon;
  // Alternatives of a pattern are no sentence; the edges of a table are nothing.
  if (sign === '|' && isLetterAt(text, at - 1) && isLetterAt(text, at + 1)) return sentence;
  if (sign === ',' || sign === '\u3001' || sign === '\u060c') return comma;
  return '"\'`()[]{}<>|'.includes(sign) ? quote : soft;
}
