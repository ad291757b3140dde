import assert from 'node:assert/strict';
import { callId } from '../../../src/core/ids';
import { createAskDesk } from '../../../src/extension/askDesk';

const id = callId('toolu_1');
const question = (multiple: boolean) => ({
  ...{ header: 'H', question: 'Q?', multiple },
  options: [
    { label: 'a', description: undefined },
    { label: 'b', description: 'bb' },
  ],
});

suite('questions of the agent', () => {
  const never = new AbortController().signal;

  test('wait until they are answered, once, with what was asked and nothing else', async () => {
    const seen: string[] = [];
    const desk = createAskDesk((asks, open) => seen.push(`${asks.id} ${open}`));
    const answered = desk.ask(id, [question(false), question(true)], never);
    assert.equal(desk.waiting.length, 1);
    desk.answer('another', []);
    desk.answer(id, [
      { chosen: [1, 0, 7], typed: 'x'.repeat(20_000) },
      { chosen: [1, 0, 1, -1], typed: '' },
      { chosen: [0], typed: 'unasked' },
    ]);
    desk.answer(id, undefined);
    const answers = await answered;
    assert.deepEqual(
      answers?.map(({ chosen, typed }) => [chosen, typed.length]),
      [
        [[0], 10_000],
        [[0, 1], 0],
      ],
    );
    assert.deepEqual(seen, ['toolu_1 true', 'toolu_1 false']);
    assert.equal(desk.waiting.length, 0);
  });

  test('a page that leaves answers out has answered nothing', async () => {
    const desk = createAskDesk(() => {});
    const answered = desk.ask(id, [question(false)], never);
    desk.answer(id, []);
    assert.deepEqual(await answered, [{ chosen: [], typed: '' }]);
  });

  test('go when the person does not want to answer, or stops the agent', async () => {
    const desk = createAskDesk(() => {});
    const first = desk.ask(id, [question(false)], never);
    desk.answer(id, undefined);
    assert.equal(await first, undefined);
    const controller = new AbortController();
    const second = desk.ask(id, [question(false)], controller.signal);
    controller.abort(new Error('stopped'));
    await assert.rejects(second, /stopped/);
    assert.equal(desk.waiting.length, 0);
    desk.answer(id, []);
  });
});
