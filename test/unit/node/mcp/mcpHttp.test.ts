import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { english } from '../../../../src/core/say';
import { createRegistry } from '../../../../src/core/tools/registry';
import type { McpServers } from '../../../../src/node/mcp/mcpServers';
import { approve } from '../../../fakes/approve';
import { createMcpWorld, type McpWorld } from '../../../fakes/mcpWorld';
import { createToolBench } from '../../../fakes/toolBench';

/** Sessions of the official SDK's server, which can be forgotten. */
function createSessions() {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  let ids = 0;
  const listener: RequestListener = async (request, response) => {
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? sessions.get(id) : undefined;
    if (typeof id === 'string' && !known) return void response.writeHead(404).end('{}');
    let transport = known;
    if (!transport) {
      const made = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => `session-${++ids}`,
        onsessioninitialized: (session) => void sessions.set(session, made),
      });
      transport = made;
      const server = new McpServer({ name: 'web', version: '1' });
      server.registerTool('get_key', { description: 'Shows the key.' }, async ({ requestInfo }) => ({
        content: [{ type: 'text', text: `key ${String(requestInfo?.headers['x-key'])}` }],
      }));
      await server.connect(transport as Parameters<typeof server.connect>[0]);
    }
    await transport.handleRequest(request, response);
  };
  return { listener, sessions };
}

suite('MCP servers over HTTP', function () {
  this.timeout(30_000);
  let world: McpWorld;
  const listening: Server[] = [];
  setup(() => {
    world = createMcpWorld();
  });
  teardown(async () => {
    await world.dispose();
    for (const server of listening.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    listening.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  }

  async function call(servers: McpServers, tool: string) {
    const registry = createRegistry(servers.tools);
    const checked = registry.validate({ id: 'toolu_1', name: tool, input: {} });
    assert.ok(checked.ok);
    const bench = createToolBench();
    try {
      return await registry.run(await approve(checked.call), bench.context);
    } finally {
      await bench.dispose();
    }
  }

  test('a call, with the header of the settings; the key comes back masked', async () => {
    const url = await listen(createSessions().listener);
    const servers = world.open({
      user: { web: { type: 'http', url, headers: { 'X-Key': '${KEY}' } } },
      variables: { KEY: 'very-secret-key' },
    });
    await servers.settled();
    assert.deepEqual(await call(servers, 'mcp__web__get_key'), { text: 'key ${KEY}', isError: false });
  });

  test('a session that the server has lost is opened anew, and nothing is sent twice', async () => {
    const { listener, sessions } = createSessions();
    const url = await listen(listener);
    const servers = world.open({ user: { web: { url } } });
    await servers.settled();
    sessions.clear();
    const lost = await call(servers, 'mcp__web__get_key');
    assert.ok(lost.isError);
    assert.match(lost.text, /was not run. It is connected anew/);
    for (let n = 0; n < 100 && servers.tools().length === 0; n += 1) await wait(50);
    assert.equal((await call(servers, 'mcp__web__get_key')).text, 'key undefined');
  });

  test('a redirect is not followed, and no header goes along', async () => {
    const reached: string[] = [];
    const elsewhere = await listen((request, response) => {
      reached.push(String(request.headers['x-key']));
      response.end();
    });
    const url = await listen((_request, response) => void response.writeHead(307, { location: elsewhere }).end());
    const servers = world.open({ user: { web: { url, headers: { 'X-Key': 'k' } } } });
    await servers.settled();
    const [state] = servers.states();
    assert.match(english(state?.why ?? { template: '', args: [] }), /sends on to another address \(307\)/);
    assert.deepEqual(reached, []);
  });

  test('an answer without end is cut', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const servers = world.open({ user: { web: { url } } });
    await servers.settled();
    assert.equal(servers.states()[0]?.state, 'failed');
  });

  for (const url of ['http://site.example/mcp', 'file:///etc/passwd', 'no address'])
    test(`is not reached at ${url}`, async () => {
      const servers = world.open({ user: { web: { url } } });
      await servers.settled();
      assert.match(english(servers.states()[0]?.why ?? { template: '', args: [] }), /its "url"/);
    });
});
