import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createNodeFacts } from '../../../src/node/nodeFacts';
import { changedInstructions, projectInstructions } from '../../../src/node/projectInstructions';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

suite('what the workspace tells agents', () => {
  let bench: Workbench;
  setup(() => {
    bench = createWorkbench();
  });
  teardown(() => bench.dispose());

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  /** What is written before now stood there when the session began. */
  const factsOf = (folders: readonly string[], began = Date.now() + 20) =>
    createNodeFacts(process.platform, folders, began, undefined);
  const read = (cwd = bench.workspace, folders: readonly string[] = [bench.workspace]) =>
    projectInstructions(factsOf(folders), folders, cwd).map(({ path, text }) => [path, text]);

  test('is read from the root down to the working folder, the nearest last', () => {
    write(bench.path('CLAUDE.md'), 'root');
    write(bench.path('AGENTS.md'), 'root agents');
    write(bench.path('packages/web/AGENTS.md'), 'web');
    write(bench.path('packages/api/AGENTS.md'), 'not on the way');
    assert.deepEqual(read(bench.path('packages/web')), [
      [bench.path('CLAUDE.md'), 'root'],
      [bench.path('AGENTS.md'), 'root agents'],
      [bench.path('packages/web/AGENTS.md'), 'web'],
    ]);
  });

  test('of several folders, that of the one that is worked in comes last', () => {
    const other = join(bench.root, 'other');
    write(bench.path('CLAUDE.md'), 'here');
    write(join(other, 'CLAUDE.md'), 'other');
    const texts = read(bench.workspace, [bench.workspace, other]).map(([, text]) => text);
    assert.deepEqual(texts, ['other', 'here']);
  });

  test('one file under two names is said once; a link to anything else, in or out of the workspace, is not followed', () => {
    write(bench.path('CLAUDE.md'), 'the one');
    symlinkSync('CLAUDE.md', bench.path('AGENTS.md'));
    assert.equal(read().length, 1);
    write(join(bench.home, '.ssh/id_rsa'), 'a key');
    write(join(bench.home, 'notes.md'), 'private');
    write(bench.path('.env'), 'TOKEN=1');
    for (const target of [join(bench.home, '.ssh/id_rsa'), join(bench.home, 'notes.md'), '.env']) {
      rmSync(bench.path('AGENTS.md'));
      symlinkSync(target, bench.path('AGENTS.md'));
      assert.deepEqual(read(), [[bench.path('CLAUDE.md'), 'the one']], target);
    }
  });

  test('that was written after the session began is left out, and a change is noticed', async () => {
    write(bench.path('CLAUDE.md'), 'as it was');
    const folders = [bench.workspace];
    const began = Date.now() + 20;
    const facts = factsOf(folders, began);
    const before = projectInstructions(facts, folders, bench.workspace);
    assert.deepEqual(changedInstructions(facts, folders, bench.workspace, before), []);
    await new Promise((resolve) => setTimeout(resolve, 60));
    writeFileSync(bench.path('CLAUDE.md'), 'as the agent would like it');
    writeFileSync(bench.path('AGENTS.md'), 'new');
    assert.deepEqual(changedInstructions(facts, folders, bench.workspace, before), [
      bench.path('CLAUDE.md'),
      bench.path('AGENTS.md'),
    ]);
    assert.deepEqual(projectInstructions(factsOf(folders, began), folders, bench.workspace), []);
  });
});
