/**
 * Names of files are bytes, and not all of them are UTF-8. What is not stands in a string as a lone low surrogate per byte
 * (U+DC80 to U+DCFF, as PEP 383 has it), so that every path has exactly one string and every such string one path.
 */

const escaped = /[\ud800-\udfff]/;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The string for a name as the file system gave it. */
export function nameOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return byByte(Buffer.from(bytes));
  }
}

/** The parts that are UTF-8 as they are, each other byte by itself. */
function byByte(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    const part = length === 0 || at + length > bytes.length ? undefined : decoded(bytes.subarray(at, at + length));
    text += part ?? String.fromCharCode(0xdc00 + first);
    at += part === undefined ? 1 : length;
  }
  return text;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** What the file system is to be asked with. */
export function rawPath(path: string): string | Buffer {
  // Nearly no path has one, and a search is cheaper than a conversion.
  if (!escaped.test(path)) return path;
  const parts: Buffer[] = [];
  for (const character of path) {
    const code = character.charCodeAt(0);
    const lone = character.length === 1 && code >= 0xdc80 && code <= 0xdcff;
    parts.push(lone ? Buffer.from([code - 0xdc00]) : Buffer.from(character));
  }
  return Buffer.concat(parts);
}
