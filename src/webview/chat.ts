import { type ChatPage, createChatPage } from './chatPage';
import { createFrameQueue } from './frameQueue';
import { createHost } from './host';
import type { ChatItem, ToPage } from './protocol';

const host = createHost();
const queue = createFrameQueue<ChatItem>(({ id }) => id, draw);
let page: ChatPage | undefined;
let focusWanted = false;

function draw(items: Iterable<ChatItem>): void {
  page?.put(items);
}

function receive(message: ToPage): void {
  switch (message.type) {
    case 'reset': {
      queue.drop();
      page ??= open(message.strings);
      page.reset(message);
      if (focusWanted) page.focus();
      focusWanted = false;
      return;
    }
    case 'item':
      queue.add(message.item);
      return;
    case 'status':
      queue.flush();
      page?.status(message.status);
      return;
    case 'fill':
      page?.fill(message.text, message.before);
      return;
    case 'focus':
      if (page) page.focus();
      else focusWanted = true;
  }
}

function open(strings: Readonly<Record<string, string>>): ChatPage {
  const root = document.getElementById('chat');
  if (!root) throw new Error('the page has no #chat');
  return createChatPage(root, host, strings);
}

host.listen(receive);
host.post({ type: 'ready' });
