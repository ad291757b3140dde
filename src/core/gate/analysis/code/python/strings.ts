/** How a string literal is written: `rb'''`. */
interface Literal {
  readonly raw: boolean;
  readonly bytes: boolean;
  /** Offsets of the content within the literal. */
  readonly from: number;
  readonly to: number;
}

/** @param literal a whole string literal, with its prefix and quotes. */
export function shapeOf(literal: string): Literal {
  let at = 0;
  let raw = false;
  let bytes = false;
  while (at < literal.length && literal[at] !== "'" && literal[at] !== '"') {
    const letter = literal[at];
    if (letter === 'r' || letter === 'R') raw = true;
    if (letter === 'b' || letter === 'B') bytes = true;
    at += 1;
  }
  const quote = literal[at] ?? '';
  const long = literal.startsWith(quote.repeat(3), at) && literal.length >= at + 6;
  const width = long ? 3 : 1;
  return { raw, bytes, from: at + width, to: literal.length - width };
}

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
};

/**
 * What the content of a string literal stands for.
 * @returns undefined where that is not worked out here: `\N{name}`, and code points that do not exist.
 */
export function unescaped(content: string, { raw, bytes }: Pick<Literal, 'raw' | 'bytes'>): string | undefined {
  if (raw || !content.includes('\\')) return content;
  let out = '';
  let last = 0;
  for (let at = content.indexOf('\\'); at !== -1; at = content.indexOf('\\', last)) {
    out += content.slice(last, at);
    const letter = content[at + 1] ?? '';
    const known = simple[letter];
    if (known !== undefined) {
      out += known;
      last = at + 2;
    } else if (letter >= '0' && letter <= '7') {
      let end = at + 2;
      while (end < at + 4 && /[0-7]/.test(content[end] ?? '')) end += 1;
      out += String.fromCharCode(Number.parseInt(content.slice(at + 1, end), 8));
      last = end;
    } else {
      const width = letter === 'x' ? 2 : bytes ? 0 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
      if (letter === 'N' && !bytes) return undefined;
      if (width === 0) {
        // An unknown escape stands for itself, backslash and all.
        out += `\\${letter}`;
        last = at + 2;
        continue;
      }
      const digits = content.slice(at + 2, at + 2 + width);
      const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === width ? Number.parseInt(digits, 16) : -1;
      if (code < 0 || code > 0x10ffff) return undefined;
      out += String.fromCodePoint(code);
      last = at + 2 + width;
    }
  }
  return out + content.slice(last);
}
