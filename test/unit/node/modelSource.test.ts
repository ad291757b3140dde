import assert from 'node:assert/strict';
import type { Model } from '../../../src/core/ports';
import { english, say } from '../../../src/core/say';
import type { Credentials } from '../../../src/node/credentials';
import { createModelSource, type ModelSourceOptions } from '../../../src/node/modelSource';
import { plainRequest } from '../../fakes/apiWorld';

const none: Credentials = { ok: false, said: say('No key.') };
const stored: Credentials = { ok: true, kind: 'stored', apiKey: 'one', baseURL: 'https://one.test', headers: {} };

/** Models that answer with who they are. */
function world() {
  let credentials: Credentials = none;
  let ended = 0;
  const made: string[] = [];
  let allowed: readonly string[] | undefined;
  const options: ModelSourceOptions = {
    credentials: async () => credentials,
    allowedModels: () => allowed,
    async createModel({ apiKey = '', baseURL = '' }) {
      made.push(`${apiKey} at ${baseURL}`);
      const model: Model = {
        stream: async () => ({
          ok: true,
          message: { role: 'assistant', content: [{ type: 'text', text: `${apiKey} at ${baseURL}` }] },
          stopReason: 'end_turn',
          usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
        }),
      };
      return model;
    },
    startDemo: async () => ({
      apiKey: 'demo',
      baseURL: 'http://127.0.0.1:1',
      model: 'demo-model',
      dispose: async () => {
        ended += 1;
      },
    }),
  };
  const source = createModelSource(options);
  return {
    source,
    made,
    ended: () => ended,
    allow(models: readonly string[]) {
      allowed = models;
    },
    use(next: Credentials) {
      credentials = next;
    },
    async ask(): Promise<string> {
      const reply = await source.stream(plainRequest, new AbortController().signal, () => {});
      return reply.ok
        ? JSON.stringify(reply.message.content)
        : `${reply.failure.cause}: ${english(reply.failure.said)}`;
    },
  };
}

suite('model source', () => {
  test('without a key a request fails with what to do', async () => {
    const { ask, source } = world();
    assert.equal(await ask(), 'no-key: No key.');
    assert.equal((await source.state()).kind, 'none');
  });

  test('a key that is set holds from the next request on, and one client serves all requests with it', async () => {
    const { ask, made, use } = world();
    await ask();
    use(stored);
    assert.match(await ask(), /one at https:\/\/one\.test/);
    await ask();
    assert.equal(made.length, 1);
    use({ ...stored, apiKey: 'two' });
    assert.match(await ask(), /two at/);
  });

  test('a model that the administrator does not allow gets no request, and the person is told which are', async () => {
    const { allow, ask, made, use } = world();
    use(stored);
    allow(['claude-opus-4-6']);
    assert.match(await ask(), /^forbidden: .*does not allow the model claude-sonnet-4-6\. Allowed: claude-opus-4-6/);
    assert.deepEqual(made, []);
    allow(['claude-sonnet-4-6']);
    assert.match(await ask(), /one at/);
  });

  test('the demo takes every request until it is left, and never gets the person’s key', async () => {
    const { ask, ended, source, use } = world();
    use(stored);
    await source.useDemo();
    assert.match(await ask(), /demo at http:\/\/127\.0\.0\.1:1/);
    assert.equal(source.demoModel, 'demo-model');
    await source.leaveDemo();
    assert.match(await ask(), /one at/);
    assert.equal(source.demoModel, undefined);
    assert.equal(ended(), 1);
  });
});
