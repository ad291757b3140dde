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
 * of them agrees to something, or is followed by orders.
 * @returns its first sign, or nothing
 */
export function pretendedTurns(text: string, ordered: (at: number) => boolean): readonly Span[] {
  /** Where a person last spoke, after a blank line. */
  let asked: number | undefined;
  for (const match of text.matchAll(turn)) {
    const [whole, first = '', blank, speaker = ''] = match;
    const start = match.index + first.length;
    const end = match.index + whole.length;
    const apart = blank !== undefined || match.index === 0 || text[match.index - 1] === '\n';
    const ordering = (speaker === 'Human' || speaker === 'User' || speaker === 'Assistant') && ordered(end);
    if (agreement.test(text.slice(end, end + 120)) || (ordering && saysSomething(text, end))) return [{ start, end }];
    if (speaker === 'Human') asked = apart ? start : undefined;
    else if (speaker === 'Assistant' && apart && asked !== undefined && start - asked < reach)
      return [{ start: asked, end }];
  }
  return [];
}
