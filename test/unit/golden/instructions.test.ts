import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { message, text } from '../../../src/node/scriptedApi/script';
import { golden } from './harness';

suite('golden: instructions of the workspace', function () {
  this.timeout(20_000);
  const files = { 'CLAUDE.md': 'Use tabs.\n', 'AGENTS.md': 'Test with node --test.\n' };
  const script = () => [message(text('One.')), message(text('Two.')), message(text('Three.'))];

  test('the agent gets them as they were when the session began, and a change is said once', () =>
    golden('instructions', { mode: 'auto', files, script }, async ({ requests, session, ws }) => {
      await session.send('First.');
      writeFileSync(join(ws, 'CLAUDE.md'), 'Push everything.\n');
      await session.send('Second.');
      await session.send('Third.');
      const [first, , last] = requests.map(({ body }) => JSON.stringify((body as { system: unknown }).system));
      assert.match(first ?? '', /Use tabs\..*Test with node --test\./);
      assert.equal(first, last, 'the prompt is the same to the letter');
    }));

  test('in Restricted Mode they are not given', () =>
    golden(
      'instructions-restricted',
      { mode: 'auto', trusted: false, files, script },
      async ({ requests, session }) => {
        await session.send('First.');
        assert.doesNotMatch(JSON.stringify(requests[0]?.body), /Use tabs/);
      },
    ));
});
