import { createItemView } from './items/createItemView';
import type { ItemView } from './items/itemView';
import type { Page } from './page';
import type { ChatItem } from './protocol';

export interface ItemList {
  readonly element: HTMLElement;
  /** Shows exactly these items; views of items that did not change stay. Returns how many stayed. */
  reset(items: readonly ChatItem[]): number;
  /** Changes the item with the same id, or appends it. Returns what it was before. */
  put(item: ChatItem): ChatItem | undefined;
  readonly size: () => number;
}

/** The conversation: one view an item, found by id; nothing else is touched when an item changes. */
export function createItemList(element: HTMLElement, page: Page): ItemList {
  const views = new Map<string, { item: ChatItem; readonly view: ItemView }>();

  function add(item: ChatItem): void {
    const view = createItemView(item, page);
    views.set(item.id, { item, view });
    element.append(view.element);
  }

  return {
    element,
    size: () => views.size,
    reset(items) {
      const old = new Map(views);
      const kept = new Set(items.filter((item) => isSame(old.get(item.id)?.item, item)).map(({ id }) => id));
      for (const [id, { view }] of old) if (!kept.has(id)) remove(view);
      views.clear();
      for (const [index, item] of items.entries()) {
        const known = kept.has(item.id) ? old.get(item.id) : undefined;
        const entry = known ?? { item, view: createItemView(item, page) };
        views.set(item.id, entry);
        // What is in place already is not moved: moving would lose its focus and scroll position.
        const there = element.children[index];
        if (there !== entry.view.element) element.insertBefore(entry.view.element, there ?? null);
      }
      return kept.size;
    },
    put(item) {
      const known = views.get(item.id);
      if (!known) {
        add(item);
        return undefined;
      }
      const before = known.item;
      if (before.type === item.type) {
        known.view.update(item);
        known.item = item;
        return before;
      }
      const next = known.view.element.nextSibling;
      remove(known.view);
      const view = createItemView(item, page);
      element.insertBefore(view.element, next);
      views.set(item.id, { item, view });
      return before;
    },
  };
}

function remove(view: ItemView): void {
  view.dispose?.();
  view.element.remove();
}

/** Items are plain data that came through a message, so that equal ones have equal texts. */
function isSame(a: ChatItem | undefined, b: ChatItem): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
