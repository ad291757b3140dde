import { strict as assert } from 'node:assert';
import type { AgentEvent } from '../../../../src/core/events';
import { analyze } from '../../../../src/core/gate/analysis/analyze';
import { createPast } from '../../../../src/core/gate/analysis/past';
import type { DecisionRecord } from '../../../../src/core/gate/record';
import { callId } from '../../../../src/core/ids';
import { beganAt, replayPast } from '../../../../src/core/sessions/replayPast';
import { place, virtual } from '../gate/analysis/analysisWorld';

const user = (at: number): AgentEvent => ({ type: 'user', text: 'go on', at });
const call = (id: string, outcome: DecisionRecord['outcome'], path: string): readonly AgentEvent[] => [
  {
    type: 'call-decided',
    id: callId(id),
    record: { outcome, tool: 'Write', input: { file_path: path, content: 'x' } } as DecisionRecord,
  },
  { type: 'call-done', id: callId(id), isError: false, text: '', display: undefined, durationMs: 1 },
];

suite('the past of a stored session', () => {
  const replayed = (events: readonly AgentEvent[]) => {
    const past = createPast();
    replayPast(events, place.cwd, past, (each, cwd) => analyze(each, { ...place, cwd }, virtual, past));
    return past;
  };

  test('holds the calls that ran, in the folders they ran in, and no others', () => {
    const past = replayed([
      user(1),
      ...call('a', 'allowed', 'a.py'),
      ...call('b', 'denied', 'b.py'),
      { type: 'cwd', cwd: '/home/me/ws/src' },
      ...call('c', 'allowed', 'c.py'),
    ]);
    assert.deepEqual(
      [...past.all()].map(([path]) => path),
      ['/home/me/ws/a.py', '/home/me/ws/src/c.py'],
    );
  });

  test('begins with the first words', () => {
    assert.equal(beganAt([user(17), user(18)]), 17);
    assert.equal(beganAt([]), undefined);
  });
});
