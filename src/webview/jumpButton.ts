import { button, setChildren } from './dom';
import { icon } from './icons';
import type { Page } from './page';

/** Shown while the end of the conversation is out of view; says so when a question waits there. */
export function createJumpButton({ t, questions }: Page, jump: () => void) {
  const element = button({ class: 'jump', hidden: true }, jump);
  return {
    element,
    update(away: boolean): void {
      element.hidden = !away;
      if (!away) return;
      const waiting = questions.waiting() !== undefined;
      element.classList.toggle('jump-question', waiting);
      setChildren(element, icon(waiting ? 'question' : 'down'), t(waiting ? 'jumpQuestion' : 'jump'));
    },
  };
}
