import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
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

  setup(() => {
    bench = createWorkbench({ 'sub/file.txt': 'x' });
    const planted = {
      ...process.env,
      ANTHROPIC_API_KEY: 'planted',
      NODE_OPTIONS: '--planted',
      LD_PRELOAD: 'planted',
      GIT_DIR: 'planted',
      VSCODE_PID: 'planted',
      MY_TOKEN: 'planted',
      BASH_ENV: '/planted',
      BASH_FUNC_ls: 'planted',
    };
    const environment = scrub(
      { ...planted, PATH: `${bench.workspace}/bin:./x:${process.env['PATH']}` },
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

  test('gives the command PATH and inert variables only, and nothing that was planted', async () => {
    const { output } = await run('env');
    assert.doesNotMatch(output, /planted/);
    const names = output.split('\n').flatMap((line) => /^(\w+)=/.exec(line)?.[1] ?? []);
    const known =
      /^(PATH|HOME|USER|LOGNAME|SHELL|LANG\w*|LC_\w+|TZ|TERM|TMPDIR|PAGER|GIT_PAGER|GIT_TERMINAL_PROMPT|PWD|OLDPWD|SHLVL|_|GATEHOUSE_COMMAND|XDG_\w+|JAVA_HOME|\w+_HOME|GOPATH|GOROOT|NVM_DIR|PYENV_ROOT|\w*ROOT|BUN_INSTALL|CONDA_PREFIX)$/;
    assert.deepEqual(
      names.filter((name) => !known.test(name)),
      [],
    );
    const path = /^PATH=(.*)$/m.exec(output)?.[1] ?? '';
    assert.ok(!path.includes(bench.workspace) && !path.split(':').includes('./x'));
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

  test('stdin is empty, so that a command that reads does not hang', async () => {
    assert.equal((await run('cat; echo done')).output, 'done\n');
  });

  test('a command that never ends is ended at its time limit, with its children, also those in their own session', async () => {
    const result = await run('sleep 98761 & setsid sleep 98762 & while :; do :; done', { timeoutMs: 300 });
    assert.equal(result.timedOut, true);
    assert.ok(await gone('98761'));
    assert.ok(await gone('98762'));
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
