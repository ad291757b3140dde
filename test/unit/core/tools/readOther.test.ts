import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makePdf } from '../../../fakes/pdf';
import { makePng } from '../../../fakes/png';
import { createToolBench } from '../../../fakes/toolBench';

suite('Read of other files', function () {
  this.timeout(20_000);
  let bench: ReturnType<typeof createToolBench>;
  setup(() => {
    bench = createToolBench({
      'a.ipynb': JSON.stringify({
        ...{ nbformat: 4, nbformat_minor: 5, metadata: { language_info: { name: 'python' } } },
        cells: [
          { cell_type: 'markdown', id: 'top', metadata: {}, source: ['# Title\n', 'text'] },
          {
            ...{ cell_type: 'code', id: 'sum', metadata: {}, source: '1 + 1', execution_count: 1 },
            outputs: [
              { output_type: 'stream', name: 'stdout', text: ['\u001b[31mred\u001b[0m\n'] },
              { output_type: 'execute_result', data: { 'text/plain': ['2'], 'image/png': 'AAAA' } },
              { output_type: 'error', ename: 'E', evalue: 'bad', traceback: ['\u001b[1mTrace\u001b[0m', 'E: bad'] },
            ],
          },
        ],
      }),
      'broken.ipynb': '{"nbformat": 4, "cells": [',
      'old.ipynb': '{"nbformat": 3, "worksheets": []}',
    });
  });
  teardown(() => bench.dispose());
  const put = (name: string, bytes: Uint8Array): string => {
    writeFileSync(bench.path(name), bytes);
    return bench.path(name);
  };
  const read = (name: string, more: object = {}) => bench.run('Read', { file_path: bench.path(name), ...more });

  test('an image goes to the model as it is', async () => {
    const png = makePng(30, 20);
    put('a.png', png);
    const { images, isError, text } = await read('a.png');
    assert.equal(isError, false);
    assert.match(text, /a\.png: image\/png, 30 × 20 pixels/);
    assert.deepEqual(images, [{ mediaType: 'image/png', data: png.toString('base64') }]);
    put('named.txt', png);
    assert.equal((await read('named.txt')).images?.length, 1, 'by its bytes, whatever it is called');
  });

  test('fault: an image that is too large, broken, or of another kind', async () => {
    put('wide.png', makePng(9_000, 2));
    assert.match((await read('wide.png')).text, /9000 × 2 pixels; at most 8000/);
    put('heavy.png', Buffer.concat([makePng(10, 10), Buffer.alloc(4_000_000)]));
    assert.match((await read('heavy.png')).text, /at most 3750000 can be shown/);
    put('lying.png', makePng(100, 4_294_967_295, 2));
    assert.equal((await read('lying.png')).isError, true);
    put('cut.png', makePng(10, 10).subarray(0, 14));
    const cut = await read('cut.png');
    assert.ok(cut.isError && /cannot be shown: it is broken/.test(cut.text) && !cut.images);
    put('cut.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]));
    assert.equal((await read('cut.jpg')).isError, true);
  });

  test('the text of a PDF, page by page', async () => {
    put('a.pdf', makePdf(['First page', 'Second (page)']));
    const { isError, text } = await read('a.pdf');
    assert.equal(isError, false, text);
    assert.match(text, /1\t--- page 1 of 2 ---\n\s+2\tFirst page\n\s+3\t--- page 2 of 2 ---\n\s+4\tSecond \(page\)/);
    assert.match((await read('a.pdf', { offset: 4 })).text, /^\s+4\tSecond/);
  });

  test('a PDF of very many pages is read in part, and says so', async () => {
    put('long.pdf', makePdf(Array.from({ length: 2_005 }, (_, n) => `p${n + 1}`)));
    const { isError, text } = await read('long.pdf', { offset: 3_999 });
    assert.equal(isError, false, text);
    assert.match(text, /--- page 2000 of 2005 ---\n\s+4000\tp2000\n\s+4001\t\(pages 2001 to 2005 were not read/);
  });

  test('fault: a PDF with a password, a broken one, one that only begins like one', async () => {
    put('locked.pdf', makePdf(['secret'], true));
    assert.match((await read('locked.pdf')).text, /locked with a password/);
    put('broken.pdf', makePdf(['x']).subarray(0, 60));
    assert.equal((await read('broken.pdf')).isError, true);
    put('fake.pdf', Buffer.from('%PDF-1.7\n<script>'));
    assert.equal((await read('fake.pdf')).isError, true);
  });

  test('a notebook as its cells with what they printed', async () => {
    const { text } = await read('a.ipynb');
    const plain = text.replace(/^ +\d+\t/gm, '');
    assert.equal(
      plain,
      [
        ...['--- cell top (markdown) ---', '# Title', 'text', '', '--- cell sum (code, python) ---', '1 + 1'],
        ...['--- output ---', 'red', '2', '[image/png]', 'Trace', 'E: bad'],
      ].join('\n'),
    );
  });

  test('fault: a broken notebook is shown as the text that it is', async () => {
    assert.match((await read('broken.ipynb')).text, /1\t\{"nbformat": 4, "cells": \[/);
    assert.match((await read('old.ipynb')).text, /worksheets/);
  });

  test('fault: a document that takes more memory than it is given ends itself and nothing else', async () => {
    const folder = bench.path('greedy.js');
    writeFileSync(
      folder,
      "process.once('message', () => { const all = []; for (;;) all.push('x'.repeat(1000) + all.length); });",
    );
    const { createDocuments } = await import('../../../../src/node/documents');
    const outcome = await createDocuments(folder, 60_000).page('x', 'http://x.example/', new AbortController().signal);
    assert.ok(!outcome.ok && /not in the memory/.test(outcome.reason));
    const lost = await createDocuments(bench.path('nowhere.js')).pdf(new Uint8Array(1), new AbortController().signal);
    assert.equal(lost.ok, false);
  });

  test('a document that takes too long to take apart is given up', async () => {
    const { createDocuments } = await import('../../../../src/node/documents');
    const slow = createDocuments(resolve('dist/documentWorker.js'), 1);
    const outcome = await slow.page('<p>x'.repeat(1_000), 'http://x.example/', new AbortController().signal);
    assert.ok(!outcome.ok && /took longer/.test(outcome.reason));
  });
});
