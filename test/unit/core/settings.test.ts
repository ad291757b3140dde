import assert from 'node:assert/strict';
import manifest from '../../../package.json';
import { english } from '../../../src/core/say';
import { parseSettings, settingKeys } from '../../../src/core/settings';

interface Contributed {
  readonly default: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
}

suite('settings', () => {
  test('nothing set gives the defaults and no problem', () => {
    const { settings, problems } = parseSettings({});
    assert.deepEqual(problems, []);
    assert.equal(settings.permissionMode, 'normal');
    assert.equal(settings.autoMode.timeoutMs, 30_000);
    assert.equal(settings.bashTimeoutMs, 120_000);
    assert.equal(settings.api.baseUrl, undefined);
  });

  /** Setting, bad value, and what the notice says about what is allowed and what applies instead. */
  const bad: readonly [string, unknown, RegExp][] = [
    ['permissionMode', 'yolo', /normal, auto or skip.*counts as normal/],
    ['permissionMode', null, /normal, auto or skip/],
    ['permissionMode', 'SKIP', /normal, auto or skip/],
    ['permissionMode', ['skip'], /normal, auto or skip/],
    ['model', '', /name of a model.*it is claude-sonnet-4-6/],
    ['model', ' ', /name of a model/],
    ['model', 5, /name of a model/],
    ['api.baseUrl', {}, /text.*not set/],
    ['api.customHeaders', ['x'], /object of header names and texts.*none is sent/],
    ['api.customHeaders', { a: 1 }, /none is sent/],
    ['api.customHeaders', { 'a b': 'c' }, /none is sent/],
    ['api.customHeaders', { a: 'b\r\nx-api-key: c' }, /none is sent/],
    ['permissions.allow', 'Bash', /list of rules.*it is empty/],
    ['permissions.deny', [1], /list of rules.*only the rules in it hold/],
    ['permissions.ask', null, /list of rules/],
    ['autoMode.classifierModel', 7, /text.*not set/],
    ['autoMode.additionalModels', 'mine', /list of texts.*it is empty/],
    ['additionalFolders', 'src', /list of full paths.*it is empty/],
    ['additionalFolders', ['../other'], /list of full paths.*it is empty/],
    ['autoMode.hosts', 'docs.example.com', /list of host names.*it is empty/],
    ['autoMode.hosts', ['https://docs.example.com'], /list of host names/],
    ['autoMode.hosts', ['*.example.com'], /list of host names/],
    ['autoMode.hosts', ['Docs.Example.com'], /list of host names/],
    ['autoMode.timeoutSeconds', 0, /from 5 to 120.*it is 30/],
    ['autoMode.timeoutSeconds', 4, /from 5 to 120/],
    ['autoMode.timeoutSeconds', 121, /from 5 to 120/],
    ['autoMode.timeoutSeconds', 1e9, /from 5 to 120/],
    ['autoMode.timeoutSeconds', Number.NaN, /from 5 to 120/],
    ['autoMode.timeoutSeconds', '30', /from 5 to 120/],
    ['autoMode.blocksInARow', 2.5, /from 1 to 20\..*it is 3/],
    ['autoMode.blocksInARow', Number.POSITIVE_INFINITY, /from 1 to 20\./],
    ['autoMode.blocksInTotal', 'many', /from 1 to 200.*it is 20/],
    ['autoMode.blocksOfSameAction', 21, /from 1 to 20\..*it is 3/],
    ['bash.timeoutSeconds', -1, /from 1 to 600.*it is 120/],
    ['bash.timeoutSeconds', 601, /from 1 to 600/],
  ];
  const { settings: defaults } = parseSettings({});
  for (const [key, value, expected] of bad) {
    test(`${key}: ${JSON.stringify(value)} is named, and only it falls back`, () => {
      const other = key === 'bash.timeoutSeconds' ? 'autoMode.timeoutSeconds' : 'bash.timeoutSeconds';
      const { settings, problems } = parseSettings({ [other]: 60, [key]: value });
      assert.equal(problems.length, 1);
      assert.equal(problems[0]?.key, `claudeCode.${key}`);
      const said = problems.map((problem) => english(problem.said)).join();
      assert.match(said, expected);
      assert.ok(said.startsWith(`claudeCode.${key}`) && said.includes('cannot be used; it must be'));
      // Where the default is not the stricter reading, the stricter one applies.
      const stricter = key === 'autoMode.hosts' ? { [key]: [] } : {};
      const { settings: without } = parseSettings({ [other]: 60, ...stricter });
      assert.deepEqual({ ...settings, permissionMode: undefined }, { ...without, permissionMode: undefined });
    });
  }

  const good: readonly [string, unknown, (settings: typeof defaults) => unknown, unknown][] = [
    ['permissionMode', 'skip', (s) => s.permissionMode, 'skip'],
    ['model', ' claude-opus-5 ', (s) => s.model, 'claude-opus-5'],
    ['api.baseUrl', ' https://gateway.example ', (s) => s.api.baseUrl, 'https://gateway.example'],
    ['api.baseUrl', ' ', (s) => s.api.baseUrl, undefined],
    ['api.customHeaders', { 'x-team': 'a b' }, (s) => s.api.customHeaders, { 'x-team': 'a b' }],
    ['permissions.allow', ['Read'], (s) => s.rules.allow, ['Read']],
    ['additionalFolders', ['/srv/a', '~/b'], (s) => s.additionalFolders, ['/srv/a', '~/b']],
    ['autoMode.hosts', ['$defaults', 'a-b.example.com'], (s) => s.autoMode.hosts, ['$defaults', 'a-b.example.com']],
    ['autoMode.classifierModel', ' ', (s) => s.autoMode.classifierModel, ''],
    ['autoMode.additionalModels', ['m'], (s) => s.autoMode.additionalModels, ['m']],
    ['autoMode.timeoutSeconds', 5, (s) => s.autoMode.timeoutMs, 5_000],
    ['autoMode.timeoutSeconds', 120, (s) => s.autoMode.timeoutMs, 120_000],
    ['autoMode.blocksInARow', 20, (s) => s.autoMode.blocksInARow, 20],
    ['autoMode.blocksInTotal', 200, (s) => s.autoMode.blocksInTotal, 200],
    ['autoMode.blocksOfSameAction', 1, (s) => s.autoMode.blocksOfSameAction, 1],
    ['bash.timeoutSeconds', 600, (s) => s.bashTimeoutMs, 600_000],
  ];
  for (const [key, value, pick, expected] of good) {
    test(`${key}: ${JSON.stringify(value)} holds`, () => {
      const { settings, problems } = parseSettings({ [key]: value });
      assert.deepEqual(problems, []);
      assert.deepEqual(pick(settings), expected);
    });
  }

  test('the defaults are those of the manifest, key by key', () => {
    const contributed = manifest.contributes.configuration.properties as Readonly<Record<string, Contributed>>;
    assert.deepEqual(
      Object.keys(contributed).sort(),
      settingKeys.map((key) => `claudeCode.${key}`).sort(),
      'the same settings',
    );
    const raw = Object.fromEntries(
      Object.entries(contributed).map(([key, { default: value }]) => [key.slice('claudeCode.'.length), value]),
    );
    assert.deepEqual(parseSettings(raw), { settings: defaults, problems: [] });
    for (const [key, { minimum, maximum }] of Object.entries(contributed)) {
      if (minimum === undefined || maximum === undefined) continue;
      const faults = (value: number) => parseSettings({ [key.slice('claudeCode.'.length)]: value }).problems.length;
      assert.deepEqual([minimum - 1, minimum, maximum, maximum + 1].map(faults), [1, 0, 0, 1], key);
    }
  });

  test('a bad value that holds a secret is named without it', () => {
    const secret = `sk-${'ant'}-api03-${'Zx81Kq'.repeat(6)}`;
    for (const [key, value] of [
      ['api.customHeaders', { 'x-key': secret, other: 1 }],
      ['model', [secret]],
      ['permissionMode', secret],
    ] as const) {
      const said = parseSettings({ [key]: value }).problems.map((problem) => english(problem.said));
      assert.ok(said.length === 1 && !said.join().includes('Zx81Kq'), said.join());
    }
  });

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
    const circular: unknown[] = [];
    circular.push(circular);
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
      Symbol('x'),
      5n,
      () => 5,
      circular,
    ];
    for (const key of settingKeys)
      for (const value of values) assert.doesNotThrow(() => parseSettings({ [key]: value }));
  });
});
