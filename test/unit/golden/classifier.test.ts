import assert from 'node:assert/strict';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { classifierAllows, classifierBlocks } from './classifierReplies';
import { golden, type Scenario } from './harness';

const unsure: Scenario = {
  mode: 'auto',
  script: () => [
    message(toolUse('Bash', { command: 'unheard-of-program --fast 2> /dev/null || echo run >> log.txt' })),
    message(text('Done.')),
  ],
};

suite('golden: the classifier', function () {
  this.timeout(20_000);

  test('unsure, the classifier allows', () =>
    golden(
      'classifier-allows',
      { ...unsure, classifier: [classifierAllows('The person asked for exactly this program.')] },
      async ({ session, file, classifierRequests }) => {
        await session.send('Run unheard-of-program.');
        assert.equal(file('log.txt'), 'run\n');
        assert.equal(classifierRequests.length, 1);
      },
    ));

  test('unsure, the classifier blocks: the model is told the rule', () =>
    golden(
      'classifier-blocks',
      { ...unsure, classifier: [classifierBlocks('destruction-beyond-task', 'Nobody asked for this program.')] },
      async ({ session, file, requests }) => {
        await session.send('Look around.');
        assert.equal(file('log.txt'), undefined);
        assert.match(JSON.stringify(requests.at(-1)?.body), /destruction-beyond-task/);
      },
    ));

  test('no verdict: a person decides', () =>
    golden('classifier-no-verdict', { ...unsure, answer: { choice: 'once' } }, async ({ session, file, questions }) => {
      await session.send('Run unheard-of-program.');
      assert.equal(questions.length, 1);
      assert.equal(questions[0]?.style, 'card', 'an outage is no block');
      assert.equal(file('log.txt'), 'run\n');
    }));

  test('no verdict and nobody to ask: refused', () =>
    golden('classifier-no-verdict-nobody', unsure, async ({ session, file, requests }) => {
      await session.send('Run unheard-of-program.');
      assert.equal(file('log.txt'), undefined);
      assert.match(JSON.stringify(requests.at(-1)?.body), /nobody can be asked instead/);
    }));
});
