import assert from 'node:assert/strict';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { golden } from './harness';

const bash = (command: string) => toolUse('Bash', { command });

suite('golden: Normal', function () {
  this.timeout(20_000);

  test('looks are free; a card that is denied runs nothing and is told to the model', () =>
    golden(
      'normal-denied',
      {
        mode: 'normal',
        files: { 'a.txt': 'one\n' },
        script: (ws) => [
          message(toolUse('Read', { file_path: `${ws}/a.txt` })),
          message(toolUse('Edit', { file_path: `${ws}/a.txt`, old_string: 'one', new_string: 'two' })),
          message(text('I leave it.')),
        ],
        answer: { choice: 'deny', why: 'not that file' },
      },
      async ({ session, file, questions }) => {
        await session.send('Change one to two.');
        assert.equal(questions.length, 1);
        assert.equal(questions[0]?.style, 'card');
        assert.equal(questions[0]?.diff?.after, 'two\n');
        assert.equal(file('a.txt'), 'one\n');
      },
    ));

  test('a card that is allowed once: the same call again asks again', () =>
    golden(
      'normal-allowed-once',
      {
        mode: 'normal',
        script: () => [
          message(bash('echo run >> log.txt')),
          message(bash('echo run >> log.txt')),
          message(text('Done.')),
        ],
        answer: (_question, asked) => ({ choice: asked === 1 ? 'once' : 'deny' }),
      },
      async ({ session, file, questions }) => {
        await session.send('Run it.');
        assert.equal(questions.length, 2);
        assert.equal(file('log.txt'), 'run\n');
      },
    ));

  test('allowed for this session: the same call is not asked again, a changed one is', () =>
    golden(
      'normal-allowed-for-session',
      {
        mode: 'normal',
        script: () => [
          message(bash('echo run >> log.txt')),
          message(bash('echo run >> log.txt')),
          message(bash('echo run twice >> log.txt')),
          message(text('Done.')),
        ],
        answer: (_question, asked) => ({ choice: asked === 1 ? 'session' : 'deny' }),
      },
      async ({ session, file, questions }) => {
        await session.send('Run it.');
        assert.equal(questions.length, 2);
        assert.equal(file('log.txt'), 'run\nrun\n');
      },
    ));

  test('always: the rule that was offered is kept; what it covers is not asked again, what it does not is', () =>
    golden(
      'normal-always',
      {
        mode: 'normal',
        script: () => [
          message(bash('touch made.txt')),
          message(bash('touch made.txt')),
          message(bash('touch other.txt')),
          message(text('Done.')),
        ],
        answer: (question, asked) => {
          const always = question.offers.find((offer) => offer.type === 'always');
          return asked === 1 && always ? { choice: 'always', rule: always.rule } : { choice: 'deny' };
        },
      },
      async ({ session, file, questions }) => {
        await session.send('Make it.');
        assert.equal(questions.length, 2);
        assert.equal(file('made.txt'), '');
        assert.equal(file('other.txt'), undefined);
      },
    ));

  test('the mode changes while a card is open: the question is withdrawn and the call is reviewed anew', () =>
    golden(
      'normal-mode-changes-while-asking',
      {
        mode: 'normal',
        script: () => [message(bash('echo run >> log.txt')), message(text('Done.'))],
        answer: { choice: 'once' },
      },
      async (stage) => {
        stage.session.onEvent((event) => {
          if (event.type === 'call-reviewing' && event.by === 'person') stage.setMode('skip');
        });
        await stage.session.send('Run it.');
        assert.equal(stage.file('log.txt'), 'run\n');
      },
    ));
});

suite('golden: Restricted Mode', function () {
  this.timeout(20_000);

  test('only looking inside the workspace is left', () =>
    golden(
      'restricted',
      {
        mode: 'auto',
        trusted: false,
        files: { 'a.txt': 'one\n', 'src/b.txt': 'two\n' },
        script: (ws) => [
          message(
            toolUse('Read', { file_path: `${ws}/a.txt` }),
            toolUse('Read', { file_path: `${ws}/src/b.txt` }),
            toolUse('Read', { file_path: '/etc/hostname' }),
            toolUse('Write', { file_path: `${ws}/a.txt`, content: 'changed\n' }),
            bash('ls'),
          ),
          message(text('I can only look.')),
        ],
        answer: { choice: 'once' },
      },
      async ({ session, file, questions, classifierRequests }) => {
        await session.send('Have a look and change it.');
        assert.equal(file('a.txt'), 'one\n');
        assert.equal(questions.length, 0, 'nobody can lift it');
        assert.equal(classifierRequests.length, 0);
      },
    ));
});
