import assert from 'node:assert/strict';
import { createDraftKeeper, newestDraft } from '../../../src/webview/draftKeeper';

/** Timers that fire when told to. */
function handTimers() {
  const waiting = new Map<number, () => void>();
  let next = 0;
  return {
    timers: {
      set(run: () => void) {
        next += 1;
        waiting.set(next, run);
        return next;
      },
      clear: (timer: number) => void waiting.delete(timer),
    },
    pass() {
      const due = [...waiting.values()];
      waiting.clear();
      for (const run of due) run();
    },
  };
}

function keeper() {
  const posted: string[] = [];
  const { timers, pass } = handTimers();
  return { posted, pass, drafts: createDraftKeeper((text) => posted.push(text), timers) };
}

suite('draft keeper', () => {
  test('the first key is told at once, what follows at the end of the interval', () => {
    const { drafts, pass, posted } = keeper();
    for (const text of ['a', 'ab', 'abc']) drafts.changed(text);
    assert.deepEqual(posted, ['a']);
    pass();
    assert.deepEqual(posted, ['a', 'abc']);
  });

  test('typing on is told once an interval', () => {
    const { drafts, pass, posted } = keeper();
    drafts.changed('a');
    drafts.changed('ab');
    pass();
    drafts.changed('abc');
    assert.deepEqual(posted, ['a', 'ab']);
    pass();
    assert.deepEqual(posted, ['a', 'ab', 'abc']);
  });

  test('a pause ends the interval, so that the next key is told at once again', () => {
    const { drafts, pass, posted } = keeper();
    drafts.changed('a');
    pass();
    drafts.changed('ab');
    assert.deepEqual(posted, ['a', 'ab']);
  });

  test('flushing tells the last text now and nothing twice', () => {
    const { drafts, pass, posted } = keeper();
    drafts.changed('a');
    drafts.changed('ab');
    drafts.flush();
    drafts.flush();
    pass();
    assert.deepEqual(posted, ['a', 'ab']);
  });

  const draft = (text: string, at: number) => ({ text, at });
  const chosen: readonly [
    own: ReturnType<typeof draft> | undefined,
    sent: ReturnType<typeof draft>,
    expected: string,
  ][] = [
    [undefined, draft('', 0), ''],
    [undefined, draft('from the extension', 1), 'from the extension'],
    [draft('typed last', 3), draft('typed', 2), 'typed last'],
    [draft('an old and long one', 1), draft('new', 2), 'new'],
    [draft('', 3), draft('sent and gone', 2), ''],
    [draft('same', 2), draft('same', 2), 'same'],
  ];
  for (const [own, sent, expected] of chosen) {
    test(`of ${JSON.stringify(own)} and ${JSON.stringify(sent)} the newer is shown`, () =>
      assert.equal(newestDraft(own, sent), expected));
  }
});
