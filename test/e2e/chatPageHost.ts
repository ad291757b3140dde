import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { FromPage, ToPage } from '../../src/webview/protocol';

/** The chat page alone in a browser, with a stand-in for the editor around it. */
export interface ChatPageHost {
  readonly page: Page;
  /** What the extension would send. */
  send(...messages: ToPage[]): Promise<void>;
  /** What the page posted, oldest first. */
  posted(): Promise<readonly FromPage[]>;
  /** Addresses that were asked for besides the page's own three files. */
  readonly requests: readonly string[];
  /** Errors, and what the content security policy refused. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface ChatPageOptions {
  readonly width?: number;
  readonly height?: number;
  /** Theme class of the body and its `--vscode-*` values. */
  readonly theme?: { readonly kind: string; readonly tokens: Readonly<Record<string, string>> };
  readonly reducedMotion?: boolean;
}

const origin = 'http://chat.test';

const policy = [
  "default-src 'none'",
  `style-src ${origin}`,
  "script-src 'nonce-n0nce'",
  "require-trusted-types-for 'script'",
  'trusted-types dompurify',
].join('; ');

const html = (bodyClass: string) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Chat</title>
<link rel="stylesheet" href="${origin}/chat.css"></head>
<body class="${bodyClass}"><div id="chat"></div><script nonce="n0nce" src="${origin}/chat.js"></script></body></html>`;

/** What the editor gives a page: messages out, a store that survives reloads, theme values on the root element. */
const editor = (tokens: Readonly<Record<string, string>>) => `
  window.posted = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.posted.push(structuredClone(message)),
    getState: () => JSON.parse(localStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => localStorage.setItem('state', JSON.stringify(state)),
  });
  window.ran = [];
  window.alert = (what) => window.ran.push(String(what));
  addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(${JSON.stringify(tokens)})) document.documentElement.style.setProperty(name, value);
  });`;

/**
 * Opens the built page under the strictest policy it is meant for.
 * @param folder where `dist/chat.js` and `media/chat.css` are; needs `npm run build` to have run
 */
export async function openChatPage(
  browser: Browser,
  {
    width = 320,
    height = 640,
    theme = { kind: 'vscode-dark', tokens: {} },
    reducedMotion = false,
  }: ChatPageOptions = {},
  script = 'dist/chat.js',
): Promise<ChatPageHost> {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const files: Readonly<Record<string, { contentType: string; body: string }>> = {
    [`${origin}/`]: { contentType: 'text/html', body: html(theme.kind) },
    [`${origin}/chat.js`]: { contentType: 'text/javascript', body: await readFile(script, 'utf8') },
    [`${origin}/chat.css`]: { contentType: 'text/css', body: await readFile('media/chat.css', 'utf8') },
  };
  await page.route('**/*', async (route) => {
    const url = route.request().url();
    const file = files[url];
    if (file) return route.fulfill(file);
    requests.push(url);
    return route.abort();
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The source map is development's business.
    if (message.type() === 'error' && !message.text().includes('favicon')) complaints.push(message.text());
  });
  await page.addInitScript(editor(theme.tokens));
  await page.goto(`${origin}/`);

  return {
    page,
    requests,
    complaints,
    async send(...messages) {
      await page.evaluate(`for (const message of ${JSON.stringify(messages)}) window.postMessage(message)`);
      // One frame to draw, one more for what follows from its size.
      await page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 20))))',
      );
    },
    posted: () => page.evaluate<FromPage[]>('window.posted'),
    close: () => context.close(),
  };
}
