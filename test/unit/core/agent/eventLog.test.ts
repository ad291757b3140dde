import assert from 'node:assert/strict';
import { createEventLog } from '../../../../src/core/agent/eventLog';
import type { AgentEvent } from '../../../../src/core/events';
import { callId } from '../../../../src/core/ids';
import { say } from '../../../../src/core/say';
import { brief } from './loopWorld';

const text = (words: string): AgentEvent => ({ type: 'text', text: words });
const output = (id: string, chunk: string): AgentEvent => ({ type: 'call-output', id: callId(id), chunk });
const done = (id: string): AgentEvent => ({
  ...{ type: 'call-done', id: callId(id), isError: false, text: 'ran', display: undefined, durationMs: 0 },
});
const notice: AgentEvent = { type: 'notice', level: 'info', said: say('By the way.') };
const retry: AgentEvent = { type: 'retry', attempt: 2, attempts: 8, delayMs: 1, said: say('Busy.') };

suite('the event log', () => {
  const cases: readonly {
    readonly what: string;
    readonly add: readonly AgentEvent[];
    readonly kept: readonly string[];
    readonly saved: readonly string[];
  }[] = [
    {
      what: 'joins the pieces of a text and saves it once it is whole',
      add: [text('a'), text('b'), { type: 'message-end' }],
      kept: ['text ab', 'message-end'],
      saved: ['text ab', 'message-end'],
    },
    { what: 'does not save a text that is still streamed', add: [text('a')], kept: ['text a'], saved: [] },
    {
      what: 'drops a text that a retry made void',
      add: [text('a'), retry, text('b'), { type: 'message-end' }],
      kept: ['retry 2/8 in 1', 'text b', 'message-end'],
      saved: ['retry 2/8 in 1', 'text b', 'message-end'],
    },
    {
      what: 'drops a text that the end of the turn made void, and nothing before it',
      add: [text('a'), { type: 'message-end' }, text('b'), { type: 'turn-end', end: 'failed' }],
      kept: ['text a', 'message-end', 'turn-end failed'],
      saved: ['text a', 'message-end', 'turn-end failed'],
    },
    {
      what: 'keeps the order when something comes in the middle of a text',
      add: [text('a'), notice, text('b'), { type: 'message-end' }],
      kept: ['text a', 'info By the way.', 'text b', 'message-end'],
      saved: ['text a', 'info By the way.', 'text b', 'message-end'],
    },
    {
      what: 'keeps the output of a running call, and drops it when the result is there',
      add: [output('a', '1'), output('a', '2'), output('b', '3'), done('a')],
      kept: ['output 3', 'done ran'],
      saved: ['done ran'],
    },
  ];
  for (const { what, add, kept, saved } of cases) {
    test(what, () => {
      const written: AgentEvent[] = [];
      const log = createEventLog([], (event) => void written.push(event));
      for (const event of add) log.add(event);
      assert.deepEqual(brief(log.events), kept);
      assert.deepEqual(brief(written), saved);
    });
  }

  test('keeps the tail of a very long output only', () => {
    const log = createEventLog([], () => {});
    for (let i = 0; i < 1000; i += 1) log.add(output('a', `${'x'.repeat(999)}${i % 10}`));
    const [kept] = log.events;
    assert.ok(kept?.type === 'call-output' && kept.chunk.length === 20_000 && kept.chunk.endsWith('x9'));
  });

  test('does not save again what was restored', () => {
    const written: AgentEvent[] = [];
    const log = createEventLog([notice], (event) => void written.push(event));
    log.add({ type: 'turn-start' });
    assert.deepEqual(brief(written), ['turn-start']);
  });
});
