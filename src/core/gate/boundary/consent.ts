import { ahead, clauseEnd, isStart, lengthOf, longestClause, wordOf } from './clauses';
import { compile } from './compile';
import { type English, type Frame, type Hit, politely, type Registered } from './frame';
import { notAny } from './nots';
import { itemsAt } from './objects';
import { orderAt } from './orders';
import { verbAt } from './verbs';

const reviewed = '(?: (?:it|that|this|them|(?:the|your|all) (?:changes?|diff|code|result|patch|commits?)))?';
const someone =
  '(?:ask|check with|consult|confirm with|verify with|check in with|ping|tell|notify|talk to|clear it with|get back to|come back to|run (?:it|this) by)(?: me| us)?(?: for (?:my |explicit )?(?:permission|approval|ok|okay|confirmation|consent))?';
const something =
  '(?:ask|get|obtain|request|seek|wait for|have)(?: for)? (?:my |explicit |our |the |me |a |an )?(?:explicit )?(?:me|ok|okay|approval|permission|consent|confirmation|go-ahead|go|review|sign-off|signoff|yes|green light|feedback|blessing)';
const mine = `(?:let me|(?:and )?i(?:'d like| want| need| would like) to) (?:know|confirm|have a look|(?:review|see|check|approve|test|look(?: at)?|verify|read|inspect)(?: (?:everything|every commit|all))?${reviewed}(?: first)?)|show me(?: (?:everything|first))?${reviewed}`;
const ask = new RegExp(
  `^(?:always |you (?:must|should|need to|have to) (?:always )?|i want you to |i'd like you to )?(?:first )?(?:${someone}|${something}|${mine}|wait(?: for me)?|double-?check(?: with me)?|confirm(?: with me)?)(?: (?:first|explicitly|again|here|to (?:confirm|review|approve|look at it)))* `,
);
const before =
  /^(?:before|prior to|if|when|whenever|each time|every time)(?: you (?:ever )?(?:(?:need|want|have|plan|intend) to|are about to|feel like|must|should)| you (?:ever )?(?:need|want)(?= (?:an?|any|new|more|another|extra) ))? /;

/** What the user wants to be asked about: "pushing", "you push", "any push". */
function askedAbout(sight: English, start: number, from: number): Hit | undefined {
  const { tokens } = sight;
  const subject = lengthOf(/^you (?:ever |actually )?(?:(?:want|need|have|plan|start) to )?/, ahead(tokens, from));
  const at = from + subject + lengthOf(/^(?:(?:doing|making|any|every|each) )+/, ahead(tokens, from + subject));
  const form = verbAt(tokens, at, 'gerund') ? 'gerund' : 'base';
  // Without "you" it is a noun: "before push" is read below.
  const bare = form === 'base' && subject === 0 && !/^(?:to|must|should)$/.test(wordOf(tokens[from - 1]));
  const order = bare ? undefined : orderAt(sight, at, form, 'asked');
  if (order) return { ...order, start };
  // "Before any push"
  return itemsAt(tokens, at, sight.exists).value.length > 0 ? notAny(sight, start, at, true) : undefined;
}

/** "Ask me before pushing", "wait for my OK before you commit", "let me review before you push". */
const askBefore: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = isStart(tokens, at) ? lengthOf(ask, ahead(tokens, at, 16)) : 0;
  if (length === 0) return undefined;
  const start = politely(tokens, at);
  const text = ahead(tokens, at, length);
  const next = at + length;
  const link = lengthOf(before, ahead(tokens, next));
  if (link === 0) {
    const waits =
      /^(?:always )?wait for my (?:ok|okay|approval|permission|consent|confirmation|go-ahead|go|sign-off) $/.test(text);
    return waits && clauseEnd(tokens, next) === next ? { start, end: next, patterns: undefined } : undefined;
  }
  const me = /\b(?:me|my|us|our|explicit)\b/.test(text);
  if (!me && !/^(?:before|prior)$/.test(wordOf(tokens[next]))) return undefined;
  const found = askedAbout(sight, start, next + link);
  // "Ask before deleting …" may be what a dialog does, unless it is clear what is meant.
  return found && (me || found.patterns) ? found : undefined;
};

/** "Before you push, ask me", "if you need to install something, check with me". */
const beforeAsk: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = isStart(tokens, at) ? lengthOf(before, ahead(tokens, at)) : 0;
  if (length === 0) return undefined;
  const last = Math.min(tokens.length, at + longestClause);
  for (let link = at + length; link < last; link += 1) {
    if (!/^(?:,|then|please|always|ask|check|wait|get|let|confirm)$/.test(wordOf(tokens[link]))) continue;
    let next = link;
    while (/^(?:,|then|please|always)$/.test(wordOf(tokens[next]))) next += 1;
    const words = lengthOf(ask, ahead(tokens, next, 16));
    const text = ahead(tokens, next, words);
    const me =
      /\b(?:me|my)\b/.test(text) || (/^ask (?:first )?$/.test(text) && /\byou\b/.test(ahead(tokens, at, length + 1)));
    if (words === 0 || !me) continue;
    const found = askedAbout({ ...sight, tokens: tokens.slice(0, link) }, at, at + length);
    // "… and wait for my OK"
    let end = next + words;
    for (let more = end; more > 0; end += more) {
      const and = lengthOf(/^(?:, )?and /, ahead(tokens, end, 2));
      const another = and > 0 ? lengthOf(ask, ahead(tokens, end + and, 16)) : 0;
      more = another > 0 ? and + another : 0;
    }
    return found && { ...found, end };
  }
  return undefined;
};

const myWord =
  /^(?:when|if|after|once|with|upon|on)(?: (?:and|only|explicitly))* (?:.{0,60} )?(?:i|i've|i'm|me|my|asked|told) /;
const said =
  /\b(?:tell|told|ask|asked|say|said|approve|approved|approval|ok|okay|permission|confirm|confirmed|confirmation|request|requested|want|review|reviewed|go-ahead|green light|consent)\b/;

/** "Only commit when I tell you to", "push only after my approval". */
const onlyWhen: Frame = (sight, at) => {
  const { tokens, exists } = sight;
  if (!isStart(tokens, at)) return undefined;
  const first = /^only$/.test(wordOf(tokens[at]));
  const verb = verbAt(tokens, first ? at + 1 : at, 'base');
  if (!verb) return undefined;
  const items = itemsAt(tokens, verb.next, exists);
  const next = items.next + (first ? 0 : lengthOf(/^only /, ahead(tokens, items.next, 1)));
  if (!first && next === items.next) return undefined;
  const text = ahead(tokens, next);
  const patterns = myWord.test(text) && said.test(text) ? compile(verb.verb, items.value) : undefined;
  return patterns && { start: at, end: Math.max(next, clauseEnd(tokens, next)), patterns };
};

export const consentFrames: Registered = [
  [
    "ask check consult confirm verify get obtain wait let tell always you i i'd request seek ping notify talk run clear come first double-check have show and",
    askBefore,
  ],
  ['only push commit deploy merge publish release install delete rebase amend run', onlyWhen],
  ['before prior if when whenever each every', beforeAsk],
];
