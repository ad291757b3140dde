/** A text file taken apart so that it can be put together again byte for byte. */
export interface TextFile {
  /** Without byte-order mark, lines ended by `\n`. */
  readonly text: string;
  readonly bom: boolean;
  /** `mixed` files keep what each line has: their text is left as it is. */
  readonly lineEnding: '\n' | '\r\n' | 'mixed';
}

const bomBytes = [0xef, 0xbb, 0xbf];

/** @returns undefined when the bytes are not text (a NUL in the first 8,000 bytes, or invalid UTF-8). */
export function decodeText(bytes: Uint8Array): TextFile | undefined {
  if (bytes.subarray(0, 8_000).includes(0)) return undefined;
  const bom = bomBytes.every((byte, index) => bytes[index] === byte);
  let raw: string;
  try {
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bom ? bytes.subarray(3) : bytes);
  } catch {
    return undefined;
  }
  const crlf = raw.split('\r\n').length - 1;
  const all = raw.split('\n').length - 1;
  const loneCr = raw.replaceAll('\r\n', '').includes('\r');
  if (crlf === 0 && !loneCr) return { text: raw, bom, lineEnding: '\n' };
  if (crlf === all && !loneCr) return { text: raw.replaceAll('\r\n', '\n'), bom, lineEnding: '\r\n' };
  return { text: raw, bom, lineEnding: 'mixed' };
}

/** The bytes of a text with the byte-order mark and line endings of the file it came from. */
export function encodeText(text: string, like: Pick<TextFile, 'bom' | 'lineEnding'>): Uint8Array {
  const body = like.lineEnding === '\r\n' ? text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n') : text;
  const bytes = new TextEncoder().encode(body);
  if (!like.bom) return bytes;
  const out = new Uint8Array(bytes.length + 3);
  out.set(bomBytes);
  out.set(bytes, 3);
  return out;
}
