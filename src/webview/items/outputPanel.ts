import { el, setText } from '../dom';
import { countLines } from '../fold';
import type { Page } from '../page';
import type { ItemOf } from './itemView';

export interface OutputPanel {
  readonly element: HTMLElement;
  update(item: ItemOf<'call'>): void;
}

/** Output up to this length stays open after a call went well. Lines. */
const shortOutput = 8;

/**
 * The tail of what a call printed, in a box that scrolls by itself and follows its end. Open while the call runs, when it
 * failed and when it is short; what the person folds or unfolds stays so.
 */
export function createOutputPanel({ t }: Page): OutputPanel {
  const label = el('summary');
  const pre = el('pre', { class: 'output-text', tabindex: '0', role: 'group', 'aria-label': t('output'), dir: 'ltr' });
  const details = el('details', { class: 'output', hidden: true }, label, pre);
  let chosen = false;
  let follows = true;
  label.addEventListener('click', () => {
    chosen = true;
  });
  pre.addEventListener('scroll', () => {
    follows = pre.scrollHeight - pre.scrollTop - pre.clientHeight < 16;
  });
  const toEnd = () => {
    if (follows) pre.scrollTop = pre.scrollHeight;
  };
  details.addEventListener('toggle', toEnd);

  return {
    element: details,
    update({ output, state }) {
      details.hidden = output === '';
      if (details.hidden) return;
      const lines = countLines(output);
      if (!chosen) details.open = state !== 'done' || lines <= shortOutput;
      setText(label, lines > 1 ? t('outputLines', lines) : t('output'));
      if (pre.textContent === output) return;
      pre.textContent = output;
      // At the first time the box is not on the page yet.
      if (pre.isConnected) toEnd();
      else requestAnimationFrame(toEnd);
    },
  };
}
