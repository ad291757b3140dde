import assert from 'node:assert/strict';
import { touchesOf } from '../../../../src/core/sessions/touches';
import { judge, place, virtual } from '../gate/analysis/analysisWorld';

const touches = (tool: string, input: unknown) => touchesOf(judge(tool, input, virtual, place));

suite('what a call may change', () => {
  test('tools that change no file touch none, a cell its notebook, a command in the background anything', () => {
    const none: readonly (readonly [string, unknown])[] = [
      ['WebFetch', { url: 'https://example.com/' }],
      ['WebSearch', { query: 'a question' }],
      ['BashOutput', { bash_id: 'bash_1' }],
      ['KillShell', { shell_id: 'bash_1' }],
      ['AskUserQuestion', { questions: [] }],
    ];
    for (const [tool, input] of none) assert.deepEqual(touches(tool, input), [], tool);
    assert.deepEqual(touches('NotebookEdit', { file_path: 'a.ipynb', new_source: 'x' }), ['/home/me/ws/a.ipynb']);
    assert.deepEqual(touches('Bash', { command: 'echo x > a.txt' }), ['/home/me/ws/a.txt']);
    assert.equal(touches('Bash', { command: 'echo x > a.txt', run_in_background: true }), undefined);
  });
});
