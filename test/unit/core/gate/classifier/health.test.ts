import assert from 'node:assert/strict';
import { type ClassifierHealth, createHealth } from '../../../../../src/core/gate/classifier/health';
import { say } from '../../../../../src/core/say';

/** A clock that stands still until it is moved. */
function manualClock() {
  let now = 0;
  let waiting: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    clock: {
      now: () => now,
      monotonic: () => now,
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          const stop = (): void => reject(new Error('aborted'));
          const wake = (): void => {
            signal?.removeEventListener('abort', stop);
            resolve();
          };
          waiting.push({ at: now + ms, wake });
          signal?.addEventListener('abort', stop, { once: true });
        }),
    },
    async move(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        waiting = waiting.filter((each) => each !== next);
        next.wake();
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      }
      now = end;
    },
  };
}

suite('health of the classifier', () => {
  function world(answers: () => boolean) {
    const { clock, move } = manualClock();
    let probes = 0;
    const told: string[] = [];
    const health = createHealth(clock, async () => {
      probes += 1;
      return answers();
    });
    health.onChange((now: ClassifierHealth) => told.push(now.state));
    return { health, move, told, probes: () => probes };
  }

  test('an outage is told once, costs no further call its time, and its end is noticed by itself', async () => {
    let up = false;
    const { health, move, probes, told } = world(() => up);
    assert.ok(health.worthTrying());
    health.failed(say('overloaded'));
    assert.equal(health.worthTrying(), false);
    health.failed(say('overloaded'));
    assert.deepEqual(told, ['down']);
    await move(200_000);
    assert.ok(probes() >= 2 && probes() < 8, `${probes()} probes in 200 s`);
    up = true;
    await move(300_000);
    assert.deepEqual(told, ['down', 'ok']);
    assert.ok(health.worthTrying());
    const before = probes();
    await move(1_000_000);
    assert.equal(probes(), before, 'nobody is asked while all is well');
    health.dispose();
  });

  test('the next call may try again when a while has passed', async () => {
    const { health, move } = world(() => false);
    health.failed(say('off'));
    await move(14_000);
    assert.equal(health.worthTrying(), false);
    health.answered('second', 'claude-opus-4-6');
    assert.deepEqual(health.present, { state: 'second', model: 'claude-opus-4-6' });
    assert.ok(health.worthTrying());
    health.dispose();
  });

  test('after an hour nobody is asked any more until a call does', async () => {
    const { health, move, probes } = world(() => false);
    health.failed(say('off'));
    await move(4_000_000);
    const before = probes();
    await move(10_000_000);
    assert.equal(probes(), before);
    assert.ok(health.worthTrying());
    health.dispose();
  });
});
