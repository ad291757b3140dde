import assert from 'node:assert/strict';
import type { AgentEvent } from '../../../src/core/events';
import type { DecisionRecord } from '../../../src/core/gate/record';
import { callId } from '../../../src/core/ids';
import { say } from '../../../src/core/say';
import { createChatItems } from '../../../src/extension/chatItems';
import type { ChatItem } from '../../../src/webview/protocol';
import { inEnglish, question } from '../../fakes/question';

const id = callId('toolu_1');
const call: AgentEvent = { type: 'call', id, tool: 'Bash', title: 'npm publish', exact: 'npm publish' };

function record(changes: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    version: 1,
    id: 'r1',
    at: '2026-03-01T00:00:00.000Z',
    callId: id,
    tool: 'Bash',
    title: 'Bash: npm publish',
    input: {},
    cwd: '/ws',
    mode: 'auto',
    decision: 'allow',
    outcome: 'allowed',
    step: 'analysis',
    rule: 'paths.workspace',
    reason: 'reads inside the workspace',
    source: 'built-in',
    effects: [],
    evidence: [],
    proof: [],
    person: undefined,
    hash: 'h',
    cost: { micros: 80, model: undefined, modelMs: 1_234, usage: undefined },
    ...changes,
  };
}

const done = (changes: Partial<Extract<AgentEvent, { type: 'call-done' }>> = {}): AgentEvent => ({
  type: 'call-done',
  id,
  isError: false,
  text: 'ok',
  display: undefined,
  durationMs: 12,
  ...changes,
});

function play(...events: readonly AgentEvent[]) {
  const chat = createChatItems(inEnglish);
  for (const event of events) chat.add(event);
  return chat;
}

const job = (state: Extract<AgentEvent, { type: 'job' }>['state']): AgentEvent => ({
  type: 'job',
  id,
  job: 'bash_1',
  state,
});

function only<Type extends ChatItem['type']>(
  items: readonly ChatItem[],
  type: Type,
): Extract<ChatItem, { type: Type }> {
  const found = items.filter((item): item is Extract<ChatItem, { type: Type }> => item.type === type);
  assert.equal(found.length, 1, `one ${type} item`);
  return found[0] as Extract<ChatItem, { type: Type }>;
}

suite('chat items', () => {
  test('a call that started something stays at work, with a stop, until that has ended', () => {
    const chat = play(call, { type: 'call-decided', id, record: record() }, job('running'), done());
    const item = only(chat.items, 'call');
    assert.deepEqual([item.state, item.stateLabel, item.stoppable], ['running', 'Running in the background', true]);
    assert.equal(chat.call(item.id)?.job, 'bash_1');
    for (const [state, shown] of [
      ['done', 'done'],
      ['failed', 'failed'],
      ['ended', 'aborted'],
    ] as const) {
      const { items } = play(call, job('running'), done(), job(state));
      const after = only(items, 'call');
      assert.deepEqual([after.state, after.stoppable], [shown, false]);
    }
  });

  test('pieces of one text are one item, which stops streaming with its message', () => {
    const chat = play({ type: 'turn-start' }, { type: 'text', text: 'Hel' }, { type: 'text', text: 'lo' });
    assert.deepEqual(
      { ...only(chat.items, 'assistant'), id: '' },
      { id: '', type: 'assistant', text: 'Hello', streaming: true },
    );
    chat.add({ type: 'message-end' });
    assert.equal(only(chat.items, 'assistant').streaming, false);
  });

  test('thinking that ends in text stops streaming at once', () => {
    const chat = play({ type: 'thinking', text: 'hm' }, { type: 'text', text: 'Hello' });
    assert.equal(only(chat.items, 'thinking').streaming, false);
    assert.equal(only(chat.items, 'assistant').streaming, true);
  });

  test('a reply that was cut goes off the page when it is tried again', () => {
    const chat = play({ type: 'user', text: 'Go', at: 0 }, { type: 'text', text: 'half' });
    const change = chat.add({
      type: 'retry',
      attempt: 2,
      attempts: 8,
      delayMs: 1_400,
      said: say('The service is overloaded.'),
    });
    assert.equal(change.removed, true);
    assert.deepEqual(
      chat.items.map((item) => ('text' in item ? item.text : '')),
      ['Go', 'The service is overloaded. Trying again in 1 s (2 of 8).'],
    );
  });

  test('several attempts of one request are one notice', () => {
    const retry = (attempt: number): AgentEvent => ({
      type: 'retry',
      attempt,
      attempts: 8,
      delayMs: 2_000,
      said: say('Cut.'),
    });
    const chat = play(retry(2), retry(3));
    assert.equal(only(chat.items, 'notice').text, 'Cut. Trying again in 2 s (3 of 8).');
  });

  test('the text of a complete message stays when the turn ends', () => {
    const chat = play({ type: 'text', text: 'Hello' }, { type: 'message-end' }, { type: 'turn-end', end: 'done' });
    assert.equal(only(chat.items, 'assistant').text, 'Hello');
  });

  const labels: readonly [string, Partial<DecisionRecord>, label: string, state: string][] = [
    [
      'an allow of the analysis says here and how fast',
      {},
      'Allowed here in 0.1 ms: reads inside the workspace',
      'running',
    ],
    [
      'an allow of the classifier says how long it took',
      { step: 'classifier', reason: 'it runs the tests' },
      'Allowed by the classifier in 1.2 sec: it runs the tests',
      'running',
    ],
    [
      'an allow rule is named',
      { step: 'allow-rule', rule: 'Bash(npm test)' },
      'Allowed by your rule Bash(npm test)',
      'running',
    ],
    ['a yes of the person is theirs', { person: 'once' }, 'You allowed this once', 'running'],
    [
      'a block says why',
      { outcome: 'blocked', reason: 'it deletes too much' },
      'Blocked here in 0.1 ms: it deletes too much',
      'blocked',
    ],
    [
      'a block of the classifier says so',
      { outcome: 'blocked', step: 'classifier', reason: 'no' },
      'Blocked by the classifier in 1.2 sec: no',
      'blocked',
    ],
    [
      'a denial by rule says why',
      { outcome: 'denied', reason: 'the rule denies it' },
      'Denied: the rule denies it',
      'denied',
    ],
    ['a no of the person is theirs', { outcome: 'denied', person: 'deny' }, 'You denied this', 'denied'],
  ];
  for (const [title, changes, label, state] of labels) {
    test(title, () => {
      const chat = play(call, { type: 'call-decided', id, record: record(changes) });
      const item = only(chat.items, 'call');
      assert.equal(item.decision?.label, label);
      assert.equal(item.state, state);
    });
  }

  const endings: readonly [string, before: readonly AgentEvent[], end: AgentEvent, state: string, output: string][] = [
    ['a call that ran well is done', [{ type: 'call-decided', id, record: record() }], done(), 'done', 'ok'],
    [
      'a call that failed is failed',
      [{ type: 'call-decided', id, record: record() }],
      done({ isError: true, text: 'boom' }),
      'failed',
      'boom',
    ],
    [
      'a blocked call stays blocked and does not show the text for the model',
      [{ type: 'call-decided', id, record: record({ outcome: 'blocked' }) }],
      done({ isError: true, text: 'for the model' }),
      'blocked',
      '',
    ],
    [
      'a call that could not be understood is failed',
      [],
      done({ isError: true, text: 'no such tool' }),
      'failed',
      'no such tool',
    ],
    [
      'a call that was stopped under review is aborted',
      [{ type: 'call-reviewing', id, by: 'classifier' }],
      done({ isError: true, text: 'stopped' }),
      'aborted',
      'stopped',
    ],
  ];
  for (const [title, before, end, state, output] of endings) {
    test(title, () => {
      const item = only(play(call, ...before, end).items, 'call');
      assert.equal(item.state, state);
      assert.equal(item.output, output);
    });
  }

  test('hidden characters of a call are marked and the evidence moves with them', () => {
    const exact = 'echo \u202e; rm -rf x';
    const chat = play({ ...call, exact } as AgentEvent, {
      type: 'call-decided',
      id,
      record: record({ outcome: 'blocked', evidence: [{ start: 8, end: 17 }] }),
    });
    const item = only(chat.items, 'call');
    assert.equal(item.exact, 'echo ⟦U+202E⟧; rm -rf x');
    const [span] = item.decision?.evidence ?? [];
    assert.equal(item.exact.slice(span?.start, span?.end), 'rm -rf x');
  });

  test('a question stands on its card until it is answered', () => {
    const chat = play(call, { type: 'call-reviewing', id, by: 'person' });
    const asked = question({ offers: [{ type: 'once' }, { type: 'always', rule: 'Bash(npm publish)' }] });
    chat.ask(asked, true);
    const item = only(chat.items, 'call');
    assert.equal(item.state, 'asking');
    assert.deepEqual(
      item.question?.offers.map(({ choice, detail }) => [choice, detail]),
      [
        ['once', undefined],
        ['always', 'Adds Bash(npm publish) to your user settings'],
      ],
    );
    chat.ask(asked, false);
    assert.equal(only(chat.items, 'call').question, undefined);
  });

  test('a modal question is only pointed at', () => {
    const chat = play(call);
    chat.ask(question({ style: 'modal' }), true);
    const item = only(chat.items, 'call');
    assert.equal(item.question, undefined);
    assert.equal(item.stateLabel, 'Waiting for you in a dialog');
  });

  test('the diff of a question and the log of a result can be opened from the card', () => {
    const diff = { path: '/ws/a.ts', before: 'a', after: 'b' };
    const chat = play(call);
    chat.ask(question({ diff }), true);
    const item = only(chat.items, 'call');
    assert.equal(item.hasDiff, true);
    assert.deepEqual(chat.call(item.id)?.diff, diff);
    chat.add(done({ display: { type: 'output', text: 'out', exitCode: 0, logPath: '/logs/1' } }));
    assert.equal(only(chat.items, 'call').hasLog, true);
    assert.equal(chat.call(item.id)?.logPath, '/logs/1');
  });

  test('the progress follows turns, folder and tasks', () => {
    const chat = play(
      { type: 'turn-start' },
      { type: 'cwd', cwd: '/ws/src' },
      { type: 'todos', todos: [{ content: 'Test it', activeForm: 'Testing it', status: 'in_progress' }] },
    );
    assert.deepEqual(chat.progress, {
      busy: true,
      cwd: '/ws/src',
      todos: [{ text: 'Testing it', status: 'in_progress' }],
      failed: false,
      queued: [],
    });
    chat.add({ type: 'turn-end', end: 'failed' });
    assert.deepEqual([chat.progress.busy, chat.progress.failed], [false, true]);
  });

  test('the same events give the same items', () => {
    const events: AgentEvent[] = [
      { type: 'user', text: 'Go', at: 0 },
      { type: 'turn-start' },
      { type: 'text', text: 'I look.' },
      { type: 'message-end' },
      call,
      { type: 'call-decided', id, record: record() },
      done(),
      { type: 'notice', level: 'error', said: say('It failed.'), action: 'retry' },
      { type: 'turn-end', end: 'failed' },
    ];
    assert.deepEqual(play(...events).items, play(...events).items);
    assert.equal(only(play(...events).items, 'notice').action?.label, 'Try again');
  });
});
