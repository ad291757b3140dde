import assert from 'node:assert/strict';
import { summaryMessage, tailStart } from '../../../../src/core/agent/compaction';
import type { Message } from '../../../../src/core/agent/messages';
import { apiProblems, brief, loopWorld, memoryStore, reply, type Step, text, thinking, use } from './loopWorld';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
/** Every reply counts 15 tokens here. */
const soon = { compactAt: 15 };
const big = 'x'.repeat(30_000);

suite('compaction', () => {
  /** Two turns with long results; the second one reaches the limit. */
  const long = (...rest: readonly Step[]): readonly Step[] => [
    reply(thinking, text('I look.'), use('a', 'one')),
    reply(text('Seen.')),
    ...rest,
  ];

  test('puts a summary in the place of all but the last messages, with the words of the person, and goes on', async () => {
    const store = memoryStore();
    const world = await loopWorld(long(reply(text('I saw a and b.')), reply(use('b', 'two')), reply(text('Done.'))), {
      store,
      tool: async () => ({ text: big, isError: false }),
    });
    await world.session.send('Look at it. Do not push.');
    const before = world.session.messages.length;
    const compacting = await loopWorld([reply(text('I saw a and b.')), reply(text('Next.'))], { store, limits: soon });
    await compacting.session.send('And now?');
    assert.equal(before, 4);
    const [asked, next] = compacting.requests;
    assert.match(JSON.stringify(asked?.messages.at(-1)), /about to be summarised/);
    assert.deepEqual(apiProblems(asked?.messages ?? []), []);
    assert.deepEqual(apiProblems(next?.messages ?? []), []);
    const sent = JSON.stringify(next?.messages);
    assert.ok(!sent.includes(big.slice(0, 100)), 'the long result is gone');
    for (const words of ['I saw a and b.', 'Look at it. Do not push.', 'And now?'])
      assert.ok(sent.includes(words), words);
    const after = await loopWorld([], { store });
    assert.deepEqual(plain(after.session.messages), plain(compacting.session.messages), 'and so after a reload');
    assert.ok(brief(after.session.events).includes(`done ${big}`), 'what was left out can still be read');
  });

  for (const [what, step] of [
    ['fails', { failure: { cause: 'server' } }],
    ['is cut', { content: [text('I saw')], stop: 'max_tokens' }],
    ['is empty', { content: [text(' ')] }],
    ['is a call', reply(use('z', 'rm'))],
  ] as const satisfies readonly (readonly [string, Step])[])
    test(`when the summary ${what}, the conversation goes on whole and it is said`, async () => {
      const store = memoryStore();
      await (await loopWorld(long(), { store, tool: async () => ({ text: big, isError: false }) })).session.send(
        'Look.',
      );
      const world = await loopWorld([step, reply(text('Next.'))], { store, limits: soon });
      await world.session.send('And now?');
      assert.ok(brief(world.events).some((line) => /could not be summarised, so it goes on whole/.test(line)));
      assert.ok(JSON.stringify(world.requests[1]?.messages).includes(big));
      assert.deepEqual(apiProblems(world.session.messages), []);
      assert.deepEqual(world.ran, [], 'no call of a summary runs');
      assert.equal(brief(world.events).at(-1), 'turn-end done');
    });

  for (const summarised of [true, false])
    test(`what the API takes no more is cut ${summarised ? 'with' : 'even without'} a summary, and tried once more`, async () => {
      const store = memoryStore();
      await (await loopWorld(long(), { store, tool: async () => ({ text: big, isError: false }) })).session.send(
        'Look.',
      );
      const world = await loopWorld(
        [
          { failure: { cause: 'too-large', status: 400 } },
          summarised ? reply(text('I saw it.')) : { failure: { cause: 'too-large', status: 400 } },
          reply(text('Next.')),
        ],
        { store },
      );
      await world.session.send('And now?');
      assert.equal(brief(world.events).at(-1), 'turn-end done');
      assert.ok(JSON.stringify(world.requests[1]?.messages).length < 10_000, 'a short form was sent to be summed up');
      const sent = world.requests[2]?.messages ?? [];
      assert.deepEqual(apiProblems(sent), []);
      assert.match(
        JSON.stringify(sent),
        summarised ? /I saw it\..*Look\..*And now/ : /could not be summarised.*Look\..*And now/,
      );
    });

  test('what is too large by itself is tried no more than it was', async () => {
    const world = await loopWorld([{ failure: { cause: 'too-large' } }]);
    await world.session.send(big);
    assert.equal(world.requests.length, 1);
    assert.deepEqual(world.session.messages, []);
  });

  test('comes again after a summary, and the words of the person stay through all of them', async () => {
    const world = await loopWorld(
      Array.from({ length: 12 }, (_, n) => reply(text(`Reply ${n}. ${big}`))),
      { limits: soon },
    );
    for (let n = 0; n < 5; n += 1) await world.session.send(`Wish number ${n}`);
    const last = JSON.stringify(world.session.messages);
    for (let n = 0; n < 5; n += 1) assert.ok(last.includes(`Wish number ${n}`), `wish ${n}`);
    assert.ok(world.events.filter(({ type }) => type === 'compacted').length >= 2);
    assert.deepEqual(apiProblems(world.session.messages), []);
  });

  test('is done when asked for, and not when there is nothing to leave out', async () => {
    const world = await loopWorld([...long(), reply(text('Short.'))], {
      tool: async () => ({ text: big, isError: false }),
    });
    await world.session.compact();
    assert.ok(brief(world.events).some((line) => /nothing to summarise/.test(line)));
    await world.session.send('Look.');
    await world.session.compact();
    assert.ok(world.events.some(({ type }) => type === 'compacted'));
    assert.equal(world.session.busy, false);
    assert.deepEqual(apiProblems(world.session.messages), []);
  });

  test('that is stopped leaves everything as it was', async () => {
    const world = await loopWorld([...long(), { hangs: '' }], { tool: async () => ({ text: big, isError: false }) });
    await world.session.send('Look.');
    const before = plain(world.session.messages);
    const compacting = world.session.compact();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await world.session.stop();
    await compacting;
    assert.deepEqual(plain(world.session.messages), before);
  });

  test('a refusal after a summary takes out the turn and leaves the summary', async () => {
    const world = await loopWorld(
      [...long(), reply(text('I saw it.')), reply(use('b', 'two')), { content: [], stop: 'refusal' }],
      { tool: async () => ({ text: big, isError: false }) },
    );
    await world.session.send('Look.');
    await world.session.compact();
    await world.session.send('Terrible.');
    assert.ok(!JSON.stringify(world.session.messages).includes('Terrible'));
    assert.match(JSON.stringify(world.session.messages[0]), /I saw it/);
    assert.deepEqual(apiProblems(world.session.messages), []);
  });

  test('keeps calls and their results together wherever it cuts', () => {
    const messages: Message[] = [{ role: 'user', content: [{ type: 'text', text: 'go' }] }];
    for (let n = 0; n < 40; n += 1)
      messages.push(
        { role: 'assistant', content: [use(`c${n}`, 'x')] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: `c${n}`, content: 'y'.repeat((n % 7) * 1_000) }],
        },
      );
    for (let length = 0; length <= messages.length; length += 1) {
      const start = tailStart(messages.slice(0, length));
      if (start === undefined) continue;
      assert.equal(messages[start]?.role, 'assistant');
      const summary = summaryMessage('s', { words: [], boundaries: [], todos: [] });
      const left = [summary, ...messages.slice(start, length)];
      const open = left.at(-1)?.role === 'assistant' ? left.slice(0, -1) : left;
      assert.deepEqual(apiProblems(open), [], `${length}`);
    }
  });

  test('keeps every message of the person, long ones shortened, with what was forbidden and the task list', () => {
    const words = Array.from({ length: 100 }, (_, n) => `wish ${n} ${n % 10 === 0 ? big : ''} end ${n}`);
    const todos = [{ content: 'Test it', activeForm: 'Testing', status: 'pending' }] as const;
    const kept = JSON.stringify(summaryMessage('s', { words, boundaries: ['never push'], todos }));
    for (let n = 0; n < 100; n += 1) assert.ok(kept.includes(`wish ${n} `) && kept.includes(`end ${n}`), `wish ${n}`);
    assert.ok(kept.includes('never push') && kept.includes('pending: Test it'));
    assert.ok(kept.length < 140_000);
  });
});
