import assert from 'node:assert/strict';
import type { TimelineEntry } from '../../../../../src/core/gate/classifier/classifier';
import { createHistory } from '../../../../../src/core/gate/classifier/history';

const call = (n: number, size = 20): TimelineEntry => ({
  ...{ type: 'call', tool: 'Bash', input: { command: `call-${n} ${'z'.repeat(size)}` }, outcome: 'ran' },
});
const user = (text: string): TimelineEntry => ({ type: 'user', text });
const calls = (count: number, size?: number): readonly TimelineEntry[] =>
  Array.from({ length: count }, (_, n) => call(n, size));

suite('history for the classifier', () => {
  test('only grows: what an earlier request sent stays as it was, block by block', () => {
    const history = createHistory();
    const timeline: TimelineEntry[] = [user('do it')];
    let before = history.blocks(timeline);
    assert.deepEqual(before, ['user "do it"']);
    for (let n = 0; n < 45; n += 3) {
      timeline.push(call(n), call(n + 1), ...(n % 2 === 0 ? [user(`word ${n}`)] : []));
      const after = history.blocks(timeline);
      assert.deepEqual(after.slice(0, before.length), before);
      assert.equal(after.length, before.length + 1, 'one block for what is new');
      assert.deepEqual(history.blocks(timeline), after, 'asking again changes nothing');
      before = after;
    }
  });

  test('a session of 2,000 calls sends no more than one of 50, and every word of the user', () => {
    const long = createHistory();
    const short = createHistory();
    const size = (blocks: readonly string[]) => blocks.join('\n').length;
    const fifty = size(short.blocks(calls(50, 2_000)));
    const timeline: TimelineEntry[] = [];
    let words = 0;
    let rebuilt = 0;
    let last: readonly string[] = [];
    for (const [n, entry] of calls(2_000, 2_000).entries()) {
      if (n % 100 === 0) {
        const said = user(`word-${n}`);
        timeline.push(said);
        words += `user "word-${n}"\n`.length;
      }
      timeline.push(entry);
      const blocks = long.blocks(timeline);
      assert.ok(size(blocks) <= fifty + words + 100, `after ${n} calls`);
      if (blocks[0] !== last[0]) rebuilt += 1;
      last = blocks;
    }
    const text = last.join('\n');
    for (let n = 0; n < 2_000; n += 100) assert.ok(text.includes(`"word-${n}"`), `word-${n}`);
    assert.ok(text.includes('call-1999') && !text.includes('call-0 '));
    assert.ok(rebuilt < 2_000 / 35, `the prefix changed ${rebuilt} times`);
  });

  test('a long message is cut in its middle and says so; a long call at its end', () => {
    const [block = ''] = createHistory().blocks([user(`begin ${'x'.repeat(50_000)} end`), call(1, 5_000)]);
    assert.ok(block.includes('begin') && block.includes(' end"') && block.includes('characters left out'));
    assert.ok(block.length < 7_500);
  });

  test('a timeline that is another one is told anew', () => {
    const history = createHistory();
    history.blocks([user('a'), call(1)]);
    assert.deepEqual(history.blocks([user('b')]), ['user "b"']);
    assert.equal(history.blocks([user('b'), user('c')]).join('\n'), 'user "b"\nuser "c"');
    assert.deepEqual(history.blocks([]), []);
  });
});
