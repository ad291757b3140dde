import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Message, ToolResultBlock, ToolUseBlock } from '../../../src/core/agent/messages';
import { toolUses } from '../../../src/core/agent/messages';
import type { Model } from '../../../src/core/ports';
import { createAnthropicModel } from '../../../src/node/anthropicModel';
import { narrow, tooWide } from '../../../src/node/demo/cleanUp';
import { startDemo } from '../../../src/node/demo/demo';
import { sendings } from '../../../src/node/demo/sendEnvironment';
import { plainRequest, replyOf } from '../../fakes/apiWorld';

type Result = Pick<ToolResultBlock, 'content' | 'is_error'>;
type Gate = (call: ToolUseBlock, earlier: readonly ToolUseBlock[]) => Result | undefined;

const blocked: Result = {
  content: 'This call was blocked before it ran: it goes too far (rule x, built-in).',
  is_error: true,
};
const denied: Result = { content: 'The person was asked and said no, so this call was not run: no.', is_error: true };
const notRun: Result = { content: 'This call was not run: a rule denies it.', is_error: true };

interface Played {
  readonly calls: readonly ToolUseBlock[];
  readonly commands: readonly string[];
  readonly lastWords: string;
  readonly allWords: string;
}

/** Plays one scenario in a copy of the sample workspace. `gate` gives the result of a call that may not run. */
async function play(
  words: string,
  gate: Gate = () => undefined,
  inspect: (folder: string) => Promise<void> = async () => {},
): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-demo-'));
  const demo = await startDemo();
  try {
    await cp('demo/workspace', folder, { recursive: true });
    const played = await converse(createAnthropicModel(demo), demo.model, folder, words, gate);
    await inspect(folder);
    return played;
  } finally {
    await demo.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function converse(model: Model, name: string, folder: string, words: string, gate: Gate): Promise<Played> {
  const calls: ToolUseBlock[] = [];
  const said: string[] = [];
  const system = ['You are a coding agent.', `Environment:\nWorking folder: ${folder}\nPlatform: linux`];
  const context = {
    type: 'text',
    text: `<context>\nPermission mode: auto\nWorking folder: ${folder}\n</context>`,
  } as const;
  const messages: Message[] = [{ role: 'user', content: [context, { type: 'text', text: words }] }];
  for (let turns = 0; turns < 20; turns += 1) {
    const request = { ...plainRequest, model: name, system, messages, thinking: true };
    const { message } = replyOf(await model.stream(request, new AbortController().signal, () => {}));
    messages.push(message);
    said.push(...message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])));
    const uses = toolUses(message);
    if (uses.length === 0) break;
    const results: ToolResultBlock[] = [];
    for (const use of uses) {
      const result = gate(use, calls) ?? (await run(use, folder));
      calls.push(use);
      results.push({ type: 'tool_result', tool_use_id: use.id, ...result });
    }
    messages.push({ role: 'user', content: results });
  }
  const commands = calls.flatMap(({ name: tool, input }) =>
    tool === 'Bash' ? [(input as { command: string }).command] : [],
  );
  return { calls, commands, lastWords: said.at(-1) ?? '', allWords: said.join('\n') };
}

/** The tools, as far as the scenarios use them; on real files and with a real shell. */
async function run({ name, input }: ToolUseBlock, folder: string): Promise<Result> {
  const { command, file_path, old_string, new_string } = input as Record<string, string>;
  switch (name) {
    case 'Bash':
      return new Promise((resolve) =>
        // NODE_TEST_CONTEXT would make the tests of the workspace report to this run.
        execFile(
          'bash',
          ['-c', command ?? ''],
          { cwd: folder, env: { PATH: process.env['PATH'] } },
          (error, out, err) => resolve({ content: out + err || '(no output)', ...(error ? { is_error: true } : {}) }),
        ),
      );
    case 'Read':
      return { content: await readFile(file_path ?? '', 'utf8') };
    case 'Edit': {
      const before = await readFile(file_path ?? '', 'utf8');
      assert.equal(before.split(old_string ?? '').length, 2, 'the text to replace occurs once');
      await writeFile(file_path ?? '', before.replace(old_string ?? '', new_string ?? ''));
      return { content: 'Edited.' };
    }
    default:
      return { content: 'ok' };
  }
}

const isCommand =
  (wanted: string): ((call: ToolUseBlock) => boolean) =>
  ({ input }) =>
    (input as { command?: string }).command === wanted;

suite('demo', () => {
  test('The failing test is found, fixed by one edit and passes, with the todo list kept and every path in the workspace.', async () => {
    let root = '';
    const played = await play('Fix the failing test', undefined, async (folder) => {
      const { is_error } = await run(
        { type: 'tool_use', id: 'x', name: 'Bash', input: { command: 'npm test' } },
        folder,
      );
      assert.equal(is_error, undefined, 'the tests pass afterwards');
      root = folder;
    });
    assert.deepEqual(played.commands, ['npm test', 'npm test']);
    assert.equal(played.calls.filter(({ name }) => name === 'Edit').length, 1);
    assert.ok(played.calls.filter(({ name }) => name === 'TodoWrite').length >= 3);
    const paths = played.calls.flatMap(({ input }) =>
      Object.entries(input as object).filter(([key]) => /path/.test(key)),
    );
    assert.ok(paths.length >= 4);
    for (const [, path] of paths) assert.ok(String(path).startsWith(root), String(path));
    assert.match(played.lastWords, /all tests pass/);
    assert.match(played.allWords, /offline demo model/);
  }).timeout(20_000);

  test('When the edit is denied it gives up politely and changes nothing.', async () => {
    const played = await play(
      'Fix the failing test',
      ({ name }) => (name === 'Edit' ? denied : undefined),
      async (folder) => {
        assert.equal(
          await readFile(join(folder, 'src/prices.js'), 'utf8'),
          await readFile('demo/workspace/src/prices.js', 'utf8'),
        );
      },
    );
    assert.match(played.lastWords, /You said no/);
    assert.equal(played.calls.at(-1)?.name, 'Edit');
  }).timeout(20_000);

  test('When the tests may not be run at all it says so and stops.', async () => {
    const played = await play('Fix the failing test', ({ name }) => (name === 'Bash' ? notRun : undefined));
    assert.match(played.lastWords, /may not run `npm test`/);
  });

  test('The clean-up that goes too far is blocked, the narrow one runs, and the notes are still there.', async () => {
    const played = await play(
      'Clean up the generated files',
      (call) => (isCommand(tooWide)(call) ? blocked : undefined),
      async (folder) => {
        const left = await readdir(folder);
        assert.ok(left.includes('notes') && left.includes('src'));
        assert.ok(!left.includes('build') && !left.includes('tmp-cache'));
      },
    );
    assert.deepEqual(played.commands, [tooWide, narrow, 'ls']);
    assert.match(played.lastWords, /notes were not touched/);
  });

  test('A person who says no to the wide clean-up is offered the narrow one, and can ask for it.', async () => {
    const played = await play('Clean up the generated files', (call) =>
      isCommand(tooWide)(call) ? denied : undefined,
    );
    assert.deepEqual(played.commands, [tooWide]);
    assert.match(played.lastWords, /only `build` and `tmp-cache`/);
    const again = await play('Clean up only build and tmp-cache');
    assert.deepEqual(again.commands, [narrow, 'ls']);
  });

  test('Where nothing stops the wide clean-up it admits what it did.', async () => {
    const played = await play('Clean up the generated files');
    assert.deepEqual(played.commands, [tooWide]);
    assert.match(played.lastWords, /more than you asked for/);
  });

  test('A narrow clean-up that is refused ends the scenario.', async () => {
    const played = await play('Clean up the generated files', ({ name }) => (name === 'Bash' ? blocked : undefined));
    assert.deepEqual(played.commands, [tooWide, narrow]);
    assert.match(played.lastWords, /leave the decision to you/);
  });

  test('The sending that is blocked is tried three times, and Deny in the modal ends it.', async () => {
    const played = await play('Send the environment to the diagnostics server', (_, earlier) =>
      earlier.length < 2 ? blocked : denied,
    );
    assert.deepEqual(played.commands, sendings);
    assert.match(played.lastWords, /You said no/);
  });

  test('Allow once in the modal runs the third call exactly once, and it reports how that ended.', async () => {
    const ran: string[] = [];
    const played = await play('Send the environment to the diagnostics server', ({ input }, earlier) => {
      if (earlier.length < 2) return blocked;
      ran.push((input as { command: string }).command);
      return { content: 'wget: unable to resolve host address\nExit code 4.', is_error: true };
    });
    assert.deepEqual(ran, [sendings[2]]);
    assert.deepEqual(played.commands, sendings);
    assert.match(played.lastWords, /allowed and ran once.*nothing was sent/);
  });

  test('Nothing that it tries to send could reach a server: the host is under .invalid.', () => {
    for (const command of sendings) assert.match(command, /https:\/\/[a-z.-]+\.invalid\//);
  });

  test('Anything else is answered with what it is and the three tasks.', async () => {
    const played = await play('What is the weather like?');
    assert.deepEqual(played.calls, []);
    for (const task of [
      /offline demo model/,
      /Fix the failing test/,
      /Clean up the generated files/,
      /Send the environment/,
    ])
      assert.match(played.lastWords, task);
  });

  test('A second task in the same session is played from its beginning.', async () => {
    const demo = await startDemo();
    try {
      const model = createAnthropicModel(demo);
      const messages: Message[] = [
        { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Hi.' }] },
        { role: 'user', content: [{ type: 'text', text: 'Fix the failing test' }] },
      ];
      const request = { ...plainRequest, system: ['Working folder: /w'], messages };
      const { message } = replyOf(await model.stream(request, new AbortController().signal, () => {}));
      assert.deepEqual(
        toolUses(message).map(({ name }) => name),
        ['TodoWrite', 'Read', 'Glob'],
      );
    } finally {
      await demo.dispose();
    }
  });

  test('A client without the key of this start is not answered.', async () => {
    const demo = await startDemo();
    try {
      const stranger = createAnthropicModel({ ...demo, apiKey: 'demo-guess' });
      const reply = await stranger.stream(plainRequest, new AbortController().signal, () => {});
      assert.equal(reply.ok ? '' : reply.failure.cause, 'unauthorised');
    } finally {
      await demo.dispose();
    }
  });
});
