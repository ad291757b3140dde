import assert from 'node:assert/strict';
import { httpError, message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { classifierAllows } from './classifierReplies';
import { golden } from './harness';

const runs = (name: string) =>
  message(toolUse('Bash', { command: `unheard-of-program 2> /dev/null || echo ${name} >> log.txt` }));
const overloaded = httpError(529, 'Overloaded');

suite('golden: outage of the classifier', function () {
  this.timeout(20_000);

  test('tried again, then a person; the next call waits for nobody; its end is noticed by itself', () =>
    golden(
      'outage-and-recovery',
      {
        mode: 'auto',
        script: () => [runs('one'), runs('two'), message(text('Later.')), runs('three'), message(text('Done.'))],
        classifier: [overloaded, overloaded, overloaded, message(text('OK')), classifierAllows('fine')],
        answer: (_question, asked) => (asked === 1 ? { choice: 'once' } : { choice: 'deny' }),
      },
      async ({ session, file, questions, classifierRequests, pass, remark }) => {
        await session.send('Run it.');
        assert.equal(classifierRequests.length, 3, 'the second call asks nobody');
        assert.equal(questions.length, 2);
        assert.ok(
          questions.every(({ style }) => style === 'card'),
          'an outage is no block',
        );
        await pass(15_000);
        assert.equal(classifierRequests.length, 4, 'somebody asked whether it is over');
        remark('the classifier answers again');
        await session.send('Go on.');
        assert.equal(file('log.txt'), 'one\nthree\n');
        assert.equal(questions.length, 2);
      },
    ));

  test('the second model judges while the first does not answer', () =>
    golden(
      'outage-second-model',
      {
        mode: 'auto',
        secondModel: 'claude-opus-4-6',
        script: () => [runs('one'), message(text('Done.'))],
        classifier: [overloaded, overloaded, overloaded, classifierAllows('fine')],
      },
      async ({ session, file, classifierRequests }) => {
        await session.send('Run it.');
        assert.equal(file('log.txt'), 'one\n');
        const models = classifierRequests.map(({ body }) => (body as { model: string }).model);
        assert.deepEqual(models, [...Array(3).fill('claude-sonnet-4-6'), 'claude-opus-4-6']);
      },
    ));

  test('calls of one reply that were judged side by side are not judged again', () =>
    golden(
      'side-by-side',
      {
        mode: 'auto',
        script: () => [
          message(
            toolUse('Bash', { command: 'curl -sS -m 1 -o /dev/null http://0.0.0.0:1/a || true' }),
            toolUse('Bash', { command: 'curl -sS -m 1 -o /dev/null http://0.0.0.0:1/b || true' }),
          ),
          message(text('Done.')),
        ],
        classifier: [classifierAllows('fine'), classifierAllows('fine')],
      },
      async ({ session, classifierRequests }) => {
        await session.send('Ask both.');
        assert.equal(classifierRequests.length, 2, 'each is judged once');
      },
      (transcript) => transcript.replace(/> curl: .*\n/g, ''),
    ));

  test('where nobody can be asked, the turn ends after five calls that needed somebody', () =>
    golden(
      'unattended-gives-up',
      {
        mode: 'auto',
        script: () => [...Array.from({ length: 6 }, (_, at) => runs(`r${at}`)), message(text('Never said.'))],
        classifier: Array(3).fill(overloaded),
      },
      async ({ session, file, requests }) => {
        await session.send('Run it.');
        assert.equal(file('log.txt'), undefined);
        assert.equal(requests.length, 5);
        assert.deepEqual(session.events.at(-1), { type: 'turn-end', end: 'limit' });
      },
    ));
});
