import assert from 'node:assert/strict';
import { readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { callId } from '../../../../src/core/ids';
import type { ToolCall } from '../../../../src/core/tools/call';
import { createReadLedger } from '../../../../src/core/tools/readLedger';
import { createRegistry } from '../../../../src/core/tools/registry';
import { decodeText, encodeText } from '../../../../src/core/tools/textFile';
import type { ToolContext } from '../../../../src/core/tools/tool';
import { nodeClock } from '../../../../src/node/nodeClock';
import { nodeDigest } from '../../../../src/node/nodeDigest';
import { nodeFiles } from '../../../../src/node/nodeFiles';
import { createNodeProcesses } from '../../../../src/node/nodeProcesses';
import { createRipgrep } from '../../../../src/node/ripgrep';
import { approve } from '../../../fakes/approve';
import { offline } from '../../../fakes/offline';
import { createWorkbench, type Workbench } from '../../../fakes/workbench';

const registry = createRegistry();
const utf8 = (text: string) => new TextEncoder().encode(text);

suite('tools', () => {
  let bench: Workbench;
  let context: ToolContext;
  let folders: string[];

  setup(() => {
    bench = createWorkbench({
      'a.txt': 'one\ntwo\nthree\ntwo\n',
      'crlf.txt': '\uFEFFone\r\ntwo\r\n',
      'sub/x': '',
      'bin.dat': 'a\0b',
      'long.txt': `${'x'.repeat(5000)}\n${'line\n'.repeat(3000)}`,
    });
    folders = [];
    const processes = createNodeProcesses({
      environment: async () => ({ PATH: process.env['PATH'] ?? '' }),
      scratch: bench.scratch,
      logs: bench.scratch,
    });
    context = {
      ...{
        files: nodeFiles,
        processes,
        search: createRipgrep([]),
        clock: nodeClock,
        digest: nodeDigest,
        reads: createReadLedger(),
        ...offline,
      },
      place: {
        workspace: [bench.workspace],
        cwd: bench.workspace,
        home: bench.home,
        scratch: bench.scratch,
        ours: [],
        user: 'me',
      },
      limits: { bashTimeoutMs: 5_000, bashTimeoutMaxMs: 10_000, outputChars: 30_000 },
      signal: new AbortController().signal,
      onOutput: () => {},
      onCwd: (cwd) => void folders.push(cwd),
      onTodos: () => {},
    };
  });
  teardown(async () => {
    await context.processes.dispose();
    bench.dispose();
  });

  async function run(name: string, input: Record<string, unknown>) {
    const checked = registry.validate({ id: 'toolu_1', name, input });
    if (!checked.ok) return { text: checked.text, isError: true };
    return registry.run(await approve(checked.call), context);
  }

  test('Read numbers lines, pages, and says how to go on', async () => {
    assert.equal(
      (await run('Read', { file_path: bench.path('a.txt'), offset: 2, limit: 2 })).text,
      '     2\ttwo\n     3\tthree\n(1 more lines; go on with offset 4)',
    );
    assert.match((await run('Read', { file_path: bench.path('a.txt'), offset: 9 })).text, /has 4 lines/);
    const long = await run('Read', { file_path: bench.path('long.txt') });
    assert.match(long.text, /3000 more characters/);
    assert.match(long.text, /go on with offset/);
    assert.ok(long.text.length <= 30_000);
  });

  test('Read says what a path is when it is no text file', async () => {
    assert.match((await run('Read', { file_path: bench.path('sub') })).text, /is a folder/);
    assert.match((await run('Read', { file_path: bench.path('none') })).text, /does not exist/);
    assert.match((await run('Read', { file_path: bench.path('bin.dat') })).text, /not a text file/);
    assert.match((await run('Read', { file_path: 'a.txt' })).text, /must be absolute/);
  });

  test('Edit needs a read first, and notices when the file changed since', async () => {
    const change = { file_path: bench.path('a.txt'), old_string: 'one', new_string: '1' };
    assert.match((await run('Edit', change)).text, /has not been read/);
    await run('Read', { file_path: change.file_path });
    writeFileSync(change.file_path, 'one and more');
    assert.match((await run('Edit', change)).text, /has changed since/);
    assert.equal(readFileSync(change.file_path, 'utf8'), 'one and more');
  });

  test('Edit replaces exactly one place, or all when told so', async () => {
    const file_path = bench.path('a.txt');
    await run('Read', { file_path });
    assert.match(
      (await run('Edit', { file_path, old_string: 'two', new_string: '2' })).text,
      /occurs 2 times .*lines 2, 4/,
    );
    assert.match((await run('Edit', { file_path, old_string: 'one  two', new_string: '2' })).text, /other spaces/);
    assert.match((await run('Edit', { file_path, old_string: 'absent', new_string: '2' })).text, /does not occur/);
    const done = await run('Edit', { file_path, old_string: 'two', new_string: '$&', replace_all: true });
    assert.equal(done.isError, false);
    assert.equal(readFileSync(file_path, 'utf8'), 'one\n$&\nthree\n$&\n');
    assert.equal(
      (await run('Edit', { file_path, old_string: 'one', new_string: '1' })).isError,
      false,
      'its own change needs no new read',
    );
  });

  test('Edit keeps line endings and byte-order mark', async () => {
    const file_path = bench.path('crlf.txt');
    await run('Read', { file_path });
    await run('Edit', { file_path, old_string: 'one\ntwo', new_string: 'eins\nzwei' });
    assert.equal(readFileSync(file_path, 'utf8'), '\uFEFFeins\r\nzwei\r\n');
  });

  test('Write makes new files freely and replaces only what was read', async () => {
    assert.match((await run('Write', { file_path: bench.path('new/deep.txt'), content: 'x' })).text, /^Created/);
    assert.match((await run('Write', { file_path: bench.path('a.txt'), content: 'x' })).text, /has not been read/);
    await run('Read', { file_path: bench.path('a.txt') });
    const result = await run('Write', { file_path: bench.path('a.txt'), content: 'x' });
    assert.match(result.text, /^Replaced/);
    assert.ok(result.display?.type === 'diff' && result.display.before.startsWith('one'));
  });

  test('Edit does not guess between places that overlap, and says when only line endings differ', async () => {
    const file_path = bench.path('odd.txt');
    writeFileSync(file_path, 'aaa\nx\r\ny\nz');
    await run('Read', { file_path });
    assert.match((await run('Edit', { file_path, old_string: 'aa', new_string: 'b' })).text, /occurs 2 times/);
    assert.match((await run('Edit', { file_path, old_string: 'x\ny', new_string: 'b' })).text, /other line endings/);
    assert.equal((await run('Edit', { file_path, old_string: 'x\r\ny', new_string: 'b' })).isError, false);
    assert.equal(readFileSync(file_path, 'utf8'), 'aaa\nb\nz');
  });

  test('Write keeps the line endings and byte-order mark of the file it replaces, because Read does not show them', async () => {
    const file_path = bench.path('crlf.txt');
    await run('Read', { file_path });
    const result = await run('Write', { file_path, content: 'a\nb\n' });
    assert.match(result.text, /CRLF line endings and byte-order mark were kept/);
    assert.equal(readFileSync(file_path, 'utf8'), '\uFEFFa\r\nb\r\n');
    await run('Write', { file_path: bench.path('new.txt'), content: 'a\r\nb\n' });
    assert.equal(readFileSync(bench.path('new.txt'), 'utf8'), 'a\r\nb\n');
  });

  test('Write refuses a file that changed since it was read, and one that appeared since', async () => {
    const file_path = bench.path('a.txt');
    await run('Read', { file_path });
    writeFileSync(file_path, 'someone else');
    assert.match((await run('Write', { file_path, content: 'mine' })).text, /has changed since/);
    assert.equal(readFileSync(file_path, 'utf8'), 'someone else');
  });

  test('a folder that is swapped for a link between approval and run gets neither read nor written', async () => {
    for (const [name, more] of [
      ['Read', {}],
      ['Write', { content: 'planted' }],
    ] as const) {
      const checked = registry.validate({ id: 'x', name, input: { file_path: bench.path('sub/x'), ...more } });
      assert.ok(checked.ok);
      const approved = await approve(checked.call);
      writeFileSync(`${bench.home}/x`, 'private');
      renameSync(bench.path('sub'), bench.path('old'));
      symlinkSync(bench.home, bench.path('sub'));
      await run('Read', { file_path: `${bench.home}/x` });
      const result = await registry.run(approved, context);
      assert.ok(result.isError && /symbolic link|has not been read/.test(result.text), result.text);
      assert.doesNotMatch(result.text, /private/);
      assert.equal(readFileSync(`${bench.home}/x`, 'utf8'), 'private');
      unlinkSync(bench.path('sub'));
      renameSync(bench.path('old'), bench.path('sub'));
    }
  });

  test('a path that leads nowhere is not called relative', async () => {
    symlinkSync(bench.path('loop'), bench.path('loop'));
    assert.match((await run('Read', { file_path: bench.path('loop') })).text, /leads in a circle/);
  });

  test('no result is longer than the limit, and none holds half a character', async () => {
    context = { ...context, limits: { ...context.limits, outputChars: 1_500 } };
    writeFileSync(bench.path('wide.txt'), `${'😀'.repeat(1_500)}\n`.repeat(20));
    for (const [name, input] of [
      ['Bash', { command: 'for n in {1..3000}; do printf 😀; done; exit 3' }],
      ['Read', { file_path: bench.path('wide.txt') }],
      ['Edit', { file_path: bench.path('a.txt'), old_string: 'x'.repeat(3_000), new_string: '' }],
    ] as const) {
      const { text } = await run(name, input);
      assert.ok(text.length <= 1_500, `${name}: ${text.length}`);
      assert.doesNotThrow(() => encodeURIComponent(text), name);
    }
    assert.match((await run('Bash', { command: 'yes | head -c 9000' })).text, /full log is .*command-/);
  });

  test('the card gets a bounded part of what a command prints while it runs', async () => {
    const chunks: string[] = [];
    context = { ...context, onOutput: (chunk) => void chunks.push(chunk) };
    await run('Bash', { command: 'yes | head -c 5000000' });
    const shown = chunks.join('').length;
    assert.ok(shown >= 30_000 && shown < 200_000, String(shown));
  });

  test('when the working folder is gone the workspace takes its place, so that commands can go on', async () => {
    context = { ...context, place: { ...context.place, cwd: bench.path('gone') } };
    const result = await run('Bash', { command: 'ls' });
    assert.ok(result.isError);
    assert.match(result.text, /no longer there\. Working folder is now /);
    assert.deepEqual(folders, [bench.workspace]);
  });

  test('an abort while a command runs is thrown, and nothing goes on', async () => {
    const controller = new AbortController();
    context = { ...context, signal: controller.signal };
    const running = run('Bash', { command: `sleep 0.4; touch ${bench.path('late')}` });
    setTimeout(() => controller.abort(), 100);
    await assert.rejects(running);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.throws(() => readFileSync(bench.path('late')));
  });

  test('an approved call whose input nobody checked does not reach its tool', async () => {
    const forged: ToolCall = { id: callId('x'), tool: 'Bash', input: { command: ['rm'] } };
    const result = await registry.run(await approve(forged), context);
    assert.ok(result.isError && /not valid/.test(result.text));
    assert.equal(registry.title(forged), 'Bash');
  });

  test('Bash gives output, exit code, and carries the folder over inside the workspace only', async () => {
    const result = await run('Bash', { command: 'cd sub && echo hi && exit 3' });
    assert.equal(result.text, `hi\nExit code 3.\nWorking folder is now ${bench.path('sub')}.`);
    assert.equal(result.isError, true);
    assert.match((await run('Bash', { command: 'cd /' })).text, /outside the workspace; the working folder stays/);
    assert.deepEqual(folders, [bench.path('sub')]);
    assert.match((await run('Bash', { command: 'sleep 5', timeout: 100 })).text, /Timed out after 0.1 s/);
    assert.match((await run('Bash', { command: 'true' })).text, /no output/);
  });

  test('an unknown tool, malformed JSON and wrong fields are texts for the model, field by field', () => {
    const text = (name: string, input: unknown) => {
      const checked = registry.validate({ id: 'x', name, input });
      return checked.ok ? 'ok' : checked.text;
    };
    assert.match(text('Nope', {}), /no tool "Nope".*Bash, Read/);
    assert.match(text('Bash', undefined), /not valid JSON/);
    assert.match(text('Bash', { command: 1 }), /command: /);
    assert.match(text('Bash', { command: 'x', dangerouslyDisableSandbox: true }), /Unrecognized key/);
    assert.match(
      text('TodoWrite', { todos: [{ content: 'x', activeForm: 'x', status: 'later' }] }),
      /todos\.0\.status/,
    );
    assert.equal(text('Grep', { pattern: 'x', '-i': true, output_mode: 'count' }), 'ok');
  });

  test('every tool has a schema that closes its input, and what is shown is the whole call', () => {
    for (const { inputSchema } of registry.specs()) assert.equal(inputSchema['additionalProperties'], false);
    const checked = registry.validate({ id: 'x', name: 'Bash', input: { command: 'a\nb' } });
    assert.ok(checked.ok);
    assert.equal(registry.exact(checked.call), 'a\nb');
    assert.equal(registry.title(checked.call), 'a …');
  });
});

suite('text files', () => {
  for (const text of ['', 'a', 'a\n', 'a\r\nb\r\n', 'a\r\nb\n', '\uFEFFa\r\n', 'a\rb', 'ä\n']) {
    test(`${JSON.stringify(text)} comes back byte for byte`, () => {
      const file = decodeText(utf8(text));
      assert.ok(file);
      assert.deepEqual(encodeText(file.text, file), utf8(text));
    });
  }

  test('invalid UTF-8 is not text', () => assert.equal(decodeText(new Uint8Array([0xff, 0xfe, 0x41])), undefined));
});
