import assert from 'node:assert/strict';
import { markdownBlocks } from '../../../src/webview/markdown';

function html(text: string): string {
  const blocks = markdownBlocks(text);
  assert.ok(blocks);
  return blocks.map((block) => block.html.trim()).join('\n');
}

suite('markdown', () => {
  const table: readonly [title: string, text: string, expected: string][] = [
    ['text is a paragraph', 'one *two* **three**', '<p>one <em>two</em> <strong>three</strong></p>'],
    ['headings start below those of the page', '# a\n\n###### b', '<h3>a</h3>\n<h6>b</h6>'],
    [
      'a link carries its address without href',
      '[a](https://e.com/x)',
      '<p><a data-url="https://e.com/x" title="https://e.com/x">a</a></p>',
    ],
    [
      'a bare address is a link',
      'https://e.com/x',
      '<p><a data-url="https://e.com/x" title="https://e.com/x">https://e.com/x</a></p>',
    ],
    ['a refused link becomes its text and address', '[a](javascript:x)', '<p>a <code>javascript:x</code></p>'],
    ['a path becomes its text and address', '[the file](src/a.ts)', '<p>the file <code>src/a.ts</code></p>'],
    [
      'a picture becomes its text and address',
      '![cat](https://e.com/c.png)',
      '<p><span>cat</span> <code>https://e.com/c.png</code></p>',
    ],
    ['a character reference is the character', 'a &amp; b &lt; c', '<p>a &amp; b &lt; c</p>'],
    ['a lone ampersand is text', 'a & b', '<p>a &#38; b</p>'],
    ['code keeps its markup as text', '`<b>`', '<p><code>&#60;b&#62;</code></p>'],
    ['a fence names its language', '```ts\na < b\n```', '<pre data-lang="ts"><code>a &#60; b</code></pre>'],
    ['a language cannot leave its attribute', '```"><x\na\n```', '<pre data-lang=""><code>a</code></pre>'],
    ['an unfinished fence is code already', '```js\nlet a', '<pre data-lang="js"><code>let a</code></pre>'],
    ['a task is a box, not an input', '- [x] a\n- [ ] b', '<ul>\n<li>☑︎ a</li>\n<li>☐︎ b</li>\n</ul>'],
    ['mermaid is code', '```mermaid\ngraph TD\n```', '<pre data-lang="mermaid"><code>graph TD</code></pre>'],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.equal(html(text), expected));

  test('HTML in a text never comes out as HTML', () => {
    const tags =
      /<(?!\/?(?:p|br|code|pre|a|em|strong|span|blockquote|ul|ol|li|h[3-6]|del|hr|table|thead|tbody|tr|th|td)\b)/;
    const hostile = [
      '<img src=x onerror=alert(1)>',
      'a <img src=x onerror=alert(1)> b',
      '<svg onload=alert(1)>',
      '<script>alert(1)</script>',
      'a <pre><img src=x></pre> b <kbd>x < y</kbd>',
      'a <script>if (a < b) <img src=x></script> b',
      '<base href="https://e.com"><form action="https://e.com"><input name=getElementById></form>',
      '<!-- <img src=x> --> <![CDATA[ <img src=x> ]]> <?php <img src=x> ?>',
      '<a href="javascript:x">x</a><iframe srcdoc="x"></iframe>',
      '[x](<https://e.com/"onmouseover="alert(1)>)',
      '![x" onerror="alert(1)](https://e.com/"><script>)',
      '| <img src=x> |\n| --- |\n| <svg onload=x> |',
      '> <math><mtext><style><img src=x onerror=alert(1)>',
      '[ref]: javascript:alert(1) "<img src=x>"\n\n[ref]',
      '&lt;img src=x onerror=alert(1)&gt; &#60;svg onload=x&#62;',
    ];
    for (const text of hostile) {
      const out = html(text);
      assert.doesNotMatch(out, tags, text);
      assert.doesNotMatch(out, /<[^>]*\s(?:on\w+|href|src|style|id|name|class)=/, text);
    }
  });

  test('only the block that grew gets a new key while a text streams in', () => {
    const before = markdownBlocks('one\n\ntwo\n\nthr');
    const after = markdownBlocks('one\n\ntwo\n\nthree');
    assert.ok(before && after);
    assert.deepEqual(
      after.map(({ key }, index) => key === before[index]?.key),
      [true, true, false],
    );
  });

  test('a definition at the end renews the links further up', () => {
    const before = markdownBlocks('[a][r]\n\nend');
    const after = markdownBlocks('[a][r]\n\nend\n\n[r]: https://e.com/');
    assert.ok(before && after);
    assert.notEqual(before[0]?.key, after[0]?.key);
    assert.match(after[0]?.html ?? '', /data-url="https:\/\/e\.com\/"/);
  });

  test('what would take too long to render is left as it is', () => {
    assert.equal(markdownBlocks('x'.repeat(400_001)), undefined);
  });

  test('hostile nesting ends quickly, rendered or not', () => {
    const started = performance.now();
    for (const text of [
      '>'.repeat(5000),
      '*'.repeat(20_000),
      `${'['.repeat(5000)}x`,
      '- '.repeat(3000),
      '`'.repeat(9999),
    ]) {
      markdownBlocks(text);
    }
    const ms = performance.now() - started;
    assert.ok(ms < 3000, `took ${Math.round(ms)} ms`);
  });
});
