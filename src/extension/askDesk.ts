import type { CallId } from '../core/ids';
import type { AgentAnswer, AgentQuestion, Asker } from '../core/tools/asker';

/** Questions of the agent's that stand on a card. */
export interface OpenAsks {
  readonly id: CallId;
  readonly questions: readonly AgentQuestion[];
}

/** Where the questions of the agent's wait for the person. */
export interface AskDesk extends Asker {
  readonly waiting: readonly OpenAsks[];
  /** What the page sent, `undefined` for no answer. Ignored when nothing waits under the id. */
  answer(id: string, answers: readonly AgentAnswer[] | undefined): void;
}

/** Longest answer in the person's own words. UTF-16 units. */
const typedLimit = 10_000;

/** @param onChange told of questions that are opened or closed. */
export function createAskDesk(onChange: (asks: OpenAsks, open: boolean) => void): AskDesk {
  const open = new Map<
    string,
    { readonly asks: OpenAsks; settle(answers: readonly AgentAnswer[] | undefined): void }
  >();
  return {
    get waiting() {
      return [...open.values()].map(({ asks }) => asks);
    },
    ask(id, questions, signal) {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const asks = { id, questions };
        const close = (): boolean => {
          signal.removeEventListener('abort', withdraw);
          const was = open.delete(id);
          if (was) onChange(asks, false);
          return was;
        };
        const withdraw = (): void => {
          if (close()) reject(signal.reason);
        };
        open.set(id, {
          asks,
          settle: (answers) => {
            if (close()) resolve(answers);
          },
        });
        signal.addEventListener('abort', withdraw, { once: true });
        onChange(asks, true);
      });
    },
    answer(id, answers) {
      const asked = open.get(id);
      asked?.settle(answers && asked.asks.questions.map((question, index) => fitting(question, answers[index])));
    },
  };
}

/** What is left of an answer when only what was asked counts. */
function fitting({ multiple, options }: AgentQuestion, answer: AgentAnswer | undefined): AgentAnswer {
  const chosen = [...new Set(answer?.chosen ?? [])]
    .filter((index) => options[index] !== undefined)
    .sort((a, b) => a - b);
  return { chosen: multiple ? chosen : chosen.slice(0, 1), typed: (answer?.typed ?? '').slice(0, typedLimit) };
}
