import createDOMPurify from 'dompurify';
import { button, el, setText } from './dom';
import { icon } from './icons';
import { linkAddress } from './links';
import { type MarkdownBlock, markdownBlocks } from './markdown';
import type { Page } from './page';
import { sanitizePolicy } from './sanitizePolicy';

export interface MarkdownView {
  readonly element: HTMLElement;
  update(text: string): void;
}

const purifier = createDOMPurify(window);

/** Draws Markdown and redraws only the blocks that changed. What cannot be rendered safely is shown as plain text. */
export function createMarkdownView(page: Page): MarkdownView {
  const element = el('div', { class: 'markdown' });
  let drawn: readonly MarkdownBlock[] = [];

  function drawPlain(text: string): void {
    drawn = [];
    element.replaceChildren(el('p', { class: 'plain', dir: 'auto' }, text));
  }

  return {
    element,
    update(text) {
      const blocks = purifier.isSupported ? markdownBlocks(text) : undefined;
      if (!blocks) return drawPlain(text);
      if (drawn.length === 0) element.replaceChildren();
      const same = blocks.findIndex((block, index) => block.key !== drawn[index]?.key);
      const keep = same < 0 ? blocks.length : same;
      while (element.childElementCount > keep) element.lastElementChild?.remove();
      for (const { html } of blocks.slice(keep)) element.append(drawBlock(html, page));
      drawn = blocks;
    },
  };
}

function drawBlock(html: string, page: Page): HTMLElement {
  const block = el('div', { class: 'markdown-block' }, purifier.sanitize(html, sanitizePolicy));
  for (const pre of block.querySelectorAll('pre')) frameCode(pre, page);
  for (const table of block.querySelectorAll('table')) {
    const frame = el('div', { class: 'table-frame', tabindex: '0', role: 'group' });
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const link of block.querySelectorAll('a')) openable(link, page);
  for (const text of block.querySelectorAll('p, ul, ol, h3, h4, h5, h6, td, th')) text.setAttribute('dir', 'auto');
  return block;
}

/** A link has no address that a browser would follow; the extension is told and asks the person. */
function openable(link: HTMLAnchorElement, page: Page): void {
  const url = linkAddress(link.dataset['url'] ?? '');
  if (url === undefined) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.setAttribute('role', 'link');
  link.setAttribute('tabindex', '0');
  const open = (event: Event) => {
    event.preventDefault();
    page.post({ type: 'open-link', url });
  };
  link.addEventListener('click', open);
  link.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') open(event);
  });
}

function frameCode(pre: HTMLPreElement, page: Page): void {
  const label = el('span', { class: 'code-copy-label' }, page.t('copy'));
  const copy = button(
    { class: 'code-copy', 'aria-label': page.t('copyCode') },
    () => {
      page.post({ type: 'copy', text: pre.textContent ?? '' });
      setText(label, page.t('copied'));
      setTimeout(() => setText(label, page.t('copy')), 1500);
    },
    icon('copy'),
    label,
  );
  const language = el('span', { class: 'code-language' }, pre.dataset['lang'] || page.t('textBlock'));
  const frame = el('div', { class: 'code' }, el('div', { class: 'code-head' }, language, copy));
  pre.replaceWith(frame);
  pre.setAttribute('tabindex', '0');
  pre.setAttribute('dir', 'ltr');
  frame.append(pre);
}
