import type { ChatItem } from '../protocol';

export type ItemOf<Type extends ChatItem['type']> = Extract<ChatItem, { readonly type: Type }>;

/** One item on the page. It is drawn once and then changed in place, so that folds, focus and selections stay. */
export interface ItemView<Item extends ChatItem = ChatItem> {
  readonly element: HTMLElement;
  update(item: Item): void;
  /** Called before the element is taken away. */
  dispose?(): void;
}
