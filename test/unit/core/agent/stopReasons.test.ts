import assert from 'node:assert/strict';
import { apiProblems, brief, loopWorld, reply, text, thinking, use } from './loopWorld';

suite('stop reasons', () => {
  test('stop_sequence ends the turn like end_turn', async () => {
    const world = await loopWorld([{ content: [text('Done.')], stop: 'stop_sequence' }]);
    await world.session.send('x');
    assert.equal(brief(world.events).at(-1), 'turn-end done');
  });

  test('calls are answered whatever the stop reason says', async () => {
    const world = await loopWorld([{ content: [use('a', 'one')], stop: 'end_turn' }, reply(text('Done.'))]);
    await world.session.send('x');
    assert.deepEqual(world.ran, ['one']);
    assert.equal(brief(world.events).at(-1), 'turn-end done');
  });

  test('an empty reply ends the turn with a word about it and leaves no empty message', async () => {
    const world = await loopWorld([{ content: [text('  ')], stop: 'end_turn' }, reply(text('Hello.'))]);
    await world.session.send('x');
    assert.ok(brief(world.events).includes('info The model ended its turn without saying anything.'));
    await world.session.send('y');
    assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
  });

  test('max_tokens in a text: the person is told, and the model is asked once to go on', async () => {
    const world = await loopWorld([
      { content: [text('First half')], stop: 'max_tokens' },
      reply(text(' second half.')),
    ]);
    await world.session.send('x');
    const lines = brief(world.session.events);
    assert.ok(
      lines.includes(
        'info The reply reached the limit of 32000 output tokens and was cut. The model is asked to go on.',
      ),
    );
    assert.equal(lines.at(-1), 'turn-end done');
    assert.match(JSON.stringify(world.requests[1]?.messages.at(-1)), /Go on exactly where it stopped/);
  });

  test('max_tokens twice in a row ends the turn and says how to go on', async () => {
    const cut = { content: [text('more')], stop: 'max_tokens' } as const;
    const world = await loopWorld([cut, cut, reply(text('end'))]);
    await world.session.send('x');
    assert.equal(world.requests.length, 2);
    assert.match(brief(world.events).at(-2) ?? '', /^warning .*again and was cut/);
    assert.equal(brief(world.events).at(-1), 'turn-end limit');
    await world.session.send('go on');
    assert.deepEqual(apiProblems(world.requests[2]?.messages ?? []), []);
  });

  test('max_tokens in a call: the cut call is not run, even when its input happens to be valid; the ones before it are', async () => {
    const world = await loopWorld([
      { content: [use('a', 'whole'), use('b', 'rm -rf /ws/bui')], stop: 'max_tokens' },
      reply(text('Done.')),
    ]);
    await world.session.send('x');
    assert.deepEqual(world.ran, ['whole']);
    assert.match(JSON.stringify(world.session.messages[2]), /output limit before the call was complete/);
    assert.match(brief(world.events).join('\n'), /in the middle of a Bash call/);
    assert.equal(brief(world.events).at(-1), 'turn-end done');
  });

  test('max_tokens spent on thinking alone leaves nothing behind that the API would refuse', async () => {
    const world = await loopWorld([{ content: [thinking], stop: 'max_tokens' }, reply(text('ok'))]);
    await world.session.send('x');
    assert.match(brief(world.events).join('\n'), /before anything was said/);
    await world.session.send('y');
    assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
  });

  test('pause_turn is sent back as it came', async () => {
    const search = {
      type: 'opaque',
      block: { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
    } as const;
    const world = await loopWorld([
      { content: [text('Searching'), search], stop: 'pause_turn' },
      reply(text('Found.')),
    ]);
    await world.session.send('x');
    assert.deepEqual(world.requests[1]?.messages.at(-1), { role: 'assistant', content: [text('Searching'), search] });
    assert.equal(brief(world.events).at(-1), 'turn-end done');
  });

  test('pause_turn without end is bounded', async () => {
    const pause = { content: [text('Searching')], stop: 'pause_turn' } as const;
    const world = await loopWorld([pause, pause, pause, pause], { limits: { pausesPerTurn: 2 } });
    await world.session.send('x');
    assert.equal(world.requests.length, 3);
    assert.equal(brief(world.events).at(-1), 'turn-end limit');
  });

  test('a refusal takes its whole exchange out of the conversation, and what it said off the screen', async () => {
    const world = await loopWorld([
      reply(text('Hello.')),
      reply(use('a', 'one')),
      { content: [text('I will')], stop: 'refusal' },
      reply(text('Fine.')),
    ]);
    await world.session.send('first');
    await world.session.send('something terrible');
    const lines = brief(world.session.events);
    assert.ok(!lines.includes('text I will'));
    assert.ok(lines.includes('user something terrible'), 'the words of the person stay on the screen');
    assert.match(lines.at(-2) ?? '', /^warning The model declined to answer/);
    assert.equal(lines.at(-1), 'turn-end failed');
    await world.session.send('next');
    const sent = JSON.stringify(world.requests.at(-1)?.messages);
    assert.ok(!sent.includes('terrible') && sent.includes('first') && sent.includes('next'));
    assert.deepEqual(apiProblems(world.requests.at(-1)?.messages ?? []), []);
  });

  test('a full context window keeps what was said, runs none of its calls and offers a new session', async () => {
    const world = await loopWorld([
      { content: [text('Now'), use('a', 'one')], stop: 'model_context_window_exceeded' },
      reply(text('ok')),
    ]);
    await world.session.send('x');
    assert.deepEqual(world.ran, []);
    const lines = brief(world.session.events);
    assert.ok(lines.includes('text Now'));
    assert.ok(
      lines.some((line) => line.startsWith('warning The conversation has filled') && line.endsWith('[new-session]')),
    );
    assert.equal(lines.at(-1), 'turn-end limit');
    await world.session.send('y');
    assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
  });

  test('an unknown stop reason ends the turn, runs nothing and leaves a whole conversation', async () => {
    const world = await loopWorld([{ content: [use('a', 'one')], stop: 'unknown' }, reply(text('ok'))]);
    await world.session.send('x');
    assert.deepEqual(world.ran, []);
    assert.equal(brief(world.events).at(-1), 'turn-end failed');
    await world.session.send('y');
    assert.deepEqual(apiProblems(world.requests[1]?.messages ?? []), []);
  });
});
