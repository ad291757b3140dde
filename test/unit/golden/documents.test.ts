import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { makePng } from '../../fakes/png';
import { golden } from './harness';

const notebook = `${JSON.stringify({ cells: [{ cell_type: 'code', id: 'a', metadata: {}, outputs: [], execution_count: null, source: ['x = 1'] }], metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;

suite('golden: images and notebooks', function () {
  this.timeout(20_000);

  test('an image reaches the model and stays in the conversation; a cell is changed after its diff was shown', () =>
    golden(
      'image-and-notebook',
      {
        mode: 'normal',
        files: { 'a.ipynb': notebook },
        script: (ws) => [
          message(toolUse('Read', { file_path: `${ws}/a.png` })),
          message(toolUse('Read', { file_path: `${ws}/a.ipynb` })),
          message(toolUse('NotebookEdit', { file_path: `${ws}/a.ipynb`, cell_id: 'a', new_source: 'x = 2' })),
          message(text('Done.')),
        ],
        answer: { choice: 'once' },
      },
      async ({ session, ws, file, requests, questions }) => {
        const png = makePng(4, 4);
        writeFileSync(`${ws}/a.png`, png);
        await session.send('Look at the picture and set x to what it says.');
        assert.equal(file('a.ipynb'), notebook.replace('x = 1', 'x = 2'));
        assert.equal(questions[0]?.diff?.after, file('a.ipynb'));
        const data = png.toString('base64');
        for (const { body } of requests.slice(1))
          assert.ok(JSON.stringify(body).includes(`"media_type":"image/png","data":"${data}"`));
        // Kept out of the transcript of what the screen shows.
        writeFileSync(`${ws}/a.png`, '');
      },
    ));
});
