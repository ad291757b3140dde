import assert from 'node:assert/strict';
import { announcementFor } from '../../../src/webview/announcements';
import type { ChatItem } from '../../../src/webview/protocol';
import { createTexts } from '../../../src/webview/texts';

const t = createTexts({});

type Call = Extract<ChatItem, { type: 'call' }>;

function call(changes: Partial<Call> = {}): Call {
  return {
    id: 'c',
    type: 'call',
    tool: 'Bash',
    title: 'rm -rf x',
    exact: 'rm -rf x',
    state: 'running',
    stateLabel: 'Running',
    decision: undefined,
    question: undefined,
    output: '',
    hasDiff: false,
    hasLog: false,
    durationMs: undefined,
    undo: undefined,
    stoppable: false,
    asks: undefined,
    ...changes,
  };
}

const question = (id: string) => ({
  id,
  reason: 'Commands ask first.',
  rule: 'mode',
  cwd: '/w',
  effects: [],
  hasDiff: false,
  offers: [],
});

const reply = (text: string, streaming: boolean): ChatItem => ({ id: 'a', type: 'assistant', text, streaming });

suite('announcements', () => {
  test('a reply is announced once, when it is finished', () => {
    assert.equal(announcementFor(undefined, reply('Hel', true), t), undefined);
    assert.equal(announcementFor(reply('Hel', true), reply('Hello', true), t), undefined);
    assert.deepEqual(announcementFor(reply('Hello', true), reply('Hello there', false), t), {
      text: 'The agent replied: Hello there',
      urgency: 'polite',
    });
    assert.equal(announcementFor(reply('Hello there', false), reply('Hello there', false), t), undefined);
  });

  test('an empty reply says nothing, a long one only its beginning', () => {
    assert.equal(announcementFor(reply('', true), reply(' \n', false), t), undefined);
    const said = announcementFor(undefined, reply('word '.repeat(500), false), t);
    assert.ok(said && said.text.length < 350);
  });

  test('a question interrupts, once', () => {
    const asking = call({ state: 'asking', question: question('q1') });
    assert.deepEqual(announcementFor(call(), asking, t), {
      text: 'Permission needed. Bash: rm -rf x. Commands ask first.',
      urgency: 'assertive',
    });
    assert.equal(announcementFor(asking, { ...asking }, t), undefined);
    assert.equal(announcementFor(asking, call({ question: question('q2') }), t)?.urgency, 'assertive');
  });

  test('a block and a denial are announced once, politely', () => {
    const blocked = call({ state: 'blocked', stateLabel: 'Blocked' });
    assert.equal(announcementFor(call(), blocked, t)?.text, 'Blocked: Bash rm -rf x. ');
    assert.equal(announcementFor(call(), blocked, t)?.urgency, 'polite');
    assert.equal(announcementFor(blocked, { ...blocked }, t), undefined);
    assert.ok(announcementFor(call(), call({ state: 'denied', stateLabel: 'Denied' }), t));
  });

  test('calls that run and end well are silent', () => {
    assert.equal(announcementFor(undefined, call({ state: 'pending' }), t), undefined);
    assert.equal(announcementFor(call(), call({ state: 'done' }), t), undefined);
  });

  test('warnings and errors are announced, plain notes are not', () => {
    const notice = (level: 'info' | 'warning' | 'error'): ChatItem => ({
      id: 'n',
      type: 'notice',
      level,
      text: 'No key.',
      action: undefined,
    });
    assert.equal(announcementFor(undefined, notice('info'), t), undefined);
    assert.equal(announcementFor(undefined, notice('error'), t)?.text, 'Error: No key.');
    assert.equal(announcementFor(undefined, notice('warning'), t)?.text, 'Warning: No key.');
  });
});
