import assert from 'node:assert/strict';
import { coveringRules, matchesRule } from '../../../../src/core/gate/ruleMatch';
import { parseRule } from '../../../../src/core/gate/ruleSyntax';
import { analysisOf, bash, command, finding, pathEffect, place, write } from '../../../fakes/gateWorld';

const rule = (text: string, list: 'allow' | 'ask' | 'deny' = 'deny') => {
  const parsed = parseRule(text, list, 'user settings');
  assert.ok(parsed.ok);
  return parsed.rule;
};

suite('rules matched on the analysed call', () => {
  const commands: readonly [string, readonly (readonly (string | undefined)[])[], 'yes' | 'possible' | 'no'][] = [
    ['Bash(git push:*)', [['git', 'push']], 'yes'],
    ['Bash(git push:*)', [['git', 'push', '--force']], 'yes'],
    ['Bash(git push:*)', [['ls'], ['/usr/bin/git', 'push']], 'yes'],
    ['Bash(git push:*)', [['git', 'pushx']], 'no'],
    ['Bash(git push:*)', [['git', 'status']], 'no'],
    ['Bash(git push:*)', [['git', undefined]], 'possible'],
    ['Bash(git push:*)', [[undefined]], 'possible'],
    ['Bash(git push:*)', [[undefined, 'status']], 'possible'],
    ['Bash(git push:*)', [['git']], 'no'],
    ['Bash(git push:*)', [['git', '-C', '.', 'push']], 'yes'],
    ['Bash(git push:*)', [['git', '-c', 'a.b=c', 'push', '--force']], 'yes'],
    ['Bash(git push:*)', [['git', '--git-dir=x', 'push']], 'yes'],
    ['Bash(git push:*)', [['git', '--no-pager', 'push']], 'possible'],
    ['Bash(git push:*)', [['git', '-C', undefined, 'push']], 'possible'],
    ['Bash(git push:*)', [['git', 'log', 'push']], 'no'],
    ['Bash(git push:*)', [['git', '-C', '.', 'status']], 'no'],
    ['Bash(git push --force:*)', [['git', 'push', 'origin', '--force']], 'yes'],
    ['Bash(git push --force:*)', [['git', 'push', '--forc']], 'possible'],
    ['Bash(git push --force:*)', [['git', 'push', 'origin']], 'no'],
    ['Bash(rm -rf:*)', [['rm', '-fr', 'x']], 'yes'],
    ['Bash(rm -rf:*)', [['rm', '-r', 'x', '-f']], 'yes'],
    ['Bash(rm -rf:*)', [['rm', '-vrf', 'x']], 'yes'],
    ['Bash(rm -rf:*)', [['rm', '--recursive', '--force', 'x']], 'possible'],
    ['Bash(rm -rf:*)', [['rm', '-r', 'x']], 'no'],
    ['Bash(rm -rf:*)', [['rm', 'x']], 'no'],
    ['Bash(npm publish:*)', [['npm', '--registry', 'x', 'publish']], 'yes'],
    ['Bash(npm publish:*)', [['npm', 'run', 'publish']], 'no'],
    ['Bash(git status)', [['git', 'status', '-s']], 'no'],
    ['Bash(git status)', [['git', 'status', undefined]], 'possible'],
    ['Bash(git status)', [['git', 'status']], 'yes'],
  ];
  for (const [text, words, expected] of commands) {
    test(`${text} and ${JSON.stringify(words)}: ${expected}`, () => {
      const analysis = analysisOf([finding('unsure')], { commands: words.map((list) => command(list)) });
      assert.equal(matchesRule(rule(text), bash('x'), analysis, place), expected);
    });
  }

  const paths: readonly [string, string, 'yes' | 'no'][] = [
    ['Edit(src/**)', '/ws/src/a.ts', 'yes'],
    ['Edit(src/**)', '/ws/lib/a.ts', 'no'],
    ['Edit(./src/*.ts)', '/ws/src/a.ts', 'yes'],
    ['Edit(*.lock)', '/ws/deep/down/yarn.lock', 'yes'],
    ['Edit(~/.ssh/**)', '/home/me/.ssh/config', 'yes'],
    ['Edit(//etc/**)', '/etc/hosts', 'yes'],
    ['Edit(/etc/**)', '/etc/hosts', 'yes'],
    ['Edit(/src/**)', '/ws/src/a', 'yes'],
    ['Edit(.env*)', '/ws/.env.local', 'yes'],
    ['Read(src/**)', '/ws/src/a.ts', 'no'],
  ];
  for (const [text, path, expected] of paths) {
    test(`${text} and a write of ${path}: ${expected}`, () => {
      const analysis = analysisOf([finding('allow')], { effects: [pathEffect('write', path)] });
      assert.equal(matchesRule(rule(text), write(path), analysis, place), expected);
      assert.equal(matchesRule(rule(text), bash('x'), analysis, place), expected, 'through the shell too');
    });
  }

  test('a symlink hides neither its name nor its target from a deny rule', () => {
    const effects = [
      {
        ...pathEffect('write', '/ws/a'),
        target: { type: 'path', path: '/ws/a', real: '/ws/secret/b', recursive: false } as const,
      },
    ];
    const analysis = analysisOf([finding('allow')], { effects });
    assert.equal(matchesRule(rule('Edit(secret/**)'), write('/ws/a'), analysis, place), 'yes');
    assert.equal(matchesRule(rule('Edit(a)'), write('/ws/a'), analysis, place), 'yes');
  });

  test('an allow rule for a path looks only at where the write lands', () => {
    const effects = [
      {
        ...pathEffect('write', '/ws/src/a'),
        target: { type: 'path', path: '/ws/src/a', real: '/etc/passwd', recursive: false } as const,
      },
    ];
    const analysis = analysisOf([finding('unsure', 'paths.outside')], { effects });
    assert.equal(coveringRules([rule('Edit(src/**)', 'allow')], write('/ws/src/a'), analysis, place), undefined);
  });

  test('a rule for a whole tool covers no secret, one that names the file does', () => {
    const analysis = analysisOf([finding('unsure', 'secrets.project')], { effects: [pathEffect('read', '/ws/.env')] });
    const read = { ...bash('x'), tool: 'Read' };
    assert.equal(coveringRules([rule('Read', 'allow')], read, analysis, place), undefined);
    assert.ok(coveringRules([rule('Read(.env)', 'allow')], read, analysis, place));
  });

  test('a rule for a command does not cover the file its output goes to; in Normal an Edit rule does', () => {
    const call = bash('echo run >> log.txt');
    const effects = [pathEffect('write', '/ws/log.txt', { start: 9, end: 19 })];
    const analysis = analysisOf([finding('allow')], { commands: [command(['echo', 'run'], 0, 19)], effects });
    const echo = rule('Bash(echo run)', 'allow');
    assert.equal(coveringRules([echo], call, analysis, place), undefined);
    assert.ok(coveringRules([echo, rule('Edit(log.txt)', 'allow')], call, analysis, place));
    assert.ok(coveringRules([echo], call, analysis, place, false), 'in Auto analysis is sure of the write by itself');
  });

  test('an allow rule stays literal: other spellings are not what was said yes to', () => {
    const at = { start: 0, end: 9 };
    for (const words of [
      ['git', '-C', '/other', 'push'],
      ['git', '--exec-path=x', 'push'],
    ]) {
      const doubt = { ...finding('unsure', 'command.changes'), evidence: [at] };
      const analysis = analysisOf([doubt], { commands: [command(words, 0, 20)] });
      assert.equal(coveringRules([rule('Bash(git push:*)', 'allow')], bash('x'), analysis, place), undefined);
    }
  });

  test('a rule for the inner command does not reach through a wrapper', () => {
    const at = { start: 0, end: 9 };
    const doubt = { ...finding('unsure', 'command.unknown'), evidence: [at] };
    const plain = analysisOf([doubt], { commands: [command(['npm', 'test'], 0, 20)] });
    const wrapped = analysisOf([doubt], { commands: [{ ...command(['npm', 'test'], 0, 20), through: ['sudo'] }] });
    const rules = [rule('Bash(npm test:*)', 'allow')];
    assert.ok(coveringRules(rules, bash('x'), plain, place));
    assert.equal(coveringRules(rules, bash('x'), wrapped, place), undefined);
  });

  test('a command substituted into a covered command needs a rule of its own', () => {
    const inner = { ...finding('unsure', 'command.unknown'), evidence: [{ start: 10, end: 14 }] };
    const analysis = analysisOf([inner], {
      commands: [command(['npm', 'test', undefined], 0, 20), command(['evil'], 10, 14)],
    });
    assert.equal(coveringRules([rule('Bash(npm test:*)', 'allow')], bash('x'), analysis, place), undefined);
  });
});
