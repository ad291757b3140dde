import assert from 'node:assert/strict';
import { readdirSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { GrepQuery } from '../../../src/core/ports';
import { createRipgrep, editorRipgrep, pathRipgrep } from '../../../src/node/ripgrep';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

/** The editor that the other suites run in brings ripgrep; a machine may have its own. */
function candidates(): readonly string[] {
  const host = join(process.cwd(), '.cache', 'host');
  const inHost = (() => {
    try {
      return readdirSync(host, { recursive: true, encoding: 'utf8' }).filter((file) =>
        /ripgrep[^/]*\/bin\/.*rg$/.test(file),
      );
    } catch {
      return [];
    }
  })();
  const own = process.env['GATEHOUSE_RG'];
  return [
    ...(own ? [own] : []),
    ...inHost.map((file) => join(host, file)).filter((file) => file.includes(`${process.platform}-${process.arch}`)),
    ...pathRipgrep(),
  ];
}

const never = new AbortController().signal;

suite('ripgrep', () => {
  let bench: Workbench;
  const search = createRipgrep(candidates());
  const query = (pattern: string, more: Partial<GrepQuery> = {}): GrepQuery => ({
    ...{
      pattern,
      path: bench.workspace,
      mode: 'content',
      ignoreCase: false,
      multiline: false,
      lineNumbers: true,
      before: 0,
      after: 0,
      limit: 100,
    },
    ...more,
  });

  setup(async () => {
    bench = createWorkbench({
      'a.ts': 'one\ntwo\n',
      'src/b.ts': 'two\n',
      '.hidden': 'two\n',
      'ignored.log': 'two\n',
      '.gitignore': '*.log\n',
      '.git/config': 'two\n',
    });
    assert.ok(
      (await search.glob('*', bench.workspace, 1, never)).ok,
      'these tests need ripgrep: set GATEHOUSE_RG, install rg, or run the whole npm test once',
    );
  });
  teardown(() => bench.dispose());

  const lines = async (q: GrepQuery) => {
    const found = await search.grep(q, never);
    assert.ok(found.ok, JSON.stringify(found));
    return found.lines.map((line) => line.replace(`${bench.workspace}/`, ''));
  };

  test('finds lines with numbers, hidden files too, ignored ones and .git not', async () => {
    assert.deepEqual(await lines(query('two')), ['.hidden:1:two', 'a.ts:2:two', 'src/b.ts:1:two']);
  });

  test('gives paths, counts, context and glob filters', async () => {
    assert.deepEqual(await lines(query('two', { mode: 'files_with_matches', glob: 'src/**' })), ['src/b.ts']);
    assert.deepEqual(await lines(query('two', { mode: 'count', glob: '*.ts' })), ['a.ts:1', 'src/b.ts:1']);
    assert.deepEqual(await lines(query('two', { before: 1, path: bench.path('a.ts') })), ['a.ts-1-one', 'a.ts:2:two']);
  });

  test('a pattern that looks like an option is a pattern', async () => {
    assert.deepEqual(await lines(query('--pre=./p.sh')), []);
    assert.deepEqual(await lines(query('two', { glob: '--pre=./p.sh' })), []);
  });

  test('a bad expression, type or folder is data with a reason', async () => {
    for (const bad of [query('('), query('x', { type: 'nosuch' }), query('x', { path: '/nowhere' })]) {
      const found = await search.grep(bad, never);
      assert.ok(!found.ok && found.reason.length > 10);
    }
  });

  test('lists files newest first, within the limit, through no link', async () => {
    utimesSync(bench.path('a.ts'), 1, 1);
    symlinkSync('/etc', bench.path('etc'));
    const found = await search.glob('**/*.ts', bench.workspace, 1, never);
    assert.ok(found.ok && found.truncated);
    assert.deepEqual(found.lines, [bench.path('src/b.ts')]);
    const anchored = await search.glob('src/*.ts', bench.workspace, 10, never);
    assert.ok(anchored.ok && anchored.lines.length === 1);
  });

  test('a wide pattern does not bring back what is ignored, nor .git', async () => {
    for (const pattern of ['**', '**/*', '*', './**', `${bench.workspace}/**`]) {
      const found = await search.glob(pattern, bench.workspace, 100, never);
      assert.ok(found.ok);
      const names = found.lines.map((line) => line.replace(`${bench.workspace}/`, '')).sort();
      assert.deepEqual(names, ['.gitignore', '.hidden', 'a.ts', 'src/b.ts'], pattern);
      if (pattern.startsWith('/')) continue;
      assert.deepEqual(await lines(query('two', { glob: pattern, mode: 'files_with_matches' })), [
        ...['.hidden', 'a.ts', 'src/b.ts'],
      ]);
    }
    assert.deepEqual(await lines(query('two', { glob: '.git/**' })), []);
  });

  test('stops at the limit and says that there is more', async () => {
    const found = await search.grep(query('two', { limit: 2 }), never);
    assert.ok(found.ok && found.truncated);
    assert.equal(found.lines.length, 2);
  });

  test('an abort ends the search, before it starts too', async () => {
    const controller = new AbortController();
    const running = search.grep(query('x', { path: '/usr' }), controller.signal);
    controller.abort();
    assert.ok(!(await running).ok);
    assert.ok(!(await search.glob('*', bench.workspace, 1, controller.signal)).ok);
  });

  test('a ripgrep that the repository brought is no candidate', () => {
    symlinkSync(bench.workspace, join(bench.root, 'link'));
    const path = [bench.path('bin'), join(bench.root, 'link'), '.', '/usr/bin'].join(':');
    assert.deepEqual(pathRipgrep(path, [bench.workspace]), ['/usr/bin/rg']);
  });

  test('without ripgrep it says what to do', async () => {
    const found = await createRipgrep(editorRipgrep('/nowhere')).grep(query('x'), never);
    assert.ok(!found.ok && /install ripgrep/.test(found.reason));
  });
});
