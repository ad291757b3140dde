import assert from 'node:assert/strict';
import { composePrompt } from '../../../../../src/core/gate/classifier/prompt';
import { classifierRules } from '../../../../../src/core/gate/classifier/rules';
import { classifierRequest } from '../../../../fakes/classifierRequest';

/** UTF-8 bytes of one token: a cautious estimate for English text and code. */
const bytesPerToken = 3.5;
const tokensOf = (text: string): number => Math.ceil(Buffer.byteLength(text) / bytesPerToken);

suite('size of the classifier prompt', () => {
  test('the fixed part is under 8,000 tokens', () => {
    const system = composePrompt(classifierRequest('x'), 'm')?.system.join('') ?? '';
    const tokens = tokensOf(system);
    console.log(`      fixed classifier prompt: about ${tokens} tokens for ${classifierRules.length} rules`);
    assert.ok(tokens > 1_000 && tokens < 8_000);
  });

  test('a rule is a few lines at most', () => {
    for (const rule of classifierRules) assert.ok(tokensOf(JSON.stringify(rule)) < 250, rule.id);
  });

  test('the smallest call adds little', () => {
    assert.ok(tokensOf(JSON.stringify(composePrompt(classifierRequest('ls'), 'm')?.messages)) < 400);
  });
});
