import { el } from '../dom';
import { createMarkdownView } from '../markdownView';
import type { Page } from '../page';
import type { ItemOf, ItemView } from './itemView';

/** What the agent says. */
export function createAssistantItem(item: ItemOf<'assistant'>, page: Page): ItemView<ItemOf<'assistant'>> {
  const view = createMarkdownView(page);
  const element = el('article', { class: 'item assistant', 'aria-label': page.t('agent') }, view.element);

  function update(next: ItemOf<'assistant'>): void {
    view.update(next.text);
    element.classList.toggle('streaming', next.streaming);
    element.setAttribute('aria-busy', String(next.streaming));
  }

  update(item);
  return { element, update };
}
