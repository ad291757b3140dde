import type { Span } from './effect';

/**
 * Characters that a screen shows as nothing, as a blank, or in another order than they run: control and format characters
 * (bidirectional, zero-width, tags), unassigned and private ones, lone surrogates, all blanks but the plain space, variation
 * selectors and fillers, the blank Braille cell, and the bracket that the marks themselves begin with.
 * Unicode 16, properties C, Z and Default_Ignorable_Code_Point.
 */
const unseen = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u27e6]/u;

/** Plain spaces in a row beyond which the rest of a line may be pushed out of sight. */
const widestGap = 40;
/** Line breaks in a row beyond which the rest of a text may be pushed out of sight. */
const tallestGap = 6;

const gaps = new RegExp(` {${widestGap + 1},}|\\n{${tallestGap + 1},}`, 'y');

/**
 * The text as a person may safely read it: whatever would not be seen stands there as `⟦U+202E⟧`, long gaps as `⟦60 spaces⟧` or
 * `⟦12 line breaks⟧` (rule R21). Line breaks and the tabs at the start of a line stay.
 */
export function visible(text: string): string {
  return makeVisible(text, []).text;
}

/** The same, on one line: line breaks are marked as well. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll('\n', mark('\n'));
}

/** The same, with ranges of the text carried over to where they are now. */
export function makeVisible(
  text: string,
  spans: readonly Span[],
): { readonly text: string; readonly spans: readonly Span[] } {
  const pieces: string[] = [];
  /** Length of the shown text before each UTF-16 unit that starts or ends a replacement. */
  const moved: { readonly from: number; readonly to: number; readonly shownTo: number }[] = [];
  let shown = 0;
  let indentation = true;
  for (let at = 0; at < text.length; ) {
    const { length, instead } = next(text, at, indentation);
    const piece = instead ?? text.slice(at, at + length);
    pieces.push(piece);
    shown += piece.length;
    if (piece.length !== length) moved.push({ from: at, to: at + length, shownTo: shown });
    const last = text[at + length - 1];
    indentation = last === '\n' || (indentation && (last === ' ' || last === '\t'));
    at += length;
  }
  return { text: pieces.join(''), spans: spans.map((span) => moveSpan(span, moved)) };
}

function next(
  text: string,
  at: number,
  indentation: boolean,
): { readonly length: number; readonly instead: string | undefined } {
  gaps.lastIndex = at;
  const gap = gaps.exec(text)?.[0];
  if (gap) {
    const lines = gap.startsWith('\n');
    return { length: gap.length, instead: lines ? `\n⟦${gap.length} line breaks⟧\n` : ` ⟦${gap.length} spaces⟧ ` };
  }
  const point = text.codePointAt(at) ?? 0;
  const character = String.fromCodePoint(point);
  const plain = character === ' ' || character === '\n' || (character === '\t' && indentation);
  const hidden = !plain && unseen.test(character);
  return { length: character.length, instead: hidden ? mark(character) : undefined };
}

function mark(character: string): string {
  return `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;
}

function moveSpan(
  { start, end }: Span,
  moved: readonly { readonly from: number; readonly to: number; readonly shownTo: number }[],
): Span {
  const position = (at: number, edge: 'start' | 'end'): number => {
    let offset = 0;
    for (const { from, to, shownTo } of moved) {
      if (to <= at) offset = shownTo - to;
      // A range that begins or ends inside a replaced gap takes in the whole mark.
      else if (from < at) return edge === 'start' ? from + offset : shownTo;
    }
    return at + offset;
  };
  return { start: position(start, 'start'), end: position(end, 'end') };
}
