import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ManagedPolicy } from '../../../src/core/gate/policy';
import { english } from '../../../src/core/say';
import { loadManagedPolicy, policyFolder, watchManagedPolicy } from '../../../src/node/managedPolicy';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

const posix = process.platform !== 'win32';
const self = process.getuid?.() ?? 0;

suite('managed policy files', () => {
  let bench: Workbench;
  let folder: string;
  setup(() => {
    bench = createWorkbench();
    folder = join(bench.root, 'policy');
    makeFolder('');
    makeFolder('managed-settings.d');
  });
  teardown(() => bench.dispose());

  const makeFolder = (name: string, mode = 0o755) => {
    mkdirSync(join(folder, name), { recursive: true });
    chmodSync(join(folder, name), mode);
  };
  const put = (name: string, text: string, mode = 0o644) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), mode);
  };
  /** As if whoever runs the test were the administrator. */
  const load = () => loadManagedPolicy({ folder, owner: self });
  const off = '{"disableAutoMode":"disable"}';
  const deny = (...rules: string[]) => JSON.stringify({ permissions: { deny: rules, allow: ['Read'] } });

  test('the places are those administrators know', () => {
    assert.deepEqual(
      ['linux', 'darwin', 'win32'].map((name) => policyFolder(name as NodeJS.Platform)),
      ['/etc/claude-code', '/Library/Application Support/ClaudeCode', 'C:\\Program Files\\ClaudeCode'],
    );
  });

  test('no variable of the environment moves them', () => {
    const names = ['CLAUDE_CONFIG_DIR', 'XDG_CONFIG_HOME', 'XDG_CONFIG_DIRS', 'HOME', 'ProgramFiles', 'ProgramData'];
    const before = policyFolder();
    const kept = names.map((name) => [name, process.env[name]] as const);
    try {
      for (const name of names) process.env[name] = folder;
      assert.equal(policyFolder(), before);
      for (const platform of ['linux', 'darwin', 'win32'] as const) assert.ok(!policyFolder(platform).includes(folder));
    } finally {
      for (const [name, value] of kept) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  test('a folder that is not there, and an empty one, are no policy', () => {
    for (const place of [join(bench.root, 'none'), folder]) {
      const policy = loadManagedPolicy({ folder: place, owner: self });
      assert.deepEqual([policy.files, policy.autoDisabled, policy.skipDisabled], [[], false, false]);
    }
  });

  test('the file is read, with its drop-ins in name order', () => {
    put('managed-settings.json', deny('A'));
    put('managed-settings.d/20.json', deny('C'));
    put('managed-settings.d/10.json', `{"disableAutoMode":"disable","permissions":{"deny":["B"]}}`);
    put('managed-settings.d/readme.txt', 'no JSON');
    put('managed-settings.d/30.json.bak', 'no JSON');
    const policy = load();
    assert.deepEqual(policy.rules.deny, ['A', 'B', 'C']);
    assert.deepEqual([policy.autoDisabled, policy.skipDisabled, policy.problems], [true, false, []]);
  });

  test('drop-ins hold without the file', () => {
    put('managed-settings.d/only.json', off);
    assert.deepEqual([load().autoDisabled, load().problems], [true, []]);
  });

  /** Only Normal is left, one problem says so, and it names what to look at. */
  const strict = (policy: ManagedPolicy, named: string) => {
    assert.ok(policy.autoDisabled && policy.skipDisabled);
    assert.equal(policy.problems.length, 1);
    const said = policy.problems.map(english).join();
    assert.ok(said.includes(join(folder, named)) && /only Normal/.test(said), said);
    assert.deepEqual(policy.rules.allow, []);
  };

  suite('that others may write', () => {
    setup(function () {
      if (!posix) this.skip();
    });

    for (const mode of [0o664, 0o646, 0o666, 0o622]) {
      test(`a file of mode ${mode.toString(8)} is not trusted, and what it denies still holds`, () => {
        put('managed-settings.json', deny('A'), mode);
        strict(load(), 'managed-settings.json');
        assert.deepEqual(load().rules.deny, ['A']);
      });
    }

    for (const open of ['', 'managed-settings.d']) {
      test(`nor is a drop-in while ${open || 'the policy folder'} is open to others`, () => {
        put('managed-settings.d/a.json', deny('A'));
        makeFolder(open, 0o775);
        strict(load(), open);
      });
    }

    test('nor is a link in an open folder, however safe the place it leads to', () => {
      const safe = join(bench.root, 'safe');
      mkdirSync(safe, { mode: 0o755 });
      chmodSync(safe, 0o755);
      writeFileSync(join(safe, 'real.json'), '{}', { mode: 0o644 });
      symlinkSync(join(safe, 'real.json'), join(folder, 'managed-settings.json'));
      assert.deepEqual(load().problems, [], 'a link is followed where nobody else can change it');
      makeFolder('', 0o777);
      strict(load(), '');
      makeFolder('');
      chmodSync(safe, 0o777);
      assert.ok(load().skipDisabled, 'nor when the folder it leads to is open');
    });

    test('nor is one that belongs to somebody else', function () {
      put('managed-settings.json', '{}');
      assert.ok(loadManagedPolicy({ folder, owner: self + 1 }).autoDisabled);
      if (self !== 0) this.skip();
      chownSync(join(folder, 'managed-settings.json'), 1000, 1000);
      strict(load(), 'managed-settings.json');
    });
  });

  test('without a test’s word the owner must be root', function () {
    if (!posix) this.skip();
    put('managed-settings.json', '{}');
    assert.equal(loadManagedPolicy({ folder }).autoDisabled, self !== 0);
  });

  test('what is there but cannot be read as a file is reported', () => {
    makeFolder('managed-settings.json');
    strict(load(), 'managed-settings.json');
    rmSync(join(folder, 'managed-settings.json'), { recursive: true });
    put('managed-settings.json', '{"broken');
    strict(load(), 'managed-settings.json');
    put('managed-settings.json', ' '.repeat(5_000_001));
    strict(load(), 'managed-settings.json');
    rmSync(join(folder, 'managed-settings.json'));
    symlinkSync(join(bench.root, 'none'), join(folder, 'managed-settings.json'));
    assert.ok(load().autoDisabled && load().skipDisabled && load().problems.length === 1, 'a link that leads nowhere');
  });

  test('a file in place of the folder of drop-ins is reported', () => {
    rmSync(join(folder, 'managed-settings.d'), { recursive: true });
    put('managed-settings.d', '{"broken');
    strict(load(), 'managed-settings.d');
  });

  async function until(condition: () => boolean): Promise<void> {
    for (let tries = 0; tries < 36 && !condition(); tries += 1) await wait(50);
    assert.ok(condition());
  }

  test('a change while it is watched is told once, until it is disposed', async () => {
    const seen: ManagedPolicy[] = [];
    const watching = watchManagedPolicy((policy) => void seen.push(policy), { folder, owner: self });
    try {
      put('managed-settings.json', off);
      await until(() => seen.length > 0);
      put('managed-settings.json', off);
      await wait(300);
      assert.deepEqual(
        seen.map(({ autoDisabled, skipDisabled }) => [autoDisabled, skipDisabled]),
        [[true, false]],
      );
      put('managed-settings.d/more.json', deny('B'));
      await until(() => seen.at(-1)?.rules.deny[0] === 'B');
    } finally {
      watching.dispose();
    }
    const before = seen.length;
    put('managed-settings.json', '{}');
    await wait(300);
    assert.equal(seen.length, before);
  });

  test('a file that is written in pieces is read when it is whole', async () => {
    const seen: ManagedPolicy[] = [];
    const watching = watchManagedPolicy((policy) => void seen.push(policy), { folder, owner: self });
    try {
      put('managed-settings.json', off.slice(0, 10));
      await wait(10);
      put('managed-settings.json', off);
      await until(() => seen.length > 0);
      await wait(200);
      assert.deepEqual(
        seen.map(({ problems }) => problems.length),
        [0],
      );
    } finally {
      watching.dispose();
    }
  });

  test('a folder that comes only later is noticed', async function () {
    this.timeout(15_000);
    const later = join(bench.root, 'later');
    const seen: ManagedPolicy[] = [];
    const watching = watchManagedPolicy((policy) => void seen.push(policy), { folder: later, owner: self });
    try {
      put('managed-settings.json', off);
      renameSync(folder, later);
      for (let tries = 0; tries < 130 && seen.length === 0; tries += 1) await wait(50);
      assert.equal(seen.at(-1)?.autoDisabled, true);
    } finally {
      watching.dispose();
    }
  });
});
