import { Marked, type RendererObject, type Tokens, type TokensList } from 'marked';
import { linkAddress } from './links';

/** One top-level piece of a Markdown text: while a text streams in, only pieces whose key changed are drawn again. */
export interface MarkdownBlock {
  readonly key: string;
  /** HTML that still has to pass the sanitizer. */
  readonly html: string;
}

/** Longer texts are shown as they are: parsing them would freeze the page. Characters. */
const maxCharacters = 400_000;

/**
 * Renders Markdown as HTML blocks. HTML in the text comes out as text; pictures as their description and address; links as
 * elements without `href` that carry their address in `data-url`; addresses that may not be opened as text.
 * @returns undefined when the text is too long or nested too deeply to be rendered; show it as it is.
 */
export function markdownBlocks(text: string): readonly MarkdownBlock[] | undefined {
  if (text.length > maxCharacters) return undefined;
  try {
    const tokens = marked.lexer(text);
    const links = linkKey(tokens);
    return tokens
      .filter(({ type }) => type !== 'space' && type !== 'def')
      .map((token) => ({ key: `${links}${token.type}\n${token.raw}`, html: marked.parser([token]) }));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A definition at the end of a text changes links further up, whose source stays the same. */
function linkKey({ links }: TokensList): string {
  const addresses = Object.values(links).map(({ href }) => href);
  return addresses.length === 0 ? '' : `${addresses.length}:${addresses.join('').length} `;
}

const renderer: RendererObject = {
  html({ text, block }) {
    return block ? `<p>${escapeHtml(text)}</p>` : escapeHtml(text);
  },
  heading({ tokens, depth }) {
    // The page itself has the first two levels.
    const level = Math.min(6, depth + 2);
    return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
  },
  text(token) {
    return 'tokens' in token && token.tokens ? this.parser.parseInline(token.tokens) : escapeText(token.text);
  },
  code({ text, lang }) {
    const language = /^[\w+#.-]{1,30}/.exec(lang ?? '')?.[0] ?? '';
    return `<pre data-lang="${escapeHtml(language)}"><code>${escapeHtml(text)}</code></pre>`;
  },
  codespan({ text }) {
    return `<code>${escapeHtml(text)}</code>`;
  },
  checkbox({ checked }) {
    return checked ? '\u2611\ufe0e ' : '\u2610\ufe0e ';
  },
  link({ href, tokens }) {
    const label = this.parser.parseInline(tokens);
    const address = linkAddress(href);
    if (address === undefined) return `${label}${addressText(href, label)}`;
    return `<a data-url="${escapeHtml(address)}" title="${escapeHtml(address)}">${label}</a>`;
  },
  image({ href, text }) {
    return `<span>${escapeHtml(text)}</span>${addressText(href, text)}`;
  },
  table(token: Tokens.Table) {
    const cells = (row: readonly Tokens.TableCell[], tag: 'th' | 'td') =>
      row.map(({ tokens, align }) => tableCell(tag, align, this.parser.parseInline(tokens))).join('');
    const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
    return `<table><thead><tr>${cells(token.header, 'th')}</tr></thead><tbody>${rows}</tbody></table>`;
  },
};

const marked = new Marked({ gfm: true, breaks: false, async: false, renderer });

function tableCell(tag: 'th' | 'td', align: Tokens.TableCell['align'], content: string): string {
  return `<${tag}${align ? ` align="${align}"` : ''}>${content}</${tag}>`;
}

function addressText(href: string, label: string): string {
  return href === '' || href === label ? '' : ` <code>${escapeHtml(href)}</code>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** As {@link escapeHtml}, but keeps the character references that Markdown allows in text. */
function escapeText(text: string): string {
  return text.replace(/[<>"']|&(?!(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{1,31});)/g, escapeHtml);
}
