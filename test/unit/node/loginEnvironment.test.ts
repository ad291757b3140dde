import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loginEnvironment, readLoginVariables } from '../../../src/node/loginEnvironment';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

suite('login environment', () => {
  let bench: Workbench;
  setup(() => {
    bench = createWorkbench();
  });
  teardown(() => bench.dispose());

  const own = { PATH: '/usr/bin:/bin:/image/bin', HOME: '/home/me', SECRET_TOKEN: 'planted', NODE_OPTIONS: 'planted' };

  /** A login shell whose start-up files are these lines. */
  function shell(startUp: string): string {
    const path = join(bench.root, 'shell');
    writeFileSync(path, `#!/bin/bash\n${startUp}\n[ "$1" = -l ] && [ "$2" = -c ] && eval "$3"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  test('gives what start-up files set, however much they print, and keeps our own folders of PATH behind theirs', async () => {
    const told = await readLoginVariables(
      own,
      shell('echo welcome; export PATH=/mine/bin:/usr/bin NVM_DIR=/mine/nvm MANY="one\ntwo=three"'),
    );
    assert.equal(told['PATH'], '/mine/bin:/usr/bin:/bin:/image/bin');
    assert.equal(told['NVM_DIR'], '/mine/nvm');
    assert.equal(told['MANY'], 'one\ntwo=three');
    assert.equal(told['HOME'], '/home/me');
  });

  test('hands no secret of ours to the start-up files, and starts them away from the repository', async () => {
    const told = await readLoginVariables(own, shell('export SEEN="$SECRET_TOKEN$NODE_OPTIONS" AT="$(pwd)"'));
    assert.equal(told['SEEN'], '');
    assert.equal(told['AT'], '/');
  });

  test('falls back to our own variables when the shell hangs, fails or talks nonsense', async () => {
    const started = performance.now();
    assert.equal(await readLoginVariables(own, shell('sleep 30'), 200), own);
    assert.ok(performance.now() - started < 2_000);
    assert.equal(await readLoginVariables(own, shell('exit 1')), own);
    assert.equal(await readLoginVariables(own, shell('exec yes')), own);
    assert.equal(await readLoginVariables(own, join(bench.root, 'no-such-shell')), own);
  });

  test('does not wait for what a start-up file left in the background', async () => {
    const started = performance.now();
    const told = await readLoginVariables(own, shell('sleep 3 & export NVM_DIR=/mine'));
    assert.equal(told['NVM_DIR'], '/mine');
    assert.ok(performance.now() - started < 2_500);
  });

  test('works with the login shell of this machine', async () => {
    const made = await loginEnvironment({ workspace: [bench.workspace], scratch: bench.scratch });
    assert.ok((made['PATH'] ?? '').split(':').includes('/usr/bin'));
    assert.equal(made['TMPDIR'], bench.scratch);
    assert.equal(made['TERM'], 'dumb');
  });
});
