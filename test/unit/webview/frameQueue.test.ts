import assert from 'node:assert/strict';
import { createFrameQueue } from '../../../src/webview/frameQueue';

interface Value {
  readonly id: string;
  readonly text: string;
}

function queue() {
  const frames: (() => void)[] = [];
  const drawn: string[][] = [];
  const values = createFrameQueue<Value>(
    ({ id }) => id,
    (batch) => drawn.push([...batch].map(({ text }) => text)),
    (run) => frames.push(run),
  );
  return { values, drawn, frames };
}

suite('frame queue', () => {
  test('what comes between two frames is drawn once, the last of each item, in order', () => {
    const { drawn, frames, values } = queue();
    for (const [id, text] of [
      ['a', 'a1'],
      ['b', 'b1'],
      ['a', 'a2'],
    ] as const)
      values.add({ id, text });
    assert.equal(frames.length, 1);
    frames[0]?.();
    assert.deepEqual(drawn, [['a2', 'b1']]);
  });

  test('flushing draws at once, and the frame that follows draws nothing twice', () => {
    const { drawn, frames, values } = queue();
    values.add({ id: 'a', text: 'a1' });
    values.flush();
    frames[0]?.();
    assert.deepEqual(drawn, [['a1']]);
  });

  test('what was dropped is never drawn', () => {
    const { drawn, frames, values } = queue();
    values.add({ id: 'a', text: 'a1' });
    values.drop();
    frames[0]?.();
    assert.deepEqual(drawn, []);
  });
});
