import assert from 'node:assert/strict';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { golden } from './harness';

suite('golden: compaction', function () {
  this.timeout(20_000);

  test('before the context is full the conversation is summarised; what was forbidden, said and planned stays', () =>
    golden(
      'compaction',
      {
        mode: 'auto',
        files: { 'a.txt': 'a long file\n'.repeat(1_800), 'b.txt': 'b\n' },
        limits: { compactAt: 6_000 },
        script: (ws) => [
          message(
            toolUse('TodoWrite', { todos: [{ content: 'Read b', activeForm: 'Reading b', status: 'pending' }] }),
            toolUse('Read', { file_path: `${ws}/a.txt` }),
          ),
          message(toolUse('Bash', { command: 'cat b.txt' })),
          message(text('I read a.txt, which is long, and b.txt, which says b.')),
          message(toolUse('Bash', { command: 'git push origin main' })),
          message(text('I do not push.')),
        ],
        classifier: [{ block: true, rule: 'boundary', reason: 'The user said not to push.' }],
      },
      async ({ classifierRequests, requests, session }) => {
        await session.send('Read both files. Do not push.');
        const after = JSON.stringify(requests[3]?.body);
        for (const words of ['which says b', 'Read both files. Do not push.', 'pending: Read b'])
          assert.ok(after.includes(words), words);
        assert.ok(JSON.stringify(requests[2]?.body).includes('a long file') && !after.includes('a long file'));
        assert.match(JSON.stringify(classifierRequests[0]?.body), /Read both files\. Do not push\./);
      },
      (transcript) => transcript.replace(/(?:\s*[>|] [\s\d→]*a long file){10,}/g, '\n    (the long file)'),
    ));
});
