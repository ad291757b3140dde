import { l10n, window } from 'vscode';
import type { Prompter, Question } from '../core/gate/prompter';
import { visibleLine } from '../core/gate/visible';
import type { OpenAsks } from './askDesk';
import type { CardDesk } from './cardDesk';
import type { ChatView } from './chatView';

/** A question, by the id under which it waits. */
interface Asked {
  readonly id: string;
}

interface PersonPrompterOptions {
  readonly desk: CardDesk;
  readonly modal: Prompter;
  readonly view: ChatView;
  /** A question was opened or closed; for its card. */
  onQuestion(question: Question, open: boolean): void;
  /** Its session is on the page. */
  isShown(question: Asked): boolean;
  /** Brings the card before the person. */
  showCard(question: Asked): Promise<void>;
}

/** Asks the person at the editor: on the card in the chat, or in a dialog that interrupts. */
export function createPersonPrompter({
  desk,
  isShown,
  modal,
  onQuestion,
  showCard,
  view,
}: PersonPrompterOptions): Prompter & {
  /** Questions of the agent's own have come or gone. @param asked the new ones. */
  agentAsks(waiting: number, asked: OpenAsks | undefined): void;
  dispose(): void;
} {
  let agents = 0;
  const badge = (): void => view.badge(desk.waiting.length + agents);
  const watching = desk.onChange((question, open) => {
    onQuestion(question, open);
    badge();
    if (open) void callOver(question, l10n.t('The agent asks whether this may run: {0}', shorten(question.title)));
  });

  /** Its card is out of sight, so it would go unseen. It is answered in the chat only, where all of it can be read. */
  async function callOver(question: Asked, words: string): Promise<void> {
    if (view.visible && isShown(question)) return;
    const show = l10n.t('Show');
    const picked = await window.showInformationMessage(words, show);
    if (picked === show) await showCard(question);
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
      const [first] = asked?.questions ?? [];
      if (asked && first) void callOver(asked, l10n.t('The agent asks you: {0}', shorten(first.question)));
    },
    dispose: () => watching.dispose(),
  };
}

function shorten(text: string): string {
  const line = visibleLine(text);
  return line.length <= 120 ? line : `${line.slice(0, 120)}…`;
}
