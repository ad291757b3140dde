import assert from 'node:assert/strict';
import { previewEdit } from '../../../../src/core/gate/preview';
import { bash, factsOf, write } from '../../../fakes/gateWorld';

const facts = factsOf(
  new Map([
    ['/ws/a', 'one\ntwo\ntwo\n'],
    ['/ws/crlf', 'one\r\ntwo\r\n'],
  ]),
);
const edit = (file_path: string, old_string: string, new_string: string, replace_all = false) =>
  previewEdit({ ...bash('x'), tool: 'Edit', input: { file_path, old_string, new_string, replace_all } }, facts);

suite('preview', () => {
  test('shows what an edit would make of the file', () => {
    assert.equal(edit('/ws/a', 'one', '$&')?.after, '$&\ntwo\ntwo\n');
    assert.equal(edit('/ws/a', 'two', 'x', true)?.after, 'one\nx\nx\n');
    assert.equal(edit('/ws/a', 'two', 'x')?.after, 'one\nx\ntwo\n');
  });
  test('matches over line endings as Edit does', () => assert.equal(edit('/ws/crlf', 'one\ntwo', 'x')?.after, 'x\n'));
  test('a new file comes from nothing', () =>
    assert.deepEqual(previewEdit(write('/ws/new'), facts), { path: '/ws/new', before: '', after: 'x' }));
  test('is absent where nothing can be shown', () => {
    assert.equal(edit('/ws/a', 'absent', 'x'), undefined);
    assert.equal(edit('/ws/a', '', 'x'), undefined);
    assert.equal(previewEdit(bash('ls'), facts), undefined);
  });
});
