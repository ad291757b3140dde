import type { BoundaryPatterns } from './boundary';
import { ahead, isDirective, isStart, isTask, lengthOf, wordOf } from './clauses';
import { type English, type Frame, hit, isPlease, politely, type Registered } from './frame';
import { notAny } from './nots';
import { type Address, orderAt } from './orders';
import { patterns } from './patterns';
import { commandAt } from './programs';
import { tailOf } from './tails';
import type { Token } from './tokens';

/** Tokens of "don't", "do not", "never"; 0 when there is none. */
const notLength = (tokens: readonly Token[], at: number): number =>
  lengthOf(/^(?:do (?:not|never)|don't|dont|never) /, ahead(tokens, at, 2));

/** "Don't push", "please never touch …". */
const imperative: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = notLength(tokens, at);
  const begins = isStart(tokens, at);
  if (length === 0 || !(begins || runsOn(sight, at))) return undefined;
  let after = at + length;
  // "Don't you dare push" is an order, "don't you think" a question.
  const dare = lengthOf(/^(?:you )?dare (?:to )?/, ahead(tokens, after, 3));
  if (dare > 0) after += dare;
  // "Don't need to push" leaves it open.
  if (/^(?:you|need|have|bother|forget|hesitate|worry|mind)$/.test(wordOf(tokens[after]))) return undefined;
  const polite = isPlease(tokens[at - 1]);
  const address: Address = polite || isPlease(tokens[after]) ? 'asked' : 'bare';
  const order = orderAt(sight, after, 'base', address);
  return begins || order?.patterns ? hit(polite ? at - 1 : at, order) : undefined;
};

/** "Fix the login bug dont push": nothing that is one can be what "don't" is said of. */
function runsOn({ tokens, question }: English, at: number): boolean {
  const previous = wordOf(tokens[at - 1]);
  const subject =
    !/^\p{Ll}+[^\P{L}s]$/u.test(previous) ||
    /^(?:i|you|we|they|people|who|which|that|to|also|still|often|even|really|do|children|data)$/.test(previous);
  return !subject && !question && isDirective(tokens, false) && !describes(tokens, at);
}

const firm = [
  /^(?:you're|you are) (?:not|never) (?:allowed |permitted |supposed |authorized |authorised |meant )?to /,
  /^you aren't (?:allowed|permitted|supposed|authorized|authorised) to /,
  /^you (?:must|may|should|shall) (?:not|never|under no circumstances|in no case|at no point) /,
  /^you (?:mustn't|shouldn't|mustnt|shouldnt|shan't) /,
  /^you (?:must|should) (?:avoid|refrain from) /,
] as const;
/** What may as well tell how things are: an order only where it is clear what of. */
const loose = /^you (?:can't|cannot|can not|cant|never) /;
const askedTo = /^(?:told|asked|want|need|like|ask|prefer|instructed|reminded)$/;

/** "You must not push", "you're not allowed to commit", "I told you not to touch …". */
const you: Frame = (sight, at) => {
  const { tokens } = sight;
  const text = ahead(tokens, at, 6);
  const previous = wordOf(tokens[at - 1]);
  const wished = askedTo.test(previous) ? lengthOf(/^you (?:not to|to not|to never|never to|to avoid) /, text) : 0;
  const sure = wished || Math.max(...firm.map((shape) => lengthOf(shape, text)));
  const length = sure || lengthOf(loose, text);
  if (length === 0) return undefined;
  const begins = isStart(tokens, at) || /^(?:think|said|say|sure|remember|note|mean|but|and|so)$/.test(previous);
  if (wished === 0 && !begins) return undefined;
  const after = at + length;
  // What "you" meet as a user of the program; but "you should not be editing …".
  const being = /^be \w+ing /.test(ahead(tokens, after, 2));
  if (/^(?:be|see|have|get|need)$/.test(wordOf(tokens[after])) && !being) return undefined;
  const form = being || /^(?:avoid|from)$/.test(wordOf(tokens[after - 1])) ? 'gerund' : 'base';
  const order = orderAt(sight, being ? after + 1 : after, form, sure > 0 ? 'told' : 'bare');
  if (!order || (sure === 0 && !order.patterns)) return undefined;
  const before = [2, 3].find((back) => /^(?:i|i'd|i've|we)$/.test(wordOf(tokens[at - back])));
  return hit(wished > 0 && before ? at - before : at, order);
};

const wantNot = /^(?:i|we) (?:(?:really|absolutely|also|just) )?(?:don't|dont|do not|never) want /;
const wishes = [
  /^(?:i|we) (?:already |clearly |explicitly )?(?:said|asked|say) (?:not|never) to /,
  /^(?:i|we) (?:(?:really|absolutely|also|just) )?(?:don't|dont|do not|never) want (?:you (?:to (?:ever )?)?|to )/,
  /^(?:i'd|i would) (?:much )?(?:rather|prefer|prefer it)(?: if| that)? you (?:didn't|did not|don't|do not|not to|not|never) /,
  /^(?:i'd|i would) (?:rather|prefer) (?:not to|not) /,
] as const;

/** "I don't want you to push", "I'd rather you didn't", "we don't want any commits". */
const wish: Frame = (sight, at) => {
  const { tokens } = sight;
  const text = ahead(tokens, at);
  const length = Math.max(...wishes.map((shape) => lengthOf(shape, text)));
  if (length > 0) {
    const told = tokens.slice(at, at + length).some((token) => wordOf(token) === 'you');
    const form =
      wordOf(tokens[at + length - 1]) === 'you' && /ing$/.test(wordOf(tokens[at + length])) ? 'gerund' : 'base';
    const order = orderAt(sight, at + length, form, told ? 'told' : 'bare');
    return order && (told || order.patterns) ? hit(at, order) : undefined;
  }
  const wanted = lengthOf(wantNot, text);
  return wanted > 0 ? notAny(sight, at, at + wanted, true) : undefined;
};

const care =
  /^(?:make (?:very |absolutely )?(?:sure|certain)|ensure|be (?:very |extra )?(?:sure|careful|certain)|take (?:great |extra )?care|see to it|remember|try|careful|mind|beware|watch out|keep in mind|note)(?: ,)?(?: that)? (?:you (?:don't|do not|dont|never|avoid)|to (?:not|never|avoid)|not to|never to|not) /;

/** "Make sure you don't push", "be careful not to touch …", "try not to change …". */
const carefully: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = lengthOf(care, ahead(tokens, at, 12));
  if (length === 0 || !isStart(tokens, at)) return undefined;
  const form = wordOf(tokens[at + length - 1]) === 'avoid' ? 'gerund' : 'base';
  const order = orderAt(sight, at + length, form, 'told');
  // What is only to be tried leaves the agent a choice.
  return order && hit(politely(tokens, at), wordOf(tokens[at]) === 'try' ? { ...order, patterns: undefined } : order);
};

const avoiding =
  /^(?:avoid|(?:refrain|abstain|desist) from|hold off(?: on| with)?|hold back(?: on| with)?|hold|wait with|skip|stop|quit) /;

/** "Avoid touching …", "refrain from pushing", "stop committing". */
const avoid: Frame = (sight, at) => {
  const { tokens } = sight;
  const length = lengthOf(avoiding, ahead(tokens, at, 3));
  const tried = /^(?:try|sure|careful|remember) to /.test(ahead(tokens, at - 2, 2));
  if (length === 0 || !(isStart(tokens, at) || tried)) return undefined;
  const polite = isPlease(tokens[at - 1]);
  const order = orderAt(sight, at + length, 'gerund', polite ? 'asked' : 'bare');
  const start = polite ? at - 1 : tried ? at - 2 : at;
  const clear = /^(?:skip|hold|wait)$/.test(wordOf(tokens[at]));
  if (order && (!clear || order.patterns))
    return hit(start, tried && wordOf(tokens[at - 2]) === 'try' ? { ...order, patterns: undefined } : order);
  if (!clear && wordOf(tokens[at]) !== 'avoid') return undefined;
  // "Skip the commit"
  const found = notAny(sight, start, at + length, true);
  return found?.patterns || !clear ? found : undefined;
};

const never =
  /^(?:under|in|at|by|on) no (?:circumstances?|case|event|point|time|means|account|way)(?: ,)? (?:(?:should you|must you|may you|are you to|do you|you should|you must|you may|do) )?/;
const ours =
  /^(?:(?:let's|lets|let us) (?:please )?not|we (?:mustn't|shouldn't|must not|should not|must never|should never)|not) (?:to )?/;

/** As a line of a list of what is wanted. */
const mustNot = /^(?:must|should|may) (?:not|never) /;

/** "Under no circumstances push", "let's not touch …", and "not push" after another order. */
const others: Frame = (sight, at) => {
  const { tokens } = sight;
  if (!isStart(tokens, at)) return undefined;
  const text = ahead(tokens, at);
  const strong = lengthOf(never, text);
  if (strong > 0) return hit(at, orderAt(sight, at + strong, 'base', 'asked'));
  const length = at === 0 ? lengthOf(mustNot, text) || lengthOf(ours, text) : lengthOf(ours, text);
  if (/^not /.test(text) && !isDirective(tokens, sight.question)) return undefined;
  const order = length > 0 ? orderAt(sight, at + length, 'base', 'bare') : undefined;
  const fits = /^let/.test(wordOf(tokens[at])) || order?.patterns !== undefined;
  return order && fits ? hit(at, order) : undefined;
};

/** "Without touching …", "with no new dependencies", in a sentence that tells the agent to do something. */
const without: Frame = (sight, at) => {
  const { tokens, question } = sight;
  const length = lengthOf(/^(?:with no|without) /, ahead(tokens, at, 2));
  if (length === 0 || !leadsOn(tokens, at, question) || describes(tokens, at)) return undefined;
  if (length === 1) {
    const order = orderAt(sight, at + 1, 'gerund', 'bare');
    if (order) return hit(at, order);
  }
  return notAny(sight, at, at + length, true);
};

/** The agent is told what to do, before it or after the comma behind it. */
function leadsOn(tokens: readonly Token[], at: number, question: boolean): boolean {
  if (at > 0) return isDirective(tokens, question);
  const comma = tokens.findIndex((token) => token.text === ',');
  return !question && (comma < 0 || isDirective(tokens.slice(comma + 1, comma + 8), false));
}

/** "A script to …": what follows is what it does. */
const made =
  /^(?:script|scripts|function|tool|command|job|hook|helper|method|program|test|endpoint|task|component|feature|guide|migration|plugin|button|query|class|module)$/;
const describing =
  /^(?:that|which|who|how|why|whether|where|when|if|because|lets|allows|allow|users|user|way|ability|option|possible|works|can|could|should|be|explain)$/;

/** Whether "without …" stands in what is said about the program: "a button that saves without closing". */
function describes(tokens: readonly Token[], at: number): boolean {
  for (let index = at - 1; index > 1 && at - index < 40; index -= 1) {
    const text = wordOf(tokens[index]);
    if (text !== '' && ',:(\u2014'.includes(text)) return false;
    if (describing.test(text) || (text === 'to' && made.test(wordOf(tokens[index - 1])))) return true;
  }
  return false;
}

/** "No commits", "no network access please", "no touching src/legacy". */
const no: Frame = (sight, at) => {
  const { tokens } = sight;
  if (!isStart(tokens, at)) return undefined;
  const gerund = orderAt(sight, at + 1, 'gerund', 'bare');
  // Within a description "no commits" is a finding; "no pushing" and "no git reset" are not.
  if (at > 0 && !afterOrder(sight, at) && !gerund?.patterns && !commandAt(tokens, at + 1)) return undefined;
  return gerund ? hit(at, gerund) : notAny(sight, at, at + 1, false);
};

function afterOrder({ tokens, question }: English, at: number): boolean {
  const first = wordOf(tokens[0]);
  // "Set up branch protection: no pushes, no deletions" says what is built.
  const colon = tokens.slice(Math.max(0, at - 40), at).some((token) => wordOf(token) === ':');
  if (colon) return !/^(?:add|implement|create|build|write|set|configure|enable|introduce|support|design)$/.test(first);
  if (isPlease(tokens[at - 1])) return true;
  return isDirective(tokens, question) || isTask(first) || /^(?:no|zero|only|just|but|and|again|also)$/.test(first);
}

const states: readonly (readonly [RegExp, BoundaryPatterns])[] = [
  [/^(?:(?:stay|work|remain|keep) (?:completely |fully |entirely )?offline|offline only) /, patterns.network],
  [/^(?:stay|remain|keep working) on (?:this|the current|my|the same) branch /, patterns.switch],
];

/** "Stay offline", "stay on this branch". */
const stay: Frame = ({ tokens }, at) => {
  if (!isStart(tokens, at)) return undefined;
  const text = ahead(tokens, at);
  for (const [shape, covered] of states) {
    const length = lengthOf(shape, text);
    const rest = tokens.slice(at + length, at + length + 8).findIndex((token) => token.type === 'mark');
    const words = tokens.slice(at + length, rest < 0 ? at + length + 8 : at + length + rest);
    if (length > 0 && tailOf(words.map((token) => wordOf(token) || '?')) === 'plain')
      return { start: at, end: at + length + words.length, patterns: covered };
  }
  return undefined;
};

export const orderFrames: Registered = [
  ["don't dont do never", imperative],
  ["you you're", you],
  ["i i'd we", wish],
  ['make ensure be take see remember try careful mind beware watch keep note', carefully],
  ['avoid refrain abstain desist hold wait skip stop quit', avoid],
  ["let's lets let under in at by on we not must should may", others],
  ['without with', without],
  ['no zero', no],
  ['stay work remain offline keep', stay],
];
