/** Values of the two alphabets of base 64 (RFC 4648, sections 4 and 5). */
const sextets = new Map<number, number>(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'].map((sign, index) => [
    sign.charCodeAt(0),
    index < 64 ? index : index - 2,
  ]),
);

/** Bytes of base 64; signs outside of the alphabet (line breaks, padding) are passed over. @param skip leading signs to leave out */
export function fromBase64(run: string, skip: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((run.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = skip; at < run.length; at += 1) {
    const value = sextets.get(run.charCodeAt(at));
    if (value === undefined) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (held >> bits) & 0xff;
    length += 1;
  }
  return bytes.subarray(0, length);
}

/** Bytes written as numbers of a fixed width, whatever stands between them. */
export function fromDigits(run: string, digits: RegExp, radix: number): Uint8Array {
  return Uint8Array.from(run.match(digits) ?? [], (number) => Number.parseInt(number, radix));
}

/** Shorter ones hold no sentence. */
const shortestPiece = 12;

/** The pieces of readable text in bytes: UTF-8, and the Latin part of UTF-16. Anything else ends a piece. */
export function textIn(bytes: Uint8Array): readonly string[] {
  const pieces: string[] = [];
  let piece: number[] = [];
  const end = (): void => {
    if (piece.length >= shortestPiece) pieces.push(textOf(piece));
    piece = [];
  };
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if ((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      piece.push(byte);
      // The other half of a Latin letter in UTF-16.
      at += bytes[at + 1] === 0 ? 2 : 1;
      continue;
    }
    const { point, length } = multibyte(bytes, at);
    if (point === undefined) end();
    else piece.push(point);
    at += length;
  }
  end();
  return pieces;
}

/** One character of two to four bytes (RFC 3629), as far as it must be checked to tell text from noise. */
function multibyte(bytes: Uint8Array, at: number): { readonly point: number | undefined; readonly length: number } {
  const first = bytes[at] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let point = first & (0xff >> (length + 1));
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index];
    if (first < 0xc2 || first > 0xf4 || byte === undefined || byte >> 6 !== 2) return { point: undefined, length: 1 };
    point = (point << 6) | (byte & 0x3f);
  }
  return point > 0x10ffff ? { point: undefined, length: 1 } : { point, length };
}

function textOf(points: readonly number[]): string {
  const pieces: string[] = [];
  for (let from = 0; from < points.length; from += 4096)
    pieces.push(String.fromCodePoint(...points.slice(from, from + 4096)));
  return pieces.join('');
}
