import { type View, viewWriter } from './view';

/** Characters written as escapes: in addresses, in JSON and source code, in style sheets. Neighbours go together. */
const escapes =
  /(?:%[0-9a-fA-F]{2})+|\\u\{[0-9a-fA-F]{1,6}\}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\x[0-9a-fA-F]{2}|\\[0-3][0-7]{2}/g;

/** The text with escapes resolved; nothing when there is none. */
export function unescaped(text: string): View | undefined {
  const out = viewWriter(text.length);
  let from = 0;
  const copy = (to: number): void => {
    for (let at = from; at < to; at += 1) out.unit(text.charCodeAt(at), at);
  };
  for (const match of text.matchAll(escapes)) {
    copy(match.index);
    out.text(meaning(match[0]), match.index);
    from = match.index + match[0].length;
  }
  if (from === 0) return undefined;
  copy(text.length);
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
