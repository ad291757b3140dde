import assert from 'node:assert/strict';
import { chatHtml } from '../../../src/extension/chatHtml';

const html = chatHtml({
  cspSource: 'https://*.example.test',
  script: 'https://file/dist/chat.js',
  style: 'https://file/media/chat.css?"<x>',
  nonce: 'abc',
  language: 'en',
  title: 'Chat',
});

suite('chat page', () => {
  test('nothing may load but the script with the nonce and the extension’s own files', () => {
    const policy = /content="([^"]*)"/.exec(html)?.[1] ?? '';
    assert.deepEqual(policy.split('; '), [
      "default-src 'none'",
      "script-src 'nonce-abc'",
      'style-src https://*.example.test',
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types dompurify',
    ]);
  });

  test('it has one script and nothing inline', () => {
    assert.deepEqual(html.match(/<script[^>]*>[^<]*<\/script>/g), [
      '<script nonce="abc" src="https://file/dist/chat.js"></script>',
    ]);
    assert.ok(!/<style|style=|onload|onclick/.test(html));
  });

  test('what goes into an attribute cannot leave it', () => {
    assert.ok(html.includes('href="https://file/media/chat.css?&quot;&lt;x&gt;"'));
  });
});
