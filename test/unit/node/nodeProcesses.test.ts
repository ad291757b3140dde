import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '../../../src/core/ports';
import { inertVariables } from '../../../src/node/inertVariables';
import { scrub } from '../../../src/node/loginEnvironment';
import { createNodeProcesses } from '../../../src/node/nodeProcesses';
import { locateShell } from '../../../src/node/shellLocation';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

const never = new AbortController().signal;

/** Processes whose command line holds the word; `sleep 12345` is easier to find than to mistake. */
function alive(word: string): boolean {
  return readdirSync('/proc').some((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word) &&
        !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      );
    } catch {
      return false;
    }
  });
}

async function gone(word: string): Promise<boolean> {
  for (let tries = 0; tries < 80 && alive(word); tries += 1) await wait(50);
  return !alive(word);
}

suite('node processes', () => {
  let bench: Workbench;
  let processes: ReturnType<typeof createNodeProcesses>;
  let planted: Record<string, string | undefined>;

  setup(() => {
    bench = createWorkbench({ 'sub/file.txt': 'x' });
    planted = {
      ...process.env,
      ANTHROPIC_API_KEY: 'planted',
      NODE_OPTIONS: '--planted',
      LD_PRELOAD: 'planted',
      GIT_DIR: 'planted',
      VSCODE_PID: 'planted',
      MY_TOKEN: 'planted',
      BASH_ENV: '/planted',
      'BASH_FUNC_ls%%': '() { echo planted; }',
      PYTHONPATH: 'planted',
      PROMPT_COMMAND: 'planted',
      SHELLOPTS: 'planted',
      AWS_PROFILE: 'planted',
      CI: 'planted',
      SSH_AUTH_SOCK: '/planted',
      HTTPS_PROXY: 'http://planted',
      JAVA_HOME: `${bench.workspace}/planted`,
    };
    symlinkSync(bench.workspace, join(bench.root, 'link'));
    const environment = scrub(
      {
        ...planted,
        PATH: `${bench.workspace}/bin:./x::${bench.root}/link/bin:${bench.scratch}:${process.env['PATH']}`,
      },
      { workspace: [bench.workspace], scratch: bench.scratch },
    );
    processes = createNodeProcesses({
      environment: async () => environment,
      scratch: bench.scratch,
      logs: join(bench.root, 'logs'),
    });
  });
  teardown(async () => {
    await processes.dispose();
    bench.dispose();
  });

  const start = (command: string, outputChars = 30_000) =>
    processes.start({ command, cwd: bench.workspace, outputChars });

  /** Waits until the job has printed something that holds the word. */
  async function printed(job: Job, word: string): Promise<string> {
    let text = '';
    for (let tries = 0; tries < 100 && !text.includes(word); tries += 1) {
      text += job.read().output;
      if (!text.includes(word)) await wait(20);
    }
    return text;
  }

  test('a job goes on by itself, and tells what is new each time', async () => {
    const job = await start('echo one; until [ -e go ]; do sleep 0.02; done; echo two; exit 3');
    assert.equal(job.id, 'bash_1');
    assert.match(await printed(job, 'one'), /^one\n$/);
    assert.equal(job.end, undefined);
    assert.equal(job.read().output, '');
    await run('touch go');
    assert.deepEqual(await job.ended, { exitCode: 3, by: 'itself' });
    assert.equal(job.read().output, 'two\n');
    assert.deepEqual(processes.jobs, [job]);
    await job.stop();
    assert.deepEqual(job.end, { exitCode: 3, by: 'itself' }, 'an ended job stays as it ended');
  });

  test('fault: a job that ignores SIGTERM is ended with everything it started', async () => {
    const job = await start(
      "trap '' TERM HUP; (trap '' TERM; exec sleep 54321) & echo ready; while :; do sleep 0.1; done",
    );
    await printed(job, 'ready');
    assert.ok(alive('54321'));
    await job.stop();
    assert.equal(job.end?.by, 'request');
    assert.ok(await gone('54321'));
  });

  test('fault: a job that floods is ended, and what is kept of it is bounded', async () => {
    await processes.dispose();
    processes = createNodeProcesses({
      environment: async () => ({ PATH: process.env['PATH'] ?? '' }),
      ...{ scratch: bench.scratch, logs: join(bench.root, 'logs'), floodLimit: 2_000_000 },
    });
    const job = await start('yes flooding-98765', 1_000);
    assert.equal((await job.ended).by, 'flood');
    const { logPath, omitted, output } = job.read();
    assert.ok(output.length < 1_200 && omitted > 1_000_000);
    assert.ok(logPath && (statSync(logPath).mode & 0o777) === 0o600);
    assert.ok(await gone('flooding-98765'));
  });

  test('fault: the session ends while jobs run, also one that left its shell', async () => {
    await start("trap '' TERM; sleep 65432");
    await start('setsid sleep 65431 & disown; exit 0');
    await wait(100);
    await processes.dispose();
    assert.ok((await gone('65432')) && (await gone('65431')));
    await assert.rejects(start('sleep 65433'), /the session has ended/);
    assert.ok(!alive('65433'));
  });

  test('a job that cannot be started is an error; too many are refused', async () => {
    await assert.rejects(
      processes.start({ command: 'echo', cwd: bench.path('nowhere'), outputChars: 100 }),
      /no longer there/,
    );
    for (let n = 0; n < 20; n += 1) await start('sleep 60');
    await assert.rejects(start('sleep 60'), /20 commands already run/);
    await processes.jobs[0]?.stop();
    await (await start('true')).ended;
    // Those that ended first are forgotten; those that run never are.
    for (let n = 0; n < 45; n += 1) await (await start('true')).ended;
    assert.ok(processes.jobs.length <= 60);
    assert.equal(processes.jobs.filter(({ end }) => end === undefined).length, 19);
    assert.equal(new Set(processes.jobs.map(({ id }) => id)).size, processes.jobs.length);
  });

  const run = (
    command: string,
    more: { timeoutMs?: number; outputChars?: number; signal?: AbortSignal; onOutput?: (chunk: string) => void } = {},
  ) =>
    processes.run(
      { command, cwd: bench.workspace, timeoutMs: more.timeoutMs ?? 20_000, outputChars: more.outputChars ?? 30_000 },
      more.signal ?? never,
      more.onOutput ?? (() => {}),
    );

  test('runs the command in a plain bash: no start-up files, no aliases, no functions', async () => {
    const { output } = await run('echo "$0 $BASH_VERSINFO $-"; alias; declare -F; shopt -q login_shell && echo login');
    assert.match(output, /^(\/usr)?\/bin\/bash [3-9] \S+\n$/);
    assert.doesNotMatch(output, /i\S*\n/, 'not interactive');
  });

  test('gives the command the allow-list and nothing else, and nothing that was planted', async () => {
    const { output } = await run('/usr/bin/env');
    assert.doesNotMatch(output, /planted/);
    const names = output.split('\n').flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
    const ours = ['PATH', 'TMPDIR', 'TERM', 'PAGER', 'GIT_PAGER', 'GIT_TERMINAL_PROMPT', 'GATEHOUSE_COMMAND'];
    const bashs = ['PWD', 'SHLVL', '_'];
    assert.deepEqual(
      names.sort(),
      [
        ...new Set([...Object.keys(inertVariables(planted)).filter((name) => name !== 'JAVA_HOME'), ...ours, ...bashs]),
      ].sort(),
    );
    const path = /^PATH=(.*)$/m.exec(output)?.[1]?.split(':') ?? [];
    assert.deepEqual(path, (process.env['PATH'] ?? '').split(':').filter(isAbsolute));
  });

  test('tells exit code, and where the shell ended up', async () => {
    const result = await run('cd sub && pwd && false');
    assert.equal(result.exitCode, 1);
    assert.equal(result.output.trim(), bench.path('sub'));
    assert.equal(result.cwd, bench.path('sub'));
    assert.equal((await run('cd sub; exit 3')).cwd, bench.path('sub'));
  });

  test('a command that replaces the trap or writes nonsense there cannot forge a folder that does not exist', async () => {
    assert.equal((await run('trap - EXIT; cd sub')).cwd, undefined);
    assert.equal((await run('trap - EXIT; echo /nowhere/at/all >&9')).cwd, undefined);
  });

  test('learning the folder runs nothing of the command: no function of it is called, nothing is traced or written', async () => {
    const names = ['pwd', 'echo', 'builtin', 'command', 'printf', 'trap', 'exit', 'test', 'cd2'];
    const functions = names.map((name) => `${name}() { touch ${bench.path('ran')}; }`).join('\n');
    assert.equal((await run(`${functions}\ncd sub`)).cwd, bench.path('sub'));
    assert.ok(!existsSync(bench.path('ran')));
    assert.equal((await run('set -x; cd sub')).output, '+ cd sub\n');
    const strict = await run('set -eEu; trap "touch ran" ERR; cd sub; exec 9>lock 8>other');
    assert.deepEqual([strict.exitCode, strict.cwd, strict.output], [0, bench.path('sub'), '']);
    assert.ok(!existsSync(bench.path('sub/ran')));
    assert.equal(readFileSync(bench.path('sub/lock'), 'utf8'), '');
  });

  test('the command is the one that was given, byte for byte', async () => {
    const odd = "cat <<'END'\n$x `y` \"z\" 'w' \\ \t ä\nEND\n# end";
    assert.equal((await run(odd)).output, '$x `y` "z" \'w\' \\ \t ä\n');
    assert.match((await run('if')).output, /syntax error/);
  });

  test('stdout and stderr come in the order in which they were written, and can be opened by name', async () => {
    const { output } = await run('for n in 1 2 3; do echo out $n; echo err $n >&2; done; echo named >/dev/stderr');
    assert.equal(output, 'out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\nnamed\n');
  });

  test('what cannot be started says why, and leaves nothing behind', async () => {
    await assert.rejects(run(`echo ${'x'.repeat(200_000)}`), /too long .* write it to a script/);
    await assert.rejects(run('echo \0'), /NUL/);
    await assert.rejects(
      processes.run({ command: 'ls', cwd: bench.path('gone'), timeoutMs: 1_000, outputChars: 100 }, never, () => {}),
      /gone is no longer there/,
    );
    assert.deepEqual(readdirSync(bench.scratch), []);
    await run('true');
    assert.deepEqual(readdirSync(bench.scratch), []);
  });

  test('stdin is empty, so that a command that reads does not hang', async () => {
    assert.equal((await run('cat; echo done')).output, 'done\n');
  });

  test('a command that never ends is ended at its time limit, with its children, also those in their own session', async () => {
    const result = await run('sleep 98761 & setsid sleep 98762 & while :; do :; done', { timeoutMs: 300 });
    assert.equal(result.timedOut, true);
    assert.ok(!alive('98761') && !alive('98762'), 'it is over only when all of it is');
  });

  test('a child that left the group and cleared its environment is found through its parent', async () => {
    const result = await run('bash -c "env -i setsid -w sleep 98768" & sleep 98769', { timeoutMs: 300 });
    assert.equal(result.timedOut, true);
    assert.ok(!alive('98768') && !alive('98769'));
  });

  test('one that ignores the polite signal is killed', async () => {
    const result = await run("trap '' TERM; sleep 98763; sleep 98764", { timeoutMs: 200 });
    assert.equal(result.timedOut, true);
    assert.ok(await gone('98764'));
  });

  test('an abort ends the whole tree and still resolves', async () => {
    const controller = new AbortController();
    const running = run('bash -c "sleep 98765" & sleep 98766', { signal: controller.signal });
    await wait(150);
    controller.abort();
    const result = await running;
    assert.equal(result.timedOut, false);
    assert.ok((await gone('98765')) && (await gone('98766')));
  });

  test('a background process does not hold the call up, and dispose leaves nothing', async () => {
    const { output, durationMs } = await run('sleep 98767 & echo hi');
    assert.equal(output, 'hi\n');
    assert.ok(durationMs < 3_000);
    assert.ok(alive('98767'));
    await processes.dispose();
    assert.ok(await gone('98767'));
  });

  test('what a finished command left in the background is not forgotten, not killed by a closed pipe, and ended at the end', async () => {
    await run('sleep 98771 >/dev/null 2>&1 & setsid sleep 98772 >/dev/null 2>&1 &');
    await run('(while :; do echo tick; sleep 0.05; done; sleep 98773) & true');
    await wait(300);
    assert.equal((await run('jobs; true')).output, '');
    assert.ok(alive('98771') && alive('98772') && alive('echo tick'));
    await processes.dispose();
    assert.ok(!alive('98771') && !alive('98772') && !alive('echo tick'));
  });

  test('100 MB of output keep memory bounded, and all of it is in the log', async () => {
    const before = process.memoryUsage().rss;
    const result = await run('yes 0123456789abcdef | head -c 100000000', { outputChars: 10_000 });
    assert.ok(result.output.length < 11_000);
    assert.ok(result.logPath && statSync(result.logPath).size === 100_000_000);
    assert.equal(result.omitted, 100_000_000 - 10_000);
    assert.ok(process.memoryUsage().rss - before < 250_000_000);
  });

  test('short output leaves no log behind, and a character split over two chunks stays whole', async () => {
    const result = await run("printf '\\303'; sleep 0.1; printf '\\244'");
    assert.equal(result.output, 'ä');
    assert.ok(!existsSync(join(bench.root, 'logs')));
  });

  test('without a bash it says what to install', () => {
    const found = locateShell('win32', ['C:\\nowhere\\bash.exe']);
    assert.ok(!found.available && /Git for Windows/.test(found.hint.template));
  });
});
