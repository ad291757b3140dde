import assert from 'node:assert/strict';
import { webAddress } from '../../../src/extension/webAddress';

suite('web address', () => {
  const rows: readonly [string, link: string, address: string | undefined][] = [
    ['https opens', 'https://example.com/a?b=c', 'https://example.com/a?b=c'],
    ['http opens', 'http://localhost:3000', 'http://localhost:3000/'],
    ['letters that look like others are shown as DNS sees them', 'https://аpple.com/', 'https://xn--pple-43d.com/'],
    ['a command link does not open', 'command:workbench.action.terminal.new', undefined],
    ['a file does not open', 'file:///etc/passwd', undefined],
    ['an editor link does not open', 'vscode://settings', undefined],
    ['a script does not open', 'javascript:alert(1)', undefined],
    ['what is no address does not open', 'not an address', undefined],
  ];
  for (const [title, link, address] of rows) test(title, () => assert.equal(webAddress(link), address));
});
