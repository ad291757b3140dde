import type { Page } from '../page';
import type { ChatItem } from '../protocol';
import { createAssistantItem } from './assistantItem';
import { createCallItem } from './callItem';
import type { ItemOf, ItemView } from './itemView';
import { createNoticeItem } from './noticeItem';
import { createThinkingItem } from './thinkingItem';
import { createUserItem } from './userItem';

/** Draws an item of any kind. `update` ignores items of another kind: a changed kind needs a new view. */
export function createItemView(item: ChatItem, page: Page): ItemView {
  switch (item.type) {
    case 'user':
      return only('user', createUserItem(item, page));
    case 'assistant':
      return only('assistant', createAssistantItem(item, page));
    case 'thinking':
      return only('thinking', createThinkingItem(item, page));
    case 'call':
      return only('call', createCallItem(item, page));
    case 'notice':
      return only('notice', createNoticeItem(item, page));
  }
}

function only<Type extends ChatItem['type']>(type: Type, view: ItemView<ItemOf<Type>>): ItemView {
  const isOurs = (item: ChatItem): item is ItemOf<Type> => item.type === type;
  return {
    element: view.element,
    update(item) {
      if (isOurs(item)) view.update(item);
    },
    dispose: () => view.dispose?.(),
  };
}
