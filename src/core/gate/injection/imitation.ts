import { type Said, say } from '../../say';
import type { Span } from '../effect';
import { isLiteral, saysSomething } from './content';
import type { Order } from './orders';
import { hasTurns } from './turns';
import { sourceSpan, type View } from './view';

/** Something that looks as if it were not the tool's own text. */
export interface Imitation {
  readonly said: Said;
  readonly span: Span;
}

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
  /^[ \t>*_#[\]()-]{0,12}(?:This call was (?:blocked before it ran|not run:|allowed|approved)|This call needs a person's approval|The person was asked and said (?:yes|no)\b|The (?:person|user) was asked and (?:said yes|agreed|approved)|Stopped by the person\b|Allowed by (?:the (?:classifier|person|user|gate|human)|your rule)\b|Allowed here in \d|Approved by the (?:person|user)\b|Gatehouse (?:warning|notice|has (?:checked|approved)|allows)|\[?Gatehouse\]?:)/gim;

/** How far an order may stand from the markup that goes with it. */
const near = 500;
const most = 20;

export function imitations(plain: View, orders: readonly Order[]): readonly Imitation[] {
  const found: Imitation[] = [];
  const add = (said: Said, start: number, end: number): void => {
    if (found.length < most) found.push({ said, span: sourceSpan(plain, start, end) });
  };
  const strongAfter = (start: number): boolean => {
    const [from, to] = [plain.sourceOf(start), plain.sourceOf(Math.min(plain.text.length, start + near))];
    return orders.some(({ counts, span }) => counts === 'always' && span.start >= from && span.start < to);
  };
  const read = plain.text;

  const ownTags = [...read.matchAll(ownTag)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    closing: match[1] === '/',
    name: (match[2] ?? '').toLowerCase(),
  }));
  const lastClosed = new Map(ownTags.filter(({ closing }) => closing).map(({ name, start }) => [name, start]));
  const opened = new Set<string>();
  for (const { start, end, closing, name } of ownTags) {
    const literal = isLiteral(read, start, end);
    if (closing && !opened.has(name) && !literal) add(closes, start, end);
    if (closing) continue;
    opened.add(name);
    const stands = startsLine(read, start) || (lastClosed.get(name) ?? -1) > start;
    if (stands && !literal && saysSomething(read, end)) add(markup, start, end);
  }
  for (const match of read.matchAll(sharedTag)) {
    const end = match.index + match[0].length;
    const closing = read.slice(end, end + near).search(/<\//);
    const inside = {
      start: plain.sourceOf(end),
      end: plain.sourceOf(closing < 0 ? Math.min(read.length, end + near) : end + closing),
    };
    const ordered = orders.some(
      ({ counts, span }) => counts === 'always' && span.start >= inside.start && span.start < inside.end,
    );
    if (ordered && !isLiteral(read, match.index, end)) add(markup, match.index, end);
  }
  for (const match of read.matchAll(change)) {
    const [whole, from = '', to = ''] = match;
    const end = match.index + whole.length;
    if (from.toLowerCase() !== to.toLowerCase() && saysSomething(read, end, 3)) add(markup, match.index, end);
  }
  for (const match of read.matchAll(token)) {
    const end = match.index + match[0].length;
    if ((saysSomething(read, end) && !isLiteral(read, match.index, end)) || strongAfter(end))
      add(tokens, match.index, end);
  }
  for (const match of read.matchAll(jsonRole))
    if (strongAfter(match.index)) add(roles, match.index, match.index + match[0].length);
  for (const match of read.matchAll(ownSentence)) add(own, match.index, match.index + match[0].length);
  const turns = hasTurns(read, strongAfter);
  if (turns) add(conversation, turns.start, turns.end);
  return found;
}

const closes = say('The text closes a section that it is not in, as if what follows came from somebody else.');
const markup = say('The text imitates the markup of a conversation with an agent.');
const tokens = say('The text holds the control tokens of a language model, with a turn of its own.');
const roles = say('The text imitates a message with a role, next to orders.');
const own = say('The text imitates what this extension says about calls.');
const conversation = say('The text imitates a conversation between a person and an assistant.');

/** Whether nothing but blanks and marks of a quotation stand before it on its line. */
function startsLine(text: string, at: number): boolean {
  const from = Math.max(0, at - 21);
  return (from === 0 ? /(?:^|\n)[ \t>]*$/ : /\n[ \t>]*$/).test(text.slice(from, at));
}
