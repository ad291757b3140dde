import { button, el, setChildren, setText } from './dom';
import { foldText } from './fold';
import type { Page } from './page';
import type { ChatStatus } from './protocol';

/** Messages that wait to enter, above the box, each with the ways to change it. */
export function createQueuedList({ post, t }: Page) {
  const title = el('span', { class: 'queued-title' });
  const sendNow = button({ class: 'link' }, () => post({ type: 'send-waiting' }), t('sendNow'));
  const list = el('ol', { class: 'queued-items' });
  const element = el(
    'section',
    { class: 'queued', hidden: true },
    el('div', { class: 'queued-head' }, title, sendNow),
    list,
  );
  let drawn = '';

  return {
    element,
    update({ busy, queued }: ChatStatus, focusBox: () => void): void {
      element.hidden = queued.length === 0;
      const name = t(busy ? 'waiting' : 'waitingStopped');
      setText(title, name);
      element.setAttribute('aria-label', name);
      sendNow.hidden = busy;
      const key = JSON.stringify(queued);
      if (key === drawn) return;
      drawn = key;
      // A button that goes away while it is used hands the keyboard back to the box.
      const used = element.contains(document.activeElement);
      setChildren(list, ...queued.map(row));
      if (used) focusBox();
    },
  };

  function row({ id, text }: ChatStatus['queued'][number]): HTMLElement {
    const fold = foldText(text);
    return el(
      'li',
      { class: 'queued-item' },
      el('span', { class: 'queued-text', dir: 'auto' }, fold.folded ? `${fold.head} …` : text),
      button({ class: 'link' }, () => post({ type: 'withdraw', id, edit: true }), t('editWaiting')),
      button({ class: 'link' }, () => post({ type: 'withdraw', id, edit: false }), t('withdrawWaiting')),
    );
  }
}
