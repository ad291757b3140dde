import assert from 'node:assert/strict';
import { cost } from '../../../fakes/gateWorld';
import { apiProblems, brief, loopWorld, reply, text, use } from './loopWorld';

suite('a session', () => {
  test('nothing is sent for an empty text', async () => {
    const world = await loopWorld([]);
    await world.session.send(' \n ');
    assert.deepEqual(world.events, []);
    assert.deepEqual(world.requests, []);
  });

  test('stop while the model talks keeps what it had said, on the screen and in the conversation, and tells the model', async () => {
    const world = await loopWorld([{ hangs: 'I will now' }, reply(text('Yes?'))]);
    world.session.onEvent((event) => {
      if (event.type === 'text') void world.session.stop();
    });
    await world.session.send('go');
    assert.deepEqual(brief(world.session.events).slice(-3), ['text I will now', 'message-end', 'turn-end stopped']);
    assert.equal(world.session.busy, false);
    await world.session.send('next');
    assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
    assert.match(
      JSON.stringify(world.requests[1]?.messages.at(-1)),
      /previous turn was stopped before it was finished/,
    );
    assert.match(JSON.stringify(world.requests[1]?.messages.at(-2)), /I will now/);
  });

  test('stop while a tool runs aborts it; the calls behind it are answered without being run', async () => {
    const world = await loopWorld(
      [reply(use('a', 'endless'), use('b', 'next'), use('c', 'last')), reply(text('Yes?'))],
      {
        tool: (_call, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      },
    );
    const turn = world.session.send('go');
    while (world.ran.length === 0) await new Promise(setImmediate);
    await world.session.stop();
    await turn;
    assert.deepEqual(world.ran, ['endless']);
    const results = world.session.messages[2]?.content.map((block) =>
      block.type === 'tool_result' ? block.content : '',
    );
    assert.match(results?.[0] ?? '', /^Stopped by the person while it ran/);
    assert.deepEqual(results?.slice(1), Array(2).fill('Stopped by the person before it ran.'));
    await world.session.send('next');
    assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
  });

  test('stop while a person is being asked withdraws the question and runs nothing', async () => {
    const world = await loopWorld([reply(use('a', 'one'))], {
      gate: {
        verdict: {
          kind: 'none',
          why: { template: 'off', args: [] },
          cost,
        },
        answer: (_question, signal) =>
          new Promise((resolve) => signal.addEventListener('abort', () => resolve({ choice: 'once' }))),
      },
    });
    const turn = world.session.send('go');
    while (world.questions.length === 0) await new Promise(setImmediate);
    await world.session.stop();
    await turn;
    assert.deepEqual(world.ran, []);
    assert.match(JSON.stringify(world.session.messages[2]), /Stopped by the person before it ran/);
  });

  test('a listener that sends from turn-end starts the next turn', async () => {
    const world = await loopWorld([reply(text('one')), reply(text('two'))]);
    let sent: Promise<void> | undefined;
    world.session.onEvent((event) => {
      if (event.type === 'turn-end' && !sent) sent = world.session.send('next');
    });
    await world.session.send('first');
    await sent;
    assert.equal(brief(world.events).filter((line) => line === 'turn-end done').length, 2);
  });

  test('a listener that throws disturbs neither the turn nor the others', async () => {
    const world = await loopWorld([reply(text('one'))]);
    const others: string[] = [];
    world.session.onEvent(() => {
      throw new Error('a bug');
    });
    world.session.onEvent((event) => void others.push(event.type));
    await world.session.send('first');
    assert.equal(others.at(-1), 'turn-end');
  });

  test('a disposed listener hears nothing more', async () => {
    const world = await loopWorld([reply(text('one'))]);
    const heard: string[] = [];
    world.session.onEvent((event) => void heard.push(event.type)).dispose();
    await world.session.send('first');
    assert.deepEqual(heard, []);
  });

  test('retry with nothing to try again says so', async () => {
    const world = await loopWorld([reply(text('one'))]);
    await world.session.send('first');
    await world.session.retry();
    assert.equal(brief(world.events).at(-1), 'info There is nothing to try again. Send a message to go on.');
    assert.equal(world.requests.length, 1);
  });

  test('dispose stops what runs', async () => {
    const world = await loopWorld([{ hangs: 'Working' }]);
    const turn = world.session.send('go');
    await world.session.dispose();
    await turn;
    assert.equal(world.session.busy, false);
  });

  test('a store that fails is said once, and the session goes on', async () => {
    const world = await loopWorld([reply(text('one')), reply(text('two'))], {
      store: {
        read: async () => [],
        append: async () => {
          throw new Error('disk full');
        },
      },
    });
    await world.session.send('first');
    await world.session.send('second');
    const said = brief(world.events).filter((line) => line.includes('disk full'));
    assert.equal(said.length, 1);
    assert.equal(world.requests.length, 2);
  });

  test('every event is plain data', async () => {
    const world = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))]);
    await world.session.send('go');
    assert.deepEqual(world.events, structuredClone(world.events));
  });
});
