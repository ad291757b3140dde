import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../../../src/core/say';
import { createMcpWorld, type McpWorld, type McpWorldOptions, sdkServer } from '../../../fakes/mcpWorld';

const node = process.execPath;

suite('MCP servers of a repository', function () {
  this.timeout(30_000);
  let world: McpWorld;
  setup(() => {
    world = createMcpWorld();
  });
  teardown(() => world.dispose());

  async function states(options: McpWorldOptions = {}): Promise<readonly string[]> {
    const servers = world.open(options);
    await servers.settled();
    const busy = (): boolean => servers.states().some(({ state }) => state === 'asking' || state === 'starting');
    for (let n = 0; n < 200 && busy(); n += 1) await new Promise((resolve) => setTimeout(resolve, 25));
    const found = servers.states().map(({ name, source, state }) => `${name} ${source} ${state}`);
    await servers.dispose();
    return found;
  }

  test('start after a yes to exactly what stands there, which is remembered', async () => {
    world.repository({ notes: { command: node, args: [sdkServer], env: { TOKEN: '${TOKEN:-none}', A: 'b\u202ec' } } });
    assert.deepEqual(await states(), ['notes .mcp.json ready']);
    assert.equal(world.questions.length, 1);
    assert.deepEqual(world.questions[0]?.variables, ['TOKEN']);
    assert.equal(
      world.questions[0]?.exact,
      `${JSON.stringify([node, sdkServer])}\nTOKEN=\${TOKEN:-none}\nA=b⟦U+202E⟧c`,
    );
    assert.deepEqual(await states(), ['notes .mcp.json ready']);
    assert.equal(world.questions.length, 1, 'not asked again');
  });

  const changes: readonly (readonly [string, object])[] = [
    ['another argument', { command: node, args: [sdkServer, 'more'] }],
    ['another environment', { command: node, args: [sdkServer], env: { A: 'b' } }],
    ['another command', { command: '/usr/bin/env', args: ['node', sdkServer] }],
    ['another kind', { type: 'http', url: 'https://site.example/mcp' }],
  ];
  for (const [what, changed] of changes)
    test(`${what} asks again`, async () => {
      world.repository({ notes: { command: node, args: [sdkServer] } });
      await states();
      world.repository({ notes: changed });
      assert.deepEqual(await states({ answer: false }), ['notes .mcp.json refused']);
      assert.equal(world.questions.length, 2);
      assert.match(english(world.questions[1]?.title ?? { template: '', args: [] }), /has changed/);
    });

  test('another body of a script in the workspace asks again', async () => {
    writeFileSync(join(world.ws, 'server.mjs'), `await import(${JSON.stringify(sdkServer)});`);
    world.repository({ notes: { command: node, args: ['./server.mjs'] } });
    assert.deepEqual(await states(), ['notes .mcp.json ready']);
    writeFileSync(join(world.ws, 'server.mjs'), `/* changed */ await import(${JSON.stringify(sdkServer)});`);
    assert.deepEqual(await states({ answer: false }), ['notes .mcp.json refused']);
  });

  test('what changes while the person reads is not what they agreed to', async () => {
    writeFileSync(join(world.ws, 'server.mjs'), `await import(${JSON.stringify(sdkServer)});`);
    world.repository({ notes: { command: node, args: ['./server.mjs'] } });
    const answer = async (): Promise<boolean> => {
      writeFileSync(join(world.ws, 'server.mjs'), 'process.exit(0)');
      return true;
    };
    const servers = world.open({ answer });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(servers.states()[0]?.state, 'refused');
  });

  test('do not start without a yes, without anybody, or in Restricted Mode', async () => {
    world.repository({ notes: { command: node, args: [sdkServer] } });
    assert.deepEqual(await states({ answer: false }), ['notes .mcp.json refused']);
    assert.deepEqual(await states({ answer: 'nobody' }), ['notes .mcp.json refused']);
    assert.deepEqual(await states({ trusted: () => false }), []);
    assert.deepEqual(await states({ trusted: () => false, user: { mine: { command: node, args: [sdkServer] } } }), []);
    assert.equal(world.questions.length, 1);
  });

  test('trust that is granted starts them; one that is taken away ends them', async () => {
    let trusted = false;
    const servers = world.open({ trusted: () => trusted, user: { mine: { command: node, args: [sdkServer] } } });
    assert.deepEqual(servers.states(), []);
    trusted = true;
    servers.refresh();
    await servers.settled();
    assert.ok(servers.tools().length > 0);
    trusted = false;
    servers.refresh();
    assert.deepEqual(servers.tools(), []);
  });

  test('a yes that is taken back ends the server, which asks when it is restarted', async () => {
    world.repository({ notes: { command: node, args: [sdkServer] } });
    const servers = world.open();
    await servers.settled();
    // The person's yes settles the first wait; the server itself takes a moment more.
    for (let n = 0; n < 100 && servers.tools().length === 0; n += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await servers.forget('notes');
    assert.deepEqual(servers.tools(), []);
    assert.equal(servers.states()[0]?.state, 'refused');
    await servers.restart('notes');
    await servers.settled();
    assert.equal(world.questions.length, 2);
  });

  test('cannot take the name of a server of the person', async () => {
    world.repository({ NOTES: { command: '/bin/false' } });
    assert.deepEqual(await states({ user: { notes: { command: node, args: [sdkServer] } } }), [
      'notes user settings ready',
    ]);
    assert.match(world.notices.join(), /could be taken for/);
    assert.equal(world.questions.length, 0);
  });

  test('an administrator forbids, or allows only some', async () => {
    const user = { notes: { command: node, args: [sdkServer] }, other: { command: node, args: [sdkServer] } };
    assert.deepEqual(await states({ user, policy: { allowed: [], denied: [{ serverName: 'other' }] } }), [
      'notes user settings ready',
      'other user settings refused',
    ]);
    assert.deepEqual(await states({ user, policy: { allowed: [[]], denied: [] } }), [
      'notes user settings refused',
      'other user settings refused',
    ]);
    const commands = [{ serverName: 'notes' }, { serverCommand: [node, 'else'] }];
    assert.deepEqual(await states({ user: { notes: user.notes }, policy: { allowed: [commands], denied: [] } }), [
      'notes user settings refused',
    ]);
  });

  test('a variable that is not set is named, and nothing starts', async () => {
    const user = { notes: { command: node, args: ['${NOT_SET}'] } };
    assert.deepEqual(await states({ user }), ['notes user settings failed']);
    assert.match(world.notices.join(), /NOT_SET is not set/);
  });

  test('a file that is broken is named', async () => {
    writeFileSync(join(world.ws, '.mcp.json'), '{"mcpServers": {');
    assert.deepEqual(await states(), []);
    assert.match(world.notices.join(), /not valid JSON/);
  });
});
