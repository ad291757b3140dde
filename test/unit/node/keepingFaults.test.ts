import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { createContentStore } from '../../../src/node/contentStore';
import { createKeeping, type Keeping } from '../../../src/node/keeping';
import { createLineStore } from '../../../src/node/lineStore';
import { picture, place, quiet } from './picture';

/** A host that ends in the middle of something: the file-system operation of this number is its last. */
const host = `
import fs, { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const [, , root, what, count, command] = process.argv;
let left = Number(count);
let armed = false;
for (const name of ['rename', 'unlink', 'rmdir', 'mkdir', 'symlink', 'chmod']) {
  const real = promises[name];
  promises[name] = async (...given) => {
    if (armed && left-- <= 0) process.kill(process.pid, 'SIGKILL');
    return real(...given);
  };
}
syncBuiltinESMExports();
const { createKeeping, createLineStore } = await import(process.env.KEEPING);
const { execSync } = await import('node:child_process');
const keeping = await createKeeping({
  id: 's', folder: root + '/ours', lines: createLineStore(root + '/undo.jsonl'), roots: [root + '/ws'],
  logger: { debug() {}, info() {}, warn() {}, error() {} },
});
armed = what === 'keep';
const roots = process.env.ROOTS ? process.env.ROOTS.split(' ').map((path) => root + '/ws/' + path) : undefined;
const begun = await keeping.undo.begin({ id: 'call', title: 'the call' }, roots);
console.log('begun', begun !== undefined);
execSync(command, { cwd: root + '/ws', stdio: 'ignore' });
if (what === 'call') process.kill(process.pid, 'SIGKILL');
await keeping.undo.end(begun);
armed = what === 'undo';
const report = await keeping.undo.take(['call'], 'undo');
console.log(JSON.stringify({ done: report.done.length, failed: report.failed }));
await keeping.dispose();
`;

suite('keeping, when something breaks', function () {
  this.timeout(120_000);
  let built: string;
  let root: string;
  let ws: string;
  suiteSetup(async () => {
    built = realpathSync(mkdtempSync(join(tmpdir(), 'keeping-host-')));
    writeFileSync(join(built, 'host.mjs'), host);
    await build({
      ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error' },
      outfile: join(built, 'keeping.mjs'),
      // What the packages ask for by name is there for them.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      stdin: {
        contents: "export * from './src/node/keeping'; export * from './src/node/lineStore';",
        resolveDir: process.cwd(),
        loader: 'ts',
      },
    });
  });
  suiteTeardown(() => rmSync(built, { recursive: true, force: true }));
  setup(() => {
    root = realpathSync(mkdtempSync(join(place, 'keeping-faults-')));
    ws = join(root, 'ws');
    for (const [path, text] of Object.entries({ 'a.txt': 'a\n', 'src/b.txt': 'b\n', 'src/deep/c.txt': 'c\n' })) {
      mkdirSync(dirname(join(ws, path)), { recursive: true });
      writeFileSync(join(ws, path), text);
    }
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  const open = (): Promise<Keeping> =>
    createKeeping({
      ...{ id: 's', folder: join(root, 'ours'), lines: createLineStore(join(root, 'undo.jsonl')), roots: [ws] },
      logger: quiet,
    });
  const command = 'rm -r src; echo new > new.txt; echo changed > a.txt; chmod 600 a.txt';
  function run(what: string, count: number, roots = '', before: readonly string[] = []): ReturnType<typeof spawnSync> {
    const words = [...before, process.execPath, join(built, 'host.mjs'), root, what, String(count), command];
    return spawnSync(words[0] as string, words.slice(1), {
      env: { PATH: process.env['PATH'], KEEPING: join(built, 'keeping.mjs'), ROOTS: roots },
      encoding: 'utf8',
    });
  }
  const leftovers = (): readonly string[] =>
    readdirSync(ws, { recursive: true })
      .map(String)
      .filter((path) => path.includes('taking-back') || path.endsWith('.tmp'));

  for (const roots of ['', 'src a.txt new.txt'])
    test(`killed in the middle of a call of which ${roots ? 'the paths are known' : 'nothing is known'}: the way back is there`, async () => {
      const before = picture(ws);
      assert.equal(run('call', 0, roots).signal, 'SIGKILL');
      const keeping = await open();
      assert.equal(keeping.undo.interrupted.length, 1);
      const report = await keeping.undo.take(['call'], 'undo');
      assert.deepEqual([report.changed, report.failed], [[], []]);
      assert.deepEqual(picture(ws), before);
      await keeping.dispose();
      const again = await open();
      assert.deepEqual(again.undo.interrupted, []);
      await again.dispose();
    });

  test('killed between any two steps of an undo: the next start finishes it and says so', async () => {
    const before = picture(ws);
    let kills = 0;
    for (let count = 0; count < 40; count += 1) {
      rmSync(root, { recursive: true, force: true });
      for (const [path, text] of Object.entries({ 'a.txt': 'a\n', 'src/b.txt': 'b\n', 'src/deep/c.txt': 'c\n' })) {
        mkdirSync(dirname(join(ws, path)), { recursive: true });
        writeFileSync(join(ws, path), text);
      }
      const killed = run('undo', count).signal === 'SIGKILL';
      const keeping = await open();
      if (killed) {
        kills += 1;
        // Before anything was done it is as if nobody had asked; from then on it is carried through.
        if (keeping.undo.interrupted.length === 0) await keeping.undo.take(['call'], 'undo');
      }
      assert.deepEqual(picture(ws), before, `killed after ${count} steps`);
      assert.deepEqual(leftovers(), []);
      assert.equal(keeping.undo.call('call')?.undone.size, keeping.undo.call('call')?.paths.length);
      await keeping.undo.take(['call'], 'redo');
      assert.equal(readFileSync(join(ws, 'a.txt'), 'utf8'), 'changed\n');
      await keeping.dispose();
      if (!killed) break;
    }
    assert.ok(kills >= 5, `${kills} kills`);
  });

  test('killed while the first copies are made: nothing has happened yet', async () => {
    const before = picture(ws);
    assert.equal(run('keep', 1).signal, 'SIGKILL');
    assert.deepEqual(picture(ws), before);
    const keeping = await open();
    assert.deepEqual(keeping.undo.interrupted, []);
    await keeping.dispose();
  });

  // A limit on the size of files stands for a disk that is full: writing fails the same way, and anybody may set it.
  const full = ['/bin/bash', '-c', 'trap \'\' XFSZ; ulimit -f 64; exec "$@"', 'bash'];
  test('a disk that is full while copies are made: what cannot be kept cannot be taken back, and is said', async () => {
    writeFileSync(join(ws, 'a.txt'), 'x'.repeat(200_000));
    const { stdout } = run('none', 0, 'src a.txt new.txt', full);
    assert.match(String(stdout), /begun false/);
    rmSync(root, { recursive: true });
  });

  test('a disk that is full while something is taken back: nothing is lost, the rest comes, and it can be tried again', async () => {
    writeFileSync(join(ws, 'a.txt'), 'y'.repeat(200_000));
    const before = picture(ws);
    assert.equal(run('call', 0).signal, 'SIGKILL');
    const after = readFileSync(join(ws, 'a.txt'), 'utf8');
    const keepingUnderLimit = spawnSync(
      full[0] as string,
      [
        ...full.slice(1),
        process.execPath,
        '--input-type=module',
        '-e',
        `const { createKeeping, createLineStore } = await import(${JSON.stringify(join(built, 'keeping.mjs'))});
         const keeping = await createKeeping({ id: 's', folder: ${JSON.stringify(join(root, 'ours'))},
           lines: createLineStore(${JSON.stringify(join(root, 'undo.jsonl'))}), roots: [${JSON.stringify(ws)}],
           logger: { debug() {}, info() {}, warn() {}, error() {} } });
         const report = await keeping.undo.take(['call'], 'undo');
         console.log(JSON.stringify(report.failed.map(({ path }) => path)));`,
      ],
      { encoding: 'utf8' },
    );
    assert.deepEqual(JSON.parse(keepingUnderLimit.stdout), [join(ws, 'a.txt')]);
    assert.equal(readFileSync(join(ws, 'a.txt'), 'utf8'), after);
    assert.ok(existsSync(join(ws, 'src/deep/c.txt')));
    assert.deepEqual(leftovers(), []);
    const keeping = await open();
    const report = await keeping.undo.take(['call'], 'undo');
    assert.deepEqual(report.failed, []);
    assert.deepEqual(picture(ws), before);
    await keeping.dispose();
  });

  test('a log that was cut short or written over by hand costs the way back and nothing else', async () => {
    assert.equal(run('call', 0).signal, 'SIGKILL');
    const log = readFileSync(join(root, 'undo.jsonl'), 'utf8');
    for (const broken of [
      log.slice(0, -7),
      'no JSON\n',
      '{"type":"begun"}\n{"type":"ended","id":"x","paths":[{}]}\n',
      '',
    ]) {
      writeFileSync(join(root, 'undo.jsonl'), broken);
      const now = picture(ws);
      const keeping = await open();
      await keeping.undo.take(['call'], 'undo');
      assert.deepEqual(picture(ws), now);
      await keeping.dispose();
    }
  });

  test('two windows on one folder: each takes back its own, and one that tidies up takes nothing from the other', async () => {
    const window = (id: string) =>
      createKeeping({
        ...{ id, folder: join(root, 'ours'), lines: createLineStore(join(root, `${id}.jsonl`)), roots: [ws] },
        logger: quiet,
      });
    const [one, two] = [await window('one'), await window('two')];
    const before = picture(ws);
    const act = async ({ undo }: Keeping, id: string, path: string, text: string) => {
      const begun = await undo.begin({ id, title: id }, undefined);
      assert.ok(begun);
      writeFileSync(join(ws, path), text);
      await undo.end(begun);
    };
    await act(one, '1', 'a.txt', 'one\n');
    await act(two, '2', 'src/b.txt', 'two\n');
    await act(one, '3', 'src/deep/c.txt', 'one\n');
    await two.dispose();
    const third = await window('two');
    await one.undo.take(['1', '3'], 'undo');
    assert.equal(readFileSync(join(ws, 'src/b.txt'), 'utf8'), 'two\n');
    await third.undo.take(['2'], 'undo');
    assert.deepEqual(picture(ws), before);
    // What was let go of is said to be gone; what is there stays.
    await act(one, '4', 'a.txt', 'again\n');
    await createContentStore(join(root, 'ours'), { read: async () => undefined }).prune({ ageMs: 0, bytes: 0 });
    const report = await one.undo.take(['4'], 'undo');
    assert.deepEqual(
      report.failed.map(({ path }) => path),
      [join(ws, 'a.txt')],
    );
    assert.equal(readFileSync(join(ws, 'a.txt'), 'utf8'), 'again\n');
    await one.dispose();
    await third.dispose();
  });

  test('a file that changes between the copy and the call is the person’s', async () => {
    const keeping = await open();
    const begun = await keeping.undo.begin({ id: 'x', title: 'x' }, [join(ws, 'a.txt')]);
    assert.ok(begun);
    writeFileSync(join(ws, 'src/b.txt'), 'mine\n');
    writeFileSync(join(ws, 'a.txt'), 'call\n');
    await keeping.undo.end(begun);
    await keeping.undo.take(['x'], 'undo');
    assert.deepEqual(
      [readFileSync(join(ws, 'a.txt'), 'utf8'), readFileSync(join(ws, 'src/b.txt'), 'utf8')],
      ['a\n', 'mine\n'],
    );
    await keeping.dispose();
  });

  test('twenty thousand files that one command deletes come back', async () => {
    const many = join(ws, 'many');
    for (let folder = 0; folder < 100; folder += 1) {
      mkdirSync(join(many, String(folder)), { recursive: true });
      for (let file = 0; file < 200; file += 1)
        writeFileSync(join(many, String(folder), `${file}.txt`), `${folder} ${file}\n`);
    }
    const keeping = await open();
    const begun = await keeping.undo.begin({ id: 'x', title: 'x' }, undefined);
    assert.ok(begun);
    while (keeping.undo.unkept().length > 0) await new Promise((done) => setTimeout(done, 50));
    rmSync(many, { recursive: true });
    await keeping.undo.end(begun);
    assert.equal(keeping.undo.call('x')?.lost.length, 0);
    const report = await keeping.undo.take(['x'], 'undo');
    assert.deepEqual([report.done.length, report.failed.length], [20_101, 0]);
    assert.equal(readFileSync(join(many, '99', '199.txt'), 'utf8'), '99 199\n');
    await keeping.dispose();
  });
});
