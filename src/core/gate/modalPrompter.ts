import { type Said, say } from '../say';
import type { PersonAnswer, Prompter, Question } from './prompter';
import { needsReview, offerLabel, questionDetail, questionTitle } from './questionText';
import { visibleLine } from './visible';

/** What the modal questions need of a front end. */
export interface ModalPorts {
  /** Shows a modal dialog. Resolves with the label that was chosen; undefined when it was closed. May throw. `signal`: where it can be closed. */
  show(title: string, detail: string, buttons: readonly string[], signal: AbortSignal): Promise<string | undefined>;
  /** Opens the whole question read-only in an editor. Resolves when the person wants to decide, or `signal` aborts. */
  review(title: string, text: string, signal: AbortSignal): Promise<void>;
  /** Resolves once a key in flight can no longer reach the dialog, or `signal` aborts. */
  quiet(signal: AbortSignal): Promise<void>;
  /** Asks why not, for the agent. Resolves with undefined when the person has nothing to say. */
  why(question: Question, signal: AbortSignal): Promise<string | undefined>;
  localize(said: Said): string;
}

const denied: PersonAnswer = { choice: 'deny' };

/**
 * Asks in modal dialogs, one at a time. *Deny* is the first button, which the editor focuses, so Enter denies; there is no close
 * affordance, because with one Enter would approve. Closing it, a throw, an abort and anything that was not offered are a no.
 */
export function createModalPrompter(ports: ModalPorts): Prompter {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask(question, signal) {
      const answered = last.then(() => conduct(ports, question, signal)).catch(() => denied);
      // A dialog cannot be closed from here: when the question is withdrawn, its late answer counts for nothing, and the next
      // question waits until it is gone.
      last = answered;
      return unlessAborted(answered, signal);
    },
  };
}

async function conduct(ports: ModalPorts, question: Question, signal: AbortSignal): Promise<PersonAnswer> {
  const { localize } = ports;
  const long = needsReview(question);
  const title = questionTitle(question, localize);
  const deny = localize(say('Deny'));
  const review = localize(say('Review…'));
  const denyWhy = localize(say('Deny and Say Why…'));
  const answers = new Map<string, PersonAnswer>(
    question.offers.map((offer) => [
      offer.type === 'always'
        ? localize(say('Always allow {0}', visibleLine(offer.rule)))
        : offerLabel(offer, localize),
      offer.type === 'always' ? { choice: 'always', rule: offer.rule } : { choice: offer.type },
    ]),
  );
  for (let reviewed = false; ; reviewed = true) {
    await ports.quiet(signal);
    if (signal.aborted) return denied;
    const allowing = long && !reviewed ? [] : [...answers.keys()];
    const buttons = [deny, ...allowing, ...(long ? [review] : []), denyWhy];
    const chosen = await ports.show(title, questionDetail(question, localize), buttons, signal);
    if (signal.aborted || chosen === undefined || !buttons.includes(chosen)) return denied;
    if (chosen === denyWhy) {
      const why = await ports.why(question, signal);
      return why ? { choice: 'deny', why } : denied;
    }
    if (chosen !== review) return answers.get(chosen) ?? denied;
    await ports.review(title, questionDetail(question, localize, true), signal);
  }
}

function unlessAborted(answered: Promise<PersonAnswer>, signal: AbortSignal): Promise<PersonAnswer> {
  if (signal.aborted) return Promise.resolve(denied);
  return new Promise((resolve) => {
    const withdraw = (): void => resolve(denied);
    signal.addEventListener('abort', withdraw, { once: true });
    void answered.then((answer) => {
      signal.removeEventListener('abort', withdraw);
      resolve(answer);
    });
  });
}
