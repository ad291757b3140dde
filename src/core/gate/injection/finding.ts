import type { Said } from '../../say';
import type { Span } from '../effect';
import { visibleLine } from '../visible';

/** Something suspicious, and the sentence about it. */
export interface Finding {
  readonly said: Said;
  readonly span: Span;
}

/** What of the text a sentence may quote: more would be a message of its own, in words that the reader trusts. */
const longest = 60;

/** The beginning of a range, on one line, with everything visible that would not be seen. */
export function excerpt(text: string, { start, end }: Span): string {
  const shown = [...visibleLine(text.slice(start, Math.min(end, start + 4 * longest)))];
  return shown.length > longest ? `${shown.slice(0, longest - 1).join('')}…` : shown.join('');
}

/** A part of the text that a person does not see; `why` says what makes it so. */
export interface Region extends Span {
  readonly why: 'comment' | 'style' | 'concealed' | 'overwritten' | 'cleared' | 'instruction';
}
