import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { message, text } from '../../../src/node/scriptedApi/script';
import { items, resetAll, seam, setUser, testKey, until, withAgent } from '../agentWorld';

suite('the API key', function () {
  this.timeout(30_000);
  setup(resetAll);
  teardown(resetAll);

  test('it is sent to the service and stands in no setting and in no part of the conversation', () =>
    withAgent([message(text('Hello.'))], async ({ host, requests }) => {
      await host.send('Hello');
      assert.equal(requests[0]?.headers['x-api-key'], testKey);
      assert.ok(!JSON.stringify(host.seam.events()).includes(testKey));
      assert.ok(!JSON.stringify(workspace.getConfiguration()).includes(testKey));
    }));

  test('without a key the person is told what to do and offered the demo, and what was typed stays', async () => {
    if (process.env['ANTHROPIC_API_KEY'] || process.env['ANTHROPIC_AUTH_TOKEN']) return;
    const host = await (await seam()).host();
    await host.newSession();
    const actions = host.seam.status().welcome?.actions.map(({ id }) => id);
    assert.deepEqual(actions, ['set-api-key', 'demo']);
    await host.send('Hello');
    assert.equal(items(host, 'user')[0]?.text, 'Hello');
    assert.equal(items(host, 'notice')[0]?.action?.id, 'set-api-key');
  });

  test('the offline demo is labelled as such and answers without a key', async () => {
    const host = await (await seam()).host();
    await host.newSession();
    await host.seam.receive({ type: 'action', action: 'demo' });
    assert.match(host.seam.status().banner ?? '', /Offline demo/);
    assert.match(host.seam.status().model, /demo/i);
    await host.send('What can you do?');
    assert.match(items(host, 'assistant')[0]?.text ?? '', /offline demo model/);
  });

  test('a refused key ends in a notice that says what to do, and the new key is used at once', () =>
    withAgent([message(text('Hello.'))], async ({ host }) => {
      const test = await seam();
      await test.useKey('sk-ant-wrong');
      await host.send('Hello');
      assert.equal(items(host, 'notice')[0]?.action?.id, 'set-api-key');
      await test.useKey(testKey);
      await until('the page offers to try again', () =>
        items(host, 'notice').some(({ action }) => action?.id === 'retry'),
      );
      await host.seam.receive({ type: 'action', action: 'retry' });
      assert.equal(items(host, 'assistant').at(-1)?.text, 'Hello.');
    }));

  test('a base URL that would send the key in the clear is refused', async () => {
    await setUser('api.baseUrl', 'http://example.test');
    const test = await seam();
    await test.useKey(testKey);
    const host = await test.host();
    await host.newSession();
    await host.send('Hello');
    assert.match(items(host, 'notice')[0]?.text ?? '', /https/);
  });
});
