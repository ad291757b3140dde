import { eitherOf } from './boundary';
import { ahead, clauseEnd, lengthOf, wordOf } from './clauses';
import { compile, compileNo } from './compile';
import type { English, Hit } from './frame';
import { speaksOf } from './nouns';
import { type Item, itemsAt } from './objects';
import { tailOf } from './tails';
import type { Token } from './tokens';
import { verbAt } from './verbs';

const texts = (tokens: readonly Token[]): readonly string[] => tokens.map((token) => wordOf(token) || '?');

/**
 * "No commits", "without network access", "I don't want any changes to …": things instead of what is done.
 * @param start where the user's words begin.
 * @param within part of an order, so that a thing alone is enough.
 */
export function notAny(sight: English, start: number, from: number, within: boolean): Hit | undefined {
  const { tokens, exists } = sight;
  let at = from;
  while (
    /^(?:making|doing|any|more|accidental|automatic|direct|manual|single|causing|creating)$/.test(wordOf(tokens[at]))
  )
    at += 1;
  let items = itemsAt(tokens, at, exists);
  // "No git reset and no git checkout"
  for (let and = 1; items.value.length > 0 && and > 0; ) {
    and = lengthOf(/^(?:and|or|nor) no /, ahead(tokens, items.next, 2));
    const more = and > 0 ? itemsAt(tokens, items.next + and, exists) : undefined;
    if (!more || more.value.length === 0) break;
    items = { value: [...items.value, ...more.value], next: more.next };
  }
  if (items.value.length === 0) return vague(sight, start, at);
  const end = Math.max(items.next, clauseEnd(tokens, items.next));
  // "I don't want src/legacy touched"
  const being = /^to be /.test(ahead(tokens, items.next, 2)) ? 2 : 0;
  const verb = within ? verbAt(tokens, items.next + being, 'participle') : undefined;
  if (verb) {
    const patterns = compile(verb.verb, items.value);
    return patterns && tailOf(texts(tokens.slice(verb.next, end))) === 'plain' ? { start, end, patterns } : undefined;
  }
  const rest = tokens.slice(items.next, end);
  const tail = tailOf(texts(rest), true);
  const parts = items.value.map(compileNo);
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return vague(sight, start, at);
  // "No commits to main"
  const towards = wordOf(rest[0]);
  const about = speaksOf(rest);
  const narrow = /^(?:to|on|onto|into)$/.test(towards) && about.git;
  const told = rest.some((token) => /^(?:is|are|was|were|has|have)$/.test(wordOf(token)));
  const partly = !told && /^(?:to|in|on)$/.test(towards) && about.code && items.value.some(isChange);
  if (tail === 'unknown') return narrow || partly ? { start, end, patterns: undefined } : undefined;
  if (!within && !stands(items.value, texts(tokens.slice(at, end)), from !== at || start > 0)) return undefined;
  return { start, end, patterns: tail === 'condition' ? undefined : eitherOf(known) };
}

const isChange = (item: Item): boolean => item.type === 'things' && item.things.has('change');

/** "No new files", "no unrelated changes": orders, although no call says which files are new and what is related. */
function vague({ tokens }: English, start: number, from: number): Hit | undefined {
  if (
    !/^(?:new|extra|additional|unrelated|unnecessary|unneeded|needless|drive-by|breaking|other|--\w.*)$/.test(
      wordOf(tokens[from]),
    )
  )
    return undefined;
  const end = clauseEnd(tokens, from);
  const words = tokens.slice(from, end);
  const short = words.length > (/^--/.test(wordOf(words[0])) ? 0 : 1) && words.length < 7;
  return short && speaksOf(words.slice(0, 3)).code ? { start, end, patterns: undefined } : undefined;
}

const asked = /^(?:please|pls|plz|thanks|now|allowed|unless|until|without|before|ever|whatsoever|circumstances)$/;

/**
 * Whether "no X" alone is an order: "no commits yet" and "no changes" are findings as well.
 * @param further it stands after another order, or says more.
 */
function stands(items: readonly Item[], words: readonly string[], further: boolean): boolean {
  const [first = ''] = words;
  if (further || items.length > 1 || /^(?:edits?|modifications?)$/.test(first)) return true;
  if (words.some((word) => asked.test(word))) return true;
  return first !== 'changes' && first !== 'change' && !words.includes('yet') && !words.includes('here');
}
