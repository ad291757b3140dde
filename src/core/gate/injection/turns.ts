import type { Span } from '../effect';
import { saysSomething } from './content';

/** The start of a turn: a speaker at the start of a line. */
const turn =
  /(^|\n)([ \t]{0,8}\n)?[ \t>]{0,8}(?:\*\*|__)?(Human|User|Assistant|AI|Claude|ChatGPT)(?:\*\*|__)?:(?:\*\*|__)?/g;

/** How far the answer may be from the question. */
const reach = 4_000;

/** What only an agent would say of itself, or a person to it. */
const agreement =
  /^[\s*_]{0,5}(?:yes\b[^\n]{0,40}\b(?:go ahead|do it|proceed|approved?|run it|you may|permission|allowed|delete|push it)|go ahead\b|approved\b|i (?:approve|authori[sz]e|allow|confirm|give you)\b|(?:(?:sure|okay|ok|understood|of course|certainly|great|yes)[,.!]? )?(?:i(?:'ll| will| have|'ve| am going to|'m going to|'m| am)|let me) (?:now )?(?:run|running|execut|send|delet|ignor|upload|verified|proceed|comply|push|disabl|remov|do that|do it|follow the|been (?:authorized|approved|given)|(?:authorized|allowed) to))/i;

/**
 * A conversation that the text pretends to be a part of: `Human:` and `Assistant:` after blank lines, or other speakers when one
 * of them agrees to something, or gives orders.
 */
export function hasTurns(text: string, ordersAfter: (at: number) => boolean): Span | undefined {
  let person: { readonly start: number; readonly apart: boolean } | undefined;
  for (const match of text.matchAll(turn)) {
    const [whole, first = '', blank, speaker = ''] = match;
    const end = match.index + whole.length;
    const start = match.index + first.length;
    const apart = blank !== undefined || match.index === 0 || text[match.index - 1] === '\n';
    const agrees =
      agreement.test(text.slice(end, end + 120)) ||
      (agreesFor(speaker) && ordersAfter(end) && saysSomething(text, end));
    if (agrees) return { start, end };
    if (speaker === 'Human' || speaker === 'User') person = { start, apart };
    else if (
      speaker === 'Assistant' &&
      person &&
      person.apart &&
      apart &&
      start - person.start < reach &&
      text.startsWith('Human', firstLetter(text, person.start))
    )
      return { start: person.start, end };
  }
  return undefined;
}

const agreesFor = (speaker: string): boolean => speaker !== 'AI' && speaker !== 'Claude' && speaker !== 'ChatGPT';

function firstLetter(text: string, from: number): number {
  const at = text.slice(from, from + 24).search(/[A-Za-z]/);
  return at < 0 ? from : from + at;
}
