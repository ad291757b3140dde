import { l10n, window } from 'vscode';
import type { Prompter, Question } from '../core/gate/prompter';
import { visibleLine } from '../core/gate/visible';
import type { AgentQuestion } from '../core/tools/asker';
import type { CardDesk } from './cardDesk';
import type { ChatView } from './chatView';

interface PersonPrompterOptions {
  readonly desk: CardDesk;
  readonly modal: Prompter;
  readonly view: ChatView;
  /** A question was opened or closed; for its card. */
  onQuestion(question: Question, open: boolean): void;
}

/** Asks the person at the editor: on the card in the chat, or in a dialog that interrupts. */
export function createPersonPrompter({ desk, modal, onQuestion, view }: PersonPrompterOptions): Prompter & {
  /** Questions of the agent's own have come or gone. @param asked the new ones. */
  agentAsks(waiting: number, asked: readonly AgentQuestion[] | undefined): void;
  dispose(): void;
} {
  let agents = 0;
  const badge = (): void => view.badge(desk.waiting.length + agents);
  const watching = desk.onChange((question, open) => {
    onQuestion(question, open);
    badge();
    if (open && !view.visible)
      void callOver(l10n.t('The agent asks whether this may run: {0}', shorten(visibleLine(question.title))));
  });

  /** The view is hidden, so the question would go unseen. It is answered in the chat only, where all of it can be read. */
  async function callOver(words: string): Promise<void> {
    const show = l10n.t('Show');
    const picked = await window.showInformationMessage(words, show);
    if (picked === show) await view.focus();
  }

  return {
    async ask(question, signal) {
      if (question.style === 'card') return desk.ask(question, signal);
      onQuestion(question, true);
      try {
        return await modal.ask(question, signal);
      } finally {
        onQuestion(question, false);
      }
    },
    agentAsks(waiting, asked) {
      agents = waiting;
      badge();
      const [first] = asked ?? [];
      if (first && !view.visible)
        void callOver(l10n.t('The agent asks you: {0}', shorten(visibleLine(first.question))));
    },
    dispose: () => watching.dispose(),
  };
}

const shorten = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 120)}…`);
