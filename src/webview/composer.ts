import { button, el, setText } from './dom';
import type { DraftKeeper } from './draftKeeper';
import { icon } from './icons';
import { createModeChip } from './modeChip';
import type { Page } from './page';
import { createPromptHistory } from './promptHistory';
import type { ChatStatus } from './protocol';

export interface Composer {
  readonly element: HTMLElement;
  readonly text: () => string;
  /** Puts a text into the box, the cursor at its end. */
  fill(text: string): void;
  /** As `fill`, but nothing is posted and the focus stays where it is. */
  restore(text: string): void;
  focus(): void;
  remember(text: string): void;
  forget(): void;
  update(status: ChatStatus): void;
}

/** The limit of `send` in the protocol. */
const maxLength = 1_000_000;

/**
 * The text box with what belongs to it: send, stop, mode, model, folder.
 * @param changed called with every new text, before it is posted as the draft
 */
export function createComposer(page: Page, drafts: DraftKeeper, changed: (text: string) => void): Composer {
  const { t, post } = page;
  const history = createPromptHistory();
  const box = el('textarea', {
    class: 'box',
    rows: '1',
    dir: 'auto',
    maxlength: String(maxLength),
    'aria-label': t('message'),
    'aria-describedby': 'box-keys',
  });
  const send = button({ class: 'round send', 'aria-label': t('send'), title: t('send') }, submit, icon('send'));
  const stop = button(
    { class: 'round stop', 'aria-label': t('stop'), title: t('stop'), hidden: true },
    () => post({ type: 'stop' }),
    icon('stop'),
  );
  const chip = createModeChip(page);
  const model = el('span', { class: 'model' });
  const folder = el('span', { class: 'folder-name', dir: 'auto' });
  const folderRow = el('div', { class: 'folder' }, icon('folder'), folder);

  function refresh(): void {
    send.disabled = box.value.trim() === '';
  }

  function set(text: string, cursor: 'start' | 'end'): void {
    box.value = text;
    const at = cursor === 'start' ? 0 : text.length;
    box.setSelectionRange(at, at);
    refresh();
    changed(text);
    drafts.changed(text);
  }

  function submit(): void {
    const text = box.value;
    if (text.trim() === '') return;
    post({ type: 'send', text });
    history.rest();
    set('', 'end');
    drafts.flush();
    box.focus();
  }

  function recall(event: KeyboardEvent): boolean {
    const { selectionStart, selectionEnd, value } = box;
    if (selectionStart !== selectionEnd || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey)
      return false;
    const up = event.key === 'ArrowUp' && selectionStart === 0;
    const down = event.key === 'ArrowDown' && selectionEnd === value.length;
    const text = up ? history.older(value) : down ? history.newer() : undefined;
    if (text === undefined) return false;
    set(text, up ? 'start' : 'end');
    return true;
  }

  box.addEventListener('input', () => {
    history.rest();
    refresh();
    changed(box.value);
    drafts.changed(box.value);
  });
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const sends = event.key === 'Enter' && !event.shiftKey && !event.altKey;
    if (sends) submit();
    if (sends || recall(event)) event.preventDefault();
  });

  const element = el(
    'div',
    { class: 'composer' },
    el(
      'div',
      { class: 'box-frame' },
      box,
      el('p', { class: 'hidden-text', id: 'box-keys' }, t('messageKeys')),
      el('div', { class: 'box-tools' }, chip.element, model, el('span', { class: 'spacer' }), stop, send),
    ),
    folderRow,
  );
  refresh();

  return {
    element,
    text: () => box.value,
    fill(text) {
      set(text, 'end');
      box.focus();
    },
    restore(text) {
      if (text !== box.value) box.value = text;
      refresh();
    },
    focus: () => box.focus(),
    remember: history.add,
    forget: history.clear,
    update({ busy, mode, model: name, cwd }) {
      // A button that goes away while it is used hands the keyboard back to the box.
      if (stop === document.activeElement && !busy) box.focus();
      stop.hidden = !busy;
      const sends = t(busy ? 'sendLater' : 'send');
      send.title = sends;
      send.setAttribute('aria-label', sends);
      send.classList.toggle('beside-stop', busy);
      box.placeholder = t(busy ? 'placeholderBusy' : 'placeholder');
      chip.update(mode);
      setText(model, name);
      model.title = t('model', name);
      setText(folder, cwd);
      folderRow.title = t('folder', cwd);
      folderRow.hidden = cwd === '';
    },
  };
}
