import { gfm } from '@joplin/turndown-plugin-gfm';
// @ts-expect-error: the declarations that come with it are no module.
import { createDocument as create } from '@mixmark-io/domino';
import TurndownService from 'turndown';
import type { PageText } from '../core/ports';

/** As much of the DOM as is used here. */
interface Element {
  readonly textContent: string | null;
  readonly innerHTML: string;
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  remove(): void;
}
interface Document {
  readonly title: string;
  readonly body: Element | null;
}
const createDocument: (html: string, force: boolean) => Document = create;

/** What is no content of a page, wherever it stands. */
const chrome =
  'script, style, noscript, template, svg, canvas, iframe, object, embed, form, button, input, select, textarea, dialog, link, meta, [hidden], [aria-hidden="true"], [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"], [style*="display:none"], [style*="display: none"], [style*="visibility:hidden"], [style*="visibility: hidden"]';
/** What is content only when the page has nothing else. */
const aside = 'nav, aside, footer';
/** Where pages say that their content is. */
const content = ['main', '[role="main"]', 'article'];
/** UTF-16 units of Markdown. */
const textLimit = 5_000_000;
/** UTF-16 units of addresses: written out in full they can be far longer than the page. */
const addressLimit = 1_000_000;
/** Share of the page's text that its content part must hold to be taken for it. */
const contentShare = 0.25;

/** The readable part of a web page as Markdown. Throws on a page that is nested beyond measure. */
export function pageText(html: string, base: string): PageText {
  const document = createDocument(html, true);
  const title = clean(document.title);
  const { body } = document;
  if (!body) return { title, text: '' };
  for (const element of [...body.querySelectorAll(chrome)]) element.remove();
  const all = length(body);
  const part = content
    .map((selector) => body.querySelector(selector))
    .find((found) => found && length(found) >= contentShare * all);
  const shown = part ?? body;
  const inShown = length(shown);
  for (const element of [...shown.querySelectorAll(aside)]) if (inShown > 2 * length(element)) element.remove();
  let room = addressLimit;
  for (const link of [...shown.querySelectorAll('a[href]')]) room -= absolute(link, base, room);
  const turndown = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced', bulletListMarker: '-' });
  turndown.use(gfm);
  // A picture is its description; its address is of no use to a reader of text.
  turndown.addRule('image', {
    filter: 'img',
    replacement: (_content, image) => {
      const alt = clean((image as unknown as Element).getAttribute('alt') ?? '');
      return alt === '' ? '' : `[image: ${alt}]`;
    },
  });
  return {
    title,
    text: turndown
      .turndown(shown.innerHTML)
      .replace(/\n{3,}/g, '\n\n')
      .trim()
      .slice(0, textLimit),
  };
}

const length = ({ textContent }: { readonly textContent: string | null }): number => clean(textContent ?? '').length;
const clean = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A link that leads somewhere, in full; others are only their text. @returns how long its address is. */
function absolute(link: Element, base: string, room: number): number {
  try {
    const { href, protocol } = new URL(link.getAttribute('href') ?? '', base);
    if (/^https?:$/.test(protocol) && href.length <= room) {
      link.setAttribute('href', href);
      return href.length;
    }
  } catch {
    // It leads nowhere.
  }
  link.removeAttribute('href');
  return 0;
}
