import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
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
});
