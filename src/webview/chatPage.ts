import { announcementFor } from './announcements';
import { createAnnouncer } from './announcer';
import { createComposer } from './composer';
import { el, setChildren, setText } from './dom';
import { createDraftKeeper, newestDraft } from './draftKeeper';
import type { Host } from './host';
import { icon } from './icons';
import { createItemList } from './itemList';
import { createJumpButton } from './jumpButton';
import type { Page } from './page';
import type { ChatItem, ChatStatus, ToPage } from './protocol';
import { createQuestionDesk } from './questionDesk';
import { mayTakeFocus } from './questionFocus';
import { createQueuedList } from './queuedList';
import { createScrollPin } from './scrollPin';
import { createTexts } from './texts';
import { createTodoList } from './todoList';
import { createWelcome } from './welcome';

export interface ChatPage {
  /** Starts over, or takes items away; says nothing to screen readers. */
  reset(message: Extract<ToPage, { type: 'reset' }>): void;
  /** Puts a text into the box, unless something stands in it; with `before`, in front of that. */
  fill(text: string, before: boolean): void;
  put(items: Iterable<ChatItem>): void;
  status(status: ChatStatus): void;
  focus(): void;
}

/**
 * Builds the page once the texts are known.
 * @param root the empty element it goes into
 */
export function createChatPage(root: HTMLElement, host: Host, strings: Readonly<Record<string, string>>): ChatPage {
  const t = createTexts(strings);
  const page: Page = { t, post: host.post, questions: createQuestionDesk() };
  const announcer = createAnnouncer();
  const drafts = createDraftKeeper((text) => host.post({ type: 'draft', text, at: Date.now() }), {
    set: (run, ms) => window.setTimeout(run, ms),
    clear: (timer) => window.clearTimeout(timer),
  });
  const composer = createComposer(page, drafts, (text) => host.save({ draft: { text, at: Date.now() } }));
  const welcome = createWelcome(page, composer.fill);
  const items = createItemList(el('div', { class: 'items' }), page);
  const content = el('div', { class: 'content' }, welcome.element, items.element);
  const log = el(
    'div',
    // Announcing is done by the announcer: a live log would read every streamed word.
    {
      class: 'conversation',
      role: 'log',
      'aria-live': 'off',
      'aria-label': t('conversation'),
      tabindex: '0',
      'data-resting': true,
    },
    content,
  );
  const pin = createScrollPin(log, content, () => jump.update(pin.away()));
  const jump = createJumpButton(page, () => {
    pin.jump();
    page.questions.waiting()?.element.scrollIntoView({ block: 'nearest' });
    log.focus();
  });
  const todos = createTodoList(page);
  const queued = createQueuedList(page);
  const banner = el('div', { class: 'banner', hidden: true, dir: 'auto' });
  const bannerText = el('span');
  setChildren(banner, icon('info'), bannerText);
  root.replaceChildren(
    el('main', { class: 'upper' }, log, jump.element),
    el('div', { class: 'dock' }, banner, todos.element, queued.element, composer.element),
    announcer.element,
  );

  let lastKey = Number.NEGATIVE_INFINITY;
  let current: ChatStatus | undefined;
  let restored = false;

  document.addEventListener(
    'keydown',
    (event) => {
      lastKey = performance.now();
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key !== 'Escape' || composing || !current?.busy) return;
      event.preventDefault();
      host.post({ type: 'stop' });
    },
    { capture: true },
  );
  log.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('summary, .unfold, .why-toggle')) pin.release();
  });
  // What was typed in the last 300 ms goes out before the page does.
  window.addEventListener('pagehide', drafts.flush);
  window.addEventListener('blur', drafts.flush);

  function status(next: ChatStatus): void {
    current = next;
    composer.update(next);
    todos.update(next.todos);
    queued.update(next, composer.focus);
    welcome.update(items.size() === 0 ? next.welcome : undefined);
    banner.hidden = next.banner === undefined;
    setText(bannerText, next.banner ?? '');
    root.classList.toggle('busy', next.busy);
  }

  function offerFocus(): void {
    const quiet = performance.now() - lastKey;
    if (pin.pinned() && mayTakeFocus(document.hasFocus(), document.activeElement, quiet))
      page.questions.waiting()?.focusDeny();
  }

  return {
    reset(message) {
      const kept = items.reset(message.items);
      composer.forget();
      for (const item of message.items) if (item.type === 'user') composer.remember(item.text);
      status(message.status);
      // Only the first reset follows a reload; later ones leave what is being typed alone.
      if (!restored) composer.restore(newestDraft(host.load()?.draft, message.draft));
      restored = true;
      if (kept === 0) pin.jump();
    },
    put(changed) {
      for (const item of changed) {
        const before = items.put(item);
        if (!before && item.type === 'user') composer.remember(item.text);
        const said = announcementFor(before, item, t);
        if (said) announcer.say(said);
        if (said?.urgency === 'assertive') offerFocus();
      }
      if (current) welcome.update(items.size() === 0 ? current.welcome : undefined);
      jump.update(pin.away());
    },
    status,
    fill(text, before) {
      const present = composer.text().trim();
      if (present === '') composer.fill(text);
      else if (before) composer.fill(`${text}\n\n${present}`);
    },
    focus: composer.focus,
  };
}
