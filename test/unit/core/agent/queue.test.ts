import assert from 'node:assert/strict';
import type { ModelRequest } from '../../../../src/core/ports';
import { apiProblems, brief, type LoopOptions, loopWorld, memoryStore, reply, text, use } from './loopWorld';

const words = (request: ModelRequest | undefined): string => JSON.stringify(request?.messages);

suite('messages that are sent while the agent works', () => {
  /** Sends while the first call runs. */
  const meanwhile = async (
    doing: (world: Awaited<ReturnType<typeof loopWorld>>) => Promise<unknown>,
    options: LoopOptions = {},
  ) => {
    let done = false;
    const world: Awaited<ReturnType<typeof loopWorld>> = await loopWorld(
      [
        reply(use('a', 'one'), use('b', 'two')),
        reply(use('c', 'three')),
        reply(text('Done.')),
        reply(text('And that.')),
      ],
      {
        ...options,
        tool: async () => {
          if (!done) {
            done = true;
            await doing(world);
          }
          return { text: 'ran', isError: false };
        },
      },
    );
    return world;
  };

  test('enter after the results of the current calls and before the next request, in order', async () => {
    const world = await meanwhile(async ({ session }) => {
      await session.send('first thought');
      await session.send('second thought');
      assert.deepEqual(
        session.waiting.map(({ text }) => text),
        ['first thought', 'second thought'],
      );
    });
    await world.session.send('do it');
    assert.deepEqual(world.ran, ['one', 'two', 'three'], 'no call was lost');
    assert.deepEqual(
      world.requests.map((request) => words(request).includes('first thought')),
      [false, true, true],
    );
    const second = world.requests[1]?.messages ?? [];
    assert.deepEqual(apiProblems(second), []);
    assert.match(words(world.requests[1]), /"ran".*while you were working.*first thought.*second thought/);
    assert.deepEqual(
      brief(world.session.events).filter((line) => /^(user|queued|turn)/.test(line)),
      ['user do it', 'turn-start', 'queued', 'queued', 'user first thought', 'user second thought', 'turn-end done'],
    );
    assert.deepEqual(world.session.waiting, []);
  });

  test('begin a turn of their own when the agent is done', async () => {
    const world = await loopWorld([reply(text('Hello.')), reply(text('And that.'))]);
    world.session.onEvent((event) => {
      if (event.type === 'message-end' && world.requests.length === 1) void world.session.send('one more thing');
    });
    await world.session.send('hi');
    assert.equal(world.session.busy, false);
    assert.deepEqual(
      brief(world.session.events).filter((line) => /^(user|queued|turn|text)/.test(line)),
      [
        ...['user hi', 'turn-start', 'text Hello.', 'queued', 'turn-end done'],
        ...['user one more thing', 'turn-start', 'text And that.', 'turn-end done'],
      ],
    );
  });

  test('that were withdrawn never enter, and cannot be withdrawn twice', async () => {
    const world = await meanwhile(async ({ session }) => {
      await session.send('a mistake');
      await session.send('this stays');
      const [first] = session.waiting;
      assert.equal(await session.withdraw(first?.id ?? ''), 'a mistake');
      assert.equal(await session.withdraw(first?.id ?? ''), undefined);
    });
    await world.session.send('do it');
    assert.ok(!words(world.requests.at(-1)).includes('a mistake'));
    assert.ok(words(world.requests.at(-1)).includes('this stays'));
  });

  test('stay when the person stops the agent, and go first with what is sent next', async () => {
    const world = await loopWorld([{ hangs: 'Working' }, reply(text('Now.'))]);
    const turn = world.session.send('first');
    await world.session.send('second');
    await world.session.stop();
    await turn;
    assert.deepEqual(
      world.session.waiting.map(({ text }) => text),
      ['second'],
    );
    assert.ok(!JSON.stringify(world.session.messages).includes('second'));
    await world.session.send('third');
    assert.match(words(world.requests[1]), /second.*third/);
    assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
  });

  test('stay when a request fails, and are sent when the person says so', async () => {
    const world = await meanwhile(async ({ session }) => session.send('later'));
    world.requests.length = 0;
    const failing = await loopWorld([{ failure: { cause: 'server' } }, reply(text('Now.'))]);
    failing.session.onEvent((event) => {
      if (event.type === 'turn-start' && failing.session.waiting.length === 0 && failing.requests.length === 0)
        void failing.session.send('waits');
    });
    await failing.session.send('first');
    assert.deepEqual(
      failing.session.waiting.map(({ text }) => text),
      ['waits'],
    );
    await failing.session.sendWaiting();
    assert.match(words(failing.requests[1]), /first.*waits/);
    assert.deepEqual(failing.session.waiting, []);
  });

  test('survive a window that was closed, whatever line it died after', async () => {
    const store = memoryStore();
    const world = await meanwhile(async ({ session }) => session.send('do not lose me'), { store });
    await world.session.send('do it');
    const sent = store.lines.findIndex((line) => line.includes('"queued"'));
    const entered = store.lines.findIndex((line) => line.includes('"message"') && line.includes('do not lose me'));
    assert.ok(sent !== -1 && sent < entered);
    for (let lines = sent + 1; lines <= store.lines.length; lines += 1) {
      const after = await loopWorld([reply(text('Hm.'))], { store: memoryStore(store.lines.slice(0, lines)) });
      const waits = after.session.waiting.some(({ text }) => text === 'do not lose me');
      const said = JSON.stringify(after.session.messages).includes('do not lose me');
      assert.ok(waits || said, `after ${lines} lines`);
      assert.deepEqual(apiProblems(after.session.messages), [], `after ${lines} lines`);
    }
  });

  test('are stored at once, also while the agent talks', async () => {
    const store = memoryStore();
    const world = await loopWorld([{ hangs: 'A long explanation' }], { store });
    const turn = world.session.send('explain');
    await world.session.send('shorter');
    assert.ok(store.lines.some((line) => line.includes('"queued"') && line.includes('shorter')));
    await world.session.stop();
    await turn;
  });

  test('still wait when the person goes back to before an earlier message', async () => {
    const world = await loopWorld([{ hangs: 'Working' }, reply(text('Now.'))]);
    const turn = world.session.send('first');
    await world.session.send('second');
    await world.session.stop();
    await turn;
    await world.session.rewind(0, { code: false, talk: true });
    assert.deepEqual(
      world.session.waiting.map(({ text }) => text),
      ['second'],
    );
    assert.ok(brief(world.session.events).includes('queued'));
    await world.session.sendWaiting();
    assert.ok(!words(world.requests.at(-1)).includes('first'));
    assert.deepEqual(apiProblems(world.requests.at(-1)?.messages ?? []), []);
  });
});
