import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ManagedPolicy } from '../../../src/core/gate/policy';
import { loadManagedPolicy, policyFolder, watchManagedPolicy } from '../../../src/node/managedPolicy';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

const isRoot = process.getuid?.() === 0;

suite('managed policy files', () => {
  let bench: Workbench;
  let folder: string;
  setup(() => {
    bench = createWorkbench();
    folder = join(bench.root, 'policy');
    mkdirSync(join(folder, 'managed-settings.d'), { recursive: true });
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'managed-settings.d'), 0o755);
  });
  teardown(() => bench.dispose());
  const put = (name: string, text: string, mode = 0o644) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), mode);
  };
  const off = '{"disableAutoMode":"disable"}';

  test('the places are those administrators know', () => {
    assert.deepEqual(
      ['linux', 'darwin', 'win32'].map((name) => policyFolder(name as NodeJS.Platform)),
      ['/etc/claude-code', '/Library/Application Support/ClaudeCode', 'C:\\Program Files\\ClaudeCode'],
    );
  });

  test('a folder that is not there is no policy', () => {
    assert.deepEqual(loadManagedPolicy(join(bench.root, 'none')).files, []);
  });

  test('a file of root that others cannot write is read, with its drop-ins in name order', function () {
    if (!isRoot) this.skip();
    put('managed-settings.json', '{"permissions":{"deny":["A"]}}');
    put('managed-settings.d/20.json', '{"permissions":{"deny":["C"]}}');
    put('managed-settings.d/10.json', `{"disableAutoMode":"disable","permissions":{"deny":["B"]}}`);
    put('managed-settings.d/readme.txt', 'no JSON');
    const policy = loadManagedPolicy(folder);
    assert.deepEqual(policy.rules.deny, ['A', 'B', 'C']);
    assert.deepEqual([policy.autoDisabled, policy.skipDisabled, policy.problems], [true, false, []]);
  });

  const strict = (policy: ManagedPolicy) => {
    assert.ok(policy.autoDisabled && policy.skipDisabled);
    assert.equal(policy.problems.length, 1);
  };

  test('a file that group or others may write is not trusted', () => {
    put('managed-settings.json', '{}', 0o664);
    strict(loadManagedPolicy(folder));
  });

  test('nor one in a folder that others may write, nor one that belongs to somebody else', function () {
    put('managed-settings.json', '{}');
    chmodSync(folder, 0o777);
    strict(loadManagedPolicy(folder));
    if (!isRoot) this.skip();
    chmodSync(folder, 0o755);
    chownSync(join(folder, 'managed-settings.json'), 1000, 1000);
    strict(loadManagedPolicy(folder));
  });

  test('a dangling link and a folder in place of the file are reported', () => {
    symlinkSync(join(bench.root, 'none'), join(folder, 'managed-settings.json'));
    strict(loadManagedPolicy(folder));
    unlinkSync(join(folder, 'managed-settings.json'));
    mkdirSync(join(folder, 'managed-settings.json'), { mode: 0o755 });
    strict(loadManagedPolicy(folder));
  });

  test('a change while it is watched is told, once, until it is disposed', async function () {
    if (!isRoot) this.skip();
    const seen: ManagedPolicy[] = [];
    const watching = watchManagedPolicy((policy) => void seen.push(policy), folder);
    put('managed-settings.json', off);
    for (let tries = 0; tries < 140 && !seen.at(-1)?.autoDisabled; tries += 1) await wait(50);
    assert.equal(seen.at(-1)?.autoDisabled, true);
    watching.dispose();
    const before = seen.length;
    put('managed-settings.json', '{}');
    await wait(200);
    assert.equal(seen.length, before);
  });
});
