import { type Said, say } from '../say';
import { describeEffect, type Effect } from './effect';
import type { Offer, Question } from './prompter';
import { visible, visibleLine } from './visible';

type Localize = (said: Said) => string;

/** A call longer than this is read in an editor before it can be allowed, because a dialog shows no more at a glance. */
const dialogLines = 20;
const dialogChars = 2_000;
/** What of a longer call the dialog shows, so that the person knows which one it is. */
const previewLines = 8;
const previewChars = 600;
/** Effects that the dialog lists; more make the call one to review. */
const listedEffects = 12;
const titleChars = 80;

/** Whether the call must be opened in an editor before it can be allowed. */
export function needsReview({ exact, effects }: Question): boolean {
  const text = visible(exact);
  return text.length > dialogChars || text.split('\n').length > dialogLines || effects.length > listedEffects;
}

/** What is asked and why, in one sentence. */
export function questionTitle({ title, opinion, blocks }: Question, localize: Localize): string {
  const what = shorten(visibleLine(title), titleChars);
  const why = visibleLine(localize(opinion.reason));
  if (opinion.step === 'critical') return localize(say('May “{0}” run? It could destroy too much: {1}', what, why));
  if (blocks.length > 1)
    return localize(
      say('May “{0}” run? The agent was blocked {1} times, the last time because: {2}', what, blocks.length, why),
    );
  return localize(say('May “{0}” run? {1}', what, why));
}

/** Everything that the decision needs: the exact call, where it runs, which rule, what it would do, which blocks led here. */
export function questionDetail(question: Question, localize: Localize, whole = !needsReview(question)): string {
  const { alternatives, cwd, opinion, effects, blocks, loss } = question;
  const exact = visible(question.exact);
  const listed = whole ? effects : effects.slice(0, listedEffects);
  const more = effects.length - listed.length;
  return [
    whole ? exact : beginning(exact, localize),
    '',
    localize(say('Folder: {0}', visibleLine(cwd))),
    localize(say('Rule: {0} ({1})', visibleLine(opinion.rule), visibleLine(opinion.source))),
    ...(effects.length > 0 ? [localize(say('What it would do:'))] : []),
    ...listed.map((effect) => `  • ${effectLine(effect, localize)}`),
    ...(more > 0 ? [`  • ${localize(say('and {0} more', more))}`] : []),
    ...(loss ? [localize(say('Blast radius: {0}', localize(loss)))] : []),
    ...(blocks.length > 0 ? [localize(say('Blocked so far:'))] : []),
    ...blocks.map(
      ({ title, rule, reason }, index) =>
        `  ${index + 1}. ${shorten(visibleLine(title), titleChars)} — ${visibleLine(localize(reason))} (${visibleLine(rule)})`,
    ),
    ...(alternatives.length > 0 ? [localize(say('Safer instead:'))] : []),
    ...alternatives.map((way) => `  • ${way}`),
  ].join('\n');
}

/** One effect for a person, with what is known about taking it back. */
export function effectLine(effect: Effect, localize: Localize): string {
  const line = visibleLine(describeEffect(effect));
  if (!effect.recoverable) return line;
  const why = visibleLine(effect.recoverable.why);
  return effect.recoverable.yes
    ? localize(say('{0} (can be undone: {1})', line, why))
    : localize(say('{0} (cannot be undone: {1})', line, why));
}

export function offerLabel(offer: Offer, localize: Localize): string {
  switch (offer.type) {
    case 'once':
      return localize(say('Allow once'));
    case 'session':
      return localize(say('Allow for this session'));
    case 'always':
      return localize(say('Always allow'));
  }
}

function beginning(text: string, localize: Localize): string {
  const lines = text.split('\n');
  const head = shorten(lines.slice(0, previewLines).join('\n'), previewChars);
  return `${head}\n⋯ ${localize(say('This is the beginning of {0} lines and {1} characters. Review… opens all of it; then it can be allowed.', lines.length, text.length))}`;
}

function shorten(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, chars)}…`;
}
