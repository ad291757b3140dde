import { foldCharacter } from './confusables';
import { type View, viewWriter } from './view';

/** Anything but ASCII that is shown as it is written, or the start of an HTML entity. */
const needsWork = /[^\t\n\r\x20-\x7e]|&[#a-z]/i;

/** Entities that stand for a letter, a blank or nothing. `&lt;` and `&amp;` stay: they say that no markup is meant. */
const entity =
  /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(nbsp|shy|zwnj|zwj|lrm|rlm|ensp|emsp|thinsp|tab|newline|period|comma|colon|excl|quot|apos|ndash|mdash|hyphen));?/iy;

const named: Readonly<Record<string, string>> = {
  ...{ nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', tab: ' ', newline: '\n', period: '.', comma: ',', colon: ':' },
  ...{ excl: '!', quot: '"', apos: "'", ndash: '-', mdash: '-', hyphen: '-' },
};

/** A control sequence of a terminal (ECMA-48 5.4), both spellings of its introducer. */
const controlSequence = /(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,4}([@-~])/y;
/** Other escapes: two characters, or the introducer of a string whose text follows. */
const otherEscape = /\x1b[ -/]{0,3}[0-~]?/y;

const backspace = 0x08;
const underscore = 0x5f;

/**
 * The text as a reader takes it: characters folded (see `foldCharacter`), what is not shown gone, escape sequences of a
 * terminal gone, HTML entities resolved. Layout and punctuation stay.
 */
export function plainView(source: View): View {
  const { text } = source;
  if (!needsWork.test(text)) return source;
  const out = viewWriter(text.length, source);
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const special = code > 0x7e || code === 0x26 || (code < 0x20 && code !== 0x0a && code !== 0x09 && code !== 0x0d);
    if (!special) {
      out.unit(code, at);
      at += 1;
      continue;
    }
    // A letter struck over itself is bold, and over an underscore underlined: what `man` writes.
    if (code === backspace && out.length() > 0 && isOverstrike(text, at)) {
      out.replace(out.length() - 1, text.charCodeAt(at + 1));
      at += 2;
      continue;
    }
    const { length, instead } = read(text, at, code);
    out.text(instead, at);
    at += length;
  }
  return out.view(text.length);
}

/** Whether the letter before a backspace is the one after it. */
function isOverstrike(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before === text.charCodeAt(at + 1) || before === underscore;
}

function read(text: string, at: number, code: number): { readonly length: number; readonly instead: string } {
  if (code === 0x26) return readEntity(text, at);
  if (code === 0x1b || code === 0x9b) {
    controlSequence.lastIndex = at;
    const sequence = controlSequence.exec(text);
    if (sequence) return { length: sequence[0].length, instead: gapOf(sequence[1] ?? 'm') };
    otherEscape.lastIndex = at;
    const other = otherEscape.exec(text)?.[0] ?? '';
    // The end of a string of the terminal (`ESC \`) must not join what stands on both sides.
    return { length: Math.max(1, other.length), instead: '\n' };
  }
  if (code === 0x07) return { length: 1, instead: '\n' };
  if (code < 0x20 || code === 0x7f) return { length: 1, instead: '' };
  const point = text.codePointAt(at) ?? code;
  return { length: point > 0xffff ? 2 : 1, instead: foldCharacter(point) };
}

/** What a control sequence looks like between two words: nothing, a blank where the cursor goes right, or another line. */
function gapOf(final: string): string {
  if (final === 'C' || final === 'I' || final === 'X' || final === '@') return ' ';
  return /[ABEFGHJfdST]/.test(final) ? '\n' : '';
}

function readEntity(text: string, at: number): { readonly length: number; readonly instead: string } {
  entity.lastIndex = at;
  const match = entity.exec(text);
  if (!match) return { length: 1, instead: '&' };
  const [whole, decimal, hexadecimal, name] = match;
  if (name) return { length: whole.length, instead: named[name.toLowerCase()] ?? '' };
  const point = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal ?? '', 16);
  const markup = point === 0x26 || point === 0x3c || point === 0x3e || point > 0x10ffff;
  return { length: whole.length, instead: markup ? '&' : foldCharacter(point) };
}
