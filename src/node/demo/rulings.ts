import { classifierTitle } from '../../core/gate/classifier/prompt';
import { filterWords, verdictWord } from '../../core/gate/classifier/reply';
import { blocksOf, type MessagesRequest } from '../scriptedApi/requestSchema';
import { message, type ScriptedReply, text } from '../scriptedApi/script';

/** The only place that knows what a request of the classifier looks like. */
export function isClassifierRequest({ system = '' }: MessagesRequest): boolean {
  const words = typeof system === 'string' ? system : system.map((block) => block.text).join('\n');
  return words.startsWith(classifierTitle);
}

/** What a scripted classifier decides about one call. */
export type Ruling =
  | { readonly block: false; readonly reason: string }
  | { readonly block: true; readonly rule: string; readonly reason: string };

/** The texts of a request's messages in order: session so far, action, question. */
export function textsOf({ messages }: MessagesRequest): readonly string[] {
  return messages.flatMap(blocksOf).flatMap((block) => (block.type === 'text' ? [block.text] : []));
}

/** Which of the two questions a request asks, and its mark; undefined when it asks neither. */
export function questionOf(body: MessagesRequest): { readonly stage: 1 | 2; readonly mark: string } | undefined {
  const found = /^QUESTION (\w+): (could|may) /.exec(textsOf(body).at(-1) ?? '');
  return found?.[1] === undefined ? undefined : { stage: found[2] === 'could' ? 1 : 2, mark: found[1] };
}

/** Answers a request of the classifier in the form it asks for. @param ruling undefined: nobody knows. */
export function answerAs(body: MessagesRequest, ruling: Ruling | undefined): ScriptedReply {
  const question = questionOf(body);
  if (!question) return message(text('OK'));
  if (question.stage === 1) return message(text(ruling?.block === false ? filterWords.pass : filterWords.look));
  if (!ruling) return message(text('This call cannot be judged here.'));
  const { block, reason } = ruling;
  const verdict = JSON.stringify({ block, rule: block ? ruling.rule : null, reason });
  return message(text(`${reason}\n${verdictWord} ${question.mark} ${verdict}`));
}

/**
 * A script for a classifier that gives these rulings in order, each through as many requests as it takes; an entry that is a
 * reply answers one request as it stands.
 */
export function rulingScript(entries: readonly (Ruling | ScriptedReply)[]): (body: MessagesRequest) => ScriptedReply {
  const left = [...entries];
  const begun = new Map<string, Ruling>();
  return (body) => {
    const mark = questionOf(body)?.mark ?? '';
    const next = begun.get(mark) ?? left.shift();
    if (next === undefined)
      return { type: 'error', status: 400, errorType: 'invalid_request_error', message: 'the script is over' };
    if ('type' in next) return next;
    begun.set(mark, next);
    return answerAs(body, next);
  };
}
