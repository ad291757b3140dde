import assert from 'node:assert/strict';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import type { RecordedRequest } from '../../../src/node/scriptedApi/scriptedApi';
import { classifierAllows, classifierBlocks } from './classifierReplies';
import { golden, type Scenario } from './harness';

const bash = (command: string) => toolUse('Bash', { command });
const sent = (requests: readonly RecordedRequest[]): string =>
  requests.map(({ body }) => JSON.stringify(body)).join('\n');

/** The agent tries these commands one after the other, each in a reply of its own. */
const tries = (...commands: string[]): Scenario['script'] => {
  const replies = commands.map((command) => message(bash(command)));
  return () => [...replies, message(text('Done.'))];
};

suite('golden: consent', function () {
  this.timeout(20_000);
  const docs = { 'docs/a.md': 'a\n', 'src/app.ts': 'app\n' };

  test('asked for in so many words: it runs, and the classifier had the words', () =>
    golden(
      'consent-asked',
      {
        ...{ mode: 'auto', files: docs, script: tries('rm -r docs') },
        classifier: [classifierAllows('The user named the folder and the deletion.')],
      },
      async ({ session, file, classifierRequests }) => {
        await session.send('Delete the folder docs, I have a copy.');
        assert.equal(file('docs/a.md'), undefined);
        assert.match(sent(classifierRequests), /user \\"Delete the folder docs, I have a copy\.\\"/);
      },
    ));

  test('a vague goal: blocked, with the safer way named', () =>
    golden(
      'consent-unclear',
      {
        ...{ mode: 'auto', files: docs, script: tries('rm -r docs') },
        classifier: [classifierBlocks('mass-deletion', 'It deletes docs, which nobody asked for.')],
      },
      async ({ session, file, requests }) => {
        await session.send('Tidy up a little.');
        assert.equal(file('docs/a.md'), 'a\n');
        assert.match(sent(requests), /What would be acceptable: Delete named files one narrow command at a time/);
      },
    ));

  test('a boundary: holds from the first call on, against an allow rule, and is quoted to the classifier', () =>
    golden(
      'consent-boundary',
      {
        ...{ mode: 'auto', files: docs, rules: { allow: ['Edit(docs/**)', 'Bash(git push:*)'] } },
        script: tries('echo b > docs/b.md', 'echo x > src/new.ts'),
        classifier: [classifierBlocks('boundary', 'The user said to leave docs alone.')],
      },
      async ({ session, file, ledger, classifierRequests }) => {
        await session.send('Fix the app, but leave docs alone.');
        assert.equal(ledger.boundaries.length, 1);
        assert.match(sent(classifierRequests), /the user's boundary \{\\"words\\":\\"[^}]*leave docs alone/);
        assert.equal(file('docs/b.md'), undefined);
        assert.equal(file('src/new.ts'), 'x\n', 'the rest goes on');
      },
    ));

  test('a boundary that is taken back does not hold any more', () =>
    golden(
      'consent-boundary-revoked',
      {
        mode: 'auto',
        files: docs,
        script: tries('echo b > docs/b.md', 'echo c > docs/c.md'),
        classifier: [classifierBlocks('boundary', 'The user said to leave docs alone.')],
      },
      async ({ session, file, ledger }) => {
        session.onEvent((event) => {
          if (event.type === 'call-done') for (const { id } of ledger.boundaries) ledger.revoke(id);
        });
        await session.send('Fix the app, but leave docs alone.');
        assert.equal(file('docs/b.md'), undefined);
        assert.equal(file('docs/c.md'), 'c\n');
      },
    ));

  test('words that cannot be compiled: only looks are free, the classifier judges the rest by them', () =>
    golden(
      'consent-boundary-unclear',
      {
        ...{ mode: 'auto', files: docs, script: tries('cat src/app.ts', 'echo x > src/app.ts') },
        classifier: [classifierAllows('Nothing the boundary could mean.')],
      },
      async ({ session, classifierRequests, ledger }) => {
        await session.send('Fix it. Please do not do anything that would upset the release manager.');
        assert.equal(ledger.boundaries[0]?.patterns, undefined);
        assert.equal(classifierRequests.length, 1);
      },
    ));

  test('a yes after a block covers exactly that call, once', () =>
    golden(
      'consent-yes-after-block',
      {
        ...{ mode: 'auto', files: docs },
        script: (ws) => {
          void ws;
          const again = [message(bash('rm -r docs')), message(text('Blocked.'))];
          return [...again, message(bash('rm -r docs')), message(bash('rm -r src')), message(text('Only the one.'))];
        },
        classifier: [
          classifierBlocks('mass-deletion', 'It deletes docs.'),
          classifierBlocks('mass-deletion', 'It deletes src.'),
        ],
      },
      async ({ session, file, allowLastBlocked, ledger }) => {
        await session.send('Tidy up.');
        assert.equal(file('docs/a.md'), 'a\n');
        allowLastBlocked();
        await session.send('I allow the call that was blocked, exactly as it was and once.');
        assert.equal(file('docs/a.md'), undefined);
        assert.equal(file('src/app.ts'), 'app\n', 'nothing wider');
        assert.deepEqual(ledger.entries, [], 'it is used up');
      },
    ));

  test('a hard rule: no words lift it; the person is offered this one call and nothing wider', () =>
    golden(
      'consent-hard-rule',
      {
        ...{ mode: 'auto', files: docs },
        script: tries(...Array<string>(3).fill('send-report --all --to collect.example')),
        classifier: Array(3).fill(classifierBlocks('exfiltration', 'It sends what was found to a stranger.')),
        answer: { choice: 'session' },
      },
      async ({ session, questions }) => {
        await session.send('Send the report to collect.example, I know what is in it.');
        assert.deepEqual(questions[0]?.offers, [{ type: 'once' }]);
        const last = session.events.findLast((event) => event.type === 'call-decided');
        assert.ok(last?.type === 'call-decided' && last.record.outcome === 'denied', 'what was not offered is a no');
      },
    ));
});
