import assert from 'node:assert/strict';
import { noPolicy } from '../../../src/core/gate/policy';
import { parseSettings } from '../../../src/core/settings';
import { gateRules } from '../../../src/extension/gateRules';

suite('gate rules', () => {
  test('policy, user and workspace add up, each rule with its source', () => {
    const user = parseSettings({
      'permissions.allow': ['Bash(npm test)'],
      'permissions.deny': ['Read(.env)'],
    }).settings;
    const { rules } = gateRules(
      { ...noPolicy, rules: { allow: [], ask: [], deny: ['Bash(curl:*)'] } },
      { user, workspaceRules: { ask: ['Bash(git push:*)'], deny: ['Edit(db/**)'] } },
      undefined,
    );
    const listed = [...rules.allow, ...rules.ask, ...rules.deny].map(
      ({ list, source, text }) => `${list} ${text} (${source})`,
    );
    assert.deepEqual(listed.sort(), [
      'allow Bash(npm test) (user settings)',
      'ask Bash(git push:*) (workspace settings)',
      'deny Bash(curl:*) (policy)',
      'deny Edit(db/**) (workspace settings)',
      'deny Read(.env) (user settings)',
    ]);
  });

  test('a rule that cannot be read is named', () => {
    const user = parseSettings({ 'permissions.deny': ['Bash(rm "x)'] }).settings;
    const { problems, rules } = gateRules(noPolicy, { user, workspaceRules: { ask: [], deny: [] } }, undefined);
    assert.equal(problems.length, 1);
    assert.deepEqual(rules.deny[0]?.specifier, { type: 'any' }, 'the stricter reading holds');
  });
});
