/** Stands for a sign outside of the alphabet. */
const none = 255;

/** Values of the two alphabets of base 64 (RFC 4648, sections 4 and 5), by character code. */
const sextets = new Uint8Array(128).fill(none);
for (const [index, sign] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'].entries())
  sextets[sign.charCodeAt(0)] = index < 64 ? index : index - 2;

/** Bytes of base 64; line breaks and padding are passed over. @param skip leading signs to leave out */
export function fromBase64(run: string, skip: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((run.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (let at = skip; at < run.length; at += 1) {
    const value = sextets[run.charCodeAt(at)] ?? none;
    if (value === none) continue;
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
  let start = 0;
  let characters = 0;
  const end = (at: number): void => {
    if (characters >= shortestPiece) pieces.push(textOf(bytes.subarray(start, at)));
    characters = 0;
  };
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    if (length === 0) {
      end(at);
      start = at + 1;
    } else characters += 1;
    at += Math.max(1, length);
  }
  end(bytes.length);
  return pieces;
}

/** How many bytes the character takes: one of ASCII, of two in UTF-16, of up to four in UTF-8 (RFC 3629); 0 for none that is text. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if ((first >= 0x20 && first < 0x7f) || first === 0x0a || first === 0x0d || first === 0x09)
    return bytes[at + 1] === 0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  for (let index = 1; index < length; index += 1) if ((bytes[at + index] ?? 0) >> 6 !== 2) return 0;
  return length;
}

const decoder = new TextDecoder();

const textOf = (bytes: Uint8Array): string => decoder.decode(bytes).replaceAll('\0', '');
