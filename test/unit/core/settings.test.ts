import assert from 'node:assert/strict';
import { english } from '../../../src/core/say';
import { parseSettings, settingKeys } from '../../../src/core/settings';

suite('settings', () => {
  test('nothing set gives the defaults and no problem', () => {
    const { settings, problems } = parseSettings({});
    assert.deepEqual(problems, []);
    assert.equal(settings.permissionMode, 'normal');
    assert.equal(settings.autoMode.timeoutMs, 30_000);
    assert.equal(settings.bashTimeoutMs, 120_000);
    assert.equal(settings.api.baseUrl, undefined);
  });

  const bad: readonly [string, unknown][] = [
    ['permissionMode', 'yolo'],
    ['permissionMode', null],
    ['model', ''],
    ['model', 5],
    ['api.baseUrl', {}],
    ['api.customHeaders', ['x']],
    ['api.customHeaders', { a: 1 }],
    ['permissions.allow', 'Bash'],
    ['permissions.deny', [1]],
    ['autoMode.timeoutSeconds', 0],
    ['autoMode.timeoutSeconds', 1e9],
    ['autoMode.blocksInARow', 2.5],
    ['autoMode.blocksInTotal', 'many'],
    ['bash.timeoutSeconds', -1],
  ];
  for (const [key, value] of bad) {
    test(`${key}: ${JSON.stringify(value)} is named, and only it falls back`, () => {
      const { settings, problems } = parseSettings({ 'autoMode.blocksOfSameAction': 7, [key]: value });
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.key, `claudeCode.${key}`);
      assert.match(english(problems[0]?.said ?? { template: '', args: [] }), /cannot be used; it must be/);
      assert.equal(settings.autoMode.blocksOfSameAction, 7);
    });
  }

  test('a mode that is none is not quietly one', () =>
    assert.equal(parseSettings({ permissionMode: 'yolo' }).settings.permissionMode, undefined));

  test('a list with a wrong entry keeps what tightens and drops what allows', () => {
    const mixed = ['Bash(x:*)', 1];
    const { rules } = parseSettings({
      'permissions.allow': mixed,
      'permissions.ask': mixed,
      'permissions.deny': mixed,
    }).settings;
    assert.deepEqual(rules, { allow: [], ask: ['Bash(x:*)'], deny: ['Bash(x:*)'] });
  });

  test('no value whatever makes it throw', () => {
    const values = [
      undefined,
      null,
      0,
      -1,
      Number.NaN,
      '',
      'x',
      [],
      {},
      [[]],
      { a: { b: 1 } },
      true,
      Symbol.iterator.toString(),
    ];
    for (const key of settingKeys)
      for (const value of values) assert.doesNotThrow(() => parseSettings({ [key]: value }));
  });
});
