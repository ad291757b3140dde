import assert from 'node:assert/strict';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { golden, type Stage } from './harness';

suite('golden: steering', function () {
  this.timeout(20_000);

  /** Does something once the first call has been decided and runs. */
  const duringFirstCall = (stage: Stage, doing: () => Promise<unknown>): (() => Promise<unknown>) => {
    let done: Promise<unknown> | undefined;
    const watching = stage.session.onEvent((event) => {
      if (event.type !== 'call-decided' || done) return;
      watching.dispose();
      done = doing();
    });
    return () => done ?? Promise.reject(new Error('no call was decided'));
  };

  test('a message sent while the agent works waits, enters after the results, and what it forbids holds at once', () =>
    golden(
      'steering',
      {
        mode: 'auto',
        files: { 'a.txt': 'a\n' },
        script: () => [
          message(toolUse('Bash', { command: 'cat a.txt' }), toolUse('Bash', { command: 'git push origin main' })),
          message(text('I leave it unpushed.')),
        ],
        classifier: [{ block: true, rule: 'boundary', reason: 'The user said not to push.' }],
      },
      async (stage) => {
        const { ledger, requests, session } = stage;
        const sent = duringFirstCall(stage, () => session.send('Do not push.'));
        await session.send('Read a.txt and push.');
        await sent();
        assert.equal(ledger.boundaries.length, 1, 'one boundary, however often the message is told');
        assert.ok(!JSON.stringify(requests[0]?.body).includes('Do not push'));
        assert.match(JSON.stringify(requests[1]?.body), /Do not push/);
      },
    ));

  test('a waiting message that is taken back never reaches the model, and what it forbade is free again', () =>
    golden(
      'steering-withdrawn',
      {
        mode: 'auto',
        files: { 'a.txt': 'a\n' },
        script: () => [message(toolUse('Bash', { command: 'cat a.txt' })), message(text('Read.'))],
      },
      async (stage) => {
        const { ledger, requests, session } = stage;
        const done = duringFirstCall(stage, async () => {
          const sent = session.send('Do not push.');
          assert.equal(ledger.boundaries.length, 1);
          await session.withdraw(session.waiting[0]?.id ?? '');
          assert.equal(ledger.boundaries.length, 0);
          await sent;
        });
        await session.send('Read a.txt.');
        await done();
        assert.ok(!JSON.stringify(requests.map(({ body }) => body)).includes('Do not push'));
      },
    ));
});
