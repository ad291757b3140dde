import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeeping, type Keeping } from '../../../src/node/keeping';
import { createLineStore } from '../../../src/node/lineStore';
import { gitEnvironment, picture, quiet } from './picture';

suite('keeping what calls change of which nobody knows what they change', () => {
  let root: string;
  let ws: string;
  let keeping: Keeping;
  const open = () =>
    createKeeping({
      id: 'session',
      folder: join(root, 'ours'),
      lines: createLineStore(join(root, 'undo.jsonl')),
      roots: [ws],
      logger: quiet,
    });
  const write = (path: string, text: string) => {
    mkdirSync(join(ws, path, '..'), { recursive: true });
    writeFileSync(join(ws, path), text);
  };
  const read = (path: string) => readFileSync(join(ws, path), 'utf8');
  const sh = (command: string) =>
    spawnSync('/bin/bash', ['--noprofile', '--norc', '-c', command], {
      cwd: ws,
      env: gitEnvironment,
      encoding: 'utf8',
    });
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: ws, env: gitEnvironment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  /** What git says of the repository: to be the same before and after. */
  const history = () =>
    [
      git('status', '--porcelain', '--ignored'),
      git('log', '--all', '--format=%H %D'),
      git('reflog', '--all'),
      git('ls-files', '-s'),
      git('for-each-ref'),
      git('stash', 'list'),
    ].join('\n--\n');

  setup(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'keeping-')));
    ws = join(root, 'ws');
    mkdirSync(ws);
    write('.gitignore', 'build/\n*.log\n');
    write('src/a.txt', 'one\ntwo\nthree\nfour\nfive\n');
    write('src/b.txt', 'b\n');
    write('README.md', 'read me\n');
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'one');
    write('src/b.txt', 'bb\n');
    git('commit', '-qam', 'two');
    git('branch', 'other', 'HEAD~1');
    write('src/a.txt', 'one\ntwo\n3\nfour\nfive\n');
    write('notes.txt', 'in no commit\n');
    write('build/out.js', 'made\n');
    mkdirSync(join(ws, 'empty'));
    symlinkSync('src/a.txt', join(ws, 'link'));
    keeping = await open();
  });
  teardown(async () => {
    await keeping.dispose();
    rmSync(root, { recursive: true, force: true });
  });

  let calls = 0;
  async function call(act: () => void): Promise<string> {
    const id = `call-${++calls}`;
    const begun = await keeping.undo.begin({ id, title: id }, undefined);
    assert.ok(begun);
    act();
    await keeping.undo.end(begun);
    return id;
  }
  async function takeBack(...ids: string[]) {
    const report = await keeping.undo.take(ids, 'undo');
    assert.deepEqual([report.changed, report.failed], [[], []]);
  }

  for (const command of [
    'rm -rf src notes.txt build link',
    'git reset -q --hard',
    'git reset -q --hard HEAD~1',
    'git checkout -q -- src/a.txt',
    'git stash -q -u',
    'git stash -q && git stash drop -q',
    'git clean -fdxq',
    'git commit -qam three && git checkout -q other',
    'git commit -qam three && git rebase -q other',
    'git branch -D other -q; git tag v1; git config user.name x',
    'git add -A && git commit -q --amend -m new',
    'git mv src/b.txt c.txt; git rm -q --cached README.md',
    'mv src moved; chmod 700 moved; chmod +x moved/a.txt; ln -sf b.txt moved/l; mkdir -p x/y/z',
    'git stash -q && git checkout -q other && git merge -q main && git stash pop -q',
    'rm -f .gitignore; touch src/a.txt; mkdir new && echo x > new/x.log',
  ])
    test(`${command}: all of it is taken back, and done again`, async () => {
      const before = picture(ws, '.git');
      const told = history();
      const id = await call(() => sh(command));
      const after = picture(ws, '.git');
      await takeBack(id);
      assert.deepEqual(picture(ws, '.git'), before);
      assert.equal(history(), told);
      const report = await keeping.undo.take([id], 'redo');
      assert.deepEqual([report.changed, report.failed], [[], []]);
      assert.deepEqual(picture(ws, '.git'), after);
    });

  test('looking changes nothing in the repository and tells of nothing', async () => {
    const told = history();
    const files = picture(join(ws, '.git'));
    const id = await call(() => sh('true'));
    assert.equal(keeping.undo.call(id), undefined);
    assert.deepEqual(picture(join(ws, '.git')), files);
    // Git writes its index anew when it looks at the work tree: that is no change.
    const status = await call(() => sh('touch src/b.txt; git status'));
    assert.deepEqual(keeping.undo.call(status)?.paths ?? [], []);
    assert.equal(history(), told);
  });

  test('what the person did meanwhile is kept: merged, or left with the call’s change where both are one', async () => {
    const id = await call(() => sh('sed -i s/one/ONE/ src/a.txt; echo agent > src/b.txt; echo new > new.txt'));
    write('src/a.txt', read('src/a.txt').replace('five', 'FIVE'));
    write('src/b.txt', 'person\n');
    const plan = await keeping.undo.plan([id], 'undo');
    assert.deepEqual(plan.changed, [join(ws, 'src/b.txt')]);
    assert.ok(plan.steps.some(({ merged, path }) => merged && path === join(ws, 'src/a.txt')));
    await keeping.undo.take([id], 'undo');
    assert.equal(read('src/a.txt'), 'one\ntwo\n3\nfour\nFIVE\n');
    assert.equal(read('src/b.txt'), 'person\n');
    assert.ok(!existsSync(join(ws, 'new.txt')));
    await keeping.undo.take([id], 'redo');
    assert.equal(read('src/a.txt'), 'ONE\ntwo\n3\nfour\nFIVE\n');
  });

  test('several calls at once: the person’s work between them stays', async () => {
    const one = await call(() => sh('sed -i s/one/ONE/ src/a.txt'));
    write('src/a.txt', `${read('src/a.txt')}mine\n`);
    write('mine.txt', 'mine\n');
    const two = await call(() => sh('sed -i s/two/TWO/ src/a.txt; rm notes.txt'));
    assert.deepEqual(
      (await keeping.undo.changedFiles()).map(({ ids, path }) => [path, ids.length]),
      [
        [join(ws, 'src/a.txt'), 2],
        [join(ws, 'notes.txt'), 1],
      ],
    );
    await takeBack(one, two);
    assert.equal(read('src/a.txt'), 'one\ntwo\n3\nfour\nfive\nmine\n');
    assert.equal(read('mine.txt'), 'mine\n');
    assert.equal(read('notes.txt'), 'in no commit\n');
    assert.deepEqual(
      (await keeping.undo.changedFiles()).map(({ lines, path }) => [path, lines]),
      [],
    );
  });

  test('one file of a call alone', async () => {
    const id = await call(() => sh('rm notes.txt README.md'));
    const report = await keeping.undo.take([id], 'undo', join(ws, 'notes.txt'));
    assert.equal(report.done.length, 1);
    assert.deepEqual([existsSync(join(ws, 'notes.txt')), existsSync(join(ws, 'README.md'))], [true, false]);
    await takeBack(id);
    assert.ok(existsSync(join(ws, 'README.md')));
  });

  test('a repository that has moved on stays as it is, with all that belongs to the call', async () => {
    const id = await call(() => sh('git add -A && git commit -qm agent'));
    write('mine.txt', 'mine\n');
    git('add', '.');
    git('commit', '-qm', 'mine');
    const told = history();
    const report = await keeping.undo.take([id], 'undo');
    assert.ok(report.changed.length > 0 && report.done.length === 0);
    assert.equal(history(), told);
  });

  test('while git is at work nothing is taken back', async () => {
    const id = await call(() => sh('git commit -qam agent; rm README.md'));
    write('.git/index.lock', '');
    const told = git('log', '--format=%H');
    const report = await keeping.undo.take([id], 'undo');
    assert.deepEqual([report.done.length, existsSync(join(ws, 'README.md'))], [0, false]);
    rmSync(join(ws, '.git/index.lock'));
    assert.equal(git('log', '--format=%H'), told);
    await takeBack(id);
    assert.ok(existsSync(join(ws, 'README.md')));
  });

  test('the person’s own save while a command runs is not the command’s', async () => {
    const id = await call(() => {
      write('README.md', 'saved by hand\n');
      keeping.tree.savedByPerson(join(ws, 'README.md'));
      sh('rm notes.txt');
    });
    await takeBack(id);
    assert.equal(read('README.md'), 'saved by hand\n');
    assert.equal(read('notes.txt'), 'in no commit\n');
    // It is the state from which later calls begin.
    await takeBack(await call(() => sh('rm README.md')));
    assert.equal(read('README.md'), 'saved by hand\n');
  });

  test('a secret is kept in memory alone: it comes back, and is nowhere on disk', async () => {
    write('.env', 'KEY=hunter2hunter2\n');
    const id = await call(() => sh('rm .env'));
    for (const path of readdirSync(join(root, 'ours'), { recursive: true })) {
      const full = join(root, 'ours', String(path));
      if (statSync(full).isFile()) assert.ok(!readFileSync(full, 'utf8').includes('hunter2'));
    }
    assert.ok(!readFileSync(join(root, 'undo.jsonl'), 'utf8').includes('hunter2'));
    await takeBack(id);
    assert.equal(read('.env'), 'KEY=hunter2hunter2\n');
  });

  test('a folder of dependencies is left out, and that is said', async () => {
    for (let at = 0; at < 2_100; at += 1) write(`node_modules/p${at % 50}/${at}.js`, 'x\n');
    const id = await call(() => sh('rm -rf node_modules notes.txt'));
    assert.deepEqual(
      keeping.undo.call(id)?.lost.map(({ path }) => path),
      [join(ws, 'node_modules')],
    );
    await takeBack(id);
    assert.ok(existsSync(join(ws, 'notes.txt')) && !existsSync(join(ws, 'node_modules')));
  });

  test('names that are not UTF-8, names that differ in case, line ends that git changes', async () => {
    git('config', 'core.autocrlf', 'true');
    write('.gitattributes', '*.crlf text eol=crlf\n');
    write('win.crlf', 'a\r\nb\r\n');
    git('add', '.');
    git('commit', '-qm', 'ends');
    sh("printf x > $'bad\\xff\\xc3name'; mkdir $'d\\xfe'; printf y > $'d\\xfe/in'");
    const before = sh('find . -path ./.git -prune -o -print | LC_ALL=C sort | od -c | md5sum').stdout;
    const id = await call(() => sh("rm -rf $'bad\\xff\\xc3name' $'d\\xfe' win.crlf; mv README.md readme.md"));
    await takeBack(id);
    assert.equal(sh('find . -path ./.git -prune -o -print | LC_ALL=C sort | od -c | md5sum').stdout, before);
    assert.equal(sh("cat $'d\\xfe/in'").stdout, 'y');
    assert.equal(read('win.crlf'), 'a\r\nb\r\n');
    assert.equal(read('README.md'), 'read me\n');
  });

  test('a work tree elsewhere, a submodule, a rebase that waits', async () => {
    git('worktree', 'add', '-q', join(root, 'linked'), 'other');
    await keeping.dispose();
    const main = ws;
    ws = join(root, 'linked');
    keeping = await open();
    write('in.txt', 'x\n');
    const told = history();
    const id = await call(() => sh('git add . && git commit -qm linked'));
    await takeBack(id);
    assert.equal(history(), told);
    ws = main;
    await keeping.dispose();
    keeping = await open();
    git('stash', '-q', '-u');
    write('src/b.txt', 'conflict\n');
    git('commit', '-qam', 'conflicting');
    git('checkout', '-q', 'HEAD~2', '-B', 'third');
    write('src/b.txt', 'other conflict\n');
    git('commit', '-qam', 'other');
    sh('git rebase main');
    assert.ok(existsSync(join(ws, '.git/rebase-merge')));
    const waiting = [history(), picture(ws, '.git')];
    const rebase = await call(() => sh('git rebase --abort'));
    assert.ok(!existsSync(join(ws, '.git/rebase-merge')));
    await takeBack(rebase);
    assert.deepEqual([history(), picture(ws, '.git')], waiting);
  });

  test('a submodule is taken back with its own history', async () => {
    const other = join(root, 'other');
    mkdirSync(other);
    const inOther = (...words: string[]) =>
      execFileSync('git', words, { cwd: other, env: gitEnvironment, stdio: ['ignore', 'pipe', 'ignore'] });
    inOther('init', '-q', '-b', 'main');
    writeFileSync(join(other, 'lib.txt'), 'lib\n');
    inOther('add', '.');
    inOther('commit', '-qm', 'lib');
    git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', other, 'lib');
    git('commit', '-qam', 'with a submodule');
    const inside = () => sh('cd lib && git log --all --format=%H && git status --porcelain && git reflog').stdout;
    const before = [history(), inside(), picture(ws, '.git')];
    const id = await call(() =>
      sh(
        'cd lib && echo more >> lib.txt && git commit -qam more && cd .. && git add lib && git commit -qm moved; rm -f lib/lib.txt',
      ),
    );
    assert.notDeepEqual([history(), inside(), picture(ws, '.git')], before);
    await takeBack(id);
    assert.deepEqual([history(), inside(), picture(ws, '.git')], before);
  });

  test('without git there is a way back as well, and so there is behind a link', async () => {
    rmSync(join(ws, '.git'), { recursive: true });
    const before = picture(ws);
    await takeBack(await call(() => sh('rm -rf src notes.txt; echo x > y')));
    assert.deepEqual(picture(ws), before);
    renameSync(ws, join(root, 'real'));
    symlinkSync(join(root, 'real'), ws);
    await keeping.dispose();
    const link = ws;
    ws = realpathSync(link);
    keeping = await open();
    await takeBack(await call(() => sh('rm -rf src; chmod 600 README.md')));
    assert.deepEqual(picture(ws), before);
  });

  test('a folder that nothing may be written to: what could not be taken back is named, and comes later', async function () {
    if (process.getuid?.() === 0) this.skip();
    const id = await call(() => sh('rm src/a.txt notes.txt'));
    chmodSync(join(ws, 'src'), 0o500);
    const report = await keeping.undo.take([id], 'undo');
    chmodSync(join(ws, 'src'), 0o755);
    assert.deepEqual(
      report.failed.map(({ path }) => path),
      [join(ws, 'src/a.txt')],
    );
    assert.ok(existsSync(join(ws, 'notes.txt')));
    await takeBack(id);
    assert.ok(existsSync(join(ws, 'src/a.txt')));
  });
});
