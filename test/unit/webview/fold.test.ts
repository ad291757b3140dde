import assert from 'node:assert/strict';
import { countLines, foldText } from '../../../src/webview/fold';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');

suite('fold', () => {
  test('twenty lines are shown whole', () => {
    assert.deepEqual(foldText(lines(20)), { folded: false });
    assert.deepEqual(foldText(`${lines(20)}\n`), { folded: false });
  });

  test('twenty-one lines are folded to the first twenty', () => {
    assert.deepEqual(foldText(lines(21)), { folded: true, head: lines(20), unit: 'lines', total: 21 });
  });

  test('empty lines count, so that padding cannot hide a line', () => {
    const padded = `ls${'\n'.repeat(40)}rm -rf x`;
    const fold = foldText(padded);
    assert.ok(fold.folded);
    assert.equal(fold.total, 41);
    assert.ok(!fold.head.includes('rm'));
  });

  test('a single line over 2,000 characters is folded', () => {
    assert.deepEqual(foldText('x'.repeat(2000)), { folded: false });
    const fold = foldText('x'.repeat(2001));
    assert.deepEqual(fold, { folded: true, head: 'x'.repeat(2000), unit: 'characters', total: 2001 });
  });

  test('the head of many long lines keeps to 2,000 characters as well', () => {
    const fold = foldText(Array.from({ length: 30 }, () => 'y'.repeat(500)).join('\n'));
    assert.ok(fold.folded);
    assert.equal(fold.head.length, 2000);
    assert.equal(fold.total, 30);
  });

  test('the head is a prefix and never ends in half a character', () => {
    const text = `${'x'.repeat(1999)}😀😀`;
    const fold = foldText(text);
    assert.ok(fold.folded);
    assert.equal(fold.head, 'x'.repeat(1999));
    assert.ok(text.startsWith(fold.head));
  });

  const counted: readonly [text: string, expected: number][] = [
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['\n\n', 2],
  ];
  for (const [text, expected] of counted) {
    test(`${JSON.stringify(text)} has ${expected} lines`, () => assert.equal(countLines(text), expected));
  }
});
