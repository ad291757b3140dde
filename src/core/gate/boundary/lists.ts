import { wordOf } from './clauses';
import type { Token } from './tokens';

const filling =
  /^(?:any|of|these|those|the|following|this|things?|files?|folders?|paths?|directories|commands?|below|either|all|under|anything|in|actions?|:)$/;
const open =
  /(?:^| )(?:(?:don't|dont|do not|never|must not|may not|should not|not allowed to|without|no|not)(?: (?:ever|please))?(?: (?:do|touch|change|edit|modify|delete|remove|run|use|read|open|execute|alter|rename|move))?|(?:only|just) (?:touch|change|edit|modify))$/;

/**
 * The beginning of an order that each line of the list below it ends: "Don't touch any of these files:".
 * @param lead the last sentence of the line above.
 */
export function openOrder(lead: readonly Token[]): readonly Token[] | undefined {
  let end = lead.length;
  while (end > 0 && filling.test(wordOf(lead[end - 1]))) end -= 1;
  const words = lead.slice(Math.max(0, end - 6), end).map((token) => wordOf(token) || '?');
  if (!open.test(words.join(' '))) return undefined;
  // "Do not do any of the following:" is followed by what is not to be done.
  return words.at(-1) === 'do' && words.length > 1 ? lead.slice(0, end - 1) : lead.slice(0, end);
}

/**
 * Where a list ends that goes on behind a comma with things that are not known here ("src/legacy, the CI config or docs/");
 * `at` itself when nothing of the kind follows.
 */
export function listEnd(tokens: readonly Token[], at: number): number {
  if (wordOf(tokens[at]) !== ',') return at;
  const last = Math.min(tokens.length, at + 40);
  let joined = false;
  let length = 0;
  for (let index = at + 1; index <= last; index += 1) {
    const text = wordOf(tokens[index]);
    if (index === last || (tokens[index]?.type === 'mark' && text !== ',' && text !== '/'))
      return joined && length > 0 ? index : at;
    if (text === ',') {
      if (length === 0) return at;
      length = 0;
      continue;
    }
    if (text === 'or' || text === 'nor' || (text === 'and' && length === 0)) {
      joined = true;
      continue;
    }
    length += 1;
    if (length > 5 || inClauses.test(text)) return at;
  }
  return at;
}

/** Words of clauses, which lists of things have none of. */
const inClauses =
  /^(?:is|are|was|were|be|it|it's|its|i|i'm|i'll|we|you|they|that|that's|this|there|don't|dont|do|does|did|not|never|no|please|just|only|if|when|unless|until|before|because|but|so|then|run|fix|use|make|tell|show|add|keep|leave|ask|write|work|let|has|have|can|will|should|must|instead|thanks)$/;
