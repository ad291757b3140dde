import { ahead, clauseEnd, isStart, lengthOf, longestClause, wordOf } from './clauses';
import { type English, type Frame, type Hit, isPlease, type Registered } from './frame';
import { notAny } from './nots';
import { itemsAt } from './objects';
import { orderAt } from './orders';
import { verbAt } from './verbs';

const reviewed = '(?: (?:it|that|this|them|(?:the|your|all) (?:changes?|diff|code|result|patch|commits?)))?';
const someone =
  '(?:ask|check with|consult|confirm with|verify with|check in with|ping|tell|notify|talk to|clear it with|get back to|come back to|run (?:it|this) by)(?: me| us)?';
const something =
  '(?:ask|get|obtain|request|seek|wait for|have)(?: for)? (?:my |explicit |our |the |me |a |an )?(?:explicit )?(?:me|ok|okay|approval|permission|consent|confirmation|go-ahead|go|review|sign-off|signoff|yes|green light|feedback|blessing)';
const mine = `let me (?:know|confirm|have a look|(?:review|see|check|approve|test|look(?: at)?|verify|read|inspect)${reviewed})`;
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
  const start = isPlease(tokens[at - 1]) ? at - 1 : at;
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
    if (words === 0 || !/\b(?:me|my)\b/.test(ahead(tokens, next, words))) continue;
    const found = askedAbout({ ...sight, tokens: tokens.slice(0, link) }, at, at + length);
    return found && { ...found, end: next + words };
  }
  return undefined;
};

export const consentFrames: Registered = [
  [
    "ask check consult confirm verify get obtain wait let tell always you i i'd request seek ping notify talk run clear come first double-check have",
    askBefore,
  ],
  ['before prior if when whenever each every', beforeAsk],
];
