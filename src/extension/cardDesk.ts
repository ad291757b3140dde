import type { PersonAnswer, Prompter, Question } from '../core/gate/prompter';

/** What goes with an answer. */
interface Said {
  /** The one that was offered, as the person has changed it. */
  readonly rule?: string;
  /** Of a no, for the agent. */
  readonly why?: string;
}

/** Questions that wait on a card of the conversation. */
export interface CardDesk extends Prompter {
  readonly waiting: readonly Question[];
  /** What the person clicked. Ignored when the question is no longer open; what was not offered is a no. */
  answer(questionId: string, choice: PersonAnswer['choice'], said?: Said): void;
  /** Told with every question that opens or closes. */
  onChange(listener: (question: Question, open: boolean) => void): { dispose(): void };
}

export function createCardDesk(): CardDesk {
  const open = new Map<string, { readonly question: Question; settle(answer: PersonAnswer): void }>();
  const listeners = new Set<(question: Question, open: boolean) => void>();
  const tell = (question: Question, isOpen: boolean): void => {
    for (const listener of [...listeners]) listener(question, isOpen);
  };
  return {
    get waiting() {
      return [...open.values()].map(({ question }) => question);
    },
    ask(question, signal) {
      if (signal.aborted) return Promise.resolve({ choice: 'deny' });
      return new Promise((resolve) => {
        const settle = (answer: PersonAnswer): void => {
          if (!open.delete(question.id)) return;
          signal.removeEventListener('abort', withdraw);
          tell(question, false);
          resolve(answer);
        };
        const withdraw = (): void => settle({ choice: 'deny' });
        open.set(question.id, { question, settle });
        signal.addEventListener('abort', withdraw, { once: true });
        tell(question, true);
      });
    },
    answer(questionId, choice, said = {}) {
      const asked = open.get(questionId);
      asked?.settle(answerFor(asked.question, choice, said));
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}

function answerFor({ offers }: Question, choice: PersonAnswer['choice'], { rule, why }: Said): PersonAnswer {
  if (choice === 'deny' && why) return { choice, why };
  const offer = offers.find(({ type }) => type === choice);
  if (!offer) return { choice: 'deny' };
  return offer.type === 'always' ? { choice: 'always', rule: rule ?? offer.rule } : { choice: offer.type };
}
