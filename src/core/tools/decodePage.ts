/** What an answer of the web is, as far as its text goes. */
export interface DecodedPage {
  readonly text: string;
  /** Something about the characters that the reader must know. */
  readonly note: string | undefined;
}

/** Bytes in which a page may say its character set itself. */
const declaredWithin = 2_048;

/**
 * The text of an answer: by its byte-order mark, else what the server says, else what the page says of itself, else UTF-8. Where
 * that is plainly wrong, Windows-1252 as browsers have it, and a note.
 */
export function decodePage(bytes: Uint8Array, contentType: string): DecodedPage {
  const marked = markOf(bytes);
  const declared = marked ?? /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType)?.[1] ?? declaredIn(bytes) ?? 'utf-8';
  const exact = decode(bytes, declared, true);
  if (exact !== undefined) return { text: exact, note: undefined };
  const known = decode(bytes, declared, false) !== undefined;
  const other = decode(bytes, 'utf-8', true);
  if (other !== undefined) return { text: other, note: `It says that it is ${declared}; it was read as UTF-8.` };
  // Cut within a character: only its end is broken.
  const partly = decode(bytes.subarray(0, Math.max(0, bytes.length - 4)), known ? declared : 'utf-8', true);
  if (partly !== undefined) return { text: partly, note: undefined };
  const last = decode(bytes, 'windows-1252', false) ?? '';
  return {
    text: last,
    note: `Its characters are not ${known ? declared : 'UTF-8'}; it was read as Windows-1252, and some may be wrong.`,
  };
}

/** @returns undefined for an unknown character set, or, when `fatal`, bytes that are none of it. */
function decode(bytes: Uint8Array, charset: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(charset, { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

function markOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

function declaredIn(bytes: Uint8Array): string | undefined {
  const head = decode(bytes.subarray(0, declaredWithin), 'windows-1252', false) ?? '';
  return (
    /<meta[^>]{0,200}?charset\s*=\s*["']?([\w:.-]+)/i.exec(head)?.[1] ??
    /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]+)/i.exec(head)?.[1]
  );
}
