import { l10n, window } from 'vscode';
import type { Prompter, Question } from '../core/gate/prompter';
import { visibleLine } from '../core/gate/visible';
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
  dispose(): void;
} {
  const watching = desk.onChange((question, open) => {
    onQuestion(question, open);
    view.badge(desk.waiting.length);
    if (open && !view.visible) void callOver(question);
  });

  /** The view is hidden, so the question would go unseen. It is answered in the chat only, where all of it can be read. */
  async function callOver({ title }: Question): Promise<void> {
    const show = l10n.t('Show');
    const picked = await window.showInformationMessage(
      l10n.t('The agent asks whether this may run: {0}', shorten(visibleLine(title))),
      show,
    );
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
    dispose: () => watching.dispose(),
  };
}

const shorten = (text: string): string => (text.length <= 120 ? text : `${text.slice(0, 120)}…`);
