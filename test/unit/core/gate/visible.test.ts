import assert from 'node:assert/strict';
import { makeVisible, visible, visibleLine } from '../../../../src/core/gate/visible';

suite('visible', () => {
  const rows: readonly [string, text: string, shown: string][] = [
    ['plain text stays as it is', 'rm -rf build && npm test', 'rm -rf build && npm test'],
    ['letters of other scripts and emoji stay', 'größe 大小 ✓', 'größe 大小 ✓'],
    ['line breaks stay', 'a\nb\n\nc', 'a\nb\n\nc'],
    ['indenting tabs stay', 'all:\n\techo\n  \techo', 'all:\n\techo\n  \techo'],
    ['a tab inside a line is marked', 'echo ok\t\trm x', 'echo ok⟦U+0009⟧⟦U+0009⟧rm x'],
    ['an escape sequence is marked', '\u001b[2Kls', '⟦U+001B⟧[2Kls'],
    ['a carriage return is marked', 'rm x\recho', 'rm x⟦U+000D⟧echo'],
    ['a right-to-left override is marked', 'a\u202egnp.sh', 'a⟦U+202E⟧gnp.sh'],
    ['isolates are marked', '\u2066x\u2069', '⟦U+2066⟧x⟦U+2069⟧'],
    ['zero-width characters are marked', 'r\u200bm\u2060\ufeff', 'r⟦U+200B⟧m⟦U+2060⟧⟦U+FEFF⟧'],
    ['tag characters are marked', 'x\u{e0041}', 'x⟦U+E0041⟧'],
    ['variation selectors are marked', 'a\ufe0fb\u{e0101}', 'a⟦U+FE0F⟧b⟦U+E0101⟧'],
    ['a no-break space is marked', 'rm\u00a0x', 'rm⟦U+00A0⟧x'],
    ['an ideographic space is marked', 'a\u3000b', 'a⟦U+3000⟧b'],
    ['fillers are marked', '\u3164\u115f\u2800', '⟦U+3164⟧⟦U+115F⟧⟦U+2800⟧'],
    ['line and paragraph separators are marked', 'a\u2028b\u2029c', 'a⟦U+2028⟧b⟦U+2029⟧c'],
    ['a lone surrogate is marked', 'a\ud800b', 'a⟦U+D800⟧b'],
    ['a null is marked', 'a\0b', 'a⟦U+0000⟧b'],
    ['a mark cannot be imitated', '⟦U+202E⟧', '⟦U+27E6⟧U+202E⟧'],
    ['padding with spaces is marked', `ls${' '.repeat(60)}; rm x`, 'ls ⟦60 spaces⟧ ; rm x'],
    ['padding with line breaks is marked', `ls${'\n'.repeat(30)}rm x`, 'ls\n⟦30 line breaks⟧\nrm x'],
  ];
  for (const [title, text, shown] of rows) {
    test(title, () => assert.equal(visible(text), shown));
  }

  test('one line marks line breaks too', () => assert.equal(visibleLine('a\nb'), 'a⟦U+000A⟧b'));

  test('every ASCII character but the printable ones, line breaks and indenting tabs is marked', () => {
    for (let code = 0; code < 128; code += 1) {
      const shown = visible(`x${String.fromCharCode(code)}`);
      const stays = (code >= 32 && code < 127) || code === 10;
      assert.equal(shown.startsWith('x⟦'), !stays, `U+${code.toString(16)}`);
    }
  });

  const spanRows: readonly [string, text: string, span: [number, number], marked: string][] = [
    ['a range without anything hidden stays', 'rm -rf x', [3, 6], '-rf'],
    ['a range after a mark moves', '\u202erm x', [1, 3], 'rm'],
    ['a range around a mark grows', 'r\u200bm x', [0, 3], 'r⟦U+200B⟧m'],
    ['a range before a mark stays', 'rm\u200b', [0, 2], 'rm'],
    ['a range that begins inside a gap takes in its mark', `a${' '.repeat(50)}b`, [10, 52], ' ⟦50 spaces⟧ b'],
  ];
  for (const [title, text, [start, end], marked] of spanRows) {
    test(title, () => {
      const made = makeVisible(text, [{ start, end }]);
      const [span] = made.spans;
      assert.ok(span);
      assert.equal(made.text.slice(span.start, span.end), marked);
    });
  }
});
