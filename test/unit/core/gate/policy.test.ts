import assert from 'node:assert/strict';
import { readPolicy } from '../../../../src/core/gate/policy';
import { english, say } from '../../../../src/core/say';

const file = (text: string, path = '/etc/x.json') => ({ path, content: { ok: true, text } as const });
const one = (value: unknown) => readPolicy([file(typeof value === 'string' ? value : JSON.stringify(value))]);

suite('managed policy', () => {
  test('no files are no policy', () => {
    const policy = readPolicy([]);
    assert.deepEqual([policy.autoDisabled, policy.skipDisabled, policy.problems], [false, false, []]);
  });

  test('switches Auto and Skip off, at the top or below permissions', () => {
    assert.equal(one({ disableAutoMode: 'disable' }).autoDisabled, true);
    assert.equal(one({ permissions: { disableAutoMode: 'disable' } }).autoDisabled, true);
    assert.equal(one({ permissions: { disableBypassPermissionsMode: 'disable' } }).skipDisabled, true);
    assert.equal(one({ disableBypassPermissionsMode: 'disable' }).autoDisabled, false);
  });

  test('reads rules and leaves keys it does not know alone', () => {
    const policy = one({
      env: { X: '1' },
      statusLine: [],
      permissions: { deny: ['Bash(git push:*)'], allow: ['Read'] },
    });
    assert.deepEqual(policy.rules, { allow: ['Read'], ask: [], deny: ['Bash(git push:*)'] });
    assert.deepEqual(policy.problems, []);
  });

  const broken: readonly [string, unknown][] = [
    ['no JSON', '{"disableAutoMode":'],
    ['an empty file', ''],
    ['a list', []],
    ['a text', '"disable"'],
    ['null', 'null'],
    ['two objects', '{}{}'],
    ['comments', '// off\n{"disableAutoMode":"disable"}'],
    ['a wrong switch', { disableAutoMode: true }],
    ['a switch with null', { disableAutoMode: null }],
    ['a switch spelled otherwise', { disableAutoMode: 'Disable' }],
    ['a switch meant to enable', { disableBypassPermissionsMode: 'enable' }],
    ['a wrong switch below permissions', { permissions: { disableBypassPermissionsMode: 1 } }],
    ['a wrong list', { permissions: { deny: 'Bash' } }],
    ['a list of null', { permissions: { ask: null } }],
    ['an object for a list', { permissions: { allow: { 0: 'Bash' } } }],
    ['a wrong entry', { permissions: { deny: ['Bash', 1] } }],
    ['wrong permissions', { permissions: [] }],
  ];
  for (const [name, value] of broken) {
    test(`${name}: reported, and only Normal is left`, () => {
      const policy = one(value);
      assert.equal(policy.autoDisabled && policy.skipDisabled, true);
      assert.ok(policy.problems.length > 0);
      assert.match(english(policy.problems[0] ?? say('')), /\/etc\/x\.json.*only Normal/);
    });
  }

  test('of a broken file the ask and deny rules that could be read hold, the allow rules do not', () => {
    const { rules } = one({ permissions: { deny: ['Bash', 1], ask: ['Edit'], allow: ['Read'] } });
    assert.deepEqual(rules, { allow: [], ask: ['Edit'], deny: ['Bash'] });
  });

  test('a byte order mark and unknown keys of any type are no fault', () => {
    const policy = one('\ufeff{"disableAutoMode":"disable","$schema":1,"model":null,"permissions":{"defaultMode":7}}');
    assert.deepEqual([policy.autoDisabled, policy.skipDisabled, policy.problems], [true, false, []]);
  });

  test('of a file that is not trusted the ask and deny rules hold, and nothing else', () => {
    const text = '{"permissions":{"deny":["Bash"],"ask":["Edit"],"allow":["Read"]}}';
    const policy = readPolicy([{ path: '/x', content: { ok: false, why: say('open to others'), text } }]);
    assert.deepEqual(policy.rules, { allow: [], ask: ['Edit'], deny: ['Bash'] });
    assert.deepEqual([policy.autoDisabled, policy.skipDisabled], [true, true]);
    assert.deepEqual(policy.problems.map(english), ['open to others']);
  });

  test('a fault is reported without quoting the file, which may hold keys', () => {
    const { problems } = one('{"env":{"K":"Zx81Kq"}}}');
    assert.equal(problems.length, 1);
    assert.doesNotMatch(problems.map(english).join(), /Zx81/);
  });

  test('a later file never takes back what an earlier one switched off', () => {
    const both = readPolicy([
      file('{"disableAutoMode":"disable"}', '/1'),
      file('{"permissions":{"disableBypassPermissionsMode":"disable"}}', '/2'),
      file('{}', '/3'),
    ]);
    assert.deepEqual([both.autoDisabled, both.skipDisabled], [true, true]);
  });

  test('several files add up, and a broken one does not hide the others', () => {
    const policy = readPolicy([
      file('{"permissions":{"deny":["A"]}}', '/1'),
      file('broken', '/2'),
      file('{"permissions":{"deny":["B"]}}', '/3'),
    ]);
    assert.deepEqual(policy.rules.deny, ['A', 'B']);
    assert.equal(policy.autoDisabled, true);
    assert.deepEqual(policy.files, ['/1', '/2', '/3']);
  });

  test('reads models, numbers, sentences for the classifier, channels and where decisions are recorded', () => {
    const policy = one({
      availableModels: ['claude-opus-4-6'],
      allowManagedPermissionRulesOnly: true,
      disableChannels: 'disable',
      autoMode: { blocksInARow: 2, timeoutSeconds: 10, environment: ['our hosts'], soft_deny: ['a'], hardDeny: ['b'] },
      audit: { folder: '/var/log/agents' },
    });
    assert.deepEqual(policy.problems, []);
    assert.deepEqual(policy.allowedModels, ['claude-opus-4-6']);
    assert.deepEqual(policy.hosts, policy.files.length === 3 ? ['a.example'] : undefined);
    assert.deepEqual(policy.thresholds, { blocksInARow: 2, timeoutSeconds: 10 });
    assert.deepEqual(policy.classifier, { environment: ['our hosts'], allow: [], softDeny: ['a'], hardDeny: ['b'] });
    assert.deepEqual(
      [policy.ownAllowOnly, policy.channelsDisabled, policy.auditFolders],
      [true, true, ['/var/log/agents']],
    );
  });

  for (const value of [
    { availableModels: 'claude-opus-4-6' },
    { autoMode: { hosts: ['https://a.example'] } },
    { allowManagedPermissionRulesOnly: 'yes' },
    { disableChannels: true },
    { autoMode: [] },
    { autoMode: { blocksInARow: 0 } },
    { autoMode: { blocksInTotal: '5' } },
    { autoMode: { hard_deny: 'x' } },
    { audit: { folder: 'logs' } },
    { audit: '/var/log' },
  ])
    test(`${JSON.stringify(value)} is reported, and only Normal is left`, () => {
      const policy = one(value);
      assert.deepEqual([policy.autoDisabled, policy.skipDisabled, policy.problems.length], [true, true, 1]);
      assert.match(english(policy.problems[0] ?? say('')), /must be .*only Normal/);
    });

  test('of two files the stricter number and the models of both hold', () => {
    const policy = readPolicy([
      file(
        '{"availableModels":["a","b"],"autoMode":{"hosts":["$defaults","a.example"],"blocksInARow":2,"timeoutSeconds":60}}',
        '/1',
      ),
      file(
        '{"availableModels":["b","c"],"autoMode":{"hosts":["a.example","b.example"],"blocksInARow":5,"timeoutSeconds":10}}',
        '/2',
      ),
      file('{}', '/3'),
    ]);
    assert.deepEqual(policy.allowedModels, ['b']);
    assert.deepEqual(policy.hosts, policy.files.length === 3 ? ['a.example'] : undefined);
    assert.deepEqual(policy.thresholds, { blocksInARow: 2, timeoutSeconds: 10 });
  });

  test('a file that others may write does not say where decisions are recorded', () => {
    const text = '{"audit":{"folder":"/home/eve"},"autoMode":{"allow":["everything"],"soft_deny":["pushes"]}}';
    const policy = readPolicy([{ path: '/x', content: { ok: false, why: say('open to others'), text } }]);
    assert.deepEqual(policy.auditFolders, []);
    assert.deepEqual([policy.classifier.allow, policy.classifier.softDeny], [[], ['pushes']]);
  });

  test('a file that could not be read says so', () => {
    const policy = readPolicy([{ path: '/x', content: { ok: false, why: say('no permission') } }]);
    assert.equal(policy.skipDisabled, true);
    assert.equal(english(policy.problems[0] ?? say('')), 'no permission');
  });
});
