import assert from 'node:assert/strict';
import { createConversation, type NumberedMessage } from '../../../../src/core/agent/conversation';
import type { Message } from '../../../../src/core/agent/messages';
import { repairTail } from '../../../../src/core/agent/restore';
import { apiProblems, brief, loopWorld, memoryStore, reply, text, use } from './loopWorld';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const numbered = (...messages: readonly Message[]): readonly NumberedMessage[] =>
  messages.map((message, n) => ({ n, message }));
const user = (words: string): Message => ({ role: 'user', content: [{ type: 'text', text: words }] });
const asks = (...ids: readonly string[]): Message => ({ role: 'assistant', content: ids.map((id) => use(id, 'x')) });
const answers = (...ids: readonly string[]): Message => ({
  role: 'user',
  content: ids.map((id) => ({ type: 'tool_result', tool_use_id: id, content: 'ran' })),
});

suite('a restored session', () => {
  test('has the same messages and events, and goes on', async () => {
    const store = memoryStore();
    const before = await loopWorld(
      [
        { failure: { cause: 'overloaded', retryable: true }, streamed: 'lost' },
        reply(text('One step.'), use('a', 'one')),
        reply(text('Done.')),
      ],
      {
        store,
        tool: async (_call, context) => {
          context.onOutput('some output');
          context.onTodos([{ content: 'a', activeForm: 'doing a', status: 'pending' }]);
          return {
            text: 'ran',
            isError: false,
            display: { type: 'output', text: 'some output', exitCode: undefined, logPath: undefined },
          };
        },
      },
    );
    await before.session.send('do it');
    const after = await loopWorld([reply(text('Again.'))], { store });
    assert.deepEqual(plain(after.session.messages), plain(before.session.messages));
    assert.deepEqual(plain(after.session.events), plain(before.session.events));
    await after.session.send('again');
    assert.deepEqual(apiProblems(after.requests[0]?.messages ?? []), []);
    assert.equal(after.requests[0]?.messages.length, before.session.messages.length + 1);
  });

  test('says of what ran in the background in an earlier window that it has ended', async () => {
    const store = memoryStore();
    const job = (id: string, state: 'running' | 'done') =>
      JSON.stringify({ type: 'event', event: { type: 'job', id, job: `bash_${id}`, state } });
    store.lines.push(job('1', 'running'), job('2', 'running'), job('1', 'done'));
    const { session } = await loopWorld([], { store });
    const jobs = session.events.filter((event) => event.type === 'job');
    assert.deepEqual(jobs.at(-1), { type: 'job', id: '2', job: 'bash_2', state: 'ended' });
    assert.equal(jobs.length, 4);
    const again = await loopWorld([], { store });
    assert.equal(again.session.events.length, session.events.length, 'and says it once');
  });

  test('stores one line for a text, however many pieces it came in, and no output that the result holds', async () => {
    const store = memoryStore();
    const world = await loopWorld(
      [reply(text('A text of quite some length.'), use('a', 'one')), reply(text('Done.'))],
      {
        store,
        tool: async (_call, context) => {
          for (let i = 0; i < 100; i += 1) context.onOutput('noise ');
          return { text: 'ran', isError: false };
        },
      },
    );
    await world.session.send('do it');
    const texts = store.lines.filter((line) => line.includes('"event":{"type":"text"'));
    assert.equal(texts.length, 2);
    assert.ok(!store.lines.some((line) => line.includes('noise')));
  });

  test('a refused exchange stays out of the conversation', async () => {
    const store = memoryStore();
    const before = await loopWorld([reply(text('Hi.')), { content: [], stop: 'refusal' }], { store });
    await before.session.send('first');
    await before.session.send('terrible');
    const after = await loopWorld([reply(text('Fine.'))], { store });
    assert.ok(!JSON.stringify(after.session.messages).includes('terrible'));
    await after.session.send('next');
    const again = await loopWorld([], { store });
    assert.deepEqual(plain(again.session.messages), plain(after.session.messages));
  });

  test('whatever line the window died after, the conversation is whole, the turn is marked once, and it goes on', async () => {
    const store = memoryStore();
    const before = await loopWorld(
      [reply(use('a', 'one'), use('b', 'two')), reply(use('c', 'three')), reply(text('Done.'))],
      {
        store,
      },
    );
    await before.session.send('do it');
    for (let lines = 0; lines <= store.lines.length; lines += 1) {
      const torn = memoryStore(store.lines.slice(0, lines));
      const after = await loopWorld([reply(text('Here again.'))], { store: torn });
      assert.deepEqual(apiProblems(after.session.messages), [], `after ${lines} lines`);
      const texts = brief(after.session.events);
      const open = texts.filter((line) => line.startsWith('call ')).length;
      const done = texts.filter((line) => line.startsWith('done ')).length;
      assert.equal(done, open, `after ${lines} lines every call has ended`);
      const marks = texts.filter((line) => line.includes('while the agent was working'));
      const begun = texts.includes('turn-start');
      const finished = lines === store.lines.length;
      assert.equal(marks.length, begun && !finished ? 1 : 0, `after ${lines} lines`);
      await after.session.send('go on');
      const later = await loopWorld([], { store: torn });
      assert.deepEqual(apiProblems(later.session.messages), []);
      assert.deepEqual(plain(later.session.messages), plain(after.session.messages), `after ${lines} lines`);
      assert.deepEqual(plain(later.session.events), plain(after.session.events), `after ${lines} lines`);
    }
  });

  test('a call that had been let through is said to have been interrupted, one behind it not to have run', async () => {
    const store = memoryStore();
    const before = await loopWorld([reply(use('a', 'one'), use('b', 'two'))], {
      store,
      tool: (_call, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const turn = before.session.send('do it');
    while (before.ran.length === 0) await new Promise(setImmediate);
    const after = await loopWorld([], { store: memoryStore([...store.lines]) });
    const results = after.session.messages[2]?.content.map((block) =>
      block.type === 'tool_result' ? block.content : '',
    );
    assert.match(results?.[0] ?? '', /a part of it may have happened/);
    assert.match(results?.[1] ?? '', /was not run/);
    await before.session.stop();
    await turn;
  });

  test('lines of unknown shape are left out and said once', async () => {
    const store = memoryStore();
    const before = await loopWorld([reply(text('Hi.'))], { store });
    await before.session.send('first');
    store.lines.splice(
      2,
      0,
      'not json',
      '{"type":"event","event":{"type":"teleported"}}',
      '{"type":"event","event":{"type":"text","text":7}}',
      'null',
      '[]',
      '{"type":"message","n":1,"message":{"role":"system","content":"x"}}',
    );
    const after = await loopWorld([], { store });
    const notice = 'warning 6 lines of the saved conversation could not be read and were left out of it.';
    assert.deepEqual(
      brief(after.session.events).filter((line) => line.startsWith('warning')),
      [notice],
    );
    assert.deepEqual(plain(after.session.messages), plain(before.session.messages));
    await after.session.send('flush');
    const again = await loopWorld([], { store });
    assert.equal(brief(again.session.events).filter((line) => line === notice).length, 1);
  });

  test('a store that cannot be read gives an empty session that says so', async () => {
    const world = await loopWorld([reply(text('Hi.'))], {
      store: {
        append: async () => {},
        read: async () => {
          throw new Error('no permission');
        },
      },
    });
    assert.match(brief(world.session.events).join(), /could not be read: Error: no permission/);
    await world.session.send('x');
    assert.equal(brief(world.session.events).at(-1), 'turn-end done');
  });
});

suite('repairTail', () => {
  const cases: readonly (readonly [string, readonly Message[], number])[] = [
    ['a whole conversation is left as it is', [user('x'), asks('a'), answers('a'), user('y')], 4],
    ['a missing result is put in at the end', [user('x'), asks('a', 'b')], 3],
    ['a missing result is put in before the next message of the person', [user('x'), asks('a'), user('y')], 4],
    ['one of two missing results is put in, in the order of the calls', [user('x'), asks('a', 'b'), answers('b')], 3],
    ['a result without a call goes', [user('x'), answers('z'), user('y')], 2],
    ['an empty message goes', [user('x'), { role: 'assistant', content: [] }], 1],
    ['results between two messages of the model', [user('x'), asks('a'), asks('b'), answers('b')], 5],
  ];
  for (const [what, messages, length] of cases) {
    test(what, () => {
      const repaired = repairTail(numbered(...messages)).map(({ message }) => message);
      assert.deepEqual(apiProblems(repaired), []);
      assert.equal(repaired.length, length);
      assert.deepEqual(
        repairTail(numbered(...repaired)).map(({ message }) => message),
        repaired,
        'repairing again changes nothing',
      );
    });
  }

  test('numbers keep rising after a repair, and a cut tells the number it begins at', () => {
    const cuts: number[] = [];
    const pushed: number[] = [];
    const conversation = createConversation(repairTail(numbered(user('x'), asks('a'))), {
      pushed: ({ n }) => void pushed.push(n),
      cut: (from) => void cuts.push(from),
      replaced: () => {},
    });
    conversation.push(user('y'));
    conversation.push(asks('b'));
    conversation.cutTo(3);
    conversation.push(user('z'));
    assert.deepEqual(pushed, [2, 3, 4]);
    assert.deepEqual(cuts, [2]);
    assert.equal(conversation.messages.length, 4);
  });
});
