import { type View, viewWriter } from './view';

/** Characters written as escapes: in addresses, in JSON and source code, in style sheets. Neighbours go together. */
const escapes =
  /(?:%[0-9a-fA-F]{2})+|\\u\{[0-9a-fA-F]{1,6}\}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\[0-3][0-7]{2}/g;

/** What stands around an escape and may be one sentence with it. */
const around = 200;

/** Characters that sentences are made of; `\u001b` and `\x00` spell nothing. */
const spells = /[\p{L}\p{N} ]/u;

/**
 * The parts of the text in which letters or blanks are written as escapes, with the escapes resolved; nothing when there is none.
 */
export function unescaped(text: string): View | undefined {
  const found = [...text.matchAll(escapes)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length, read: meaning(match[0]) }))
    .filter(({ read }) => spells.test(read));
  if (found.length === 0) return undefined;
  const out = viewWriter(Math.min(text.length, found.length * around));
  let from = 0;
  let until = 0;
  const copy = (to: number): void => {
    for (; from < to; from += 1) out.unit(text.charCodeAt(from), from);
  };
  for (const { start, end, read } of found) {
    if (start - around > until) {
      copy(until);
      from = start - around;
      out.text('\n\n', from);
    }
    copy(start);
    out.text(read, start);
    from = end;
    until = Math.min(text.length, end + around);
  }
  copy(until);
  return out.view(text.length);
}

function meaning(written: string): string {
  if (written.startsWith('%')) return percentDecoded(written);
  const octal = /^\\[0-3]/.test(written);
  const point = octal
    ? Number.parseInt(written.slice(1), 8)
    : Number.parseInt(written.replace(/[^0-9a-fA-F]/g, ''), 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
}

/** Bytes of UTF-8, as addresses have them; what is none stays a character for each byte. */
function percentDecoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written.replace(/%(..)/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
  }
}
