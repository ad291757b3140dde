/** A piece of a sentence. */
export interface Token {
  /**
   * `code`: text in back-ticks, or in quotes when it is one word; `path`, `host`: what looks like one; `quote`: other people's
   * words; `mark`: punctuation and signs.
   */
  readonly type: 'word' | 'code' | 'path' | 'host' | 'quote' | 'mark';
  /** Lower case with straight apostrophes for words, as written for names. */
  readonly text: string;
  /** As the user wrote it. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

const run = /[^\s"\u201c\u201d\u201e\u00ab\u00bb`,;!?()\u2026\u2013\u2014]+/y;
const wordRun = /[\p{L}\p{N}_$#]+(?:['\u2019\u00b4][\p{L}\p{N}]+|-[\p{L}\p{N}_]+)*'?/uy;
const singleQuoted = /'([^'\n]{1,200})'(?![\p{L}\p{N}])/uy;
const closing: Readonly<Record<string, readonly string[]>> = {
  '"': ['"'],
  '\u201c': ['\u201d'],
  '\u201e': ['\u201c', '\u201d'],
  '\u00ab': ['\u00bb'],
};
/** Characters up to which a quotation is looked for, so that stray quotation marks cost nothing. */
const longestQuote = 400;
const longestName = 250;
/** Nobody writes a longer word. */
const longestRun = 500;

/** Short forms whose full stop ends no sentence. */
const abbreviations = new Set([
  'e.g.',
  'i.e.',
  'eg.',
  'ie.',
  'vs.',
  'etc.',
  'approx.',
  'incl.',
  'z.b.',
  'd.h.',
  'p.ej.',
]);

/**
 * One line as tokens.
 * @param joins whether a word with a slash is two words (`commit/push`) rather than a path.
 */
export function tokensOf(text: string, from: number, to: number, joins: (word: string) => boolean): readonly Token[] {
  const tokens: Token[] = [];
  const put = (type: Token['type'], value: string, start: number, end: number): void => {
    tokens.push({ type, text: value, raw: text.slice(start, end), start, end });
  };
  let at = from;
  while (at < to) {
    const sign = text[at] ?? '';
    if (/\s/.test(sign)) {
      at += 1;
      continue;
    }
    const quoted = quotation(text, at, to);
    if (quoted) {
      put(quoted.type, quoted.text, at, quoted.end);
      at = quoted.end;
      continue;
    }
    run.lastIndex = at;
    const found = run.exec(text)?.[0];
    if (found === undefined) {
      put('mark', sign, at, at + 1);
      at += 1;
      continue;
    }
    const length = Math.min(found.length, to - at);
    putRun(found.slice(0, length), at, put, joins);
    at += length;
  }
  return tokens;
}

function quotation(
  text: string,
  at: number,
  to: number,
): { readonly type: Token['type']; readonly text: string; readonly end: number } | undefined {
  const sign = text[at] ?? '';
  if (sign === '`') {
    const ticks = text.startsWith('```', at) ? '```' : text.startsWith('``', at) ? '``' : '`';
    const inner = at + ticks.length;
    const end = text.slice(inner, Math.min(to, inner + longestQuote)).indexOf(ticks);
    if (end <= 0) return undefined;
    return { type: 'code', text: text.slice(inner, inner + end).trim(), end: inner + end + ticks.length };
  }
  let inner: string | undefined;
  let end = at;
  if (sign === "'") {
    singleQuoted.lastIndex = at;
    inner = singleQuoted.exec(text)?.[1];
    end = at + (inner?.length ?? 0) + 2;
  } else {
    const ends = Object.hasOwn(closing, sign) ? closing[sign] : undefined;
    if (!ends) return undefined;
    const rest = text.slice(at + 1, Math.min(to, at + 1 + longestQuote));
    const length = Math.min(...ends.map((one) => rest.indexOf(one)).filter((place) => place >= 0));
    if (Number.isFinite(length)) {
      inner = rest.slice(0, length);
      end = at + length + 2;
    }
  }
  if (inner === undefined || end > to) return undefined;
  // A name in quotation marks is a name; anything longer is what somebody or something else said.
  return { type: /^[\w@.~*\-/\\[\]]+$/.test(inner) ? 'code' : 'quote', text: inner, end };
}

type Put = (type: Token['type'], value: string, start: number, end: number) => void;

/** Characters between blanks: a name, or words and marks. */
function putRun(whole: string, start: number, put: Put, joins: (word: string) => boolean): void {
  if (abbreviations.has(whole.toLowerCase())) {
    put('word', whole.toLowerCase(), start, start + whole.length);
    return;
  }
  if (whole.length > longestRun) {
    put('quote', '', start, start + whole.length);
    return;
  }
  // Emphasis of Markdown around a word, and brackets.
  const before = /^(?:\*+(?=[\p{L}`])|__(?=\p{L})|[<|]|\[(?=[^\]]*$))+/u.exec(whole)?.[0].length ?? 0;
  const inner = whole.slice(before);
  const after = trailing(inner, before > 0);
  const core = inner.slice(0, inner.length - after);
  const at = start + before;
  // The user's words hold the emphasis too.
  const last = (type: Token['type'], value: string, from: number, end: number): void =>
    put(
      type,
      value,
      from === at ? start : from,
      end === at + core.length ? end + marks(inner.slice(core.length)) : end,
    );
  if (core !== '') putCore(core, at, last, joins);
  for (let index = 0; index < after; index += 1) {
    const sign = inner[core.length + index] ?? '';
    if (!/[*_'\]>|]/.test(sign)) put('mark', sign, at + core.length + index, at + core.length + index + 1);
  }
}

/** Emphasis directly behind a word. */
const marks = (text: string): number => /^[*_]*/.exec(text)?.[0].length ?? 0;

/** How many characters at the end of a run are punctuation, or emphasis that ends there. */
function trailing(inner: string, emphasised: boolean): number {
  let end = inner.length;
  while (end > 0) {
    const sign = inner[end - 1] ?? '';
    if (/[.:'\u2019|>]/.test(sign) || (sign === ']' && !inner.includes('['))) {
      if (end === 1 || !/^\.+$/.test(inner.slice(0, end))) end -= 1;
      else break;
      continue;
    }
    const stars = /(?<=[^*/])\*+$/.exec(inner.slice(Math.max(0, end - 4), end))?.[0].length ?? 0;
    if (stars === 0 || (stars === 1 && !emphasised)) break;
    end -= stars;
  }
  return inner.length - end;
}

function putCore(core: string, at: number, put: Put, joins: (word: string) => boolean): void {
  const name = nameIn(core);
  if (name && !(name.type === 'path' && core.includes('/') && joins(core))) {
    put(name.type, name.text, at, at + core.length);
    return;
  }
  if (/^--?[a-z]/i.test(core)) {
    put('word', core.toLowerCase(), at, at + core.length);
    return;
  }
  let next = 0;
  while (next < core.length) {
    wordRun.lastIndex = next;
    const word = wordRun.exec(core)?.[0];
    const length = word?.length ?? 1;
    const value = (word ?? core[next] ?? '')
      .toLowerCase()
      .replace(/[\u2019\u00b4]/g, "'")
      .replace(/'$/, '');
    put(word === undefined ? 'mark' : 'word', value, at + next, at + next + length);
    next += length;
  }
}

const extensions = new Set(
  (
    'ts tsx mts cts js jsx mjs cjs json jsonc json5 jsonl md mdx rst adoc yml yaml toml lock py pyi ipynb rb erb go mod sum rs ' +
    'java kt kts scala groovy gradle swift c h cc cpp cxx hpp hh cs fs vb csproj sln php html htm css scss sass less styl vue ' +
    'svelte astro sql sh bash zsh fish ps1 bat cmd txt csv tsv xml svg png jpg jpeg gif ico webp pdf docx xlsx ini cfg conf ' +
    'config env properties snap graphql gql proto tf tfvars hcl cmake mk lua ex exs erl hs ml dart r jl pl pm nix el clj zig ' +
    'sol wasm map log bak orig patch diff db sqlite pem crt pub plist rc editorconfig j2 tmpl tpl hbs ejs pug liquid prisma ' +
    'spec example dist template local sample test'
  ).split(' '),
);
const topLevel = new Set(
  'com org net io dev ai app co cloud edu gov de uk fr es eu ch at it nl example local internal localhost'.split(' '),
);
/** Names with a dot that are no files. */
const notFiles =
  /^(?:(?:node|next|vue|nuxt|express|three|d3|react|angular|alpine|backbone|ember|nest|chart|socket|p5|deno|bun|discord)\.(?:js|io)|asp\.net|console\.log|process\.env|import\.meta\.env)$/i;

/** A path, file name, pattern or host. */
export function nameIn(written: string): { readonly type: 'path' | 'host'; readonly text: string } | undefined {
  if (written.length > longestName) return undefined;
  const url = /^(?:https?|wss?):\/\/(?:[^/\s@]*@)?(\[[^\]]*\]|[^/:?#\s]+)/i.exec(written)?.[1];
  if (url !== undefined) return { type: 'host', text: url.toLowerCase() };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return undefined;
  const text = written.replace(/^@(?=[\w.~-]+(?:[/\\]|\.\w))/, '').replaceAll('\\', '/');
  if (/^--?\w/.test(text) || !/^[\p{L}\p{N}_.@~+*?[\]{},$=()/ -]+$/u.test(text) || !/[\p{L}\p{N}*]/u.test(text))
    return undefined;
  if (text.includes('/')) return isSlashed(text) ? { type: 'path', text } : undefined;
  if (text.includes(' ')) return undefined;
  const dot = text.lastIndexOf('.');
  if (dot < 0) return /^\*[\w-]+|[\w-]+\*$/.test(text) ? { type: 'path', text } : undefined;
  if (notFiles.test(text)) return undefined;
  const ending = text.slice(dot + 1).toLowerCase();
  if (dot === 0) return extensions.has(ending) && ending !== 'env' ? endingOf(ending) : dotFile(text);
  if (/^[\d.]+$/.test(text)) return /^\d+(?:\.\d+){3}$/.test(text) ? { type: 'host', text } : undefined;
  if (extensions.has(ending) || text.startsWith('.')) return { type: 'path', text };
  return topLevel.has(ending) && /^[\w-]+(?:\.[\w-]+)+$/.test(text)
    ? { type: 'host', text: text.toLowerCase() }
    : undefined;
}

/** `.ts` files are all files with that ending. */
const endingOf = (ending: string) => ({ type: 'path', text: `*.${ending}` }) as const;

function dotFile(text: string): { readonly type: 'path'; readonly text: string } | undefined {
  return /^\.[A-Za-z][\w-]+$/.test(text) && text.toLowerCase() !== '.net' ? { type: 'path', text } : undefined;
}

/** Pairs of words with a slash that are no paths: `and/or`, `24/7`, `w/o`. */
function isSlashed(text: string): boolean {
  if (
    /^[\d/.,%-]+$/.test(text) ||
    /^(?:and\/or|w\/o?|n\/a|he\/she|she\/he|his\/her|s\/he|yes\/no|on\/off)$/i.test(text)
  )
    return false;
  return !/^\/+$/.test(text);
}
