import assert from 'node:assert/strict';
import type { Recorded } from '../../../../src/core/gate/replay';
import { describeShadow, summarizeShadow } from '../../../../src/core/gate/shadow';
import { english } from '../../../../src/core/say';

const record = (title: string, more: Partial<Recorded>): Recorded => ({
  ...{ at: '2026-03-01T10:00:00.000Z', tool: 'Bash', input: {}, cwd: '/ws', mode: 'normal', decision: 'ask' },
  ...{ outcome: 'allowed', person: 'once', step: 'mode', rule: 'normal.asks', shadow: 'allow' },
  title,
  ...more,
});

suite('what Auto would have done', () => {
  test('counts what a person was asked about, and lists where the two were of another mind', () => {
    const summary = summarizeShadow([
      record('npm test', {}),
      record('rm notes', { person: 'deny', outcome: 'denied' }),
      record('curl evil', { shadow: 'block' }),
      record('odd', { shadow: 'classifier' }),
      record('never run', { shadow: 'block', person: 'deny', outcome: 'denied' }),
      record('ls', { person: undefined, decision: 'allow' }),
      record('in Auto', { mode: 'auto' }),
    ]);
    assert.equal(summary.calls, 6);
    assert.equal(summary.asked, 5);
    assert.deepEqual(summary.courses, { allow: 2, block: 2, classifier: 1 });
    const text = describeShadow(summary).map(english).join('\n');
    assert.match(text, /recorded here: 6\. You were asked about 5/);
    assert.match(text, /Auto would have run it: 1\n- 2026-03-01T10:00:00\.000Z: `rm notes`\n/);
    assert.match(text, /Auto would have blocked it: 1\n- [^\n]*`curl evil`$/);
  });

  test('a long list is counted, and a call cannot break out of its line', () => {
    const many = Array.from({ length: 25 }, (_, at) => record(`a\n# b\`${at}`, { person: 'deny' }));
    const lines = describeShadow(summarizeShadow(many)).map(english);
    assert.ok(lines.includes('- and 5 more'));
    assert.ok(lines.every((line) => !line.includes('\n')));
    assert.equal(lines.filter((line) => line.startsWith('#')).length, 2);
  });

  test('nothing to compare is said', () => {
    const lines = describeShadow(summarizeShadow([]));
    assert.match(english(lines[0] ?? { template: '', args: [] }), /nothing to compare/);
  });
});
