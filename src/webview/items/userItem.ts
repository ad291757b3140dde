import { button, el, setText } from '../dom';
import { foldText } from '../fold';
import type { Page } from '../page';
import type { ItemOf, ItemView } from './itemView';

/** What the person said, as it was typed. Long pastes are folded. */
export function createUserItem(item: ItemOf<'user'>, { post, t }: Page): ItemView<ItemOf<'user'>> {
  const text = el('p', { class: 'plain', dir: 'auto' });
  const element = el('article', { class: 'item user', 'aria-label': t('you') }, text);
  const rewind = button({ class: 'link rewind' }, () => post({ type: 'rewind', itemId: item.id }), t('rewind'));
  let shown: string | undefined;

  function update(next: ItemOf<'user'>): void {
    if (next.text === shown) return;
    shown = next.text;
    const fold = foldText(next.text);
    setText(text, fold.folded ? `${fold.head} …` : next.text);
    element.replaceChildren(text, ...(next.rewindable ? [rewind] : []));
    if (!fold.folded) return;
    const key = fold.unit === 'lines' ? 'showAllLines' : 'showAllCharacters';
    const unfold = button(
      { class: 'unfold' },
      () => {
        setText(text, next.text);
        unfold.remove();
      },
      t(key, fold.total),
    );
    text.after(unfold);
  }

  update(item);
  return { element, update };
}
