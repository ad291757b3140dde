import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { createUndo, type Undo } from '../../../src/core/sessions/undo';
import { createContentStore } from '../../../src/node/contentStore';
import { createLineStore } from '../../../src/node/lineStore';
import { createSnapshotStore } from '../../../src/node/snapshotStore';
import { picture } from './picture';

suite('taking calls back', () => {
  let root: string;
  let ws: string;
  let undo: Undo;
  const noGit = { read: async () => undefined };
  const open = () =>
    createUndo(
      createSnapshotStore(createContentStore(join(root, 'ours'), noGit)),
      createLineStore(join(root, 'undo.jsonl')),
    );
  setup(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'undo-')));
    ws = join(root, 'ws');
    mkdirSync(join(ws, 'src', 'empty'), { recursive: true });
    writeFileSync(join(ws, 'src', 'a.txt'), 'a\n');
    writeFileSync(join(ws, 'src', 'run.sh'), 'echo\n', { mode: 0o755 });
    symlinkSync('a.txt', join(ws, 'src', 'link'));
    undo = await open();
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  let calls = 0;
  /** Does something as a call that may change these paths. */
  async function call(paths: readonly string[], act: () => void): Promise<string> {
    const id = `call-${++calls}`;
    const begun = await undo.begin(
      { id, title: id },
      paths.map((path) => join(ws, path)),
    );
    act();
    if (begun) await undo.end(begun);
    return id;
  }

  test('a deleted tree comes back with its modes, links and empty folders; and goes again', async () => {
    const before = picture(ws);
    const id = await call(['src'], () => rmSync(join(ws, 'src'), { recursive: true }));
    assert.equal(undo.call(id)?.paths.length, 5);
    assert.equal((await undo.plan([id], 'undo')).steps.length, 5);
    assert.deepEqual((await undo.plan([id], 'redo')).steps, []);
    const report = await undo.take([id], 'undo');
    assert.deepEqual([report.changed, report.failed], [[], []]);
    assert.deepEqual(picture(ws), before);
    await undo.take([id], 'redo');
    assert.deepEqual(picture(ws), {});
  });

  test('what the person has changed since stays as it is and is named', async () => {
    const id = await call(['src/a.txt', 'src/new.txt'], () => {
      writeFileSync(join(ws, 'src', 'a.txt'), 'agent\n');
      writeFileSync(join(ws, 'src', 'new.txt'), 'agent\n');
    });
    writeFileSync(join(ws, 'src', 'a.txt'), 'person\n');
    assert.deepEqual((await undo.plan([id], 'undo')).changed, [join(ws, 'src', 'a.txt')]);
    const report = await undo.take([id], 'undo');
    assert.deepEqual(report.changed, [join(ws, 'src', 'a.txt')]);
    assert.equal(readFileSync(join(ws, 'src', 'a.txt'), 'utf8'), 'person\n');
    assert.ok(!existsSync(join(ws, 'src', 'new.txt')));
  });

  test('a folder that the call made and the person has put something into stays', async () => {
    const id = await call(['made'], () => mkdirSync(join(ws, 'made')));
    writeFileSync(join(ws, 'made', 'mine.txt'), 'mine\n');
    const report = await undo.take([id], 'undo');
    assert.deepEqual(report.done, []);
    assert.ok(existsSync(join(ws, 'made', 'mine.txt')));
  });

  test('it is remembered after a restart, and an undo that was cut short is gone through again', async () => {
    const before = picture(ws);
    const id = await call(['src'], () => rmSync(join(ws, 'src'), { recursive: true }));
    // As far as a crash let it come.
    mkdirSync(join(ws, 'src'));
    chmodSync(join(ws, 'src'), 0o755);
    undo = await open();
    const report = await undo.take([id], 'undo');
    assert.deepEqual([report.changed, report.failed], [[], []]);
    assert.deepEqual(picture(ws), before);
    undo = await open();
    assert.equal(undo.call(id)?.undone.size, 5);
  });

  test('nothing is written through a link that was put on the path', async () => {
    mkdirSync(join(root, 'elsewhere'));
    const id = await call(['src/a.txt'], () => rmSync(join(ws, 'src', 'a.txt')));
    renameSync(join(ws, 'src'), join(root, 'moved'));
    symlinkSync(join(root, 'elsewhere'), join(ws, 'src'));
    const report = await undo.take([id], 'undo');
    assert.equal(report.done.length, 0);
    assert.deepEqual(readdirSync(join(root, 'elsewhere')), []);
  });

  test('git’s own files, devices and what is too large are not kept, and the call is then not one to take back', async () => {
    mkdirSync(join(ws, '.git'));
    const none = await undo.begin({ id: 'x', title: 'x' }, [join(ws, '.git', 'config')]);
    assert.equal(none, undefined);
    assert.equal(await undo.begin({ id: 'x', title: 'x' }, ['/dev/null']), undefined);
    writeFileSync(join(ws, 'large'), Buffer.alloc(20_000_001));
    assert.equal(await undo.begin({ id: 'x', title: 'x' }, [join(ws, 'large')]), undefined);
  });

  test('what was not used for long is let go of, and then says so', async () => {
    const store = createContentStore(join(root, 'ours'), noGit);
    const id = await call(['src/a.txt'], () => rmSync(join(ws, 'src', 'a.txt')));
    await store.prune({ ageMs: 60_000, bytes: 1e9 });
    assert.equal((await undo.take([id], 'undo')).done.length, 1);
    await undo.take([id], 'redo');
    await store.prune({ ageMs: 60_000, bytes: 0 });
    const report = await undo.take([id], 'undo');
    assert.equal(report.failed[0]?.path, join(ws, 'src', 'a.txt'));
  });

  test('one content is kept once, and git knows nothing of it', async () => {
    execFileSync('git', ['init', '-q'], { cwd: ws });
    const status = () => execFileSync('git', ['status', '--porcelain'], { cwd: ws }).toString();
    const before = status();
    for (const name of ['one', 'two', 'three']) await call([name], () => writeFileSync(join(ws, name), 'the same\n'));
    const objects = readdirSync(join(root, 'ours'), { recursive: true }).filter((path) => String(path).length > 10);
    assert.equal(objects.length, 1);
    for (const name of ['one', 'two', 'three']) rmSync(join(ws, name));
    assert.equal(status(), before);
  });

  interface Act {
    readonly what: string;
    readonly path: string;
    readonly text: string;
  }

  /** What an agent's command may do, up to where it fails. */
  function tries({ path, text, what }: Act): void {
    const full = join(ws, path);
    try {
      if (what === 'remove') rmSync(full, { recursive: true, force: true });
      if (what === 'mode') chmodSync(full, lstatSync(full).isDirectory() ? 0o700 : 0o600);
      if (what === 'remove' || what === 'mode') return;
      mkdirSync(dirname(full), { recursive: true });
      rmSync(full, { recursive: true, force: true });
      if (what === 'write') writeFileSync(full, text);
      if (what === 'link') symlinkSync(text.replaceAll('\0', '') || 'x', full);
      if (what === 'folder') mkdirSync(full);
    } catch {
      // Commands fail, and what they did until then is to be taken back all the same.
    }
  }

  test('after any sequence of calls, taking all of them back gives the state before; doing them again gives that after', async () => {
    const names = ['src/a.txt', 'src/run.sh', 'src/link', 'src/empty', 'b', 'c/d', 'c/e/f', 'c'];
    const act = fc.record({
      what: fc.constantFrom('write', 'remove', 'mode', 'link', 'folder'),
      path: fc.constantFrom(...names),
      text: fc.string({ maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
        const before = picture(ws);
        const ids: string[] = [];
        for (const one of acts) ids.push(await call([one.path.split('/')[0] ?? one.path], () => tries(one)));
        const after = picture(ws);
        for (const id of [...ids].reverse()) assert.deepEqual((await undo.take([id], 'undo')).changed, []);
        assert.deepEqual(picture(ws), before);
        for (const id of ids) assert.deepEqual((await undo.take([id], 'redo')).failed, []);
        assert.deepEqual(picture(ws), after);
        for (const id of [...ids].reverse()) await undo.take([id], 'undo');
      }),
      { numRuns: 150, seed: 7 },
    );
  }).timeout(60_000);
});
