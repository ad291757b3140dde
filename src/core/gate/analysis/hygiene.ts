import { type Said, say } from '../../say';
import type { Span } from '../effect';

/** A character that a person does not see, or sees as another one (rule R8). */
export interface Blemish {
  readonly rule: string;
  readonly reason: Said;
  readonly span: Span;
}

/** Everything but printable ASCII, tab and line feed; one pass decides for nearly every command. */
const unusual = /[^\t\n\x20-\x7e]/;

const kinds: readonly { readonly rule: string; readonly reason: Said; readonly pattern: RegExp }[] = [
  { rule: 'hygiene.nul', reason: say('it contains a NUL character'), pattern: /\0/ },
  {
    rule: 'hygiene.carriage-return',
    reason: say('it contains a carriage return, which hides what stands before it'),
    pattern: /\r/,
  },
  {
    rule: 'hygiene.control',
    reason: say('it contains a control character'),
    pattern: /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/,
  },
  {
    rule: 'hygiene.bidirectional',
    reason: say('it contains a character that changes the direction of the text shown'),
    pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/,
  },
  {
    rule: 'hygiene.invisible',
    reason: say('it contains a character that does not show'),
    pattern: /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/u,
  },
  {
    rule: 'hygiene.space',
    reason: say('it contains a space that the shell does not take for one'),
    pattern: /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/,
  },
  { rule: 'hygiene.surrogate', reason: say('it contains half a character'), pattern: /\p{Cs}/u },
];

/** An emoji may carry the selector and the joiner that make it one. */
const emojiSequence =
  /\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?(?:\u200d\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?)*/gu;

/** The first blemish of each kind in a text that will be run or written. */
export function findBlemishes(text: string): readonly Blemish[] {
  if (!unusual.test(text)) return [];
  const plain = text.replace(emojiSequence, (whole) => '_'.repeat(whole.length));
  const found: Blemish[] = [];
  for (const { rule, reason, pattern } of kinds) {
    const hit = pattern.exec(plain);
    if (hit) found.push({ rule, reason, span: { start: hit.index, end: hit.index + hit[0].length } });
  }
  return found;
}

/** Whether a word that names a program or an option holds anything but ASCII: a look-alike letter makes it another one. */
export function isForeignName(word: string): boolean {
  return /[^\x20-\x7e]/.test(word);
}

/** A word that mixes letters of look-alike alphabets within one run (rule R8): `dіst` with a Cyrillic letter. */
export function mixesAlphabets(word: string): boolean {
  if (!unusual.test(word)) return false;
  return /[A-Za-z][\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][A-Za-z]/u.test(word);
}
