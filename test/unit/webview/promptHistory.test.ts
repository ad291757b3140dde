import assert from 'node:assert/strict';
import { createPromptHistory } from '../../../src/webview/promptHistory';

function filled(...texts: string[]) {
  const history = createPromptHistory();
  for (const text of texts) history.add(text);
  return history;
}

suite('prompt history', () => {
  test('Up goes back to the oldest message and stays there', () => {
    const history = filled('one', 'two');
    assert.deepEqual([history.older(''), history.older('two'), history.older('one')], ['two', 'one', undefined]);
  });

  test('Down comes back to what was being typed', () => {
    const history = filled('one', 'two');
    history.older('half a th');
    history.older('two');
    assert.deepEqual([history.newer(), history.newer(), history.newer()], ['two', 'half a th', undefined]);
  });

  test('Down does nothing while nothing is recalled', () => {
    assert.equal(filled('one').newer(), undefined);
  });

  test('editing starts over from the newest', () => {
    const history = filled('one', 'two');
    history.older('');
    history.older('two');
    history.rest();
    assert.equal(history.older('one, changed'), 'two');
  });

  test('the same message twice in a row is kept once, and empty ones are not kept', () => {
    const history = filled('one', 'one', '  ', '');
    assert.deepEqual([history.older(''), history.older('one')], ['one', undefined]);
  });

  test('a new session has no history', () => {
    const history = filled('one');
    history.clear();
    assert.equal(history.older(''), undefined);
  });
});
