import assert from 'node:assert/strict';
import { createTexts } from '../../../src/webview/texts';

suite('texts', () => {
  test('a translation is used and filled in', () => {
    assert.equal(createTexts({ showAllLines: 'Alle {0} Zeilen' })('showAllLines', 34), 'Alle 34 Zeilen');
  });

  test('a missing translation is English, and an argument with a placeholder in it is not filled again', () => {
    const t = createTexts({});
    assert.equal(t('sayNotice', '{1}', 'x'), '{1}: x');
  });
});
