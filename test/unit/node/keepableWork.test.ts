import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { analyze } from '../../../src/core/gate/analysis/analyze';
import type { Facts } from '../../../src/core/gate/analysis/facts';
import { createPast } from '../../../src/core/gate/analysis/past';
import { callId } from '../../../src/core/ids';
import { keepable } from '../../../src/node/keepable';
import { keepableWork } from '../../../src/node/keepableWork';
import { createNodeFacts } from '../../../src/node/nodeFacts';

suite('work that a repository holds in no commit', () => {
  let ws: string;
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', ...words], { cwd: ws });
  function write(path: string, text: string): void {
    mkdirSync(dirname(join(ws, path)), { recursive: true });
    writeFileSync(join(ws, path), text);
  }
  /** @param files that may be lost because they are kept; 0: nothing is kept. */
  function answer(command: string, files: number): string {
    const facts: Facts = {
      ...createNodeFacts(process.platform, [ws]),
      keepable: (path) => keepable(path, files),
      keepableWork: (root, what) => keepableWork(root, what, files),
    };
    const place = {
      ...{ workspace: [ws], cwd: ws, home: '/home/nobody', scratch: undefined, ours: [], user: undefined },
      ...(files > 0 && { recovery: { files, share: 1 } }),
    };
    return analyze({ id: callId('x'), tool: 'Bash', input: { command } }, place, facts, createPast()).answer;
  }

  setup(() => {
    ws = realpathSync(mkdtempSync(join(tmpdir(), 'work-')));
    git('init', '-q', '-b', 'main');
    write('.gitignore', '*.log\n');
    write('src/a.txt', 'a\n');
    write('src/b.txt', 'b\n');
    write('lib/c.txt', 'c\n');
    git('add', '.');
    git('commit', '-qm', 'one');
    git('commit', '-qm', 'two', '--allow-empty');
    git('branch', 'old');
    write('src/a.txt', 'changed\n');
    write('lib/c.txt', 'staged\n');
    git('add', 'lib');
    write('new.txt', 'new\n');
    write('x.log', 'log\n');
  });
  teardown(() => rmSync(ws, { recursive: true, force: true }));

  const losing = [
    'git checkout -- src',
    'git checkout src',
    'git checkout -- .',
    'git restore src',
    'git restore .',
    "git restore '*.txt'",
    'git checkout HEAD -- lib',
    'git restore -SW -s HEAD lib',
    'git reset --hard',
    'git reset --hard HEAD~1',
    'git reset HEAD~1',
    'git reset --soft HEAD~1',
    'git checkout -f old',
    'git switch --discard-changes old',
    'git stash drop',
    'git clean -f',
    'git clean -fd',
  ];
  for (const command of losing)
    test(`${command}: only when all of it is kept`, () => {
      assert.equal(answer(command, 0), 'unsure');
      assert.equal(answer(command, 50), 'allow');
    });

  for (const command of [
    'git clean -fdx',
    'git clean -fdX',
    'git clean -ffd',
    'git clean -i',
    'git stash clear',
    'git checkout -m old',
    'git checkout --ours src/a.txt',
    'git reset --merge',
    'git reset --keep HEAD~1',
    'git reset --hard $X',
    'git gc --prune=now',
    'git reflog expire --expire=now --all',
    'git push --force origin main',
    'git -C .. reset --hard',
    'git --git-dir=/elsewhere reset --hard',
  ])
    test(`${command}: not even then`, () => assert.notEqual(answer(command, 50), 'allow'));

  test('what is unchanged may be had from the index without more', () => {
    assert.equal(answer('git checkout -- src/b.txt', 0), 'allow');
    git('stash', '-q');
    assert.equal(answer('git checkout -- src', 0), 'allow');
  });

  test('more than the limit, a secret, what is too large: a doubt', () => {
    assert.equal(answer('git clean -fd', 1), 'allow');
    write('new2.txt', 'new\n');
    assert.equal(answer('git clean -fd', 1), 'unsure');
    write('.env', 'KEY=1\n');
    assert.equal(answer('git clean -fd', 50), 'unsure');
    rmSync(join(ws, '.env'));
    write('new2.txt', 'x'.repeat(20_000_001));
    assert.equal(answer('git clean -fd', 50), 'unsure');
  });

  test('a repository whose state lies elsewhere is not counted on', () => {
    const main = ws;
    execFileSync('git', ['worktree', 'add', '-q', `${ws}-linked`, 'old'], { cwd: ws });
    ws = `${ws}-linked`;
    try {
      write('src/a.txt', 'changed\n');
      assert.equal(answer('git reset --hard', 50), 'unsure');
    } finally {
      rmSync(ws, { recursive: true, force: true });
      ws = main;
    }
  });
});
