import type { Config } from 'dompurify';

/**
 * What may reach the page from Markdown: text structure and nothing that loads, runs, submits, embeds, styles or names.
 * No `href`, `src`, `id`, `name`, `class` or `style` at all; links are made from `data-url` after sanitizing.
 */
export const sanitizePolicy: Config & { readonly RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'pre'],
    ...['strong', 'em', 'del', 'code', 'span', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', '#text'],
  ],
  ALLOWED_ATTR: ['title', 'start', 'align', 'data-url', 'data-lang'],
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  SANITIZE_DOM: true,
  RETURN_DOM_FRAGMENT: true,
};
