import assert from 'node:assert/strict';
import { analyze } from '../../../../src/core/gate/analysis/analyze';
import { loadRules } from '../../../../src/core/gate/ruleExamples';
import { noEntries, type RuleEntry, type RuleList } from '../../../../src/core/gate/rules';
import { english } from '../../../../src/core/say';
import { virtual } from './analysis/analysisWorld';

const load = (list: RuleList, ...entries: readonly RuleEntry[]) =>
  loadRules({ ...noEntries, [list]: entries }, 'user settings', (call, place) => analyze(call, place, virtual));

suite('rules that carry examples', () => {
  const agree: readonly [RuleList, RuleEntry][] = [
    [
      'deny',
      {
        rule: 'Bash(git push:*)',
        match: ['git push', 'cd x && git -C . push -f'],
        notMatch: ['git pull', 'echo git push'],
      },
    ],
    ['ask', { rule: 'Bash(npm publish:*)', match: ['sudo npm publish'], notMatch: ['npm run publish'] }],
    ['deny', { rule: 'Read(.env*)', match: ['.env', 'deep/.env.local'], notMatch: ['src/env.ts'] }],
    ['deny', { rule: 'Edit(src/**)', match: ['src/a.ts', './src/b/c.ts'], notMatch: ['lib/a.ts', '../src/a.ts'] }],
    [
      'ask',
      {
        rule: 'WebFetch(domain:example.com)',
        match: ['https://example.com/a', 'www.example.com'],
        notMatch: ['example.org'],
      },
    ],
    ['deny', { rule: 'mcp__github', match: ['mcp__github__push'], notMatch: ['mcp__gitlab__push'] }],
    ['allow', { rule: 'Bash(npm test)', match: ['npm test'], notMatch: ['npm test; rm -rf src', 'sudo npm test'] }],
    ['allow', { rule: 'Bash(git push origin *)', match: ['git push origin main'], notMatch: ['git push --force'] }],
    [
      'allow',
      {
        rule: 'WebFetch(domain:example.com)',
        match: ['https://example.com/a'],
        notMatch: ['https://www.example.com/a'],
      },
    ],
    [
      'deny',
      {
        rule: 'Bash(git * main)',
        match: ['git push origin main'],
        notMatch: ['git main', 'git push origin maintenance'],
      },
    ],
  ];
  for (const [list, entry] of agree)
    test(`${list} ${typeof entry === 'string' ? entry : entry.rule} is what its examples say`, () => {
      const { problems, rules } = load(list, entry);
      assert.deepEqual(
        problems.map(({ said }) => english(said)),
        [],
      );
      assert.equal(rules[list][0]?.text, typeof entry === 'string' ? entry : entry.rule);
    });

  test('an allow rule that its examples contradict is left out, and named', () => {
    const wide = load('allow', { rule: 'Bash(git:*)', notMatch: ['git push'] });
    assert.deepEqual(wide.rules.allow, []);
    assert.match(english(wide.problems[0]?.said ?? { template: '', args: [] }), /allows "git push".*must not.*ignored/);
    const vain = load('allow', { rule: 'Bash(rm -rf ~:*)', match: ['rm -rf ~'] });
    assert.match(
      english(vain.problems[0]?.said ?? { template: '', args: [] }),
      /does not allow its own example "rm -rf ~"/,
    );
  });

  test('an ask or deny rule that its examples contradict covers its whole tool, and is named', () => {
    for (const list of ['ask', 'deny'] as const) {
      const { problems, rules } = load(list, {
        rule: 'Bash(git psuh:*)',
        match: ['git push'],
        reason: 'pushes go through CI',
      });
      assert.equal(problems.length, 1);
      assert.match(
        english(problems[0]?.said ?? { template: '', args: [] }),
        /does not cover its own example "git push".*all of Bash/,
      );
      assert.deepEqual(
        rules[list].map(({ reason, specifier }) => [specifier.type, reason]),
        [['any', 'pushes go through CI']],
      );
    }
  });
});
