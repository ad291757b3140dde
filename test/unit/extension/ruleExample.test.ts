import assert from 'node:assert/strict';
import { acceptedAnswer, ruleCovers } from '../../../src/core/gate/question';
import { withExample } from '../../../src/core/gate/ruleExample';
import { callId } from '../../../src/core/ids';
import { analyzeExample } from '../../../src/node/ruleAnalysis';
import { bash, judge, place } from '../core/gate/analysis/analysisWorld';

const call = (command: string) => ({ id: callId('x'), tool: 'Bash', input: { command } });

suite('rules made from an approval', () => {
  test('a rule is saved with the call it was made for', () => {
    assert.deepEqual(withExample('Bash(npm test)', call('npm test'), place, analyzeExample), {
      rule: 'Bash(npm test)',
      match: ['npm test'],
    });
    const write = { id: callId('x'), tool: 'Write', input: { file_path: '/home/me/ws/src/a.ts', content: '' } };
    assert.deepEqual(withExample('Edit(/src/a.ts)', write, place, analyzeExample), {
      rule: 'Edit(/src/a.ts)',
      match: ['src/a.ts'],
    });
  });

  test('without an example where the call is long, holds a secret, or the rule does not cover it by its text', () => {
    for (const command of [
      `echo ${'x'.repeat(300)}`,
      'curl -H "Authorization: Bearer sk-ant-api03-abcdefghijklmnop" x.example',
      'npm run x',
    ])
      assert.equal(withExample('Bash(npm test)', call(command), place, analyzeExample), 'Bash(npm test)');
  });

  test('an edited rule counts only while it covers the call that was asked about', () => {
    const analysis = bash('foo --bar');
    const covers = (rule: string) => ruleCovers(rule, call('foo --bar'), analysis, place);
    const offers = [{ type: 'once' }, { type: 'always', rule: 'Bash(foo --bar)' }] as const;
    const answer = (rule: string) => acceptedAnswer({ choice: 'always', rule }, offers, covers).choice;
    for (const rule of ['Bash(foo --bar)', 'Bash(foo:*)', 'Bash(foo *)']) assert.equal(answer(rule), 'always', rule);
    for (const rule of ['Bash(bar:*)', 'Edit(**)', 'Bash(foo', '']) assert.equal(answer(rule), 'deny', rule);
    assert.equal(acceptedAnswer({ choice: 'always', rule: 'Bash(foo:*)' }, [{ type: 'once' }], covers).choice, 'deny');
    assert.ok(judge('Bash', { command: 'foo --bar' }).answer === 'unsure');
  });
});
