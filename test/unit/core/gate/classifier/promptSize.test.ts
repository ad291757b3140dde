import assert from 'node:assert/strict';
import { composePrompt } from '../../../../../src/core/gate/classifier/prompt';
import { builtInRules } from '../../../../../src/core/gate/classifier/rules';
import { classifierRequest } from '../../../../fakes/classifierRequest';

/** UTF-8 bytes of one token: a cautious estimate for English text and code. */
const bytesPerToken = 3.5;
const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / bytesPerToken);

suite('size of the classifier prompt', () => {
  test('the fixed part is under 8,000 tokens, and long enough to be cached for every model', () => {
    const tokens = tokensOf(composePrompt(classifierRequest('x'), 'm')?.system[0] ?? '');
    console.log(`      fixed classifier prompt: about ${tokens} tokens for ${builtInRules.length} rules`);
    assert.ok(tokens > 4_096 && tokens < 8_000, String(tokens));
  });

  test('a rule is a few lines at most', () => {
    for (const rule of builtInRules) assert.ok(tokensOf(JSON.stringify(rule)) < 350, rule.id);
  });

  test('the smallest call adds little', () => {
    const prompt = composePrompt(classifierRequest('ls'), 'm');
    assert.ok(tokensOf(`${prompt?.system[1]}${prompt?.action}`) < 200);
  });
});
