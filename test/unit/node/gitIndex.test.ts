import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitIndexOf, parseIndex } from '../../../src/node/gitIndex';
import { createNodeFacts } from '../../../src/node/nodeFacts';

suite('what version control has of a file', () => {
  let root: string;
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: 'pipe',
    });
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const tracking = (path: string) => createNodeFacts().tracking(join(root, path));

  setup(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'index-')));
    git('init', '-q');
    write('.gitignore', 'out/\n*.log\n');
    write('src/a.ts', 'a\n');
    write('src/b.ts', 'b\n');
    write('docs/x.md', 'x\n');
    git('add', '.');
    git('commit', '-qm', 'first');
  });
  teardown(() => rmSync(root, { recursive: true, force: true }));

  for (const version of ['2', '3', '4'])
    test(`is read from an index of version ${version}`, () => {
      git('update-index', '--index-version', version, '--force-write-index');
      write('src/b.ts', 'changed\n');
      write('new.ts', 'new');
      write('out/x.js', 'x');
      write('a.log', 'x');
      assert.deepEqual(['src/a.ts', 'src/b.ts', 'new.ts', 'out/x.js', 'a.log', 'src', 'out', 'docs'].map(tracking), [
        'clean',
        'modified',
        'untracked',
        'ignored',
        'ignored',
        'modified',
        'ignored',
        'clean',
      ]);
    });

  test('a change of the same length in the same moment is seen', () => {
    write('src/a.ts', 'z\n');
    assert.equal(tracking('src/a.ts'), 'modified');
  });

  test('a file that was only touched is clean', () => {
    utimesSync(join(root, 'src/a.ts'), new Date(0), new Date(0));
    assert.equal(tracking('src/a.ts'), 'clean');
  });

  test('files below a folder are counted', () => {
    write('src/c.ts', 'c');
    const { files, tracked, untracked } = createNodeFacts().census(join(root, 'src')) ?? {};
    assert.deepEqual([files, tracked, untracked], [3, 2, 1]);
    assert.equal(gitIndexOf(join(root, 'src'))?.below(''), 4);
  });

  test('no repository, and an index that is none, give nothing', () => {
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'plain-')));
    assert.equal(gitIndexOf(elsewhere), undefined);
    assert.equal(createNodeFacts().tracking(join(elsewhere, 'x')), 'untracked');
    rmSync(elsewhere, { recursive: true });
    assert.equal(parseIndex(Buffer.alloc(100)), undefined);
    assert.equal(parseIndex(Buffer.from('DIRC')), undefined);
    writeFileSync(join(root, '.git/index'), 'DIRC nonsense that is long enough to be read as one');
    assert.equal(tracking('src/a.ts'), 'untracked');
  });
});

suite('the baseline', () => {
  test('is what has not changed since the session began', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'baseline-')));
    writeFileSync(join(root, 'old.sh'), 'echo old');
    writeFileSync(join(root, 'edited.sh'), 'echo old');
    await new Promise((resume) => setTimeout(resume, 30));
    const facts = createNodeFacts('linux', [root], Date.now());
    await new Promise((resume) => setTimeout(resume, 30));
    writeFileSync(join(root, 'edited.sh'), 'echo new');
    utimesSync(join(root, 'edited.sh'), new Date(0), new Date(0));
    writeFileSync(join(root, 'new.sh'), 'echo new');
    assert.deepEqual(
      ['old.sh', 'edited.sh', 'new.sh', 'missing.sh'].map((name) => facts.provenance(join(root, name))),
      ['baseline', 'changed', 'changed', 'unknown'],
    );
    assert.deepEqual([...(facts.changedSince(root) ?? [])].sort(), [join(root, 'edited.sh'), join(root, 'new.sh')]);
    rmSync(root, { recursive: true });
  });
});
