import { type Token, tokensOf } from './tokens';

/** A sentence of the user's own prose. */
export interface Sentence {
  readonly tokens: readonly Token[];
  readonly question: boolean;
  /** The line that introduces the list this sentence stands in ("Don't touch:"). */
  readonly lead: readonly Token[] | undefined;
}

const fence = /^\s*(?:[-*+]\s+)?(```+|~~~+)/;
const bullet = /^\s*(?:(?:[-*+\u2022\u2013\u25cf]|\d{1,3}[.)]|[a-z]\)|\[[ xX]?\]|#{1,6})\s+)+/;
/** Lines that programs print, or that are code. */
const printed =
  /^\s*(?:\$ |# ?!|\/\/|\/\*|\* @|@@ |diff --git|\+\+\+ |--- a\/|\[?\d{4}-\d\d-\d\d[T ]\d\d:|\[?(?:error|warning|warn|fatal|hint|info|debug|trace)\b\]?:|npm (?:err!|warn|error)|traceback \(|\s+at \S+ \(|\w*(?:Error|Exception|Warning):)/i;

/**
 * Sentences of a message as far as they are the user's own words: no fenced code, no quoted lines, no pasted output.
 * @param joins whether a word with a slash is two words rather than a path.
 */
export function sentencesOf(text: string, joins: (word: string) => boolean): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let open: string | undefined;
  let lead: readonly Token[] | undefined;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    const from = start;
    start = end + 1;

    const fenced = fence.exec(line)?.[1];
    if (open !== undefined) {
      if (fenced?.startsWith(open)) open = undefined;
      continue;
    }
    // A fence that ends on its own line is code within a sentence.
    if (fenced !== undefined && line.indexOf(fenced, line.indexOf(fenced) + fenced.length) < 0) {
      open = fenced;
      continue;
    }
    if (line.trim() === '') continue;
    if (/^\s*>/.test(line) || printed.test(line)) {
      lead = undefined;
      continue;
    }
    const mark = bullet.exec(line)?.[0] ?? '';
    const listed = mark !== '' && !/#\s+$/.test(mark);
    const tokens = tokensOf(text, from + mark.length, end, joins);
    const found = split(tokens, text, listed ? lead : undefined);
    for (const sentence of found) sentences.push(sentence);
    if (!listed) {
      const last = found.at(-1)?.tokens;
      lead = tokens.at(-1)?.text === ':' ? last : undefined;
    }
  }
  return sentences;
}

function split(tokens: readonly Token[], text: string, lead: readonly Token[] | undefined): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let from = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    if (!endsSentence(tokens, at, text)) continue;
    let after = at + 1;
    let question = tokens[at]?.text === '?';
    for (; after < tokens.length && endsSentence(tokens, after, text); after += 1)
      question ||= tokens[after]?.text === '?';
    if (at > from) sentences.push({ tokens: tokens.slice(from, at), question, lead });
    from = after;
    at = after - 1;
  }
  if (from < tokens.length) sentences.push({ tokens: tokens.slice(from), question: false, lead });
  return sentences;
}

function endsSentence(tokens: readonly Token[], at: number, text: string): boolean {
  const token = tokens[at];
  if (token?.type !== 'mark') return false;
  if (token.text === '.')
    return (
      token.end >= text.length ||
      /[\s)"'\u201d\u2019*_]/.test(text[token.end] ?? ' ') ||
      tokens[at + 1]?.type === 'mark'
    );
  return /[!?;\u2026]/.test(token.text);
}
