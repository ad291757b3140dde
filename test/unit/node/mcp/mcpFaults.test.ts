import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { english } from '../../../../src/core/say';
import type { ToolResult } from '../../../../src/core/tools/call';
import { createRegistry } from '../../../../src/core/tools/registry';
import type { McpServers } from '../../../../src/node/mcp/mcpServers';
import { approve } from '../../../fakes/approve';
import { createMcpWorld, type McpWorld, rawServer, sdkServer } from '../../../fakes/mcpWorld';
import { createToolBench } from '../../../fakes/toolBench';

const node = process.execPath;
const raw = (fault: string, more: object = {}): object => ({ x: { command: node, args: [rawServer, fault], ...more } });
const sdk = (...wishes: readonly string[]): object => ({ notes: { command: node, args: [sdkServer, ...wishes] } });

async function call(servers: McpServers, tool: string, input: object = {}, signal?: AbortSignal): Promise<ToolResult> {
  const registry = createRegistry(servers.tools);
  const checked = registry.validate({ id: 'toolu_1', name: tool, input });
  assert.ok(checked.ok, checked.ok ? '' : checked.text);
  const bench = createToolBench();
  try {
    return await registry.run(await approve(checked.call), { ...bench.context, ...(signal && { signal }) });
  } finally {
    await bench.dispose();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

suite('MCP servers that misbehave', function () {
  this.timeout(30_000);
  let world: McpWorld;
  setup(() => {
    world = createMcpWorld();
  });
  teardown(() => world.dispose());

  const stateOf = (servers: McpServers) => {
    const [state] = servers.states();
    assert.ok(state);
    return { ...state, why: state.why && english(state.why) };
  };

  test('one that hangs at the start is given up, and leaves no process', async () => {
    const servers = world.open({ user: raw('hangs'), startMs: 500 });
    await servers.settled();
    assert.equal(stateOf(servers).state, 'failed');
    assert.match(stateOf(servers).why ?? '', /could not be started/);
    assert.equal(world.notices.length, 1);
    assert.deepEqual(servers.tools(), []);
  });

  test('one that dies at the start is named, once', async () => {
    const servers = world.open({ user: raw('dies') });
    await servers.settled();
    assert.equal(stateOf(servers).state, 'failed');
    servers.refresh();
    await servers.settled();
    assert.equal(world.notices.length, 1);
  });

  test('a program that is not there is named', async () => {
    const servers = world.open({ user: { x: { command: '/nowhere/at/all' } } });
    await servers.settled();
    assert.match(stateOf(servers).why ?? '', /ENOENT/);
  });

  test('noise on stdout is passed over', async () => {
    const servers = world.open({ user: raw('noise') });
    await servers.settled();
    assert.equal(stateOf(servers).state, 'ready');
    assert.equal((await call(servers, 'mcp__x__get_thing')).text, 'the thing');
  });

  for (const fault of ['endless-noise', 'one-line'])
    test(`a flood ends it: ${fault}`, async () => {
      const servers = world.open({ user: raw(fault) });
      await servers.settled();
      for (let n = 0; n < 100 && stateOf(servers).state !== 'failed'; n += 1) await wait(50);
      assert.equal(stateOf(servers).state, 'failed');
      // Whether its end or the reason for it is heard first is chance.
      assert.match(stateOf(servers).why ?? '', /without end|does not speak|Connection closed/);
    });

  test('an answer with the wrong id is no answer', async () => {
    const servers = world.open({ user: raw('wrong-id', { timeout: 1_000 }) });
    await servers.settled();
    const result = await call(servers, 'mcp__x__get_thing');
    assert.ok(result.isError);
    assert.match(result.text, /unknown message ID/);
    assert.doesNotMatch(result.text, /"text":"the thing"/);
  });

  test('a call that takes too long ends', async () => {
    const servers = world.open({ user: { notes: { ...Object.values(sdk())[0], timeout: 1_000 } } });
    await servers.settled();
    const result = await call(servers, 'mcp__notes__get_slow');
    assert.ok(result.isError);
    assert.match(result.text, /timed out/i);
    assert.match(
      (await call(servers, 'mcp__notes__search_notes', { query: 'x' })).text,
      /buy milk/,
      'the server lives on',
    );
  });

  test('a stop by the person ends a call', async () => {
    const servers = world.open({ user: sdk() });
    await servers.settled();
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 200);
    await assert.rejects(call(servers, 'mcp__notes__get_slow', {}, stop.signal), /stopped/);
  });

  test('one that dies in mid-call gives an error, and its tools are gone until it is restarted', async () => {
    const servers = world.open({ user: sdk() });
    await servers.settled();
    const result = await call(servers, 'mcp__notes__get_death');
    assert.ok(result.isError);
    assert.match(result.text, /Whether the server notes did any of it is not known/);
    assert.equal(stateOf(servers).state, 'failed');
    assert.deepEqual(servers.tools(), []);
    await servers.restart('notes');
    await servers.settled();
    assert.match((await call(servers, 'mcp__notes__search_notes', { query: 'x' })).text, /buy milk/);
  });

  test('a flood in a result is cut', async () => {
    const servers = world.open({ user: sdk() });
    await servers.settled();
    const { text } = await call(servers, 'mcp__notes__get_flood');
    assert.ok(text.length <= 30_200, String(text.length));
  });

  test('lists and changes without end are ended', async () => {
    const endless = world.open({ user: raw('endless-list') });
    await endless.settled();
    assert.match(stateOf(endless).why ?? '', /no end/);
    const changing = world.open({ user: raw('endless-changes') });
    for (let n = 0; n < 100 && stateOf(changing).state !== 'failed'; n += 1) await wait(50);
    assert.match(stateOf(changing).why ?? '', /without end/);
  });

  test('huge and deep schemas are left out, long descriptions are cut', async () => {
    const servers = world.open({ user: raw('huge-schema') });
    await servers.settled();
    assert.deepEqual(stateOf(servers).tools, ['get_thing', 'get_long']);
    const long = servers.tools().find(({ spec }) => spec.name.endsWith('get_long'));
    assert.ok((long?.spec.description.length ?? 0) < 2_500);
    assert.match(world.notices.join(), /get_huge.*get_deep/);
  });

  test('names that imitate ours or each other are refused', async () => {
    const servers = world.open({ user: sdk('bad-names') });
    await servers.settled();
    const names = stateOf(servers).tools;
    for (const name of ['Bash', 'get.dotted', 'getTwin', 'get_twin']) assert.ok(!names.includes(name), name);
    assert.ok(names.includes('search_notes'));
  });

  test('a tool that changes in mid-session is withdrawn until the person has seen the difference', async () => {
    let answer: (yes: boolean) => void = () => {};
    const servers = world.open({ user: sdk(), answer: () => new Promise((resolve) => (answer = resolve)) });
    await servers.settled();
    const before = servers.tools().find(({ spec }) => spec.name === 'mcp__notes__search_notes');
    assert.ok(before);
    await call(servers, 'mcp__notes__get_change');
    for (let n = 0; n < 100 && world.questions.length === 0; n += 1) await wait(20);
    const [question] = world.questions;
    assert.match(question?.exact ?? '', /^- Searches the notes\.$/m);
    assert.match(question?.exact ?? '', /^\+ Searches the notes and mails them to the administrator\.$/m);
    assert.ok(!stateOf(servers).tools.includes('search_notes'));
    assert.equal(
      createRegistry(servers.tools).validate({ id: 'a', name: 'mcp__notes__search_notes', input: {} }).ok,
      false,
    );
    // One that was reviewed before the change does not run after it.
    const approved = await approve({ id: 'b', tool: 'mcp__notes__search_notes', input: { query: 'x' } } as never);
    const late = await before.run(approved as never, { signal: new AbortController().signal });
    assert.match(late.text, /has changed what it says of itself/);
    answer(true);
    for (let n = 0; n < 100 && !stateOf(servers).tools.includes('search_notes'); n += 1) await wait(20);
    assert.match((await call(servers, 'mcp__notes__search_notes', { query: 'x' })).text, /buy milk/);
  });

  test('a tool that gives orders in its description is withheld', async () => {
    const servers = world.open({ user: sdk('hostile'), answer: false });
    await servers.settled();
    assert.ok(!stateOf(servers).tools.includes('get_hostile'));
    assert.match(world.questions[0]?.exact ?? '', /id_rsa/);
    const again = world.open({ user: sdk('hostile'), answer: 'nobody' });
    await again.settled();
    assert.ok(!stateOf(again).tools.includes('get_hostile'));
  });

  test('pictures are handed on, other pieces are named', async () => {
    const servers = world.open({ user: sdk() });
    await servers.settled();
    const result = await call(servers, 'mcp__notes__get_picture');
    assert.equal(result.images?.length, 1);
    assert.match(result.text, /"audio" is left out[\s\S]*note:\/\/1:\na note[\s\S]*not read: note:\/\/2/);
  });

  test('an error of the server stays an error', async () => {
    const servers = world.open({ user: sdk() });
    await servers.settled();
    assert.deepEqual(await call(servers, 'mcp__notes__get_error'), { text: 'no such note', isError: true });
  });

  test('a server sees the scrubbed environment and what the settings name, and its secrets come back masked', async () => {
    process.env['ANTHROPIC_API_KEY'] ??= 'key-of-the-test';
    const servers = world.open({
      user: { notes: { command: node, args: [sdkServer], env: { TOKEN: '${MY_TOKEN}', PLAIN: 'plain' } } },
      variables: { MY_TOKEN: 'tok-secret-value' },
    });
    await servers.settled();
    const { text } = await call(servers, 'mcp__notes__get_environment');
    assert.doesNotMatch(text, /ANTHROPIC_API_KEY/);
    assert.match(text, /"PLAIN":"plain"/);
    assert.match(text, /"TOKEN":"\$\{MY_TOKEN\}"/);
    assert.doesNotMatch(text, /tok-secret-value/);
  });

  test('processes end with the session', async () => {
    const file = join(world.ws, 'pid');
    const servers = world.open({ user: sdk(`pid=${file}`) });
    await servers.settled();
    assert.ok(existsSync(file));
    const pid = Number(readFileSync(file, 'utf8'));
    assert.ok(isAlive(pid));
    await servers.dispose();
    assert.equal(isAlive(pid), false);
  });
});
