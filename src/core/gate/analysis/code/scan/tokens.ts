/** How a language writes comments and texts. */
export interface Syntax {
  readonly lineComments: readonly string[];
  readonly blockComments: readonly (readonly [string, string])[];
  /** Quotes of texts in which a backslash escapes. */
  readonly quotes: string;
  /** Quotes of texts that are taken as they are. */
  readonly rawQuotes: string;
  /** Texts between three quotes. */
  readonly triple: boolean;
  /** Quotes in which `${…}`, `#{…}` or `@{[…]}` is code. */
  readonly interpolating: string;
  /** `<<WORD` begins a text of lines. */
  readonly heredocs: boolean;
  /** A lone quote before a letter is a lifetime or a character (Rust, C): at most this many characters long. */
  readonly characters: boolean;
}

/** A text of the code. */
export interface Quoted {
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly text: string;
}

export interface Tokens {
  /** The code with comments and the contents of texts blanked out; as long as the code. */
  readonly code: string;
  readonly texts: readonly Quoted[];
  /** A comment or text has no end. */
  readonly broken: boolean;
}

/** Takes comments and texts out of code, in one walk over it. */
export function tokensOf(source: string, syntax: Syntax): Tokens {
  const out: string[] = [];
  const texts: Quoted[] = [];
  let broken = false;
  let at = 0;
  let kept = 0;
  const blankTo = (from: number, to: number): void => {
    out.push(source.slice(kept, from), blank(source.slice(from, to)));
    kept = to;
  };
  const pending: string[] = [];
  while (at < source.length) {
    const here = source[at] ?? '';
    if (here === '\n' && pending.length > 0) {
      const end = heredocEnd(source, at + 1, pending.splice(0));
      texts.push({ start: at + 1, end, quote: '<<', text: source.slice(at + 1, end) });
      blankTo(at + 1, end);
      at = end;
      continue;
    }
    const line = syntax.lineComments.find((mark) => source.startsWith(mark, at));
    if (line !== undefined && !(here === '#' && /[\w$\\{]/.test(source[at - 1] ?? ''))) {
      const end = source.indexOf('\n', at);
      blankTo(at, end < 0 ? source.length : end);
      at = end < 0 ? source.length : end;
      continue;
    }
    const block = syntax.blockComments.find(([open]) => source.startsWith(open, at));
    if (block) {
      const end = source.indexOf(block[1], at + block[0].length);
      if (end < 0) broken = true;
      const to = end < 0 ? source.length : end + block[1].length;
      blankTo(at, to);
      at = to;
      continue;
    }
    if (syntax.heredocs && source.startsWith('<<', at)) {
      const word = /^<<<?[-~]?\s?(["'`]?)([A-Za-z_]\w{0,40})\1/.exec(source.slice(at, at + 50));
      if (word?.[2] !== undefined && !/\s/.test(word[0][2] ?? '')) {
        pending.push(word[2]);
        at += word[0].length;
        continue;
      }
    }
    const escapes = syntax.quotes.includes(here);
    if (!escapes && !syntax.rawQuotes.includes(here)) {
      at += 1;
      continue;
    }
    if (here === "'" && syntax.characters) {
      const one = /^'(?:\\(?:u\{[^}]{1,8}\}|x..|[^u])|[^'\\\n]{1,2})'/.exec(source.slice(at, at + 16));
      if (one) blankTo(at + 1, at + one[0].length - 1);
      at += one ? one[0].length : 1;
      continue;
    }
    const mark = syntax.triple && source.startsWith(here.repeat(3), at) ? here.repeat(3) : here;
    const end = textEnd(source, at + mark.length, mark, escapes);
    if (end < 0) {
      broken = true;
      at += 1;
      continue;
    }
    texts.push({ start: at, end: end + mark.length, quote: here, text: source.slice(at + mark.length, end) });
    blankTo(at + mark.length, end);
    at = end + mark.length;
  }
  if (pending.length > 0) broken = true;
  out.push(source.slice(kept));
  return { code: out.join(''), texts, broken };
}

function textEnd(source: string, from: number, mark: string, escapes: boolean): number {
  for (let at = from; at < source.length; at += 1) {
    if (escapes && source[at] === '\\') at += 1;
    else if (source.startsWith(mark, at)) return at;
  }
  return -1;
}

function heredocEnd(source: string, from: number, words: readonly string[]): number {
  let at = from;
  for (const word of words)
    for (;;) {
      const end = source.indexOf('\n', at);
      const line = source.slice(at, end < 0 ? source.length : end);
      at = end < 0 ? source.length : end + 1;
      if (end < 0 || new RegExp(`^\\s*${word}\\b`).test(line)) break;
    }
  return at > from && source[at - 1] === '\n' ? at - 1 : at;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
