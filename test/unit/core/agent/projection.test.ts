import assert from 'node:assert/strict';
import { createProjection } from '../../../../src/core/agent/projection';
import type { AgentEvent } from '../../../../src/core/events';
import { analysisOf, cost, finding } from '../../../fakes/gateWorld';
import { loopWorld, reply, text, use } from './loopWorld';

function timelineOf(events: readonly AgentEvent[]) {
  const projection = createProjection();
  for (const event of events) projection.add(event);
  return projection.timeline;
}

suite('what the classifier sees of a session', () => {
  test('is what was typed and the calls with how they ended; no prose, no thinking, no results, no context', async () => {
    const world = await loopWorld(
      [
        reply(text('AGENT PROSE'), use('a', 'good'), use('b', 'bad'), use('c', 'fails')),
        reply({ type: 'tool_use', id: 'd', name: 'Teleport', input: {} }),
        reply(text('MORE PROSE')),
      ],
      {
        gate: {
          analysis: (call) => analysisOf([finding(JSON.stringify(call.input).includes('bad') ? 'block' : 'allow')]),
        },
        tool: async (call) => ({ text: 'RESULT TEXT', isError: JSON.stringify(call.input).includes('fails') }),
      },
    );
    await world.session.send('please do it');
    await world.session.send('and then stop');
    assert.deepEqual(timelineOf(world.session.events), [
      { type: 'user', text: 'please do it' },
      { type: 'call', tool: 'Bash', input: { command: 'good' }, outcome: 'ran' },
      { type: 'call', tool: 'Bash', input: { command: 'bad' }, outcome: 'blocked', rule: 'test.block' },
      { type: 'call', tool: 'Bash', input: { command: 'fails' }, outcome: 'failed' },
      { type: 'user', text: 'and then stop' },
    ]);
  });

  test('does not hold the call that is being reviewed', async () => {
    const seen: number[] = [];
    const world = await loopWorld([reply(use('a', 'one'), use('b', 'two')), reply(text('Done.'))], {
      gate: {
        verdict: async () => {
          seen.push(timelineOf(world.session.events).filter(({ type }) => type === 'call').length);
          return {
            kind: 'allow',
            reason: 'fine',
            cost,
          };
        },
      },
    });
    await world.session.send('go');
    assert.deepEqual(seen, [0, 1]);
  });

  test('words of a refused exchange still count, because a boundary in them holds', async () => {
    const world = await loopWorld([{ content: [], stop: 'refusal' }]);
    await world.session.send('never push');
    assert.deepEqual(timelineOf(world.session.events), [{ type: 'user', text: 'never push' }]);
  });
});
