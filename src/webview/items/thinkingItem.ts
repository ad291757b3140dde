import { el, setText } from '../dom';
import type { Page } from '../page';
import type { ItemOf, ItemView } from './itemView';

/** The agent's reasoning, folded. Its text is put on the page only while it is open. */
export function createThinkingItem(item: ItemOf<'thinking'>, { t }: Page): ItemView<ItemOf<'thinking'>> {
  const label = el('span');
  const text = el('p', { class: 'plain', dir: 'auto' });
  const details = el('details', { class: 'thinking-fold' }, el('summary', {}, label), text);
  const element = el('article', { class: 'item thinking', 'aria-label': t('thought') }, details);
  let latest = item;

  function draw(): void {
    setText(label, t(latest.streaming ? 'thinking' : 'thought'));
    element.classList.toggle('streaming', latest.streaming);
    if (details.open) setText(text, latest.text);
  }

  details.addEventListener('toggle', draw);
  draw();
  return {
    element,
    update(next) {
      latest = next;
      draw();
    },
  };
}
