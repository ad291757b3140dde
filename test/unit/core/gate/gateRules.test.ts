import assert from 'node:assert/strict';
import { noLists } from '../../../../src/core/gate/classifier/lists';
import {
  gateRules,
  gateRuleset,
  proposedRules,
  type RulePlace,
  type RulePlaces,
} from '../../../../src/core/gate/gateRules';
import { noPolicy } from '../../../../src/core/gate/policy';
import { noEntries, type RuleEntries, type RuleSource } from '../../../../src/core/gate/rules';

const at = (source: RuleSource, entries: Partial<RuleEntries>, path?: string): RulePlace => ({
  source,
  path,
  entries: { ...noEntries, ...entries },
  sentences: noLists,
});
const none: RulePlaces = { policy: noPolicy, user: [], workspace: [], accepted: false };
const listed = (places: RulePlaces): readonly string[] => {
  const { rules } = gateRules(places, undefined);
  return [...rules.allow, ...rules.ask, ...rules.deny]
    .map(({ list, source, text }) => `${list} ${text} (${source})`)
    .sort();
};

suite('gate rules', () => {
  const places: RulePlaces = {
    policy: { ...noPolicy, rules: { ...noEntries, allow: ['Bash(ls)'], deny: ['Bash(curl:*)'] } },
    user: [
      at('user settings', { allow: ['Bash(npm test)'], deny: ['Read(.env)'] }),
      at('Claude Code user settings', { allow: ['Bash(git log:*)'] }, '/home/me/.claude/settings.json'),
    ],
    workspace: [
      at('workspace settings', { allow: ['Bash(make)'], ask: ['Bash(git push:*)'], deny: ['Edit(db/**)'] }),
      at('Claude Code workspace settings', { allow: ['Bash'], deny: ['WebFetch'] }, '/ws/.claude/settings.json'),
    ],
    accepted: false,
  };
  const tightening = [
    'ask Bash(git push:*) (workspace settings)',
    'deny Bash(curl:*) (policy)',
    'deny Edit(db/**) (workspace settings)',
    'deny Read(.env) (user settings)',
    'deny WebFetch (Claude Code workspace settings)',
  ];
  const ofUser = ['allow Bash(git log:*) (Claude Code user settings)', 'allow Bash(npm test) (user settings)'];
  const ofPolicy = ['allow Bash(ls) (policy)'];

  test('policy, user and workspace add up, each rule with its source; the workspace allows nothing', () => {
    assert.deepEqual(listed(places), [...ofUser, ...ofPolicy, ...tightening].sort());
  });

  test('what the person accepted of the workspace holds', () => {
    const ofWorkspace = ['allow Bash(make) (workspace settings)', 'allow Bash (Claude Code workspace settings)'];
    assert.deepEqual(
      listed({ ...places, accepted: true }),
      [...ofWorkspace, ...ofUser, ...ofPolicy, ...tightening].sort(),
    );
  });

  test('where only the policy may allow, nobody else does, and all tighten', () => {
    const policy = { ...places.policy, ownAllowOnly: true };
    for (const accepted of [true, false])
      assert.deepEqual(listed({ ...places, policy, accepted }), [...ofPolicy, ...tightening].sort());
  });

  test('what the workspace proposes is told with its file', () => {
    assert.deepEqual(proposedRules(places), [
      { entry: 'Bash(make)', from: 'workspace settings' },
      { entry: 'Bash', from: '/ws/.claude/settings.json' },
    ]);
  });

  test('a rule that cannot be read is named, and the stricter reading holds', () => {
    const { problems, rules } = gateRules(
      { ...none, user: [at('user settings', { deny: ['Bash(rm "x)'] })] },
      undefined,
    );
    assert.equal(problems.length, 1);
    assert.deepEqual(rules.deny[0]?.specifier, { type: 'any' });
  });

  test('sentences for the classifier: users and administrators say anything, a workspace can only forbid', () => {
    const sentences = { environment: ['e'], allow: ['$defaults', 'a'], softDeny: ['$defaults', 's'], hardDeny: ['h'] };
    const place = at('user settings', {});
    const { added, environment, rules } = gateRuleset({
      policy: { ...noPolicy, classifier: { ...noLists, hardDeny: ['p'] } },
      user: [{ ...place, sentences }],
      workspace: [{ ...at('workspace settings', {}), sentences }],
      accepted: true,
    });
    assert.deepEqual(environment, ['e']);
    assert.deepEqual(
      added.map(({ from, group, sentence }) => `${from} ${group} ${sentence}`),
      ['administrator hard p', 'user hard h', 'repository hard h', 'user soft s', 'repository soft s', 'user allow a'],
    );
    assert.ok(!rules.some(({ group }) => group === 'hard'), 'the user left the built-in hard rules out');
  });
});
