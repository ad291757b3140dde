import type { Exists, FoundBoundary } from './boundary';
import { readEnglish } from './english';
import { readForeign } from './foreign';
import type { Hit } from './frame';
import { openOrder } from './lists';
import { type Spot, spotOf } from './places';
import { type Sentence, sentencesOf } from './prose';
import type { Token } from './tokens';
import { isVerb } from './verbs';

/** Characters of a boundary's words that are kept. */
const longestWords = 300;
/** Tokens back to a place that `it` may mean. */
const longestReach = 60;

/**
 * What a message says not to do, in the order in which it says it.
 * @param exists whether a workspace-relative path is there (file or folder), to tell names of places from other words.
 */
export function findBoundaries(text: string, exists: Exists): readonly FoundBoundary[] {
  const found = new Map<string, FoundBoundary>();
  const known = remember(exists);
  // Typed as an apostrophe, it would open a name.
  const plain = text.replace(/(?<=n)[`\u2019\u2018\u00b4](?=t\b)/gi, "'");
  const sentences = sentencesOf(plain, (word) => joins(word, known));
  let previous: readonly Token[] = [];
  for (const sentence of sentences) {
    for (const said of readSentence(sentence, previous, known)) {
      const words = wordsOf(text, said.tokens);
      const key = words.toLowerCase();
      if (words !== '' && !found.has(key)) found.set(key, { words, patterns: said.patterns });
      // The line above a list says nothing by itself.
      if (said.lead) found.delete(wordsOf(text, said.lead).toLowerCase());
    }
    previous = sentence.tokens;
  }
  return [...found.values()];
}

interface Said extends Pick<Hit, 'patterns'> {
  /** Tokens of the user's words. */
  readonly tokens: readonly Token[];
  readonly lead?: readonly Token[];
}

function readSentence(sentence: Sentence, previous: readonly Token[], exists: Exists): readonly Said[] {
  const { tokens, question, lead } = sentence;
  const own = readTokens(tokens, question, previous, exists);
  if (own.length > 0 || !lead) return own;
  const begun = openOrder(lead);
  if (!begun) return own;
  const said = readTokens([...begun, ...tokens], question, previous, exists);
  return said.map(({ patterns }) => ({ patterns, tokens: [...lead, ...tokens], lead }));
}

function readTokens(
  tokens: readonly Token[],
  question: boolean,
  previous: readonly Token[],
  exists: Exists,
): readonly Said[] {
  const before = (at: number): readonly Spot[] => {
    const near = spotsIn(tokens.slice(Math.max(0, at - longestReach), at), exists);
    return near.length > 0 || at > 3 ? near : topicOf(previous, exists);
  };
  const hits = readEnglish({ tokens, question, exists, before });
  const all = hits.length > 0 || question ? hits : readForeign(tokens, exists);
  return all.map(({ start, end, patterns }) => ({ patterns, tokens: tokens.slice(start, end) }));
}

/** What the sentence before is about: "src/gen is generated.", "Look at src/a.ts." */
function topicOf(tokens: readonly Token[], exists: Exists): readonly Spot[] {
  const looks = /^(?:look|read|see|check|use|inspect|follow|compare|study|consult)$/.test(tokens[0]?.text ?? '');
  const early = tokens.slice(0, 4).some(({ type }) => type === 'path' || type === 'code');
  return looks || early ? spotsIn(tokens.slice(-longestReach), exists) : [];
}

/** Places that are named as such; words that could be any are none. */
function spotsIn(tokens: readonly Token[], exists: Exists): readonly Spot[] {
  const spots = tokens.flatMap((token) =>
    token.type === 'path' || token.type === 'code' ? (spotOf(token, exists) ?? []) : [],
  );
  return [...new Map(spots.map((spot) => [spot.path, spot])).values()];
}

function wordsOf(text: string, tokens: readonly Token[]): string {
  const pieces: string[] = [];
  let start = tokens[0]?.start ?? 0;
  let end = start;
  for (const token of tokens) {
    // Words of a list stand apart from the line that introduces it.
    if (token.start < end || text.slice(end, token.start).includes('\n')) {
      pieces.push(text.slice(start, end));
      start = token.start;
    }
    end = token.end;
  }
  pieces.push(text.slice(start, end));
  const words = pieces
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s,:\u2013\u2014-]+$/, '');
  return words.length > longestWords ? words.slice(0, longestWords).trim() : words;
}

/** `commit/push` are two words; `src/legacy` is a path. */
function joins(word: string, exists: Exists): boolean {
  const parts = word.toLowerCase().split('/');
  return (
    parts.length <= 4 &&
    parts.every((part) => isVerb(part) || /^(?:pushes|commits|prs?|merges?|and|or)$/.test(part)) &&
    exists(word) === undefined
  );
}

/** Asks about each path once, and takes a question that cannot be answered for a no. */
function remember(exists: Exists): Exists {
  const known = new Map<string, 'file' | 'folder' | undefined>();
  return (path) => {
    if (known.has(path)) return known.get(path);
    let answer: 'file' | 'folder' | undefined;
    try {
      answer = exists(path);
    } catch {
      answer = undefined;
    }
    known.set(path, answer);
    return answer;
  };
}
