import assert from 'node:assert/strict';
import { httpError, message, type Script, text, thinking, toolUse } from '../../../src/node/scriptedApi/script';
import { type ScriptedApi, startScriptedApi } from '../../../src/node/scriptedApi/scriptedApi';

type Body = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly json: Body;
  readonly headers: Headers;
}

const hello: Body = { model: 'claude-sonnet-4-6', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] };
const goodHeaders = { 'x-api-key': 'sk-test', 'anthropic-version': '2026-10-21', 'content-type': 'application/json' };

async function post(api: ScriptedApi, body: unknown, headers: Record<string, string> = goodHeaders): Promise<Answer> {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${api.baseURL}/v1/messages`, { method: 'POST', headers, body: payload });
  return { status: response.status, json: (await response.json()) as Body, headers: response.headers };
}

async function withServer(script: Script, body: (api: ScriptedApi) => Promise<void>): Promise<void> {
  const api = await startScriptedApi({ script, apiKey: 'sk-test' });
  try {
    await body(api);
  } finally {
    await api.dispose();
  }
}

const user = (...content: unknown[]): Body => ({ role: 'user', content });
const assistant = (...content: unknown[]): Body => ({ role: 'assistant', content });
const words = (value: string, more: Body = {}): Body => ({ type: 'text', text: value, ...more });
const use = (id: string, more: Body = {}): Body => ({ type: 'tool_use', id, name: 'Bash', input: {}, ...more });
const result = (id: string, more: Body = {}): Body => ({
  type: 'tool_result',
  tool_use_id: id,
  content: 'ok',
  ...more,
});
const tool = (name: string, more: Body = {}): Body => ({
  name,
  description: '',
  input_schema: { type: 'object' },
  ...more,
});
const cached = { cache_control: { type: 'ephemeral' } };
const talk = (...messages: Body[]): Body => ({ messages });

suite('scriptedApi', () => {
  const refused: [string, Body, RegExp][] = [
    ['an unknown field', { temprature: 1 }, /^temprature: Extra inputs are not permitted$/],
    ['a sampling parameter, which the present version does not have', { temperature: 1 }, /^temperature: Extra inputs/],
    ['no max_tokens', { max_tokens: undefined }, /^max_tokens: Field required$/],
    ['no model', { model: undefined }, /^model: Field required$/],
    ['no messages', { messages: [] }, /^messages: at least one message is required$/],
    ['max_tokens of zero', { max_tokens: 0 }, /^max_tokens: Input should be greater/],
    ['more max_tokens than the model has', { max_tokens: 500_000 }, /^max_tokens: 500000 > 128000/],
    [
      'an assistant message first',
      talk(assistant(words('Hi')), user(words('Hi'))),
      /first message must use the "user" role/,
    ],
    ['an assistant message last', talk(user(words('Hi')), assistant(words('I'))), /prefill/],
    ['an unknown role', talk({ role: 'tool', content: 'x' }), /^messages\.0\.role: /],
    ['an empty text block', talk(user(words(''))), /text content blocks must be non-empty/],
    ['a blank text block', talk(user(words(' \n'))), /non-whitespace text/],
    ['an empty message', talk(user(), user(words('x'))), /must have non-empty content/],
    ['an unknown block', talk(user({ type: 'hologram' })), /^messages\.0\.content\.0/],
    [
      'an unknown field of a block',
      talk(user(words('x', { colour: 1 }))),
      /^messages\.0\.content\.0\.colour: Extra inputs/,
    ],
    [
      'a call without its result',
      talk(user(words('x')), assistant(use('a')), user(words('y'))),
      /ids were found without `tool_result`.*: a\./,
    ],
    [
      'a result after other content',
      talk(user(words('x')), assistant(use('a')), user(words('y'), result('a'))),
      /without `tool_result`/,
    ],
    [
      'one of two results missing',
      talk(user(words('x')), assistant(use('a'), use('b')), user(result('a'))),
      /immediately after: b\./,
    ],
    ['a result of no call', talk(user(result('a'))), /unexpected `tool_use_id`.*: a\./],
    [
      'two results of one call',
      talk(user(words('x')), assistant(use('a')), user(result('a'), result('a'))),
      /single result/,
    ],
    [
      'the same call id twice',
      talk(user(words('x')), assistant(use('a')), user(result('a')), assistant(use('a')), user(result('a'))),
      /must be unique/,
    ],
    [
      'an error result without text',
      talk(user(words('x')), assistant(use('a')), user(result('a', { content: '', is_error: true }))),
      /cannot be empty if `is_error`/,
    ],
    [
      'tool input that is no object',
      talk(user(words('x')), assistant(use('a', { input: 'ls' })), user(result('a'))),
      /^messages\.1\.content\.0\.input: Input should be/,
    ],
    ['a call in a user message', talk(user(use('a'))), /only be in `assistant`/],
    [
      'thinking without a signature',
      talk(user(words('x')), assistant({ type: 'thinking', thinking: 'Hm' }, words('y')), user(words('z'))),
      /^messages\.1\.content\.0\.signature: Field required$/,
    ],
    ['two tools of one name', { tools: [tool('A'), tool('A')] }, /Tool names must be unique/],
    ['a tool name with a space', { tools: [tool('A b')] }, /^tools\.0\.name: /],
    ['a tool without a schema', { tools: [{ name: 'A' }] }, /^tools\.0\.input_schema: Field required$/],
    ['five breakpoints', { system: [1, 2, 3, 4, 5].map((n) => words(`${n}`, cached)) }, /maximum of 4 blocks.*Found 5/],
    ['a breakpoint on empty text', talk(user(words('', cached))), /cache_control cannot be set for empty/],
    ['a breakpoint of an unknown kind', { system: [words('x', { cache_control: { type: 'eternal' } })] }, /^system/],
    [
      'a thinking budget under the least',
      { thinking: { type: 'enabled', budget_tokens: 10 } },
      /greater than or equal to 1024/,
    ],
    [
      'a thinking budget over max_tokens',
      { thinking: { type: 'enabled', budget_tokens: 2000 } },
      /must be greater than `thinking/,
    ],
    [
      'a budget for a model that thinks adaptively only',
      { model: 'claude-opus-4-7', max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 } },
      /not supported for this model/,
    ],
    [
      'adaptive thinking for an older model',
      { model: 'claude-sonnet-4-5', thinking: { type: 'adaptive' } },
      /not supported on this model/,
    ],
    [
      'thinking off for a model that always thinks',
      { model: 'claude-opus-5-5', thinking: { type: 'disabled' } },
      /not supported for this model/,
    ],
    [
      'thinking with a forced tool',
      { tools: [tool('A')], tool_choice: { type: 'any' }, thinking: { type: 'adaptive' } },
      /forces tool use/,
    ],
  ];
  for (const [what, change, expected] of refused)
    test(`A request with ${what} is refused with 400.`, () =>
      withServer([message(text('Hi.'))], async (api) => {
        const { status, json } = await post(api, { ...hello, ...change });
        assert.equal(status, 400, JSON.stringify(json));
        const error = json['error'] as { type: string; message: string };
        assert.deepEqual([json['type'], error.type], ['error', 'invalid_request_error']);
        assert.match(error.message, expected);
        assert.match(String(json['request_id']), /^req_/);
        assert.match(api.requests[0]?.problem?.message ?? '', expected);
      }));

  const accepted: [string, Body][] = [
    ['a plain message', {}],
    ['two user messages in a row', talk(user(words('x')), user(words('y')))],
    ['a call, its result and more words', talk(user(words('x')), assistant(use('a')), user(result('a'), words('y')))],
    [
      'a result without content',
      talk(user(words('x')), assistant(use('a')), user({ type: 'tool_result', tool_use_id: 'a' })),
    ],
    ['four breakpoints', { system: [1, 2, 3, 4].map((n) => words(`${n}`, cached)) }],
    ['tools and a choice', { tools: [tool('A')], tool_choice: { type: 'tool', name: 'A' } }],
  ];
  for (const [what, change] of accepted)
    test(`A request with ${what} is answered.`, () =>
      withServer([message(text('Hi.'))], async (api) => {
        const { status, json } = await post(api, { ...hello, ...change });
        assert.equal(status, 200, JSON.stringify(json));
      }));

  test('Without stream the whole message comes as JSON.', () =>
    withServer([message(thinking('Hm.'), text('Hi.'), toolUse('Bash', { command: 'ls' }))], async (api) => {
      const { json, headers } = await post(api, hello);
      assert.equal(headers.get('content-type'), 'application/json');
      const content = json['content'] as Body[];
      assert.deepEqual(
        content.map((block) => block['type']),
        ['thinking', 'text', 'tool_use'],
      );
      assert.deepEqual(
        [json['role'], json['stop_reason'], json['model']],
        ['assistant', 'tool_use', 'claude-sonnet-4-6'],
      );
      assert.ok(Number((json['usage'] as Body)['output_tokens']) > 0);
    }));

  test('A stream has the events of the API in their order, with a ping and tool JSON in pieces.', () =>
    withServer(
      [{ type: 'message', content: [thinking('Hm.'), toolUse('Bash', { command: 'ls -la' })], pieceChars: 8 }],
      async (api) => {
        const response = await fetch(`${api.baseURL}/v1/messages`, {
          ...{ method: 'POST', headers: goodHeaders, body: JSON.stringify({ ...hello, stream: true }) },
        });
        const raw = await response.text();
        const events = raw
          .trim()
          .split('\n\n')
          .map((chunk) => {
            const [name = '', data = ''] = chunk.split('\n');
            return { name: name.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) as Body };
          });
        assert.ok(events.every(({ name, data }) => data['type'] === name));
        const deltas = events.flatMap(({ data }) =>
          data['delta'] ? [(data['delta'] as Body)['type'] ?? 'message'] : [],
        );
        assert.deepEqual(deltas, [
          'thinking_delta',
          'signature_delta',
          ...Array(4).fill('input_json_delta'),
          'message',
        ]);
        assert.deepEqual(
          events.map(({ name }) => name).filter((name) => name !== 'content_block_delta'),
          [
            ...['message_start', 'content_block_start', 'ping', 'content_block_stop'],
            ...['content_block_start', 'content_block_stop', 'message_delta', 'message_stop'],
          ],
        );
      },
    ));

  const outside: [string, string, string, Record<string, string>, number, string][] = [
    ['no key', 'POST', '/v1/messages', { 'anthropic-version': '2026-10-21' }, 401, 'authentication_error'],
    ['a wrong key', 'POST', '/v1/messages', { ...goodHeaders, 'x-api-key': 'sk-other' }, 401, 'authentication_error'],
    ['no version', 'POST', '/v1/messages', { 'x-api-key': 'sk-test' }, 400, 'invalid_request_error'],
    [
      'an unknown version',
      'POST',
      '/v1/messages',
      { ...goodHeaders, 'anthropic-version': '1999-01-01' },
      400,
      'invalid_request_error',
    ],
    ['another path', 'POST', '/v1/complete', goodHeaders, 404, 'not_found_error'],
    ['another method', 'PUT', '/v1/messages', goodHeaders, 405, 'invalid_request_error'],
  ];
  for (const [what, method, path, headers, expected, type] of outside)
    test(`A request with ${what} is answered with ${expected} ${type}.`, () =>
      withServer([message(text('Hi.'))], async (api) => {
        const response = await fetch(api.baseURL + path, { method, headers, body: JSON.stringify(hello) });
        assert.equal(response.status, expected);
        assert.equal(((await response.json()) as { error: { type: string } }).error.type, type);
      }));

  test('A bearer token is a key too.', () =>
    withServer([message(text('Hi.'))], async (api) => {
      const headers = { authorization: 'Bearer sk-test', 'anthropic-version': '2026-10-21' };
      assert.equal((await post(api, hello, headers)).status, 200);
    }));

  test('A body that is no JSON, an unknown model and a body over 32 MB are refused as the API refuses them.', () =>
    withServer([], async (api) => {
      assert.equal((await post(api, '{"model":')).status, 400);
      const unknown = await post(api, { ...hello, model: 'gpt-9' });
      assert.deepEqual([unknown.status, (unknown.json['error'] as Body)['type']], [404, 'not_found_error']);
      const huge = await post(api, { ...hello, system: 'x'.repeat(33 * 1024 * 1024) });
      assert.deepEqual([huge.status, (huge.json['error'] as Body)['type']], [413, 'request_too_large']);
    }));

  test('The version before still takes a temperature.', () =>
    withServer([message(text('Hi.'))], async (api) => {
      const headers = { ...goodHeaders, 'anthropic-version': '2023-06-01' };
      assert.equal((await post(api, { ...hello, temperature: 0 }, headers)).status, 200);
    }));

  test('A paused turn may be sent back as the last message, another assistant message may not.', () =>
    withServer(
      [{ type: 'message', content: [text('Half a')], stopReason: 'pause_turn' }, message(text('Done.'))],
      async (api) => {
        const { json } = await post(api, hello);
        const paused = { role: 'assistant', content: json['content'] as Body[] };
        const back = paused.content.map(({ citations, ...block }) => block);
        const messages = [...(hello['messages'] as Body[]), { ...paused, content: back }];
        assert.equal((await post(api, { ...hello, messages })).status, 200);
      },
    ));

  test('Call ids are unlike any in the conversation, also on another server.', () =>
    withServer([message(toolUse('Bash', {}))], async (api) => {
      const id = 'toolu_000000000000000000000007';
      const { json } = await post(api, { ...hello, ...talk(user(words('x')), assistant(use(id)), user(result(id))) });
      assert.equal((json['content'] as Body[])[0]?.['id'], 'toolu_000000000000000000000008');
    }));

  test('A script that is a function sees each request and may answer with errors and their headers.', () =>
    withServer(
      ({ body, index }) => (index === 0 ? httpError(429, 'slow', { 'retry-after': '3' }) : message(text(body.model))),
      async (api) => {
        const first = await post(api, hello);
        assert.deepEqual([first.status, first.headers.get('retry-after')], [429, '3']);
        const second = await post(api, hello);
        assert.equal((second.json['content'] as Body[])[0]?.['text'], 'claude-sonnet-4-6');
      },
    ));

  test('A list that is used up refuses further requests and says so.', () =>
    withServer([], async (api) => {
      const { status, json } = await post(api, hello);
      assert.equal(status, 400);
      assert.match((json['error'] as { message: string }).message, /has 0 replies and this is request 1/);
    }));

  test('It listens on this machine only, and is gone after dispose.', async () => {
    const api = await startScriptedApi({ script: [{ type: 'silence' }] });
    assert.match(api.baseURL, /^http:\/\/127\.0\.0\.1:\d+$/);
    const waiting = assert.rejects(post(api, hello));
    await new Promise((resolve) => setTimeout(resolve, 30));
    await api.dispose();
    await waiting;
    await assert.rejects(fetch(api.baseURL));
  });
});
