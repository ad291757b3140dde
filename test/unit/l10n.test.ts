import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundleText, collectSentences } from '../../scripts/l10n.mjs';

suite('localization', () => {
  test('the bundle holds every sentence; run node scripts/l10n.mjs when it does not', () => {
    assert.equal(readFileSync('l10n/bundle.l10n.json', 'utf8'), bundleText(collectSentences().sentences));
  });

  test('every sentence is a plain text at its call, so that it can be collected', () => {
    assert.deepEqual(collectSentences().dynamic, ['extension/chatView.ts: text', 'extension/localize.ts: template']);
  });

  test('every text of the manifest is there, and none is left over', () => {
    const manifest = readFileSync('package.json', 'utf8');
    const used = [...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key);
    const texts: unknown = JSON.parse(readFileSync('package.nls.json', 'utf8'));
    assert.deepEqual(Object.keys(texts as object).sort(), [...new Set(used)].sort());
  });
});
