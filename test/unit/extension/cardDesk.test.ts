import assert from 'node:assert/strict';
import { createCardDesk } from '../../../src/extension/cardDesk';
import { question } from '../../fakes/question';

const never = new AbortController().signal;

suite('card desk', () => {
  test('a click answers the question it was made on, once', async () => {
    const desk = createCardDesk();
    const asked = question();
    const answer = desk.ask(asked, never);
    assert.deepEqual(
      desk.waiting.map(({ id }) => id),
      [asked.id],
    );
    desk.answer(asked.id, 'once');
    desk.answer(asked.id, 'deny');
    assert.deepEqual(await answer, { choice: 'once' });
    assert.deepEqual(desk.waiting, []);
  });

  test('a choice that was not offered is a no', async () => {
    const desk = createCardDesk();
    const asked = question({ offers: [{ type: 'once' }] });
    const answer = desk.ask(asked, never);
    desk.answer(asked.id, 'always');
    assert.deepEqual(await answer, { choice: 'deny' });
  });

  test('Always carries the rule of the offer, whatever the page says', async () => {
    const desk = createCardDesk();
    const asked = question({ offers: [{ type: 'once' }, { type: 'always', rule: 'Bash(npm test)' }] });
    const answer = desk.ask(asked, never);
    desk.answer(asked.id, 'always');
    assert.deepEqual(await answer, { choice: 'always', rule: 'Bash(npm test)' });
  });

  test('an answer to a question nobody asked does nothing', async () => {
    const desk = createCardDesk();
    const asked = question();
    const answer = desk.ask(asked, never);
    desk.answer('another', 'once');
    assert.equal(desk.waiting.length, 1);
    desk.answer(asked.id, 'deny');
    assert.deepEqual(await answer, { choice: 'deny' });
  });

  test('a question that is withdrawn is a no and leaves the desk', async () => {
    const desk = createCardDesk();
    const told: string[] = [];
    desk.onChange((asked, open) => told.push(`${asked.id} ${open}`));
    const withdrawn = new AbortController();
    const asked = question();
    const answer = desk.ask(asked, withdrawn.signal);
    withdrawn.abort();
    assert.deepEqual(await answer, { choice: 'deny' });
    assert.deepEqual(told, [`${asked.id} true`, `${asked.id} false`]);
    assert.deepEqual(await desk.ask(question(), AbortSignal.abort()), { choice: 'deny' });
  });
});
