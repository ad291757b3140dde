import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { createNodeHooks } from '../../../src/node/nodeHooks';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

suite('hooks as processes', function () {
  this.timeout(20_000);
  let bench: Workbench;
  setup(() => {
    bench = createWorkbench();
  });
  teardown(() => bench.dispose());

  const never = new AbortController().signal;
  const run = (command: string, { input = '{"a":1}', timeoutMs = 5_000, signal = never } = {}) =>
    createNodeHooks({ environment: async () => ({ PATH: process.env['PATH'] ?? '', KEPT: 'yes' }) }).run(
      { command, cwd: bench.workspace, input, timeoutMs },
      signal,
    );

  test('get the call on stdin, the environment of commands and nothing else, in the workspace', async () => {
    process.env['ANTHROPIC_API_KEY'] = 'planted';
    try {
      const ended = await run('cat; echo; env | sort; pwd; echo err >&2; exit 2');
      assert.ok(ended.ok);
      const { exitCode, stderr, stdout } = ended.value;
      assert.deepEqual([exitCode, stderr], [2, 'err\n']);
      assert.match(stdout, /^\{"a":1\}\n/);
      assert.match(stdout, new RegExp(`CLAUDE_PROJECT_DIR=${bench.workspace}\n`));
      assert.match(stdout, /KEPT=yes/);
      assert.doesNotMatch(stdout, /planted|HOME=/);
      assert.ok(stdout.endsWith(`${bench.workspace}\n`));
    } finally {
      delete process.env['ANTHROPIC_API_KEY'];
    }
  });

  test('fault: hangs, ignores SIGTERM, floods, is stopped, leaves something behind, cannot start', async () => {
    const hung = await run(`trap '' TERM; while :; do sleep 0.1; echo >> ${bench.path('ticks')}; done`, {
      timeoutMs: 200,
    });
    const ticks = readFileSync(bench.path('ticks'), 'utf8');
    assert.ok(!hung.ok && /within 0.2 s/.test(hung.reason));
    const flood = await run('yes');
    assert.ok(!flood.ok && /without end/.test(flood.reason));
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 100);
    await assert.rejects(run('sleep 60', { signal: controller.signal }), /stopped/);
    const left = await run(`(sleep 1.5; touch ${bench.path('left')}) & exit 0`);
    assert.ok(left.ok && left.value.exitCode === 0);
    await wait(1_800);
    assert.equal(readFileSync(bench.path('ticks'), 'utf8'), ticks, 'it does not run on');
    assert.ok(!existsSync(bench.path('left')));
    const unread = await run('exec <&-; exit 0', { input: 'x'.repeat(5_000_000) });
    assert.ok(unread.ok && unread.value.exitCode === 0, 'input that is not read is no failure');
    const lost = await createNodeHooks({ environment: () => Promise.reject(new Error('no shell')) }).run(
      { command: 'true', cwd: bench.workspace, input: '', timeoutMs: 1_000 },
      never,
    );
    assert.ok(!lost.ok && /no shell/.test(lost.reason));
    const killed = await run('kill -9 $$');
    assert.ok(killed.ok && killed.value.exitCode === undefined);
  });
});
