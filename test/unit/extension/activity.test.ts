import assert from 'node:assert/strict';
import type { Clock } from '../../../src/core/ports';
import { createActivity } from '../../../src/extension/activity';

/** A clock that moves when something waits on it. */
function manualClock(): Clock & { at: number; whileWaiting: () => void } {
  const clock = {
    at: 0,
    whileWaiting: () => {},
    now: () => clock.at,
    monotonic: () => clock.at,
    async sleep(ms: number, signal?: AbortSignal) {
      clock.whileWaiting();
      signal?.throwIfAborted();
      clock.at += ms;
    },
  };
  return clock;
}

suite('activity', () => {
  const never = new AbortController().signal;

  test('it is quiet at once when nobody has typed', async () => {
    const clock = manualClock();
    await createActivity(clock).quiet(never);
    assert.equal(clock.at, 0);
  });

  test('it waits until a second after the last key', async () => {
    const clock = manualClock();
    const activity = createActivity(clock);
    activity.typed();
    let lastKey = 0;
    clock.whileWaiting = () => {
      if (lastKey > 0) return;
      clock.at += 500;
      lastKey = clock.at;
      activity.typed();
    };
    await activity.quiet(never);
    assert.ok(lastKey > 0 && clock.at - lastKey >= 1_000, `${clock.at}`);
  });

  test('a withdrawn question does not wait', async () => {
    const clock = manualClock();
    const activity = createActivity(clock);
    activity.typed();
    await activity.quiet(AbortSignal.abort());
    assert.equal(clock.at, 0);
  });
});
