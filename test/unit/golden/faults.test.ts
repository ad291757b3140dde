import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { httpError, message, type ScriptedReply, text, thinking, toolUse } from '../../../src/node/scriptedApi/script';
import { golden, type Stage } from './harness';

/** Each fault leaves a session that goes on with the next message: every transcript ends with one that is answered. */
async function thenGoOn(stage: Stage): Promise<void> {
  stage.remark('the session goes on');
  await stage.session.send('Are you still there?');
  assert.equal(stage.session.events.at(-1)?.type, 'turn-end');
  const end = stage.session.events.at(-1);
  assert.ok(end?.type === 'turn-end' && end.end === 'done');
}

/** Whether a process has this among its arguments. */
function isRunning(argument: string): boolean {
  return execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).includes(argument);
}

const here = message(text('Yes, I am.'));
const read = (ws: string): ScriptedReply => message(toolUse('Read', { file_path: `${ws}/notes.txt` }));
const files = { 'notes.txt': 'one\ntwo\n' };

suite('golden: faults', function () {
  this.timeout(20_000);

  test('no key: what to do is said, nothing was sent, and it goes on once a key is set', () =>
    golden(
      'fault-no-key',
      { mode: 'auto', apiKey: null, script: () => [message(text('Hello.')), here] },
      async (stage) => {
        await stage.session.send('Hello?');
        assert.equal(stage.requests.length, 0);
        stage.remark('the person sets a key and presses Try Again');
        stage.setKey('agent-key');
        await stage.session.retry();
        await thenGoOn(stage);
      },
    ));

  test('401: a key that is not accepted is not tried again', () =>
    golden(
      'fault-401',
      { mode: 'auto', apiKey: 'wrong-key', serverKey: 'right-key', script: () => [here] },
      async (stage) => {
        await stage.session.send('Hello?');
        assert.equal(stage.requests.length, 1);
        stage.remark('the person sets the right key');
        stage.setKey('right-key');
        await thenGoOn(stage);
      },
    ));

  test('429, then success: the retry is visible and waits as long as the server says', () =>
    golden(
      'fault-429',
      {
        mode: 'auto',
        script: () => [
          httpError(429, 'Number of requests has exceeded your rate limit', { 'retry-after': '7' }),
          message(text('Hello.')),
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('Hello?');
        await thenGoOn(stage);
      },
    ));

  test('529 until the attempts are used up, then tried again by the person', () =>
    golden(
      'fault-529',
      {
        mode: 'auto',
        limits: { retry: { attempts: 3, budgetMs: 60_000, baseMs: 1000, capMs: 10_000 } },
        script: () => [...Array.from({ length: 3 }, () => httpError(529, 'Overloaded')), message(text('Hello.')), here],
      },
      async (stage) => {
        await stage.session.send('Hello?');
        stage.remark('the person presses Try Again');
        await stage.session.retry();
        await thenGoOn(stage);
      },
    ));

  test('a stream cut in the middle: what had come is void, and the reply comes again', () =>
    golden(
      'fault-cut-stream',
      {
        mode: 'auto',
        files,
        script: (ws) => [
          {
            type: 'message',
            content: [text('I will read the notes and then tell you what they say.')],
            fault: { type: 'cut', afterEvents: 5 },
          },
          {
            type: 'message',
            content: [toolUse('Read', { file_path: `${ws}/notes.txt` })],
            fault: { type: 'cut', afterEvents: 6 },
          },
          read(ws),
          message(text('Two lines.')),
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('What do the notes say?');
        assert.equal(stage.session.messages.length, 4, 'nothing of the cut replies is in the conversation');
        await thenGoOn(stage);
      },
    ));

  test('an error in the middle of a stream', () =>
    golden(
      'fault-error-in-stream',
      {
        mode: 'auto',
        script: () => [
          {
            type: 'message',
            content: [text('Hello, I am')],
            fault: { type: 'error', afterEvents: 4, errorType: 'overloaded_error', message: 'Overloaded' },
          },
          message(text('Hello.')),
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('Hello?');
        await thenGoOn(stage);
      },
    ));

  test('a tool input that is no JSON, then the same call in order', () =>
    golden(
      'fault-malformed-input',
      {
        mode: 'auto',
        files,
        script: (ws) => [
          message({ type: 'malformed_tool_use', name: 'Read', json: '{"file_path": "/ws/no' }),
          message(toolUse('Read', { path: `${ws}/notes.txt` })),
          read(ws),
          message(text('Two lines.')),
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('What do the notes say?');
        await thenGoOn(stage);
      },
    ));

  test('a tool that does not exist', () =>
    golden(
      'fault-unknown-tool',
      { mode: 'auto', script: () => [message(toolUse('Teleport', { to: 'Mars' })), message(text('I cannot.')), here] },
      async (stage) => {
        await stage.session.send('Teleport me.');
        await thenGoOn(stage);
      },
    ));

  test('a refusal takes its exchange with it', () =>
    golden(
      'fault-refusal',
      {
        mode: 'auto',
        files,
        script: (ws) => [
          message(text('Hello.')),
          read(ws),
          { type: 'message', content: [text('I can')], stopReason: 'refusal' },
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('Hello?');
        await stage.session.send('Make something terrible of the notes.');
        await thenGoOn(stage);
        const last = JSON.stringify(stage.requests.at(-1)?.body);
        assert.ok(last.includes('Hello?') && !last.includes('terrible'));
      },
    ));

  test('pause_turn is sent back and continued', () =>
    golden(
      'fault-pause-turn',
      {
        mode: 'auto',
        script: () => [
          { type: 'message', content: [text('Let me see.')], stopReason: 'pause_turn' },
          message(text('It is done.')),
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('Do it.');
        await thenGoOn(stage);
      },
    ));

  test('max_tokens in a text and in a call: the cut call is not run', () =>
    golden(
      'fault-max-tokens',
      {
        mode: 'skip',
        script: (ws) => [
          { type: 'message', content: [text('The answer is long and')], stopReason: 'max_tokens' },
          { type: 'message', content: [text(' here it ends.')] },
          {
            type: 'message',
            content: [
              { type: 'malformed_tool_use', name: 'Write', json: `{"file_path": "${ws}/a.txt", "content": "half of` },
            ],
            stopReason: 'max_tokens',
          },
          message(toolUse('Write', { file_path: `${ws}/a.txt`, content: 'whole\n' })),
          message(text('Written.')),
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('Tell me.');
        await stage.session.send('Write it.');
        await thenGoOn(stage);
        assert.equal(stage.file('a.txt'), 'whole\n');
      },
    ));

  test('a full context window', () =>
    golden(
      'fault-context-window',
      {
        mode: 'skip',
        script: (ws) => [
          {
            type: 'message',
            content: [
              thinking('Nearly full.'),
              text('I write'),
              toolUse('Write', { file_path: `${ws}/a.txt`, content: 'no' }),
            ],
            stopReason: 'model_context_window_exceeded',
          },
          here,
        ],
      },
      async (stage) => {
        await stage.session.send('Write it.');
        assert.equal(stage.file('a.txt'), undefined);
        await thenGoOn(stage);
      },
    ));

  test('a stop reason nobody knows', () =>
    golden(
      'fault-unknown-stop-reason',
      { mode: 'auto', script: () => [{ type: 'message', content: [text('So')], stopReason: 'coffee_break' }, here] },
      async (stage) => {
        await stage.session.send('Go.');
        await thenGoOn(stage);
      },
    ));

  test('100 MB of output: shortened for the model, bounded in memory, whole in the log file', async () => {
    const bytes = 100_000_000;
    await golden(
      'fault-large-output',
      {
        mode: 'skip',
        script: () => [
          message(toolUse('Bash', { command: `head -c ${bytes} /dev/zero | tr '\\0' x` })),
          message(text('That was much.')),
          here,
        ],
      },
      async (stage) => {
        let kept = 0;
        stage.session.onEvent(() => {
          kept = Math.max(kept, JSON.stringify(stage.session.events.slice(-3)).length);
        });
        await stage.session.send('Print it.');
        assert.ok(kept < 500_000, `${kept} characters were kept while it ran`);
        const done = stage.session.events.find((event) => event.type === 'call-done');
        assert.ok(done?.type === 'call-done' && done.text.length <= 30_000);
        assert.ok(done.display?.type === 'output' && done.display.logPath);
        assert.equal(statSync(done.display.logPath).size, bytes);
        await thenGoOn(stage);
      },
      (transcript) => transcript.replace(/x{100,}/g, 'x…').replace(/command-\w+\.log/, 'command-ID.log'),
    );
  });

  test('a command that never ends is stopped by the person, with everything it started', async () => {
    const seconds = `31536${process.pid}`;
    await golden(
      'fault-endless-command',
      {
        mode: 'skip',
        script: () => [
          message(
            toolUse('Bash', { command: `echo begun > begun.txt; sleep ${seconds} & sleep ${seconds}` }),
            toolUse('Bash', { command: 'echo second > second.txt' }),
          ),
          here,
        ],
      },
      async (stage) => {
        const turn = stage.session.send('Wait for it.');
        while (stage.file('begun.txt') === undefined) await new Promise((resolve) => setTimeout(resolve, 10));
        await stage.session.send('Are you done?');
        await stage.session.stop();
        await turn;
        assert.equal(stage.file('second.txt'), undefined);
        while (isRunning(seconds)) await new Promise((resolve) => setTimeout(resolve, 10));
        await thenGoOn(stage);
      },
      (transcript) => transcript.replaceAll(seconds, 'FOREVER'),
    );
  });
});
