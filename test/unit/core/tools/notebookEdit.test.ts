import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { editNotebook, readNotebook } from '../../../../src/core/tools/notebook';
import { createToolBench } from '../../../fakes/toolBench';

const cell = (id: string, more: object = {}) => ({
  ...{ cell_type: 'code', execution_count: 3, id, metadata: {} },
  ...{ outputs: [{ output_type: 'stream', name: 'stdout', text: ['old\n'] }], source: ['x = 1\n', 'x'], ...more },
});
const notebook = (cells: readonly object[], more: object = {}) => ({
  ...{ cells, metadata: { odd: '\u00e9 "q" \\ 1e3' }, nbformat: 4, nbformat_minor: 5, ...more },
});
const laidOut = (indent: number | string, cells: readonly object[] = [cell('a'), cell('b'), cell('c')]): string =>
  `${JSON.stringify(notebook(cells), null, indent)}\n`;
const replace = (cellId: string, source: string) => ({ mode: 'replace', cellId, source, type: undefined }) as const;
const edited = (...args: Parameters<typeof editNotebook>): string => {
  const result = editNotebook(...args);
  assert.ok(result.ok, result.ok ? '' : result.problem);
  return result.text;
};

suite('notebooks', () => {
  for (const [name, indent] of [
    ['one blank', 1],
    ['four blanks', 4],
    ['tabs', '\t'],
  ] as const)
    test(`a changed cell is what a notebook program would have written, laid out with ${name}`, () => {
      const expected = [
        cell('a'),
        cell('b', { execution_count: null, outputs: [], source: ['y = 2\n', 'y'] }),
        cell('c'),
      ];
      assert.equal(edited(laidOut(indent), replace('b', 'y = 2\ny'), 'n'), laidOut(indent, expected));
      const fresh = { cell_type: 'code', execution_count: null, id: 'n', metadata: {}, outputs: [], source: ['z'] };
      const insert = { mode: 'insert', cellId: 'a', source: 'z', type: undefined } as const;
      assert.equal(edited(laidOut(indent), insert, 'n'), laidOut(indent, [cell('a'), fresh, cell('b'), cell('c')]));
      for (const [gone, left] of [
        ['a', ['b', 'c']],
        ['b', ['a', 'c']],
        ['c', ['a', 'b']],
      ] as const)
        assert.equal(
          edited(laidOut(indent), { mode: 'delete', cellId: gone, source: '', type: undefined }, 'n'),
          laidOut(
            indent,
            left.map((id) => cell(id)),
          ),
        );
    });

  test('everything else stays, character by character: odd layout, numbers, escapes, line ends', () => {
    const odd =
      '{ "nbformat":4,\r\n  "nbformat_minor" : 2, "big": 1.0E+3,  "esc": "\\u00e9",\r\n  "cells":[ {"cell_type":"markdown","metadata":{},"source":"one"} ,\r\n\r\n {"cell_type":"code","metadata":{},"outputs":[],"execution_count":null,"source":"two"}  ] }\r\n';
    const after = edited(odd, replace('cell-1', 'three\n'), 'n');
    assert.equal(after, odd.replace('"two"', '"three\\n"'), 'a source that was a string stays one');
    assert.equal(readNotebook(after)?.cells[1]?.source, 'three\n');
    const single = JSON.stringify(notebook([cell('a')]));
    assert.equal(
      edited(single, replace('a', 'q'), 'n'),
      JSON.stringify(notebook([cell('a', { execution_count: null, outputs: [], source: ['q'] })])),
    );
  });

  test('a cell changes its kind with its source', () => {
    const text = laidOut(1, [cell('a')]);
    const [after] = JSON.parse(edited(text, { ...replace('a', '# T'), type: 'markdown' }, 'n')).cells;
    assert.deepEqual(after, { cell_type: 'markdown', id: 'a', metadata: {}, source: ['# T'] });
    const back = JSON.parse(edited(JSON.stringify(notebook([after])), { ...replace('a', '1'), type: 'code' }, 'n'))
      .cells[0];
    assert.deepEqual([back.cell_type, back.outputs, back.execution_count], ['code', [], null]);
  });

  test('the first cell of an empty notebook, and of an old one without ids', () => {
    const insert = { mode: 'insert', cellId: undefined, source: 'a\nb', type: 'markdown' } as const;
    const empty = edited(laidOut(1, []), insert, 'n');
    assert.deepEqual(JSON.parse(empty).cells, [{ cell_type: 'markdown', id: 'n', metadata: {}, source: ['a\n', 'b'] }]);
    const old = edited(JSON.stringify(notebook([], { nbformat_minor: 4 })), insert, 'n');
    assert.equal('id' in JSON.parse(old).cells[0], false);
  });

  test('what cannot be meant is refused', () => {
    const problem = (text: string, change: Parameters<typeof editNotebook>[1]) => {
      const result = editNotebook(text, change, 'n');
      return result.ok ? 'ok' : result.problem;
    };
    assert.match(problem(laidOut(1), replace('d', 'x')), /no cell "d".*a, b, c/);
    assert.match(problem(laidOut(1, [cell('a'), cell('a')]), replace('a', 'x')), /2 of its cells/);
    assert.match(problem(laidOut(1), { ...replace('a', 'x'), cellId: undefined }), /cell_id is needed/);
    for (const text of ['', '[]', '{"cells": [', '{"cells": {}}', '{"cells": [] // no\n}', 'null'])
      assert.match(problem(text, replace('a', 'x')), /no notebook/, text);
  });

  suite('NotebookEdit', () => {
    let bench: ReturnType<typeof createToolBench>;
    setup(() => {
      bench = createToolBench({ 'a.ipynb': laidOut(1), 'broken.ipynb': '{"cells": [' });
    });
    teardown(() => bench.dispose());
    const edit = (more: object, name = 'a.ipynb') =>
      bench.run('NotebookEdit', { file_path: bench.path(name), ...more });

    test('changes what was read, and nothing that has changed since', async () => {
      assert.match((await edit({ cell_id: 'a', new_source: 'q' })).text, /has not been read/);
      await bench.run('Read', { file_path: bench.path('a.ipynb') });
      const result = await edit({ cell_id: 'a', new_source: 'q' });
      assert.equal(result.isError, false, result.text);
      assert.equal(result.display?.type, 'diff');
      assert.equal(readNotebook(readFileSync(bench.path('a.ipynb'), 'utf8'))?.cells[0]?.source, 'q');
      assert.equal((await edit({ edit_mode: 'insert', cell_id: 'c', new_source: 'end' })).isError, false);
      assert.equal((await edit({ edit_mode: 'delete', cell_id: 'b' })).isError, false);
      assert.deepEqual(
        readNotebook(readFileSync(bench.path('a.ipynb'), 'utf8'))?.cells.map(({ source }) => source),
        ['q', 'x = 1\nx', 'end'],
      );
      writeFileSync(bench.path('a.ipynb'), laidOut(2));
      assert.match((await edit({ cell_id: 'a', new_source: 'r' })).text, /has changed since it was read/);
    });

    test('is for notebooks only', async () => {
      const { isError, text } = await edit({ new_source: 'x', edit_mode: 'insert' }, 'package.json');
      assert.ok(isError && /is no \.ipynb file/.test(text));
    });

    test('fault: a broken notebook stays as it is', async () => {
      await bench.run('Read', { file_path: bench.path('broken.ipynb') });
      const { isError, text } = await edit({ cell_id: 'a', new_source: 'q' }, 'broken.ipynb');
      assert.ok(isError && /was not changed/.test(text));
      assert.equal(readFileSync(bench.path('broken.ipynb'), 'utf8'), '{"cells": [');
      assert.match((await edit({ cell_id: 'a' })).text, /new_source is needed/);
    });
  });
});
