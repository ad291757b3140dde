import assert from 'node:assert/strict';
import { callId } from '../../../../src/core/ids';
import type { LineStore } from '../../../../src/core/ports';
import { exportJson, exportMarkdown } from '../../../../src/core/sessions/exportSession';
import { eventsOf, sessionSummary, titleFrom } from '../../../../src/core/sessions/sessionSummary';
import { createTranscriptWriter, readTranscript, type Transcript } from '../../../../src/core/sessions/transcript';
import { apiProblems, loopWorld, memoryStore, reply, text, use } from '../agent/loopWorld';

const user = (words: string, n = 0) => ({ type: 'user', text: words, at: 1_700_000_000_000, n }) as const;

suite('a stored session', () => {
  test('has no hole when the disk was full for a while: what could not be stored is, in its order, and is said once', async () => {
    const lines: string[] = [];
    let full = true;
    const store: LineStore = {
      async append(line) {
        if (full) throw new Error('ENOSPC: no space left on device');
        lines.push(line);
      },
      read: async () => lines,
    };
    const failures: unknown[] = [];
    const writer = createTranscriptWriter(store, (error) => failures.push(error));
    writer.write({ type: 'event', event: user('one') });
    writer.write({ type: 'event', event: user('two') });
    await writer.flushed();
    assert.deepEqual([lines.length, failures.length], [0, 1]);
    full = false;
    writer.write({ type: 'event', event: user('three') });
    await writer.flushed();
    assert.deepEqual(sessionSummary(eventsOf(lines)).asked, ['one', 'two', 'three']);
    full = true;
    writer.write({ type: 'event', event: user('four') });
    await writer.flushed();
    assert.equal(failures.length, 2, 'a second time is said again');
    full = false;
    await writer.flushed();
    assert.equal(lines.length, 4, 'closing the window tries once more');
  });

  test('takes a message once that was written twice', async () => {
    const line = JSON.stringify({
      type: 'message',
      n: 0,
      message: { role: 'user', content: [{ type: 'text', text: 'x' }] },
    });
    assert.equal((await readTranscript(memoryStore([line, line]))).messages.length, 1);
  });

  test('is whole whichever lines are lost, doubled or moved by hand', async () => {
    const store = memoryStore();
    const world = await loopWorld(
      [
        reply(text('One.'), use('a', 'one')),
        reply(use('b', 'two'), use('c', 'three')),
        reply(text('Done.')),
        reply(text('Again.')),
      ],
      { store },
    );
    await world.session.send('do it');
    await world.session.send('once more');
    const all = store.lines;
    const broken = all.flatMap((line, at) => [
      all.toSpliced(at, 1),
      all.toSpliced(at, 1, line.slice(0, line.length / 2)),
      all.toSpliced(at, 0, line),
      all.slice(at),
      [...all.slice(at), ...all.slice(0, at)],
    ]);
    for (const lines of broken) {
      const after = await loopWorld([reply(text('Here.'))], { store: memoryStore([...lines]) });
      assert.deepEqual(apiProblems(after.session.messages), [], lines.join('\n'));
      await after.session.send('go on');
      assert.deepEqual(apiProblems(after.requests[0]?.messages ?? []), [], lines.join('\n'));
    }
  });

  test('is named by what was asked first, in one line that shows what cannot be seen', () => {
    assert.equal(titleFrom('  Fix the\n\n test '), 'Fix the test');
    assert.equal(titleFrom(`Fix ${'the test '.repeat(20)}`).length <= 80, true);
    assert.match(titleFrom(`Fix ${'the test '.repeat(20)}`), /\w…$/);
    assert.match(titleFrom('a\u202eb'), /U\+202E/);
    assert.equal(titleFrom('🙂'.repeat(200)).endsWith('🙂…'), true);
  });

  test('knows what was asked, without what the person took back, and whether its turn ended', () => {
    const events = [
      user('one', 0),
      { type: 'turn-start' },
      user('two', 3),
      { type: 'rewound', n: 3 },
      user('three', 5),
    ] as const;
    assert.deepEqual(sessionSummary(events), {
      ...{ title: 'one', asked: ['one', 'three'], began: 1_700_000_000_000, interrupted: true },
    });
    assert.equal(sessionSummary([...events, { type: 'turn-end', end: 'done' }]).interrupted, false);
  });
});

suite('an exported session', () => {
  const secret = 'ghp_0123456789abcdefghijklmnopqrstuvwxyz';
  const transcript: Transcript = {
    problem: undefined,
    messages: [{ n: 0, message: { role: 'user', content: [{ type: 'text', text: `use ${secret}` }] } }],
    events: [
      user(`use ${secret}\nand more`),
      { type: 'turn-start' },
      { type: 'text', text: 'lost' },
      { type: 'retry', attempt: 1, attempts: 2, delayMs: 1, said: { template: 'x', args: [] } },
      { type: 'text', text: 'I look.' },
      { type: 'message-end' },
      { type: 'call', id: callId('a'), tool: 'Bash', title: 'cat', exact: 'cat notes.md' },
      {
        ...{ type: 'call-done', id: callId('a'), isError: false, display: undefined, durationMs: 1 },
        text: `${'```'}js\n# not a heading of ours\n${'```'}\ntoken=${secret}`,
      },
      { type: 'turn-end', end: 'done' },
    ],
  };

  test('can be read as Markdown, nothing in it breaks out of its place, and no secret that is recognised is in it', () => {
    const markdown = exportMarkdown(transcript);
    assert.ok(!markdown.includes(secret));
    assert.match(markdown, /## You\n\n> use .*\n> and more/);
    assert.match(markdown, /## Agent\n\nI look\./);
    assert.ok(!markdown.includes('lost'));
    assert.match(markdown, /### Bash\n\n```text\ncat notes\.md\n```/);
    assert.match(markdown, /````text\n```js\n# not a heading of ours\n```\n/);
  });

  test('is whole as JSON, without the secrets', () => {
    const json = exportJson(transcript);
    assert.ok(!json.includes(secret));
    const read = JSON.parse(json) as { readonly events: readonly unknown[]; readonly messages: readonly unknown[] };
    assert.deepEqual([read.events.length, read.messages.length], [transcript.events.length, 1]);
  });
});
