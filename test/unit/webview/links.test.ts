import assert from 'node:assert/strict';
import { linkAddress } from '../../../src/webview/links';

suite('links', () => {
  const kept: readonly [href: string, address: string][] = [
    ['https://example.com', 'https://example.com/'],
    ['http://example.com/a?b#c', 'http://example.com/a?b#c'],
    ['mailto:someone@example.com', 'mailto:someone@example.com'],
    ['HTTPS://EXAMPLE.COM/x', 'https://example.com/x'],
    ['https://exаmple.com/', 'https://xn--exmple-4nf.com/'],
    ['https://example.com/\u202egpj.exe', 'https://example.com/%E2%80%AEgpj.exe'],
  ];
  for (const [href, address] of kept) {
    test(`${JSON.stringify(href)} is shown as ${address}`, () => assert.equal(linkAddress(href), address));
  }

  const refused = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'command:workbench.action.terminal.new',
    'vscode://file/etc/passwd',
    'vscode-insiders://x',
    'file:///etc/passwd',
    'blob:https://example.com/1',
    'ftp://example.com',
    'src/a.ts',
    '#top',
    '//example.com/x',
    '',
    'https://good.example.com@evil.example.com/',
    'https://user:password@example.com/',
    `https://example.com/${'x'.repeat(4000)}`,
  ];
  for (const href of refused) {
    test(`${JSON.stringify(href.slice(0, 60))} is not a link`, () => assert.equal(linkAddress(href), undefined));
  }
});
