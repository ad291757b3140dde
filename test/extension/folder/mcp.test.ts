import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from 'vscode';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { folder, outcomes, removeFile, resetAll, seam, setUser, until, withAgent } from '../agentWorld';

/** A server in one line, so that it runs wherever the workspace is. */
const program = `
const { createInterface } = require('node:readline');
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize')
    send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'n', version: '1' } } });
  if (method === 'tools/list')
    send({ id, result: { tools: [{ name: 'search_notes', description: 'Searches.', inputSchema: { type: 'object' } }] } });
  if (method === 'tools/call') send({ id, result: { content: [{ type: 'text', text: 'buy milk' }] } });
});`;

suite('MCP servers in the editor', function () {
  this.timeout(40_000);
  const write = (name: string): void =>
    writeFileSync(
      join(folder(), '.mcp.json'),
      JSON.stringify({ mcpServers: { [name]: { command: process.execPath, args: ['-e', program] } } }),
    );

  setup(resetAll);
  teardown(async () => {
    removeFile('.mcp.json');
    await resetAll();
  });

  test('a server of the repository starts after a yes in a dialog whose first button is no, and its tool goes through the gate', async () => {
    write('notes');
    await setUser('permissionMode', 'auto');
    const { useDialogs } = await seam();
    const dialogs: { title: string; detail: string; buttons: readonly string[] }[] = [];
    useDialogs(async (title, detail, buttons) => {
      dialogs.push({ title, detail, buttons });
      return 'Start This Server';
    });
    await withAgent(
      [message(toolUse('mcp__notes__search_notes', { query: 'x' })), message(text('Milk.'))],
      async ({ host, requests }) => {
        // A session that was open already has seen the file, or not: either way it is there now.
        host.mcp()?.refresh();
        await until('the server is ready', () => host.mcp()?.states()[0]?.state === 'ready');
        assert.ok(dialogs.length > 0);
        assert.equal(dialogs[0]?.title, 'This workspace brings the MCP server notes. Start it?');
        assert.deepEqual(dialogs[0]?.buttons, ['Do Not Start', 'Start This Server']);
        assert.ok(dialogs[0]?.detail.includes(process.execPath));
        await host.send('What is on my list?');
        assert.deepEqual(outcomes(host), ['allowed']);
        assert.match(JSON.stringify(requests.at(-1)?.body), /buy milk/);
        await host.mcp()?.forget('notes');
        assert.equal(host.mcp()?.states()[0]?.state, 'refused');
      },
    );
  });

  test('a no, and a dialog that is closed, start nothing', async () => {
    write('other');
    const { useDialogs } = await seam();
    let asked = 0;
    useDialogs(async () => {
      asked += 1;
      return undefined;
    });
    await withAgent([message(text('Done.'))], async ({ host }) => {
      host.mcp()?.refresh();
      await until('it is refused', () => host.mcp()?.states()[0]?.state === 'refused');
      assert.ok(asked > 0);
      assert.deepEqual(host.mcp()?.tools(), []);
    });
  });

  test('the command is there', async () => {
    assert.ok((await commands.getCommands(true)).includes('gatehouse.mcpServers'));
  });
});
