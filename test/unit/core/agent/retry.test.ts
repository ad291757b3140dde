import assert from 'node:assert/strict';
import { defaultSessionLimits } from '../../../../src/core/agent/limits';
import { retryDelay } from '../../../../src/core/agent/retry';
import type { ModelFailure } from '../../../../src/core/ports';
import { apiProblems, brief, loopWorld, reply, type Step, text } from './loopWorld';

const limits = defaultSessionLimits.retry;
const busy: Step = { failure: { cause: 'overloaded', retryable: true, status: 529 } };

suite('retries', () => {
  const delays: readonly (readonly [number, number | undefined, number, number])[] = [
    [1, undefined, 0, 500],
    [1, undefined, 1, 1000],
    [3, undefined, 0.5, 3000],
    [20, undefined, 1, 60_000],
    [1, 7000, 0, 7000],
    [1, 200, 0, 500],
  ];
  for (const [attempt, retryAfter, random, expected] of delays) {
    test(`attempt ${attempt} with retry-after ${retryAfter} and random ${random} waits ${expected} ms`, () => {
      assert.equal(retryDelay(attempt, retryAfter, random, limits), expected);
    });
  }

  test('each wait is shown, and the turn goes on when a request succeeds', async () => {
    const limited: Step = { failure: { cause: 'rate-limited', retryable: true, status: 429, retryAfterMs: 5000 } };
    const world = await loopWorld([limited, busy, reply(text('Here.'))]);
    await world.session.send('x');
    assert.deepEqual(brief(world.session.events), [
      ...['user x', 'turn-start', 'mode auto'],
      'retry 2/8 in 5000',
      'retry 3/8 in 1500',
      ...['text Here.', 'usage', 'message-end', 'turn-end done'],
    ]);
    assert.deepEqual(world.sleeps, [5000, 1500]);
  });

  test('what a cut stream had said is void once it is tried again', async () => {
    const cut: Step = { failure: { cause: 'cut', retryable: true }, streamed: 'Half a sen' };
    const world = await loopWorld([cut, reply(text('A whole sentence.'))]);
    await world.session.send('x');
    assert.ok(brief(world.events).includes('text Half a sen'), 'it was shown');
    assert.deepEqual(
      brief(world.session.events).filter((line) => line.startsWith('text')),
      ['text A whole sentence.'],
    );
    assert.equal(world.session.messages.length, 2);
  });

  test('attempts are bounded, then the person can try again', async () => {
    const world = await loopWorld([...Array.from({ length: 8 }, () => busy), reply(text('Here.'))]);
    await world.session.send('x');
    assert.equal(world.requests.length, 8);
    assert.deepEqual(brief(world.events).slice(-2), ['error It failed with overloaded. [retry]', 'turn-end failed']);
    await world.session.retry();
    assert.equal(brief(world.events).at(-1), 'turn-end done');
    assert.deepEqual(world.requests[8]?.messages, world.requests[0]?.messages);
  });

  test('a wait that would go over the budget is not waited, and its length is said', async () => {
    const long: Step = { failure: { cause: 'rate-limited', retryable: true, retryAfterMs: 3_600_000 } };
    const world = await loopWorld([long]);
    await world.session.send('x');
    assert.deepEqual(world.sleeps, []);
    assert.deepEqual(brief(world.events).slice(-3), [
      'error It failed with rate-limited. [retry]',
      'info The service asks to wait 60 minutes before the next try.',
      'turn-end failed',
    ]);
  });

  test('waits add up to the budget at most', async () => {
    const world = await loopWorld(
      Array.from({ length: 50 }, () => busy),
      { limits: { retry: { ...limits, attempts: 50, budgetMs: 10_000 } } },
    );
    await world.session.send('x');
    const waited = world.sleeps.reduce((sum, ms) => sum + ms, 0);
    assert.ok(waited <= 10_000 && world.sleeps.length >= 3, String(world.sleeps));
  });

  test('stop during a wait ends the turn at once', async () => {
    const world = await loopWorld([busy, reply(text('never'))]);
    world.session.onEvent((event) => {
      if (event.type === 'retry') void world.session.stop();
    });
    await world.session.send('x');
    assert.equal(world.requests.length, 1);
    assert.equal(brief(world.events).at(-1), 'turn-end stopped');
  });

  const final: readonly (readonly [ModelFailure['cause'], string])[] = [
    ['no-key', ' [set-api-key]'],
    ['unauthorised', ' [set-api-key]'],
    ['forbidden', ' [show-log]'],
    ['not-found', ' [show-log]'],
    ['invalid', ' [show-log]'],
    ['too-large', ' [new-session]'],
  ];
  for (const [cause, action] of final) {
    test(`${cause} is not tried again, says what to do, and the next message goes on`, async () => {
      const world = await loopWorld([{ failure: { cause } }, reply(text('Here.'))]);
      await world.session.send('x');
      assert.equal(world.requests.length, 1);
      const lines = brief(world.events);
      assert.ok(lines.includes(`error It failed with ${cause}.${action}`), lines.join('\n'));
      assert.equal(lines.at(-1), 'turn-end failed');
      await world.session.send('y');
      assert.equal(brief(world.events).at(-1), 'turn-end done');
      assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
    });
  }

  test('a message that is too large by itself is taken out again, so that the next one can be sent', async () => {
    const world = await loopWorld([reply(text('Hi.')), { failure: { cause: 'too-large' } }, reply(text('Here.'))]);
    await world.session.send('small');
    await world.session.send('huge');
    await world.session.send('small again');
    const sent = JSON.stringify(world.requests[2]?.messages);
    assert.ok(!sent.includes('huge') && sent.includes('small again'));
    assert.match(brief(world.events).join('\n'), /Your last message was taken out/);
  });
});
