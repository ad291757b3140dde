import { isLiteral } from './content';
import type { Region } from './finding';

/** Styles with which a page shows nothing of a text. */
const hiding =
  /display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}(?:hidden|collapse)|font-size\s{0,3}:\s{0,3}(?:0|0?\.\d{1,3}|1)(?![\d.])|opacity\s{0,3}:\s{0,3}(?:0|0?\.0\d{0,3})(?![\d.])|text-indent\s{0,3}:\s{0,3}-\d{3}|(?:left|top|right|margin-left)\s{0,3}:\s{0,3}-\d{3}|clip\s{0,3}:\s{0,3}rect\(\s{0,3}0|(?<![-\w])(?:height|width|max-height)\s{0,3}:\s{0,3}[01](?:px)?\s{0,3}(?:[;"']|$)|(?<![-\w])color\s{0,3}:\s{0,3}(?:transparent|white|#fff(?:fff)?\b|#f[a-f0-9]f[a-f0-9]f[a-f0-9]\b|rgba?\(\s{0,3}255\s{0,3},\s{0,3}255\s{0,3},\s{0,3}255|rgba\([^)]{0,30},\s{0,3}0(?:\.0\d{0,2})?\s{0,3}\))/i;

/** An opening tag with attributes. */
const tagWithAttributes = /<([a-z][a-z0-9-]{0,20})\s([^<>]{1,1000})>/gi;
const hiddenAttribute =
  /(?:^|\s)(?:hidden(?:=["']?(?:hidden|true|until-found)?["']?)?(?=\s|$|\/)|aria-hidden\s{0,3}=\s{0,3}["']?true|class\s{0,3}=\s{0,3}["'][^"']{0,200}\b(?:sr-only|visually-hidden|screen-reader-text|d-none|hidden)\b)/i;
/** A colour that is the background's. */
const inkAndPaper =
  /(?<![-\w])color\s{0,3}:\s{0,3}([#\w]{3,20})[^"']{0,200}?background(?:-color)?\s{0,3}:\s{0,3}\1(?!\w)|background(?:-color)?\s{0,3}:\s{0,3}([#\w]{3,20})[^"']{0,200}?(?<![-\w])color\s{0,3}:\s{0,3}\2(?!\w)/i;

/** Attributes whose text a page does not show, or only where the mouse rests. */
const quietAttribute =
  /\s(?:alt|title|aria-label|aria-description|data-[\w-]{1,40}|placeholder|content|value)\s{0,3}=\s{0,3}(?:"[^"]{12}|'[^']{12})/i;

/** A comment in Markdown: a link definition that nothing refers to. */
const markdownComment =
  /^[ \t]{0,3}\[(?:\/\/|comment|_|#|\^)\]:[ \t]{0,10}(?:#|<>|\/)?[ \t]{0,10}["'(][^\n]{1,4000}/gim;

/** How far an element reaches that is never closed. */
const longestElement = 5_000;

/** Parts of a page that it does not show. What stands there is ordinary as long as it gives no orders. */
export function hiddenMarkup(text: string): readonly Region[] {
  if (!text.includes('<') && !text.includes(']:')) return [];
  return [...comments(text), ...elements(text), ...attributes(text), ...links(text)];
}

function comments(text: string): readonly Region[] {
  const found: Region[] = [];
  for (let start = text.indexOf('<!--'); start >= 0; ) {
    const close = text.indexOf('-->', start + 4);
    const end = close < 0 ? Math.min(text.length, start + longestElement) : close + 3;
    // A program that looks for comments names their beginning.
    if (!isLiteral(text, start, start + 4)) found.push({ start, end, why: 'comment' });
    start = close < 0 ? -1 : text.indexOf('<!--', end);
  }
  return found;
}

function elements(text: string): readonly Region[] {
  const found: Region[] = [];
  for (const match of text.matchAll(tagWithAttributes)) {
    const [whole, name = '', inside = ''] = match;
    const style = inside.includes('style') || inside.includes('STYLE');
    const hidden = (style && (hiding.test(inside) || inkAndPaper.test(inside))) || hiddenAttribute.test(inside);
    if (!hidden) continue;
    const start = match.index + whole.length;
    const rest = text.slice(start, start + longestElement).toLowerCase();
    const close = rest.indexOf(`</${name.toLowerCase()}`);
    found.push({ start, end: start + (close < 0 ? rest.length : close), why: 'style' });
  }
  return found;
}

function attributes(text: string): readonly Region[] {
  return [...text.matchAll(tagWithAttributes)]
    .filter(([, , inside = '']) => quietAttribute.test(` ${inside}`))
    .map(({ index, 0: whole }) => ({ start: index, end: index + whole.length, why: 'style' }));
}

function links(text: string): readonly Region[] {
  return [...text.matchAll(markdownComment)].map(({ index, 0: whole }) => ({
    start: index,
    end: index + whole.length,
    why: 'comment',
  }));
}
