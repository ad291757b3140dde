import assert from 'node:assert/strict';
import type { AssistantBlock } from '../../../../src/core/agent/messages';
import { analysisOf, finding, verdict } from '../../../fakes/gateWorld';
import { apiProblems, brief, loopWorld, reply, type Step, text, thinking, use } from './loopWorld';

suite('a turn', () => {
  test('streams a reply, runs its calls in order and hands every result back', async () => {
    const world = await loopWorld([reply(text('Two steps.'), use('a', 'one'), use('b', 'two')), reply(text('Done.'))]);
    await world.session.send('do it');
    assert.deepEqual(brief(world.session.events), [
      'user do it',
      'turn-start',
      'mode auto',
      'text Two steps.',
      'usage',
      'message-end',
      'call one',
      'call two',
      ...['reviewing analysis', 'reviewing classifier', 'decided allowed', 'done ran'],
      ...['reviewing analysis', 'reviewing classifier', 'decided allowed', 'done ran'],
      'text Done.',
      'usage',
      'message-end',
      'turn-end done',
    ]);
    assert.deepEqual(world.ran, ['one', 'two']);
    assert.deepEqual(world.session.messages[2], {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'a', content: 'ran' },
        { type: 'tool_result', tool_use_id: 'b', content: 'ran' },
      ],
    });
  });

  test('sends the same system prompt and the same earlier messages with every request, so that the cache holds', async () => {
    const world = await loopWorld([reply(use('a', 'one')), reply(text('Done.')), reply(text('Again.'))]);
    await world.session.send('do it');
    world.surroundings.now = { mode: 'normal', trusted: true, cwd: '/ws/src' };
    await world.session.send('more');
    const [first, second, third] = world.requests;
    assert.ok(first && second && third);
    assert.deepEqual(second.system, first.system);
    assert.deepEqual(third.system, first.system);
    assert.deepEqual(second.messages.slice(0, first.messages.length), first.messages);
    assert.deepEqual(third.messages.slice(0, second.messages.length), second.messages);
    assert.match(JSON.stringify(third.messages.at(-1)), /Permission mode: normal\\nWorking folder: \/ws\/src\\n/);
  });

  test('thinking blocks go back exactly as they came, before their calls', async () => {
    const world = await loopWorld([reply(thinking, use('a', 'one')), reply(text('Done.'))]);
    await world.session.send('think');
    assert.deepEqual(world.requests[1]?.messages[1]?.content, [thinking, use('a', 'one')]);
  });

  test('a refused call gives an error result with the words of the gate, and the next call of the reply still runs', async () => {
    const world = await loopWorld([reply(use('a', 'bad'), use('b', 'good')), reply(text('Done.'))], {
      gate: {
        analysis: (call) => analysisOf([finding(JSON.stringify(call.input).includes('bad') ? 'block' : 'allow')]),
      },
    });
    await world.session.send('do it');
    assert.deepEqual(world.ran, ['good']);
    const [refused, ran] = world.session.messages[2]?.content ?? [];
    assert.ok(refused?.type === 'tool_result' && refused.is_error);
    assert.match(refused.content, /blocked before it ran: the test says block \(rule test\.block/);
    assert.ok(ran?.type === 'tool_result' && ran.is_error === undefined);
  });

  test('each call is reviewed against the state that the earlier ones of the same reply left', async () => {
    let done = 0;
    const reviewedAfter: number[] = [];
    const world = await loopWorld([reply(use('a', 'one'), use('b', 'two')), reply(text('Done.'))], {
      gate: {
        analysis: () => {
          reviewedAfter.push(done);
          return analysisOf([finding('allow')]);
        },
      },
      tool: async () => {
        done += 1;
        return { text: 'ran', isError: false };
      },
    });
    await world.session.send('do it');
    // Both are looked at ahead; then each is analysed when it is reviewed and once more right before it runs.
    assert.deepEqual(reviewedAfter, [0, 0, 0, 0, 1, 1]);
  });

  test('an approval that no longer holds is reviewed again, and refused after three times', async () => {
    let bytes = 0;
    const unstable = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))], {
      gate: {
        analysis: () => analysisOf([finding('allow')], { restsOn: [{ path: '/ws/x', sha256: String(bytes++) }] }),
      },
    });
    await unstable.session.send('do it');
    assert.deepEqual(unstable.ran, []);
    assert.equal(brief(unstable.events).filter((line) => line === 'decided allowed').length, 3);
    assert.match(JSON.stringify(unstable.session.messages[2]), /changed each time after it had been reviewed/);

    bytes = 0;
    const settles = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))], {
      gate: {
        analysis: () => {
          bytes += 1;
          return analysisOf([finding('allow')], { restsOn: [{ path: '/ws/x', sha256: bytes < 2 ? 'old' : 'new' }] });
        },
      },
    });
    await settles.session.send('do it');
    assert.deepEqual(settles.ran, ['one']);
    assert.equal(brief(settles.events).filter((line) => line === 'decided allowed').length, 2);
  });

  const invalid: readonly (readonly [string, AssistantBlock, RegExp])[] = [
    ['an unknown tool', { type: 'tool_use', id: 'a', name: 'Teleport', input: {} }, /There is no tool Teleport/],
    ['malformed JSON', { type: 'tool_use', id: 'a', name: 'Bash', input: undefined }, /not valid JSON/],
  ];
  for (const [what, block, expected] of invalid) {
    test(`${what} is an error result and never a decision`, async () => {
      const world = await loopWorld([reply(block), reply(text('Sorry.'))]);
      await world.session.send('do it');
      assert.match(JSON.stringify(world.session.messages[2]), expected);
      assert.deepEqual(world.records, []);
      assert.ok(!brief(world.events).some((line) => line.startsWith('decided') || line.startsWith('reviewing')));
      assert.ok(brief(world.events).includes('turn-end done'));
    });
  }

  test('a tool that throws is an error result, and the turn goes on', async () => {
    const world = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))], {
      tool: async () => {
        throw new Error('a bug');
      },
    });
    await world.session.send('do it');
    assert.match(JSON.stringify(world.session.messages[2]), /failed unexpectedly: Error: a bug/);
    assert.equal(world.errors.length, 1);
    assert.equal(brief(world.events).at(-1), 'turn-end done');
  });

  test('a review that fails keeps the call from running', async () => {
    const world = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))], {
      gate: {
        analysis: () => {
          throw new Error('a bug');
        },
      },
    });
    await world.session.send('do it');
    assert.deepEqual(world.ran, []);
    assert.match(JSON.stringify(world.session.messages[2]), /could not be reviewed/);
  });

  test('what a tool reports reaches the listeners only while it runs', async () => {
    let late = (): void => {};
    const world = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))], {
      tool: async (_call, context) => {
        context.onOutput('some ');
        context.onOutput('output');
        context.onCwd('/ws/src');
        late = () => context.onOutput('too late');
        return { text: '', isError: false };
      },
    });
    await world.session.send('do it');
    late();
    const lines = brief(world.events);
    assert.deepEqual(
      lines.filter((line) => line.startsWith('output') || line.startsWith('cwd')),
      ['output some ', 'output output', 'cwd /ws/src'],
    );
    assert.ok(lines.includes('done (no output)'));
    assert.ok(!brief(world.session.events).some((line) => line.startsWith('output')));
  });

  test('the limit of requests ends the turn with a notice, and the next message goes on', async () => {
    const forever: Step[] = Array.from({ length: 5 }, (_, index) => reply(use(`t${index}`, 'again')));
    const world = await loopWorld(forever, { limits: { requestsPerTurn: 3 } });
    await world.session.send('loop');
    assert.equal(world.requests.length, 3);
    assert.deepEqual(brief(world.events).slice(-2), [
      'warning The agent was stopped after 3 requests for one message. Send a message to let it go on.',
      'turn-end limit',
    ]);
    await world.session.send('go on');
    assert.ok(world.requests.length > 3);
    assert.deepEqual(apiProblems(world.requests[3]?.messages ?? []), []);
  });

  test('a mode that changes during a turn is shown before the next request', async () => {
    const world = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))], {
      tool: async () => {
        world.surroundings.now = { mode: 'normal', trusted: true, cwd: '/ws' };
        return { text: 'ran', isError: false };
      },
    });
    await world.session.send('do it');
    assert.deepEqual(
      brief(world.events).filter((line) => line.startsWith('mode')),
      ['mode auto', 'mode normal'],
    );
  });

  test('where nobody can be asked, what the classifier cannot decide is refused and said to the model', async () => {
    const world = await loopWorld([reply(use('a', 'one')), reply(text('Done.'))], {
      gate: { verdict: verdict.none },
      nobody: true,
    });
    await world.session.send('do it');
    assert.deepEqual(world.ran, []);
    assert.match(JSON.stringify(world.session.messages[2]), /nobody can be asked instead/);
  });
});
