import assert from 'node:assert/strict';
import { project } from '../../../../src/core/agent/projection';
import { analysisOf, finding } from '../../../fakes/gateWorld';
import { loopWorld, reply, text, use } from './loopWorld';

const around = { ledger: [], instructions: undefined, workspace: ['/ws'], cwd: '/ws', home: '/home/me' };

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
    const projection = project(world.session.events, around);
    assert.deepEqual(projection, {
      ...around,
      userWords: ['please do it', 'and then stop'],
      calls: [
        { tool: 'Bash', input: { command: 'good' }, outcome: 'ran' },
        { tool: 'Bash', input: { command: 'bad' }, outcome: 'blocked' },
        { tool: 'Bash', input: { command: 'fails' }, outcome: 'failed' },
      ],
    });
  });

  test('does not hold the call that is being reviewed', async () => {
    const seen: number[] = [];
    const world = await loopWorld([reply(use('a', 'one'), use('b', 'two')), reply(text('Done.'))], {
      gate: {
        verdict: async () => {
          seen.push(project(world.session.events, around).calls.length);
          return {
            kind: 'allow',
            reason: 'fine',
            cost: {
              model: undefined,
              requests: 1,
              durationMs: 0,
              usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
            },
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
    assert.deepEqual(project(world.session.events, around).userWords, ['never push']);
  });
});
