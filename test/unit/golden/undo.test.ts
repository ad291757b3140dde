import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { classifierBlocks } from './classifierReplies';
import { golden, type Scenario, type Stage } from './harness';

const bash = (command: string) => toolUse('Bash', { command });
const files = { 'docs/a.md': 'a\n', 'docs/b.md': 'b\n', 'src/app.ts': 'app\n', 'README.md': 'read me\n' };
const tries = (...commands: string[]): Scenario['script'] => {
  const replies = commands.flatMap((command) => [message(bash(command)), message(text('Done.'))]);
  return () => replies;
};
/** The id of the last call whose change was kept. */
function lastKept({ session }: Stage): string {
  const event = session.events.findLast(({ type }) => type === 'call-kept');
  return event?.type === 'call-kept' ? event.id : assert.fail('nothing was kept');
}

suite('golden: undo', function () {
  this.timeout(20_000);

  test('what can be had back may go without a question; it comes back with a call, and the agent is told', () =>
    golden(
      'undo-delete',
      { mode: 'auto', files, recovery: 0.6, script: tries('rm -r docs', 'ls docs') },
      async (stage) => {
        const { session, file, classifierRequests, requests, remark } = stage;
        await session.send('Tidy up.');
        assert.equal(file('docs/a.md'), undefined);
        assert.equal(classifierRequests.length, 0);
        remark('the person takes it back');
        const report = await session.takeBack([lastKept(stage)], 'undo');
        assert.ok(report !== 'busy' && report.changed.length === 0);
        assert.deepEqual([file('docs/a.md'), file('docs/b.md')], ['a\n', 'b\n']);
        await session.send('What is there now?');
        assert.match(JSON.stringify(requests.at(-1)?.body), /The person took back what this call of yours had changed/);
      },
    ));

  test('more than the share of the workspace is judged, counted over calls since the person spoke', () =>
    golden(
      'undo-limit',
      {
        ...{ mode: 'auto', files, recovery: 0.3 },
        script: () => [message(bash('rm docs/a.md')), message(bash('rm docs/b.md')), message(text('Done.'))],
        classifier: [classifierBlocks('mass-deletion', 'It deletes what nobody asked for.')],
      },
      async ({ session, file, classifierRequests }) => {
        await session.send('Tidy up.');
        assert.equal(file('docs/a.md'), undefined);
        assert.equal(file('docs/b.md'), 'b\n');
        assert.equal(classifierRequests.length, 2);
      },
    ));

  for (const [name, prepare, command] of [
    ['git’s own files', () => {}, 'rm -r .git'],
    ['a file with secrets', () => {}, 'rm .env'],
    ['a folder that holds secrets', () => {}, 'rm -r keys'],
    ['a link that leads out', (ws: string) => symlinkSync('/etc', join(ws, 'out')), 'rm -r out/'],
  ] as const)
    test(`not on the ground that it is kept: ${name}`, () =>
      golden(
        `undo-not-${name.replace(/[^a-z]+/gi, '-')}`,
        {
          ...{ mode: 'auto', recovery: 1, script: tries(command) },
          files: { ...files, '.git/config': '', '.env': 'KEY=1\n', 'keys/server.pem': 'x\n' },
          classifier: [classifierBlocks('mass-deletion', 'It deletes what nobody asked for.')],
          answer: { choice: 'deny' },
        },
        async ({ session, ws }) => {
          prepare(ws);
          await session.send('Tidy up.');
          const decided = session.events.find((event) => event.type === 'call-decided');
          assert.ok(decided?.type === 'call-decided' && decided.record.outcome !== 'allowed');
        },
      ));

  const dates = { GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z' };
  const git = (ws: string, ...words: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', ...words], {
      cwd: ws,
      env: { PATH: process.env['PATH'], HOME: '/nowhere', ...dates },
      encoding: 'utf8',
    });
  /** Two commits, changes in files, changes in the index, something put aside, a file that git does not know. */
  function makeHistory(ws: string): void {
    git(ws, 'init', '-q', '-b', 'main');
    git(ws, 'add', 'docs', 'src');
    git(ws, 'commit', '-qm', 'one');
    git(ws, 'add', 'README.md');
    git(ws, 'commit', '-qm', 'two');
    writeFileSync(join(ws, 'docs/a.md'), 'aside\n');
    git(ws, 'stash', '-q');
    writeFileSync(join(ws, 'src/app.ts'), 'staged\n');
    git(ws, 'add', 'src/app.ts');
    writeFileSync(join(ws, 'src/app.ts'), 'changed\n');
    writeFileSync(join(ws, 'new.txt'), 'in no commit\n');
  }
  const stateOf = (ws: string): string =>
    ['status --porcelain', 'log --all --format=%H%D', 'stash list', 'ls-files -s', 'reflog']
      .map((words) => git(ws, ...words.split(' ')))
      .join('\n');

  for (const [name, command] of [
    ['reset', 'git reset -q --hard'],
    ['reset to an earlier commit', 'git reset -q --hard HEAD~1'],
    ['checkout of files', 'git checkout -q -- src'],
    ['checkout of what is staged', 'git checkout -q HEAD -- src/app.ts'],
    ['stash drop', 'git stash drop'],
    ['clean', 'git clean -fdq'],
  ] as const)
    test(`history that is kept may be given up without a question: ${name}`, () =>
      golden(
        `undo-git-${name.replace(/[^a-z]+/gi, '-')}`,
        { mode: 'auto', files, recovery: 1, script: tries(command) },
        async (stage) => {
          const { session, classifierRequests, remark, ws } = stage;
          makeHistory(ws);
          const before = stateOf(ws);
          await session.send('Give up what I tried.');
          assert.equal(classifierRequests.length, 0);
          assert.notEqual(stateOf(ws), before);
          remark('the person takes it back');
          const report = await session.takeBack([lastKept(stage)], 'undo');
          assert.ok(report !== 'busy' && report.changed.length + report.failed.length === 0);
          assert.equal(stateOf(ws), before);
        },
      ));

  for (const [name, command] of [
    ['everything that was put aside', 'git stash clear'],
    ['what is ignored', 'git clean -fdxq'],
    ['repositories within', 'git clean -ffdq'],
    ['objects', 'git gc --prune=now'],
    ['the names of old commits', 'git reflog expire --expire=now --all'],
    ['other people’s history', 'git push --force'],
  ] as const)
    test(`not on the ground that it is kept: ${name}`, () =>
      golden(
        `undo-git-not-${name.replace(/[^a-z]+/gi, '-')}`,
        {
          ...{ mode: 'auto', files, recovery: 1, script: tries(command) },
          classifier: [classifierBlocks('mass-deletion', 'It gives up what nobody asked for.')],
          answer: { choice: 'deny' },
        },
        async ({ classifierRequests, session, ws }) => {
          makeHistory(ws);
          await session.send('Give up what I tried.');
          assert.ok(classifierRequests.length > 0);
        },
      ));

  test('rewinding takes back the files, the conversation or both', () =>
    golden(
      'undo-rewind',
      { mode: 'auto', files, recovery: 1, script: tries('rm docs/a.md', 'rm docs/b.md', 'ls docs') },
      async ({ session, file, ws, requests, remark }) => {
        await session.send('Remove a.');
        await session.send('Remove b.');
        writeFileSync(join(ws, 'mine.txt'), 'mine\n');
        const [, second] = session.events.filter((event) => event.type === 'user');
        assert.ok(second?.type === 'user' && second.n !== undefined);
        remark('the person goes back to before the second message');
        const report = await session.rewind(second.n, { code: true, talk: true });
        assert.ok(report !== 'busy' && report.changed.length === 0);
        assert.deepEqual([file('docs/a.md'), file('docs/b.md'), file('mine.txt')], [undefined, 'b\n', 'mine\n']);
        assert.equal(session.events.filter(({ type }) => type === 'user').length, 1);
        await session.send('What is there now?');
        const sent = JSON.stringify(requests.at(-1)?.body);
        assert.ok(sent.includes('Remove a.') && !sent.includes('Remove b.'));
      },
    ));
});
