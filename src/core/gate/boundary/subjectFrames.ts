import type { BoundaryPatterns, Exists } from './boundary';
import { ahead, clauseEnd, isStart, lengthOf, wordOf } from './clauses';
import { compile, compileNo, touching } from './compile';
import type { Frame } from './frame';
import { type Item, itemsAt } from './objects';
import { coverOf, placeHit, tailAt } from './placeFrames';
import { editing } from './places';
import { isProgram } from './programs';
import type { Token } from './tokens';
import { verbAt } from './verbs';

/** Orders whose subject is what is not to be touched; they can begin with any name. */

const offLimits =
  '(?:off[- ]limits?|out of (?:bounds|scope)|taboo|verboten|(?:a )?no[- ]go|untouchable|frozen|not to be touched|not to be changed|not to be modified|not to be edited)';
const plainlyOff = new RegExp(`^(?:is|are) (?:strictly |completely |totally |all )?${offLimits} `);
const same = '(?:untouched|unchanged|unmodified|intact|as-is|as (?:it|they) (?:is|are)|as is|the same|alone)';
const state = new RegExp(
  `^(?:(?:(?:is|are|:|-|=) )?(?:(?:strictly|completely|totally|all) )?${offLimits}|(?:is|are) read-?only|(?:stays?|remains?|(?:must|should|has to|have to|needs? to) (?:be|stay|remain)(?: left| kept)?)(?: exactly)? (?:read-only|${same}|${offLimits})) `,
);
const passive =
  /^(?:(?:must|should|may|shall)(?:n't| not| never)|(?:is|are)(?:n't| not| never) (?:allowed )?to) (?:be )?/;
const nothingMay = /^(?:(?:must|should|may|shall|can|is to|gets?) (?:be )?)/;

/** "src/legacy is off limits", "package.json must not be changed", "nothing outside docs/ may change". */
const aboutPlace: Frame = (sight, at) => {
  const { tokens, exists } = sight;
  const begins = isStart(tokens, at) || /^(?:that|sure|ensure|remember)$/.test(wordOf(tokens[at - 1]));
  if (at < sight.listed.until || !begins || !couldName(tokens[at], exists)) return undefined;
  const items = itemsAt(tokens, at, exists);
  sight.listed.until = items.next;
  if (items.value.length === 0 || !(items.value.every(isPlace) || items.value.every(isCommand))) return undefined;
  const after = items.next + (wordOf(tokens[items.next]) === ',' ? 1 : 0);
  const text = ahead(tokens, after);
  const found = (end: number, patterns: BoundaryPatterns | undefined) =>
    patterns && tailAt(tokens, end) === 'plain'
      ? { start: at, end: Math.max(end, clauseEnd(tokens, end)), patterns }
      : undefined;

  const nothing = wordOf(tokens[at]) === 'nothing';
  const said = nothing ? 0 : lengthOf(state, text);
  // "a.ts is read-only, so I cannot save it" is a trouble and no order.
  if (said > 0)
    return /^(?:is|are) read/.test(text) && after + said < tokens.length
      ? undefined
      : found(after + said, coverOf(items.value));
  const length = lengthOf(nothing ? nothingMay : passive, text);
  const next = after + length;
  // "Make sure nothing in docs/ changes"; alone it tells what happens.
  const wanted = nothing && /^(?:that|sure|ensure)$/.test(wordOf(tokens[at - 1]));
  if (/^changes?$/.test(wordOf(tokens[next])) && (wanted || length > 0))
    return found(next + 1, compile(touching, items.value));
  const verb = length > 0 ? verbAt(tokens, next, 'participle') : undefined;
  return verb && found(verb.next, compile(verb.verb, items.value));
};

const isCommand = ({ type }: Item): boolean => type === 'command';
const isPlace = ({ type }: Item): boolean => type === 'spots' || type === 'outside';

function couldName(token: Token | undefined, exists: Exists): boolean {
  if (token?.type === 'path' || token?.type === 'code') return true;
  if (token?.type !== 'word') return false;
  return (
    /^(?:the|nothing|anything|everything|files?|folders?|all|any|our|my|this|that)$/.test(token.text) ||
    isProgram(token.text) ||
    exists(token.raw) !== undefined
  );
}

/** "The generated client is off limits": what exactly that is, no path says. */
const vaguely: Frame = ({ tokens }, at) => {
  if (!/^(?:the|our|my|all|everything|anything)$/.test(wordOf(tokens[at])) || !isStart(tokens, at)) return undefined;
  for (let verb = at + 2; verb < Math.min(tokens.length, at + 10); verb += 1) {
    if (tokens[verb]?.type === 'mark') return undefined;
    const length = lengthOf(plainlyOff, ahead(tokens, verb, 6));
    const end = verb + length;
    if (length > 0)
      return tailAt(tokens, end) === 'plain'
        ? { start: at, end: Math.max(end, clauseEnd(tokens, end)), patterns: undefined }
        : undefined;
  }
  return undefined;
};

const banned =
  /^(?:is|are) (?:strictly |absolutely )?(?:not (?:allowed|permitted|ok|okay|acceptable|an option|wanted)|forbidden|prohibited|off[- ]limits|banned|out of the question|a no-go|taboo|verboten) /;
const headings =
  /^(?:off[- ]limits|out of bounds|do not touch|don't touch|hands off|untouchable) (?:files |folders |paths )?(?:: |- )/;

/** "Pushing is forbidden", "commits are not allowed", "off limits: src/legacy". */
const aboutDoing: Frame = (sight, at) => {
  const { tokens, exists } = sight;
  if (at < sight.listed.until || !isStart(tokens, at)) return undefined;
  const headed = lengthOf(headings, ahead(tokens, at, 5));
  if (headed > 0) return placeHit(sight, at, at + headed, editing, false);
  const gerund = verbAt(tokens, at, 'gerund');
  const noun =
    /^(?:commits|pushes|force-pushes|deploys|deployments|deletions|network|internet|changes|edits|new|force|merges|rebases|sudo|releases)$/;
  if (!gerund && !noun.test(wordOf(tokens[at]))) return undefined;
  const items = itemsAt(tokens, gerund?.next ?? at, exists);
  sight.listed.until = items.next;
  const length = lengthOf(banned, ahead(tokens, items.next));
  const end = items.next + length;
  if (length === 0 || tailAt(tokens, end) !== 'plain') return undefined;
  const [first, ...more] = items.value;
  const patterns = gerund
    ? compile(gerund.verb, items.value)
    : first && more.length === 0
      ? compileNo(first)
      : undefined;
  return patterns && { start: at, end: Math.max(end, clauseEnd(tokens, end)), patterns };
};

export const subjectFrames: readonly Frame[] = [aboutPlace, aboutDoing, vaguely];
