import assert from 'node:assert/strict';
import { message, text, thinking, toolUse } from '../../../src/node/scriptedApi/script';
import { golden } from './harness';

suite('golden: a plain task', function () {
  this.timeout(20_000);

  test('looks, plans, edits and runs in Auto without asking anybody, and the prompt cache holds', () =>
    golden(
      'plain-task',
      {
        mode: 'auto',
        files: { 'src/greet.ts': "export const greeting = 'helo';\n" },
        script: (ws) => [
          message(thinking('I look first.'), text('I look for it.'), toolUse('Bash', { command: 'ls src' })),
          message(
            toolUse('Read', { file_path: `${ws}/src/greet.ts` }),
            toolUse('TodoWrite', {
              todos: [{ content: 'Fix the typo', activeForm: 'Fixing the typo', status: 'in_progress' }],
            }),
          ),
          message(
            toolUse('Edit', { file_path: `${ws}/src/greet.ts`, old_string: "'helo'", new_string: "'hello'" }),
            toolUse('Bash', { command: 'cd src && cat greet.ts' }),
          ),
          message(text('Fixed.')),
          message(toolUse('Bash', { command: 'pwd' })),
          message(text('In src.')),
        ],
      },
      async ({ session, ws, requests, classifierRequests }) => {
        await session.send('Fix the typo in the greeting.');
        await session.send('Where are you?');
        assert.equal(classifierRequests.length, 0);
        assert.match(JSON.stringify(requests[4]?.body), new RegExp(`Working folder: ${ws}/src`));
        const [first, ...later] = session.events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
        assert.ok(first && first.cacheReadTokens === 0 && first.cacheWriteTokens > 0);
        for (const usage of later) {
          assert.ok(usage.cacheReadTokens >= first.cacheWriteTokens, 'the prefix was read from the cache');
          assert.ok(usage.cacheWriteTokens < 500, 'only what is new was written');
        }
      },
    ));
});
