import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { message, text } from '../../../src/node/scriptedApi/script';
import { type TerminalWorld, withTerminal } from '../../fakes/terminalWorld';

const program = resolve('dist/cli.js');

/** The program as it ships, in a process of its own. */
function start({ env, project, root }: TerminalWorld, args: readonly string[], stdin: 'ignore' | 'pipe' = 'ignore') {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: project,
    env: { ...env, HOME: join(root, 'home') },
    stdio: [stdin, 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  const ended = new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
    (resolved) => {
      child.once('close', (code) => resolved({ code, out, err }));
    },
  );
  return { child, ended };
}

suite('the terminal program as it ships', function () {
  this.timeout(30_000);

  test('it runs in a pipe without a terminal, compiled by itself and then from what the first run has left', () =>
    withTerminal([message(text('One.')), message(text('Two.'))], async (world) => {
      const compiled = join(world.root, 'data/gatehouse/compiled');
      const first = start(world, ['-p'], 'pipe');
      first.child.stdin?.end('Say one');
      assert.deepEqual(await first.ended, { code: 0, out: 'One.\n', err: '' });
      const [name = ''] = readdirSync(compiled);
      const { mtimeMs } = statSync(join(compiled, name));
      assert.deepEqual(await start(world, ['-p', 'Say two']).ended, { code: 0, out: 'Two.\n', err: '' });
      assert.equal(statSync(join(compiled, name)).mtimeMs, mtimeMs, 'it was good enough');
    }));

  test('compiled code that is damaged is not run, and written anew', () =>
    withTerminal([message(text('One.')), message(text('Two.'))], async (world) => {
      const compiled = join(world.root, 'data/gatehouse/compiled');
      await start(world, ['-p', 'x']).ended;
      const [name = ''] = readdirSync(compiled);
      writeFileSync(join(compiled, name), 'nonsense');
      assert.equal((await start(world, ['-p', 'x']).ended).out, 'Two.\n');
      assert.ok(statSync(join(compiled, name)).size > 10_000);
    }));

  test('compiled code that others could have written is not run', () =>
    withTerminal([message(text('One.')), message(text('Two.'))], async (world) => {
      const compiled = join(world.root, 'data/gatehouse/compiled');
      await start(world, ['-p', 'x']).ended;
      const [name = ''] = readdirSync(compiled);
      const { ino } = statSync(join(compiled, name));
      chmodSync(join(compiled, name), 0o666);
      assert.equal((await start(world, ['-p', 'x']).ended).out, 'Two.\n');
      assert.notEqual(statSync(join(compiled, name)).ino, ino, 'written anew');
      assert.equal(statSync(join(compiled, name)).mode & 0o777, 0o600);
    }));

  test('a signal ends it with the result and the code of the signal', () =>
    withTerminal([{ type: 'silence' }], async (world) => {
      const { child, ended } = start(world, ['-p', '--output-format', 'json', 'x']);
      while (world.api.requests.length === 0) await new Promise((wait) => setTimeout(wait, 20));
      child.kill('SIGINT');
      const { code, out } = await ended;
      assert.equal(code, 130);
      assert.equal(JSON.parse(out).subtype, 'interrupted');
    }));

  test('a reader that closes the pipe is no error', () =>
    withTerminal([message(text('x'.repeat(3_000_000)))], async (world) => {
      const { child, ended } = start(world, ['-p', 'x']);
      child.stdout?.once('data', () => child.stdout?.destroy());
      assert.equal((await ended).code, 0);
    }));

  test('it is plain ASCII: otherwise it takes twice the memory', () => {
    assert.ok(existsSync(program));
    assert.doesNotMatch(readFileSync('dist/program.js', 'latin1'), /[^\x00-\x7f]/);
  });
});
