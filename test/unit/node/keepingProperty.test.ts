import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { createKeeping, type Keeping } from '../../../src/node/keeping';
import { createLineStore } from '../../../src/node/lineStore';
import { commands } from './commands';
import { gitEnvironment, picture, place, quiet } from './picture';

/** What happens between two moments of a session. */
type Act =
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'edit'; readonly path: string; readonly text: string }
  | { readonly type: 'person'; readonly path: string; readonly text: string | undefined }
  | { readonly type: 'undo' | 'redo'; readonly which: number };

const paths = ['src/a.txt', 'src/b.txt', 'src/deep/c.txt', 'README.md', 'notes.txt', 'new/n.txt', 'build/out.js'];
const text = fc.stringMatching(/^[a-z]{1,6}$/);
const someCommand = fc.constantFrom(...commands).map((command): Act => ({ type: 'command', command }));
const someEdit = fc.record({ type: fc.constant('edit' as const), path: fc.constantFrom(...paths), text });
const taken = fc.record({ type: fc.constantFrom('undo' as const, 'redo' as const), which: fc.nat(5) });
const somePerson = fc.record({
  type: fc.constant('person' as const),
  path: fc.constantFrom(...paths, 'mine.txt'),
  text: fc.option(text, { nil: undefined, freq: 3 }),
});

suite('any sequence of what an agent and a person do', function () {
  this.timeout(600_000);
  let root: string;
  let template: string;
  let ws: string;
  let keeping: Keeping;
  let runs = 0;

  suiteSetup(() => {
    root = realpathSync(mkdtempSync(join(place, 'keeping-any-')));
    template = join(root, 'template');
    const write = (path: string, content: string) => {
      mkdirSync(dirname(join(template, path)), { recursive: true });
      writeFileSync(join(template, path), content);
    };
    const git = (...words: string[]) =>
      execFileSync('git', words, { cwd: template, env: gitEnvironment, stdio: 'ignore' });
    const lines = (name: string) => Array.from({ length: 12 }, (_, at) => `${name} line ${at}\n`).join('');
    write('.gitignore', 'build/\n*.log\n');
    write('src/a.txt', lines('a'));
    write('src/b.txt', lines('b'));
    write('src/deep/c.txt', lines('c'));
    write('README.md', lines('readme'));
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'one');
    write('src/b.txt', `${lines('b')}more\n`);
    git('commit', '-qam', 'two');
    git('branch', 'other', 'HEAD~1');
    git('tag', 'v1');
    write('src/a.txt', lines('aside'));
    git('stash', '-q');
    write('src/b.txt', `staged\n${lines('b')}`);
    git('add', 'src/b.txt');
    write('README.md', `${lines('readme')}changed\n`);
    write('notes.txt', lines('notes'));
    write('build/out.js', 'made\n');
    mkdirSync(join(template, 'empty'));
    symlinkSync('src/a.txt', join(template, 'link'));
    write('run.sh', 'echo\n');
    execFileSync('chmod', ['755', join(template, 'run.sh')]);
  });
  suiteTeardown(() => rmSync(root, { recursive: true, force: true }));

  const copy = (to: string) =>
    cpSync(template, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  const history = (folder: string) =>
    spawnSync(
      '/bin/sh',
      [
        '-c',
        'git status --porcelain --ignored; git log --all --format=%H%D; git reflog --all; git ls-files -s; git for-each-ref; git stash list; cat .git/HEAD',
      ],
      { cwd: folder, env: gitEnvironment, encoding: 'utf8' },
    ).stdout;

  let calls: string[] = [];
  async function call(roots: readonly string[] | undefined, act: () => void): Promise<void> {
    const id = `call-${calls.length}`;
    const begun = await keeping.undo.begin({ id, title: id }, roots);
    act();
    if (!begun) return;
    await keeping.undo.end(begun);
    calls.push(id);
  }

  function put(folder: string, path: string, content: string | undefined): void {
    const full = join(folder, path);
    try {
      if (content === undefined) rmSync(full, { force: true });
      else {
        mkdirSync(dirname(full), { recursive: true });
        writeFileSync(full, content);
      }
    } catch {
      // Something else stands in the way: the person could not do it either.
    }
  }

  async function perform(act: Act, person: (path: string, text: string | undefined) => void): Promise<void> {
    switch (act.type) {
      case 'command':
        await call(undefined, () =>
          spawnSync('/bin/bash', ['--noprofile', '--norc', '-c', act.command], {
            cwd: ws,
            env: gitEnvironment,
            stdio: 'ignore',
            timeout: 20_000,
          }),
        );
        return;
      case 'edit':
        await call([join(ws, act.path)], () => put(ws, act.path, `${act.text}\n`));
        return;
      case 'person':
        person(act.path, act.text);
        return;
      default: {
        const id = calls[act.which % Math.max(1, calls.length)];
        if (id !== undefined) await keeping.undo.take([id], act.type);
      }
    }
  }

  async function open(): Promise<void> {
    runs += 1;
    calls = [];
    ws = join(root, `ws-${runs}`);
    copy(ws);
    keeping = await createKeeping({
      id: 'x',
      folder: join(root, `ours-${runs}`),
      lines: createLineStore(join(root, `undo-${runs}.jsonl`)),
      roots: [ws],
      logger: quiet,
    });
  }
  async function close(): Promise<void> {
    await keeping.dispose();
    for (const name of ['ws', 'ours', 'twin']) rmSync(join(root, `${name}-${runs}`), { recursive: true, force: true });
  }

  test('taking back all calls gives exactly what the person alone would have: bytes, rights, links, git', async () => {
    const act = fc.oneof({ weight: 6, arbitrary: someCommand }, someEdit, { weight: 2, arbitrary: somePerson }, taken);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 5 }), async (acts) => {
        await open();
        const twin = join(root, `twin-${runs}`);
        copy(twin);
        try {
          for (const each of acts)
            await perform(each, (path, content) => {
              // What stands in the way of one would not be in that of the other.
              if (blocked(ws, path) || blocked(twin, path)) return;
              if (content === undefined && !existsSync(join(ws, path))) return;
              const whole = content === undefined ? undefined : `of the person: ${content}\n`;
              put(ws, path, whole);
              put(twin, path, whole);
            });
          const report = await keeping.undo.take(calls, 'undo');
          assert.deepEqual(report.failed, []);
          assert.deepEqual(picture(ws, '.git'), picture(twin, '.git'));
          assert.equal(history(ws), history(twin));
        } finally {
          await close();
        }
      }),
      { numRuns: 380, seed: 20261123 },
    );
  });

  test('a line that the person adds to a file is never lost', async () => {
    const added = fc.record({ type: fc.constant('person' as const), path: fc.constantFrom(...paths), text });
    const act = fc.oneof({ weight: 4, arbitrary: someCommand }, someEdit, { weight: 3, arbitrary: added }, taken);
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 5 }), async (acts) => {
        await open();
        const mine: (readonly [path: string, line: string])[] = [];
        try {
          for (const each of acts)
            await perform(each, (path, content) => {
              const full = join(ws, path);
              if (!existsSync(full) || !statSync(full).isFile()) return;
              const line = `person ${mine.length} ${content}`;
              appendFileSync(full, `${line}\n`);
              mine.push([path, line]);
            });
          await keeping.undo.take(calls, 'undo');
          for (const [path, line] of mine)
            assert.ok(readFileSync(join(ws, path), 'utf8').includes(line), `${line} in ${path}`);
        } finally {
          await close();
        }
      }),
      { numRuns: 140, seed: 42 },
    );
  });
});

/** Whether something that is no folder stands where a folder would have to be, or a folder where the file would. */
function blocked(folder: string, path: string): boolean {
  const full = join(folder, path);
  for (let at = dirname(full); at.length > folder.length; at = dirname(at)) {
    const info = statSync(at, { throwIfNoEntry: false });
    if (info && !info.isDirectory()) return true;
  }
  return statSync(full, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
