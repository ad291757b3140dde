import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { message, text, toolUse } from '../../../src/node/scriptedApi/script';
import { makePdf } from '../../fakes/pdf';
import { folder, items, outcomes, removeFile, resetAll, setUser, setWorkspace, until, withAgent } from '../agentWorld';

suite('tools in the editor', function () {
  this.timeout(40_000);
  let server: Server;
  let port = 0;
  const asked: string[] = [];

  suiteSetup(async () => {
    server = createServer(({ headers, url }, response) => {
      asked.push(`${headers.host} ${url} ${headers.cookie ?? ''}`);
      if (url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
      else
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<title>T</title><main><h1>Readable</h1><p>Yes.</p></main>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  suiteTeardown(() => void server.close());
  setup(resetAll);
  teardown(async () => {
    removeFile('a.pdf');
    await resetAll();
  });

  test('pages and PDFs are read in the host as anywhere; a redirect to a metadata address is not followed', async () => {
    writeFileSync(join(folder(), 'a.pdf'), makePdf(['Words of a page']));
    await setUser('permissionMode', 'auto');
    await withAgent(
      [
        message(
          toolUse('WebFetch', { url: `http://localhost:${port}/page` }),
          toolUse('WebFetch', { url: `http://127.0.0.1:${port}/away` }),
          toolUse('Read', { file_path: join(folder(), 'a.pdf') }),
        ),
        message(text('Read.')),
      ],
      async ({ host, requests }) => {
        await host.send('Read them.');
        const sent = JSON.stringify(requests.at(-1)?.body);
        assert.match(sent, /# Readable\\n\\nYes\./);
        assert.match(sent, /169\.254\.169\.254\/latest\/meta-data\/\\", which was not followed|which was not followed/);
        assert.match(sent, /Words of a page/);
        assert.deepEqual(outcomes(host), ['allowed', 'allowed', 'allowed']);
      },
    );
    assert.deepEqual(asked, [`localhost:${port} /page `, `127.0.0.1:${port} /away `]);
  });

  test('a command in the background is at work on its card, and its stop ends it', () =>
    withAgent(
      [message(toolUse('Bash', { command: 'sleep 600', run_in_background: true })), message(text('Started.'))],
      async ({ host }) => {
        await setUser('permissions.allow', ['Bash(sleep:*)']);
        await host.send('Start it.');
        const card = () => items(host, 'call')[0];
        assert.deepEqual([card()?.state, card()?.stoppable], ['running', true]);
        await host.seam.receive({ type: 'stop-job', itemId: card()?.id ?? '' });
        await until('it has ended', () => card()?.state === 'aborted');
        assert.equal(card()?.stoppable, false);
      },
    ));

  test('a question of the agent waits on its card; what the page sends goes to the agent', () =>
    withAgent(
      [
        message(
          toolUse('AskUserQuestion', {
            questions: [{ header: 'Way', question: 'Which?', options: [{ label: 'left' }, { label: 'right' }] }],
          }),
        ),
        message(text('Right then.')),
      ],
      async ({ host, requests }) => {
        const turn = host.send('Go.');
        const card = () => items(host, 'call')[0];
        await until('the card asks', () => card()?.asks !== undefined);
        assert.equal(card()?.state, 'asking');
        await host.seam.receive({ type: 'reply', itemId: card()?.id ?? '', answers: [{ chosen: [1], typed: '' }] });
        await turn;
        assert.match(JSON.stringify(requests.at(-1)?.body), /Which\?\\n→ right/);
        assert.equal(card()?.asks, undefined);
      },
    ));

  test('hooks of the user and of the folder hold, with the mode that asks least', async () => {
    await setUser('hooks', { PreToolUse: [{ matcher: 'Glob', hooks: [{ command: 'echo not here >&2; exit 2' }] }] });
    await setWorkspace({
      'claudeCode.permissions.deny': ['Bash(never)'],
      'claudeCode.hooks': {
        PreToolUse: [
          { matcher: 'Read', hooks: [{ command: 'echo \'{"decision":"block","reason":"of the folder"}\'' }] },
        ],
      },
    });
    await withAgent(
      [
        message(toolUse('Glob', { pattern: '*' }), toolUse('Read', { file_path: join(folder(), 'package.json') })),
        message(text('Neither.')),
      ],
      async ({ host, requests }) => {
        await host.send('Look.');
        assert.deepEqual(outcomes(host), ['denied', 'denied']);
        const sent = JSON.stringify(requests.at(-1)?.body);
        assert.match(sent, /a hook in the user settings says: not here/);
        assert.match(sent, /a hook in the workspace settings says: of the folder/);
      },
    );
  });
});
