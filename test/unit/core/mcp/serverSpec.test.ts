import assert from 'node:assert/strict';
import { readPolicy } from '../../../../src/core/gate/policy';
import { policyAllows } from '../../../../src/core/mcp/serverPolicy';
import { canonicalSpec, type McpServerSpec, readMcpServers } from '../../../../src/core/mcp/serverSpec';
import { createRegistry } from '../../../../src/core/tools/registry';

const one = (entry: object, name = 'x'): McpServerSpec => {
  const { problems, servers } = readMcpServers({ [name]: entry }, 'user settings');
  assert.deepEqual(problems, []);
  assert.ok(servers[0]);
  return servers[0];
};

suite('MCP servers as they are written', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ['a__b', { command: 'x' }],
    ['_a', { command: 'x' }],
    ['a_', { command: 'x' }],
    ['аpple', { command: 'x' }],
    ['x'.repeat(41), { command: 'x' }],
    ['x', 'npx'],
    ['x', {}],
    ['x', { command: '' }],
    ['x', { command: 'a\0b' }],
    ['x', { command: 'a', args: 'b' }],
    ['x', { command: 'a', args: [1] }],
    ['x', { command: 'a', env: { 'A=B': 'c' } }],
    ['x', { command: 'a', env: { A: 1 } }],
    ['x', { command: 'a', timeout: 5 }],
    ['x', { type: 'sse', url: 'https://a.example' }],
    ['x', { type: 'other', command: 'a' }],
    ['x', { url: 'https://a.example', headers: { 'a b': 'c' } }],
  ];
  for (const [name, entry] of wrong)
    test(`refused: ${JSON.stringify({ [name]: entry }).slice(0, 70)}`, () => {
      const { problems, servers } = readMcpServers({ [name]: entry, good: { command: 'b' } }, '.mcp.json');
      assert.equal(problems.length, 1);
      assert.deepEqual(
        servers.map((server) => server.name),
        ['good'],
      );
    });

  test('the order of keys makes no other server, anything else does', () => {
    const server = canonicalSpec(one({ command: 'a', env: { A: '1', B: '2' } }));
    assert.equal(canonicalSpec(one({ env: { B: '2', A: '1' }, command: 'a' })), server);
    assert.notEqual(canonicalSpec(one({ command: 'a', args: [''], env: { A: '1', B: '2' } })), server);
    assert.notEqual(canonicalSpec(one({ command: 'a', env: { A: '1', B: '2' }, timeout: 2_000 })), server);
  });
});

suite('MCP servers and managed policy', () => {
  const policy = (value: object) => readPolicy([{ path: '/p', content: { ok: true, text: JSON.stringify(value) } }]);
  const npx = one({ command: 'npx', args: ['notes'] }, 'notes');
  const web = one({ url: 'https://mcp.site.example/x' }, 'web');

  test('absent lists allow all; lists of several files must all agree', () => {
    assert.ok(policyAllows(policy({}).mcp, npx));
    const files = [[{ serverName: 'notes' }, { serverName: 'web' }], [{ serverName: 'notes' }]].map((list) => ({
      path: '/p',
      content: { ok: true, text: JSON.stringify({ allowedMcpServers: list }) } as const,
    }));
    const { mcp } = readPolicy(files);
    assert.ok(policyAllows(mcp, npx));
    assert.ok(!policyAllows(mcp, web));
  });

  test('what is denied is denied, whatever is allowed', () => {
    const both = {
      allowedMcpServers: [{ serverName: 'notes' }],
      deniedMcpServers: [{ serverCommand: ['npx', 'notes'] }],
    };
    assert.ok(!policyAllows(policy(both).mcp, npx));
  });

  const addresses: readonly (readonly [string, string, boolean])[] = [
    ['https://*.site.example/*', 'https://mcp.site.example/x', true],
    ['https://*.site.example/*', 'https://evil.example/.site.example/x', false],
    ['https://*.site.example/*', 'https://evil.example#.site.example/x', false],
    ['https://*.site.example/*', 'https://evil.example\\.site.example/x', false],
    ['https://*.site.example/*', 'https://me@evil.example?.site.example/x', false],
    ['https://a.example/mcp', 'https://a.example/mcp2', false],
    ['https://a.example/mcp', 'https://aXexample/mcp', false],
  ];
  for (const [pattern, url, allowed] of addresses)
    test(`${pattern} and ${url}: ${allowed}`, () => {
      const { mcp } = policy({ allowedMcpServers: [{ serverUrl: pattern }] });
      assert.equal(policyAllows(mcp, one({ url })), allowed);
    });

  for (const list of ['notes', [{}], ['notes'], [{ serverName: 'a', serverUrl: 'b' }], [{ serverCommand: [] }]])
    test(`a mistake forbids every server: ${JSON.stringify(list)}`, () => {
      for (const key of ['allowedMcpServers', 'deniedMcpServers']) {
        const read = policy({ [key]: list });
        assert.equal(read.problems.length, 1);
        assert.ok(!policyAllows(read.mcp, npx));
      }
    });
});

suite('other programs’ tools in the registry', () => {
  const offered = (name: string) => ({
    spec: { name, description: '', inputSchema: { type: 'object' } },
    run: async () => ({ text: 'ran', isError: false }),
  });
  test('are there while they are offered, and never under a name of ours', () => {
    let names = ['mcp__a__b', 'Bash', 'mcp__a', 'mcp__a__b__c', 'mcp___a__b', 'mcp__ä__b'];
    const registry = createRegistry(() => names.map(offered));
    const others = () => registry.specs().filter(({ name }) => name.startsWith('mcp'));
    assert.deepEqual(
      others().map(({ name }) => name),
      ['mcp__a__b', 'mcp__a__b__c'],
    );
    assert.equal(registry.specs().filter(({ name }) => name === 'Bash').length, 1);
    assert.ok(registry.validate({ id: '1', name: 'mcp__a__b', input: { any: [1] } }).ok);
    for (const input of [undefined, 'text', [1], null, { a: 'x'.repeat(600_000) }])
      assert.equal(registry.validate({ id: '1', name: 'mcp__a__b', input }).ok, false);
    names = [];
    assert.deepEqual(others(), []);
    assert.equal(registry.validate({ id: '1', name: 'mcp__a__b', input: {} }).ok, false);
  });
});
