import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { matchesRule, ruleFor } from '../../../../src/core/gate/ruleMatch';
import { parseRule } from '../../../../src/core/gate/ruleSyntax';
import type { Rule, RuleList } from '../../../../src/core/gate/rules';
import { judge, place } from './analysis/analysisWorld';

const texts = [
  ...[
    'Bash',
    'Bash(git push:*)',
    'Bash(git:*)',
    'Bash(git * main)',
    'Bash(* --force)',
    'Bash(rm -rf:*)',
    'Bash(npm test)',
  ],
  ...[
    'Bash(/usr/bin/git push:*)',
    'Bash(curl *)',
    'Edit',
    'Edit(src/**)',
    'Edit(*.lock)',
    'Edit(/src/a.ts)',
    'Edit(~/.ssh/**)',
  ],
  ...[
    'Edit(//etc/**)',
    'Edit(secrets)',
    'Edit(**/{a,b}/x)',
    'Write(docs/*.md)',
    'Read(.env*)',
    'Read(**/*.pem)',
    'Read(src/deep/)',
  ],
  ...['Read(//)', 'Read', 'Grep(src/**)', 'WebFetch', 'WebFetch(domain:example.com)', 'WebFetch(domain:*.example.org)'],
  ...['mcp__github', 'mcp__github__list_issues', 'mcp__github__*', 'mcp__git__hub__x'],
];
const calls: readonly [string, unknown][] = [
  ...[
    'git push',
    'git -C . push origin main',
    'cd src && rm -rf deep',
    'cat .env',
    'cp -r . /tmp/x',
    'echo x > yarn.lock',
    '$X push',
  ].map((command): [string, unknown] => ['Bash', { command }]),
  ...[
    'npm test',
    'curl https://www.example.com/a',
    'sudo git push --force',
    'rm -rf ~',
    'cat "$F"',
    'git merge main',
    'tee SRC/A.ts',
  ].map((command): [string, unknown] => ['Bash', { command }]),
  ...['src/a.ts', 'yarn.lock', '../x', 'secrets/key', 'docs/a.md', 'b/x', 'Secrets/deep/k.PEM'].flatMap(
    (path): [string, unknown][] => [
      ['Write', { file_path: `/home/me/ws/${path}`, content: '' }],
      ['Read', { file_path: `/home/me/ws/${path}` }],
    ],
  ),
  ['Grep', { pattern: 'x', path: '/home/me/ws/src' }],
  ['Glob', { pattern: '**/*.pem' }],
  ['WebFetch', { url: 'https://www.example.com/a', prompt: 'x' }],
  ['WebFetch', { url: 'https://a.example.org', prompt: 'x' }],
  ['mcp__github__list_issues', {}],
  ['mcp__git__hub__x', {}],
];

/** The same rules compared one by one. */
function oneByOne(
  rules: readonly Rule[],
  ...[call, analysis, at]: Parameters<typeof matchesRule> extends [unknown, ...infer Rest] ? Rest : never
) {
  const matches = rules.map((rule) => ({ rule, match: matchesRule(rule, call, analysis, at) }));
  return (matches.find(({ match }) => match === 'yes') ?? matches.find(({ match }) => match === 'possible'))?.match;
}

suite('rules found by an index', () => {
  const analyses = calls.map(([tool, input]) => ({
    call: { id: 'x' as never, tool, input },
    analysis: judge(tool, input),
  }));
  const rulesOf = (list: RuleList) =>
    texts.map((text) => {
      const parsed = parseRule(text, list, 'user settings');
      assert.ok(parsed.ok, text);
      return parsed.rule;
    });

  for (const list of ['deny', 'ask'] as const)
    test(`${list}: the index finds what comparing one by one finds`, () => {
      const all = rulesOf(list);
      fc.assert(
        fc.property(fc.shuffledSubarray(all, { minLength: 9 }), fc.nat(calls.length - 1), (rules, at) => {
          const { analysis, call } = analyses[at] as (typeof analyses)[number];
          assert.equal(ruleFor(rules, call, analysis, place)?.match, oneByOne(rules, call, analysis, place), call.tool);
        }),
        { numRuns: 3_000, seed: 4 },
      );
    });

  test('each rule alone among many that do not matter', () => {
    const others = Array.from({ length: 20 }, (_, at) =>
      parseRule(`Bash(other${at}:*)`, 'deny', 'user settings'),
    ).flatMap((parsed) => (parsed.ok ? [parsed.rule] : []));
    for (const rule of rulesOf('deny'))
      for (const { analysis, call } of analyses) {
        const rules = [...others, rule];
        const wanted = oneByOne(rules, call, analysis, place);
        assert.equal(
          ruleFor(rules, call, analysis, place)?.match,
          wanted,
          `${rule.text} ${JSON.stringify(call.input)}`,
        );
      }
  });
});
