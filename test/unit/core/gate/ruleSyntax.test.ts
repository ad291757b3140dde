import assert from 'node:assert/strict';
import { isBroad } from '../../../../src/core/gate/broadRules';
import { parseRule, readRules } from '../../../../src/core/gate/ruleSyntax';
import { english } from '../../../../src/core/say';

const read = (text: string, list: 'allow' | 'ask' | 'deny' = 'allow') => parseRule(text, list, 'user settings');

suite('rule syntax', () => {
  const good: readonly [string, unknown][] = [
    ['Bash', { type: 'any' }],
    ['Bash(*)', { type: 'any' }],
    ['Bash(npm run test:*)', { type: 'prefix', words: ['npm', 'run', 'test'] }],
    ['Bash(git push *)', { type: 'prefix', words: ['git', 'push'] }],
    ['Bash(git status)', { type: 'exact', words: ['git', 'status'] }],
    ['Edit(src/**)', { type: 'path', glob: 'src/**' }],
    ['Read(~/.ssh/**)', { type: 'path', glob: '~/.ssh/**' }],
    ['mcp__server__tool', { type: 'any' }],
  ];
  for (const [text, specifier] of good) {
    test(`reads ${text}`, () => {
      const parsed = read(text);
      assert.ok(parsed.ok);
      assert.deepEqual(parsed.rule.specifier, specifier);
    });
  }

  for (const text of [
    'Bash(git push',
    'Bash(a; b)',
    'Bash(echo $X)',
    'Bash(ls | wc)',
    'Bash()',
    'Edit()',
    '',
    'Bash(a "b c")',
  ]) {
    test(`refuses ${JSON.stringify(text)} and says so`, () => {
      const parsed = read(text);
      assert.ok(!parsed.ok);
      assert.match(english(parsed.problem.said), /cannot be read/);
      assert.equal(parsed.stricter, undefined, 'an allow rule that cannot be read allows nothing');
    });
  }

  test('an ask or deny rule that cannot be read covers its whole tool', () => {
    for (const list of ['ask', 'deny'] as const) {
      const { rules, problems } = readRules(
        { allow: [], ask: [], deny: [], [list]: ['Bash(git push'] },
        'user settings',
      );
      assert.deepEqual(rules[list][0]?.specifier, { type: 'any' });
      assert.equal(problems.length, 1);
    }
  });
});

suite('broad rules', () => {
  const broad = [
    'Bash',
    'Bash(*)',
    'Write',
    'Edit(**)',
    'Bash(python:*)',
    'Bash(python3.12:*)',
    'Bash(npx *)',
    'Bash(npm run:*)',
    'Bash(npm exec x:*)',
  ];
  broad.push(
    'Bash(sudo apt:*)',
    'Bash(bash -c:*)',
    'Bash(/usr/bin/node:*)',
    'Bash(find:*)',
    'Bash(docker run:*)',
    'Edit(/**)',
    'mcp__db__query',
  );
  const narrow = [
    'Bash(npm test:*)',
    'Bash(npm run build:*)',
    'Bash(git commit:*)',
    'Bash(python3 s.py)',
    'Edit(src/**)',
    'Read',
    'Bash(cargo test:*)',
  ];
  for (const text of broad) test(`${text} is suspended in Auto`, () => assert.ok(check(text)));
  for (const text of narrow) test(`${text} holds in Auto`, () => assert.ok(!check(text)));

  function check(text: string): boolean {
    const parsed = read(text);
    assert.ok(parsed.ok);
    return isBroad(parsed.rule);
  }
});
