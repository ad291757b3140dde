import { type Said, say } from '../../say';
import { isLiteral, saysSomething } from './content';
import type { Finding } from './finding';
import type { Order } from './orders';
import { pretendedTurns } from './turns';
import { sourceSpan, type View } from './view';

/** Tags with which conversations are put together for a model, and nothing else is. */
const ownTag =
  /<(\/?)((?:antml:)?(?:function_results?|function_calls?|function_response|tool_results?|tool_use|tool_calls?|tool_response|tool_outputs?|tool_error|system[-_](?:reminder|prompt|message|instructions?|note)|user[-_](?:message|prompt|instructions?|approval)|assistant[-_](?:message|response)|human_turn|assistant_turn|invoke|local-command-stdout))(?:\s[^<>]{0,200})?>/gi;
/** Tags that other documents have as well: there must be an order in them. */
const sharedTag =
  /<(system|user|assistant|human|developer|admin|important|instructions?|critical|secret|override|prompt|ai|agent|claude|mandatory)(?:\s[^<>]{0,100})?>/gi;
/** One turn ends and another begins. */
const change =
  /<\/(user|human|assistant|system|data|document|documents|input|context|query|result|results|output|untrusted[-_\w]{0,30}|content|function_results|tool_result)>\s{0,40}<(system|assistant|human|developer|user)>/gi;

/** The control tokens of model families, with the role that begins there. */
const token =
  /<\|(?:im_start|start_header_id|start)\|>\s{0,3}(?:system|user|assistant|tool|developer)\b(?:<\|(?:end_header_id|message|channel)\|>)?|<\|(?:system|user|assistant|developer|prompter)\|>|<(?:start_of_turn|turn)>\s{0,3}(?:user|model|system)\b|\[INST\](?:\s{0,3}<<SYS>>)?|<<SYS>>|\[SYSTEM_PROMPT\]|<\uff5c(?:User|Assistant)\uff5c>/gi;

const jsonRole = /\\{0,3}"role\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"(?:system|developer|user|assistant|tool)\\{0,3}"/g;

/** Sentences of this extension, at the start of a line: see `refusal.ts`, and the cards of the chat. */
const ownSentence =
  /^[ \t>*_#[\]()-]{0,12}(?:This call was (?:blocked before it ran|not run:|allowed|approved)|This call needs a person's approval|The person was asked and said (?:yes|no)\b|The (?:person|user) was asked and (?:said yes|agreed|approved)|Stopped by the person\b|Allowed by (?:the (?:classifier|person|user|gate|human)|your rule)\b|Allowed here in \d|Approved by the (?:person|user)\b|End of warning\b|Warning [0-9a-f]{4,64}:|Gatehouse (?:warning|notice|has (?:checked|approved)|allows)|\[?Gatehouse\]?:)/gim;

/** How far an order may stand from the markup that goes with it. */
const near = 500;
const most = 20;

/** A place in the text that is looked at, and what it is taken for. */
interface Place {
  readonly said: Said;
  readonly start: number;
  readonly end: number;
}

/** Whether an order begins in a range. */
type Ordered = (start: number, end?: number) => boolean;

/**
 * What looks as if it were not the tool's own text: the markup of conversations, messages with a role, this extension's words.
 * @param plain with punctuation and layout, see `plainView`
 */
export function imitations(plain: View, orders: readonly Order[]): readonly Finding[] {
  const { text } = plain;
  const strong = orders.filter(({ counts }) => counts === 'always').slice(0, 500);
  const ordered: Ordered = (start, end = start + near) => {
    const [from, to] = [plain.sourceOf(start), plain.sourceOf(Math.min(text.length, end))];
    return strong.some(({ span }) => span.start >= from && span.start < to);
  };
  return [
    ...ownTags(text),
    ...sharedTags(text, ordered),
    ...changes(text),
    ...controlTokens(text, ordered),
    ...placesOf(text, jsonRole, roles).filter(({ start }) => ordered(start)),
    ...placesOf(text, ownSentence, own),
    ...pretendedTurns(text, ordered).map((turns) => ({ said: conversation, ...turns })),
  ]
    .slice(0, most)
    .map(({ said, start, end }) => ({ said, span: sourceSpan(plain, start, end) }));
}

const closes = say('The text closes a section that it is not in, as if what follows came from somebody else.');
const markup = say('The text imitates the markup of a conversation with an agent.');
const tokens = say('The text holds the control tokens of a language model, with a turn of its own.');
const roles = say('The text imitates a message with a role, next to orders.');
const own = say('The text imitates what this extension says about calls.');
const conversation = say('The text imitates a conversation between a person and an assistant.');

function placesOf(text: string, pattern: RegExp, said: Said): readonly Place[] {
  return [...text.matchAll(pattern)].map(({ index, 0: whole }) => ({ said, start: index, end: index + whole.length }));
}

/** Tags that are closed without having been opened, and those that enclose words. */
function ownTags(text: string): readonly Place[] {
  const tags = [...text.matchAll(ownTag)].map(({ index, 0: whole, 1: slash, 2: name = '' }) => ({
    start: index,
    end: index + whole.length,
    closing: slash === '/',
    name: name.toLowerCase(),
  }));
  const lastClosed = new Map(tags.filter(({ closing }) => closing).map(({ name, start }) => [name, start]));
  const opened = new Set<string>();
  return tags.flatMap(({ start, end, closing, name }) => {
    if (!closing) opened.add(name);
    if (isLiteral(text, start, end)) return [];
    if (closing) return opened.has(name) ? [] : [{ said: closes, start, end }];
    const stands = startsLine(text, start) || (lastClosed.get(name) ?? -1) > start;
    return stands && saysSomething(text, end) ? [{ said: markup, start, end }] : [];
  });
}

function sharedTags(text: string, ordered: Ordered): readonly Place[] {
  return placesOf(text, sharedTag, markup).filter(({ start, end }) => {
    const closing = text.slice(end, end + near).indexOf('</');
    return ordered(end, closing < 0 ? undefined : end + closing) && !isLiteral(text, start, end);
  });
}

function changes(text: string): readonly Place[] {
  return [...text.matchAll(change)].flatMap(({ index, 0: whole, 1: from = '', 2: to = '' }) => {
    const end = index + whole.length;
    const another = from.toLowerCase() !== to.toLowerCase();
    return another && saysSomething(text, end, 3) ? [{ said: markup, start: index, end }] : [];
  });
}

function controlTokens(text: string, ordered: Ordered): readonly Place[] {
  return placesOf(text, token, tokens).filter(
    ({ start, end }) => (saysSomething(text, end) && !isLiteral(text, start, end)) || ordered(end),
  );
}

/** Whether nothing but blanks and marks of a quotation stand before it on its line. */
function startsLine(text: string, at: number): boolean {
  const from = Math.max(0, at - 21);
  return (from === 0 ? /(?:^|\n)[ \t>]*$/ : /\n[ \t>]*$/).test(text.slice(from, at));
}
