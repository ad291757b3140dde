import { strict as assert } from 'node:assert';
import { createChanges, noPast, type Past } from '../../../../../src/core/gate/analysis/changes';

const pastWith = (entries: Record<string, string>): Past => {
  const made = createChanges(noPast);
  for (const [path, text] of Object.entries(entries)) made.write(path, { text });
  return { ...noPast, of: (path) => made.own.get(path), all: () => made.own };
};

suite('changes of a call', () => {
  test('what is written is known, what is added to it too', () => {
    const changes = createChanges(noPast);
    changes.write('/a', { text: 'one\n' });
    changes.append('/a', { text: 'two\n' });
    assert.equal(changes.of('/a')?.text, 'one\ntwo\n');
    assert.equal(changes.of('/a')?.unknown, false);
  });

  test('what is added to a file of the baseline is kept by itself', () => {
    const changes = createChanges(noPast);
    changes.append('/a', { text: 'two\n' });
    changes.edit('/a', ['three']);
    assert.deepEqual(changes.of('/a')?.added, ['two\n', 'three']);
    assert.equal(changes.of('/a')?.state, 'changed');
    assert.equal(changes.of('/a')?.text, undefined);
  });

  test('something unknown makes the file unknown, and it stays so until it is written anew', () => {
    const changes = createChanges(noPast);
    changes.write('/a', { text: 'one' });
    changes.edit('/a', [undefined]);
    assert.equal(changes.of('/a')?.unknown, true);
    changes.append('/a', { text: 'x' });
    assert.equal(changes.of('/a')?.unknown, true);
    changes.write('/a', { text: 'new' });
    assert.equal(changes.of('/a')?.unknown, false);
  });

  test('an edit of a file that is wholly known keeps its text among what may run', () => {
    const changes = createChanges(pastWith({ '/a': 'before' }));
    changes.edit('/a', ['after']);
    assert.deepEqual(changes.of('/a')?.added, ['before', 'after']);
  });

  test('secrets and downloads stay with a file whatever is added', () => {
    const changes = createChanges(noPast);
    changes.write('/a', { text: undefined, secret: true, network: true });
    changes.append('/a', { text: 'x' });
    assert.deepEqual([changes.of('/a')?.secret, changes.of('/a')?.network], [true, true]);
  });

  test('a copy is what the original is; a copy of the baseline holds nothing that was added', () => {
    const changes = createChanges(pastWith({ '/a': 'text' }));
    changes.copy('/a', '/b');
    changes.copy('/plain', '/c');
    assert.equal(changes.of('/b')?.text, 'text');
    assert.deepEqual(changes.of('/c')?.added, []);
    assert.equal(changes.of('/c')?.unknown, false);
  });

  test('a file that is gone and written again has only the new text', () => {
    const changes = createChanges(pastWith({ '/a': 'text' }));
    changes.remove('/a');
    changes.append('/a', { text: 'new' });
    assert.equal(changes.of('/a')?.text, 'new');
  });

  test('all gives the latest state of everything, its own and the past', () => {
    const changes = createChanges(pastWith({ '/a': 'old', '/b': 'b' }));
    changes.write('/a', { text: 'new' });
    assert.deepEqual([...changes.all()].map(([path, { text }]) => [path, text]).sort(), [
      ['/a', 'new'],
      ['/b', 'b'],
    ]);
  });
});
