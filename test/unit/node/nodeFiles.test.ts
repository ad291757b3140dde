import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { nearestReal } from '../../../src/node/nearestReal';
import { createNodeFacts } from '../../../src/node/nodeFacts';
import { nodeFiles } from '../../../src/node/nodeFiles';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

const bytes = (text: string) => new TextEncoder().encode(text);
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

suite('node files', () => {
  let bench: Workbench;
  setup(() => {
    bench = createWorkbench({ 'a.txt': 'one', 'src/b.txt': 'two' });
  });
  teardown(() => bench.dispose());

  test('writes a whole file, makes folders, keeps the mode, leaves nothing beside it', async () => {
    chmodSync(bench.path('a.txt'), 0o750);
    assert.ok((await nodeFiles.write(bench.path('a.txt'), bytes('new'), sha('one'))).ok);
    assert.ok((await nodeFiles.write(bench.path('deep/er/c.txt'), bytes('c'), null)).ok);
    assert.equal(readFileSync(bench.path('a.txt'), 'utf8'), 'new');
    assert.equal(statSync(bench.path('a.txt')).mode & 0o777, 0o750);
    assert.deepEqual(readdirSync(bench.workspace).sort(), ['a.txt', 'deep', 'src']);
  });

  test('refuses when the content is not the expected one, and changes nothing', async () => {
    const outcome = await nodeFiles.write(bench.path('a.txt'), bytes('new'), sha('other'));
    assert.ok(!outcome.ok && outcome.code === 'changed');
    const created = await nodeFiles.write(bench.path('a.txt'), bytes('new'), null);
    assert.ok(!created.ok && created.code === 'changed');
    assert.equal(readFileSync(bench.path('a.txt'), 'utf8'), 'one');
  });

  test('follows no link: not at the end, not on the way, not one planted after the review', async () => {
    symlinkSync(join(bench.home, 'target'), bench.path('link'));
    symlinkSync(bench.home, bench.path('out'));
    for (const path of ['link', 'out/x', 'out/new/x']) {
      const outcome = await nodeFiles.write(bench.path(path), bytes('x'));
      assert.ok(!outcome.ok && outcome.code === 'link', path);
    }
    const approved = bench.path('src/b.txt');
    renameSync(bench.path('src'), bench.path('old'));
    symlinkSync(bench.home, bench.path('src'));
    const outcome = await nodeFiles.write(approved, bytes('x'));
    assert.ok(!outcome.ok && outcome.code === 'link');
    assert.deepEqual(readdirSync(bench.home), []);
  });

  test('a file that has no size, or grows, is read to the same limit', async () => {
    const whole = await nodeFiles.read('/proc/self/status', 1_000_000);
    assert.ok(whole.ok && whole.value.length > 200, 'files of /proc say that they have 0 bytes');
    const cut = await nodeFiles.read('/proc/self/status', 100);
    assert.ok(!cut.ok && cut.code === 'too-large');
  });

  test('a pipe or device is not opened for ever', async () => {
    execFileSync('/usr/bin/mkfifo', [bench.path('fifo')]);
    const read = await nodeFiles.read(bench.path('fifo'), 100);
    assert.ok(!read.ok && read.code === 'other');
    const written = await nodeFiles.write(bench.path('fifo'), bytes('x'));
    assert.ok(!written.ok && written.code === 'other');
  });

  test('reads with a limit, and says what a path is when it is no file', async () => {
    const code = async (path: string, limit = 100) => {
      const outcome = await nodeFiles.read(path, limit);
      return outcome.ok ? 'ok' : outcome.code;
    };
    assert.equal(await code(bench.path('a.txt')), 'ok');
    assert.equal(await code(bench.path('a.txt'), 2), 'too-large');
    assert.equal(await code(bench.path('src')), 'folder');
    assert.equal(await code(bench.path('none')), 'missing');
    assert.equal(await code(bench.path('a.txt/x')), 'not-folder');
    assert.equal(await code('/dev/zero'), 'other');
  });
});

suite('nearest real path', () => {
  test('resolves what exists, keeps what does not, gives up on loops and dangling links', () => {
    const bench = createWorkbench({ 'real/x': '' });
    symlinkSync(bench.path('real'), bench.path('link'));
    symlinkSync(bench.path('loop'), bench.path('loop'));
    symlinkSync(bench.path('absent'), bench.path('dangling'));
    assert.equal(nearestReal(bench.path('link/x')), bench.path('real/x'));
    assert.equal(nearestReal(bench.path('link/new/deep')), bench.path('real/new/deep'));
    assert.equal(nearestReal(bench.path('loop/x')), undefined);
    assert.equal(nearestReal(bench.path('dangling')), undefined);
    bench.dispose();
  });
});

suite('node facts', () => {
  test('a file that is not valid UTF-8 has no text: two such files must not look the same', () => {
    const bench = createWorkbench();
    writeFileSync(bench.path('latin'), Buffer.from([0x65, 0xe9, 0x0a]));
    writeFileSync(bench.path('bom'), '\uFEFFx');
    assert.equal(createNodeFacts().readText(bench.path('latin'), 100), undefined);
    assert.equal(createNodeFacts().readText(bench.path('bom'), 100), '\uFEFFx');
    bench.dispose();
  });

  test('finds out whether names that differ in case are the same', () => {
    const bench = createWorkbench();
    const folds = existsSync(join(bench.root, 'PROJECT'));
    assert.equal(createNodeFacts('linux', [bench.workspace]).caseInsensitive, folds);
    assert.equal(createNodeFacts('darwin', []).caseInsensitive, true);
    if (!folds) {
      // A second name of the same folder is what such a volume looks like from here.
      symlinkSync(bench.workspace, join(bench.root, 'PROJECT'));
      assert.equal(createNodeFacts('linux', [bench.workspace]).caseInsensitive, true);
    }
    bench.dispose();
  });

  test('says what is there, with limits, and never throws', () => {
    const bench = createWorkbench({ 'a.txt': 'text', 'bin.dat': 'a\0b' });
    symlinkSync(bench.path('a.txt'), bench.path('link'));
    writeFileSync(bench.path('big'), 'x'.repeat(100));
    const facts = createNodeFacts();
    assert.equal(facts.kind(bench.path('a.txt')), 'file');
    assert.equal(facts.kind(bench.path('link')), 'link');
    assert.equal(facts.kind(bench.workspace), 'folder');
    assert.equal(facts.kind(bench.path('none')), 'missing');
    assert.equal(facts.readText(bench.path('a.txt'), 10), 'text');
    assert.equal(facts.readText(bench.path('big'), 10), undefined);
    assert.equal(facts.readText(bench.path('bin.dat'), 10), undefined);
    assert.equal(facts.hardLinks(bench.path('a.txt')), 1);
    assert.ok(facts.list(bench.workspace)?.includes('big'));
    assert.equal(facts.list(bench.path('none')), undefined);
    assert.equal(facts.kind('/proc/1/nothing\0'), 'unknown');
    assert.ok(!existsSync(bench.path('none')));
    bench.dispose();
  });
});
