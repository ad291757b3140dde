import assert from 'node:assert/strict';
import { sanitizePolicy } from '../../../src/webview/sanitizePolicy';

suite('sanitize policy', () => {
  test('nothing that loads, runs, submits, embeds or styles is allowed', () => {
    const dangerous =
      'script style link meta base iframe frame object embed applet form input button select textarea img picture source audio video track svg math template slot portal dialog details marquee canvas map area title noscript html head body';
    for (const tag of dangerous.split(' ')) assert.ok(!sanitizePolicy.ALLOWED_TAGS?.includes(tag), tag);
  });

  test('no attribute that names, loads, navigates or styles is allowed', () => {
    const dangerous =
      'id name class style href src srcset action formaction xlink:href background poster data srcdoc ping target download is slot part form usemap tabindex contenteditable onclick';
    for (const attribute of dangerous.split(' '))
      assert.ok(!sanitizePolicy.ALLOWED_ATTR?.includes(attribute), attribute);
  });

  test('data and ARIA attributes are allowed by name only', () => {
    assert.equal(sanitizePolicy.ALLOW_DATA_ATTR, false);
    assert.equal(sanitizePolicy.ALLOW_ARIA_ATTR, false);
    assert.equal(sanitizePolicy.ALLOW_UNKNOWN_PROTOCOLS, false);
  });

  test('no other namespace than HTML is allowed', () => {
    assert.deepEqual(sanitizePolicy.ALLOWED_NAMESPACES, ['http://www.w3.org/1999/xhtml']);
  });
});
