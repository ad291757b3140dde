import { strict as assert } from 'node:assert';
import { noPast } from '../../../../../src/core/gate/analysis/changes';
import { readMcpName } from '../../../../../src/core/gate/analysis/mcpName';
import { judge, place, virtual } from './analysisWorld';

const said = (server: string, tool: string, args: unknown, secret?: string): string => {
  const { answer, decisive } = judge('mcp', { server, tool, arguments: args }, virtual, place, { ...noPast, secret });
  return `${answer} ${decisive.rule}`;
};

suite('tools of others', () => {
  const allowed: readonly (readonly [string, string, unknown])[] = [
    ['github', 'get_issue', { owner: 'me', repo: 'x', number: 1 }],
    ['github', 'list_commits', { owner: 'me', repo: 'x', per_page: 20 }],
    ['github', 'get_pull_request_comments', { owner: 'me', repo: 'x', pull_number: 3 }],
    ['github', 'search_code', { q: 'repo:me/x foo && bar' }],
    ['filesystem', 'read_text_file', { path: '/home/me/ws/src/a.ts' }],
    ['filesystem', 'list_directory', { path: '.' }],
    ['filesystem', 'write_file', { path: 'src/b.ts', content: 'export {};\n' }],
    ['filesystem', 'edit_file', { path: 'src/b.ts', edits: [{ oldText: 'a', newText: 'b; c' }] }],
    ['filesystem', 'create_directory', { path: 'src/new' }],
    ['git', 'git_diff', { repo_path: '/home/me/ws', target: 'main' }],
    ['postgres', 'query', { sql: 'select id from todos limit 5' }],
    ['docs', 'get-library-docs', { libraryID: '/org/project', topic: 'routing' }],
    ['browser', 'browser_navigate', { url: 'http://localhost:5173/' }],
    ['browser', 'browser_take_screenshot', { filename: 'shots/a.png' }],
    ['ide', 'getDiagnostics', { uri: 'file:///home/me/ws/src/a.ts' }],
    ['fetch', 'fetch', { url: 'https://docs.python.org/3/' }],
    ['memory', 'read_graph', undefined],
  ];
  for (const [server, tool, args] of allowed)
    test(`${server}: ${tool} may look or write here`, () => assert.match(said(server, tool, args), /^allow /));

  const doubtful: readonly (readonly [string, string, unknown, string])[] = [
    ['github', 'merge_pull_request', { number: 1 }, 'mcp.unknown'],
    ['x', 'get_or_create', {}, 'mcp.unknown'],
    ['x', 'searchAndReplace', {}, 'mcp.unknown'],
    ['notes', 'save', { text: 'hello' }, 'mcp.unknown'],
    ['x', 'get_secret', {}, 'mcp.confidential'],
    ['gmail', 'search_messages', { query: 'x' }, 'mcp.confidential'],
    ['x', 'Bash', { command: 'ls' }, 'mcp.name'],
    ['x', 'get_weather\u0430', {}, 'mcp.name'],
    ['x', 'get', { __hidden: 'x' }, 'mcp.arguments'],
    ['x', 'get', { a: { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } } }, 'mcp.arguments'],
    ['x', 'get', { a: 'x'.repeat(400) }, 'mcp.arguments'],
    ['x', 'get', { query: 'word '.repeat(1_000) }, 'mcp.arguments'],
    ['git', 'git_show', { repo_path: '/home/me/ws', revision: 'HEAD;id' }, 'mcp.arguments'],
    ['git', 'git_diff', { target: '--output=x' }, 'mcp.option'],
    ['git', 'git_diff', { target: ' --output=x' }, 'mcp.option'],
    ['postgres', 'query', { sql: 'select 1; drop table x' }, 'remote.destroys'],
    ['db', 'list_rows', { query: 'delete from users' }, 'remote.destroys'],
    ['db', 'query', { q: 'insert into t values (1)' }, 'remote.changes'],
    ['x', 'read', { cmd: 'ls' }, 'mcp.name'],
    ['x', 'get_output', { cmd: 'ls' }, 'mcp.command'],
    ['x', 'get_value', { expression: '1 + 1' }, 'mcp.code'],
    ['x', 'read_file', { id: '.env' }, 'secrets.project'],
    ['x', 'list_files', { directory: '../../etc' }, 'paths.outside-read'],
    ['x', 'list_files', { directory: '~' }, 'paths.outside-read'],
    ['x', 'read_file', { path: 'src/$X' }, 'paths.unknown'],
    ['filesystem', 'write_file', { path: '.git/config', content: 'x' }, 'paths.protected'],
    ['filesystem', 'write_file', { content: 'x' }, 'mcp.unknown'],
    ['filesystem', 'delete_file', { path: 'src/a.ts' }, 'mcp.unknown'],
    ['fetch', 'fetch', { url: 'https://docs.python.org/3/', method: 'POST' }, 'network.reach'],
    ['fetch', 'fetch', { url: 'https://docs.python.org/3/', headers: { a: 'b' } }, 'network.reach'],
    ['fetch', 'fetch', { url: 'https://example.com/' }, 'network.reach'],
    ['x', 'get', { q: 'ghp_abcdefghijklmnopqrstuvwxyz012345' }, 'secrets.sent'],
    ['x', 'get', { q: 'a\u200bb' }, 'hygiene.invisible'],
    ['x', 'get', ['.env'], 'tool.input'],
    ['x', '', {}, 'tool.input'],
  ];
  for (const [server, tool, args, rule] of doubtful)
    test(`${server}: ${tool} ${JSON.stringify(args).slice(0, 60)} is doubtful`, () =>
      assert.equal(said(server, tool, args), `unsure ${rule}`));

  const harmful: readonly (readonly [string, string, unknown, string])[] = [
    ['calc', 'add', { a: 1, note: '-----BEGIN OPENSSH PRIVATE KEY-----' }, 'secrets.sent'],
    ['filesystem', 'write_file', { path: '/home/me/.bashrc', content: 'x' }, 'paths.startup'],
    ['filesystem', 'read_file', { path: '~/.ssh/id_rsa' }, 'secrets.store'],
    ['chat', 'files_upload', { path: '.env' }, 'secrets.sent'],
    ['browser', 'browser_navigate', { url: 'file:///home/me/.aws/credentials' }, 'secrets.store'],
    ['x', 'query', { endpoint: 'http://169.254.169.254/' }, 'network.metadata'],
  ];
  for (const [server, tool, args, rule] of harmful)
    test(`${server}: ${tool} does harm`, () => assert.equal(said(server, tool, args), `block ${rule}`));

  test('the server may stand in the name of the tool', () => {
    assert.equal(judge('mcp__github__get_issue', { number: 1 }).answer, 'allow');
    assert.equal(judge('mcp__github__delete_repository', {}).answer, 'unsure');
    assert.equal(judge('mcp__github', {}).answer, 'unsure');
  });

  test('while a secret is held nobody is asked', () => {
    assert.equal(said('github', 'get_issue', { number: 1 }, '.env'), 'unsure secrets.session');
  });

  test('what is written is what later calls find', () => {
    const { changes } = judge('mcp', {
      server: 'filesystem',
      tool: 'write_file',
      arguments: { path: 'src/b.ts', content: 'export {};' },
    });
    assert.equal(changes.get('/home/me/ws/src/b.ts')?.text, 'export {};');
  });

  test('names are read word by word', () => {
    assert.equal(readMcpName('a', 'listPullRequests').kind, 'looks');
    assert.equal(readMcpName('a', 'issues_list').kind, 'looks');
    assert.equal(readMcpName('git', 'git_status').kind, 'looks');
    assert.equal(readMcpName('a', 'post_fetch').kind, 'unknown');
    assert.equal(readMcpName('a', 'run_query').kind, 'unknown');
    assert.equal(readMcpName('a', 'update_issue').kind, 'unknown');
    assert.equal(readMcpName('a', 'create_file').kind, 'writes');
    assert.equal(readMcpName('a', 'create_file_share').kind, 'unknown');
    assert.equal(readMcpName('a', 'remove_file').kind, 'removes');
  });
});
