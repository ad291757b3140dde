import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from '../../../src/core/agent/messages';
import { english } from '../../../src/core/say';
import { createAnthropicModel } from '../../../src/node/anthropicModel';
import { httpError, message, text, thinking, toolUse } from '../../../src/node/scriptedApi/script';
import { failureOf, plainRequest, replyOf, says, testKey, withApi } from '../../fakes/apiWorld';

const never = (): AbortSignal => new AbortController().signal;
const result = (id: string, content: string): Message => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content }],
});

suite('anthropicModel', () => {
  test('A plain turn streams its text and ends with the whole message.', () =>
    withApi(
      [message(text('Grüße, 世界! 👋 This is a longer sentence that comes in several pieces.'))],
      async (world) => {
        const reply = replyOf(await world.ask());
        const words = 'Grüße, 世界! 👋 This is a longer sentence that comes in several pieces.';
        assert.deepEqual(reply.message, { role: 'assistant', content: [{ type: 'text', text: words }] });
        assert.equal(reply.stopReason, 'end_turn');
        assert.ok(reply.usage.inputTokens > 0 && reply.usage.outputTokens > 0);
        const pieces = world.events.map((event) => (event.type === 'text' ? event.text : ''));
        assert.ok(pieces.length > 1);
        assert.equal(pieces.join(''), words);
      },
    ));

  test('A tool call that comes in pieces of one character has its whole input.', () => {
    const input = { command: 'echo "ü\\n"', nested: { list: [1, 2, { deep: '👋' }] } };
    return withApi([{ type: 'message', content: [toolUse('Bash', input)], pieceChars: 1 }], async (world) => {
      const reply = replyOf(await world.ask());
      const [block] = reply.message.content;
      assert.equal(reply.stopReason, 'tool_use');
      assert.ok(block?.type === 'tool_use');
      assert.deepEqual(block.input, input);
      assert.deepEqual(world.events, [{ type: 'tool', id: block.id, name: 'Bash' }]);
    });
  });

  test('Malformed tool JSON leaves that input undefined and keeps the rest of the message.', () =>
    withApi(
      [
        message(
          text('Two calls.'),
          { type: 'malformed_tool_use', name: 'Bash', json: '{"command": "ls' },
          toolUse('Bash', {}),
        ),
        message(text('Thank you.')),
      ],
      async (world) => {
        const { message: first } = replyOf(await world.ask());
        const calls = first.content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
        assert.deepEqual(
          calls.map(({ input }) => input),
          [undefined, {}],
        );
        const [a = '', b = ''] = calls.map(({ id }) => id);
        const both: Message = {
          role: 'user',
          content: [...result(a, 'bad').content, ...result(b, 'good').content] as never,
        };
        replyOf(await world.ask({ messages: [says('Go.'), first, both] }));
      },
    ));

  test('Thinking comes back with its signature, and the server accepts it unchanged after the tool result.', () =>
    withApi(
      [
        message(thinking('First I look.'), text('Looking.'), toolUse('Bash', { command: 'ls' })),
        message(text('Done.')),
      ],
      async (world) => {
        const { message: first } = replyOf(await world.ask({ thinking: true }));
        const [block, , call] = first.content;
        assert.ok(block?.type === 'opaque' && call?.type === 'tool_use');
        assert.deepEqual(Object.keys(block.block).sort(), ['signature', 'thinking', 'type']);
        assert.equal(block.block['thinking'], 'First I look.');
        assert.ok(world.events.some((event) => event.type === 'thinking'));
        const messages = [says('Go.'), first, result(call.id, 'a.ts')];
        replyOf(await world.ask({ thinking: true, messages }));
        const sent = world.api.requests[1]?.body as { messages: { content: unknown[] }[]; thinking: unknown };
        assert.deepEqual(sent.messages[1]?.content[0], block.block);
        assert.deepEqual(sent.thinking, { type: 'adaptive', display: 'summarized' });
      },
    ));

  test('Thinking that was tampered with or left out is refused by the server and reported as an invalid request.', () =>
    withApi(
      [message(thinking('First I look.'), toolUse('Bash', { command: 'ls' })), message(text('Done.'))],
      async (world) => {
        const { message: first } = replyOf(await world.ask({ thinking: true }));
        const call = first.content[1];
        assert.ok(call?.type === 'tool_use');
        const tampered: Message = {
          role: 'assistant',
          content: first.content.map((block) =>
            block.type === 'opaque' ? { ...block, block: { ...block.block, thinking: 'Something else.' } } : block,
          ),
        };
        const dropped: Message = { role: 'assistant', content: [call] };
        for (const [changed, words] of [
          [tampered, /Invalid `signature`/],
          [dropped, /cannot be modified/],
        ] as const) {
          const messages = [says('Go.'), changed, result(call.id, 'a.ts')];
          const failure = failureOf(await world.ask({ thinking: true, messages }));
          assert.equal(failure.cause, 'invalid');
          assert.match(english(failure.said), words);
        }
      },
    ));

  test('Blocks of an unknown type and redacted thinking go back byte for byte.', () => {
    const raw = { type: 'scripted_future', payload: { z: 1, a: ['ü', null] } } as const;
    return withApi(
      [
        message({ type: 'redacted_thinking', data: 'c2VjcmV0' }, { type: 'raw', block: raw }, text('Hm.')),
        message(text('Ok.')),
      ],
      async (world) => {
        const { message: first } = replyOf(await world.ask());
        replyOf(await world.ask({ messages: [says('Go.'), first, says('On.')] }));
        const sent = world.api.requests[1]?.body as { messages: { content: unknown[] }[] };
        assert.equal(
          JSON.stringify(sent.messages[1]?.content.slice(0, 2)),
          JSON.stringify([{ type: 'redacted_thinking', data: 'c2VjcmV0' }, raw]),
        );
      },
    );
  });

  test('Over three turns the cache figures show one write and then reads that grow.', () =>
    withApi([message(text('One.')), message(text('Two.')), message(text('Three.'))], async (world) => {
      const system = ['Rules. '.repeat(1000)];
      const messages: Message[] = [says('First.')];
      const usages = [];
      for (const next of ['Second.', 'Third.', '']) {
        const reply = replyOf(await world.ask({ system, messages: [...messages] }));
        usages.push(reply.usage);
        messages.push(reply.message, says(next || 'End.'));
      }
      const [first, second, third] = usages;
      assert.ok(first && second && third);
      assert.equal(first.cacheReadTokens, 0);
      assert.ok(first.cacheWriteTokens > 1024);
      assert.equal(second.cacheReadTokens, first.cacheWriteTokens);
      assert.ok(second.cacheWriteTokens > 0 && second.cacheWriteTokens < 100);
      assert.equal(third.cacheReadTokens, second.cacheReadTokens + second.cacheWriteTokens);
      assert.equal(third.inputTokens, 0);
    }));

  test('A turn with thirty calls still finds what the request before it cached.', () => {
    const calls = Array.from({ length: 30 }, (_, index) => toolUse('Bash', { command: `echo ${index}` }));
    return withApi([message(...calls), message(text('Done.'))], async (world) => {
      const system = ['Rules. '.repeat(1000)];
      const first = replyOf(await world.ask({ system }));
      const results = first.message.content.flatMap((block) =>
        block.type === 'tool_use' ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'ok' }] : [],
      );
      const messages: Message[] = [...plainRequest.messages, first.message, { role: 'user', content: results }];
      const second = replyOf(await world.ask({ system, messages }));
      assert.equal(second.usage.cacheReadTokens, first.usage.cacheWriteTokens);
    });
  });

  const stopReasons = [
    ...[
      'end_turn',
      'tool_use',
      'max_tokens',
      'stop_sequence',
      'pause_turn',
      'refusal',
      'model_context_window_exceeded',
    ],
  ].map((name) => [name, name] as const);
  for (const [sent, expected] of [...stopReasons, ['brand_new_reason', 'unknown'] as const])
    test(`The stop reason ${sent} becomes ${expected}.`, () =>
      withApi([{ type: 'message', content: [text('…')], stopReason: sent }], async (world) => {
        assert.equal(replyOf(await world.ask()).stopReason, expected);
      }));

  const errors = [
    { status: 400, cause: 'invalid', retryable: false, says: /refused the request/ },
    { status: 401, cause: 'unauthorised', retryable: false, says: /API key/ },
    { status: 402, cause: 'forbidden', retryable: false, says: /billing/ },
    { status: 403, cause: 'forbidden', retryable: false, says: /may not do that/ },
    { status: 404, cause: 'not-found', retryable: false, says: /model name/ },
    { status: 408, cause: 'timeout', retryable: true, says: /Try again/ },
    { status: 409, cause: 'server', retryable: true, says: /Try again/ },
    { status: 413, cause: 'too-large', retryable: false, says: /new session/ },
    { status: 429, cause: 'rate-limited', retryable: true, says: /Wait/ },
    { status: 500, cause: 'server', retryable: true, says: /internal error/ },
    { status: 503, cause: 'server', retryable: true, says: /internal error/ },
    { status: 504, cause: 'timeout', retryable: true, says: /Try again/ },
    { status: 529, cause: 'overloaded', retryable: true, says: /overloaded/ },
    { status: 302, cause: 'invalid', retryable: false, says: /redirect/ },
  ];
  for (const { status, cause, retryable, says: words } of errors)
    test(`HTTP ${status} becomes ${cause}, ${retryable ? 'to be' : 'not to be'} tried again, and the key is in no text.`, () =>
      withApi([httpError(status, `The key ${testKey} did something`)], async (world) => {
        const failure = failureOf(await world.ask());
        assert.equal(failure.cause, cause);
        assert.equal(failure.status, status);
        assert.equal(failure.retryable, retryable);
        assert.match(english(failure.said), words);
        assert.ok(!JSON.stringify(failure).includes(testKey));
        assert.equal(failure.requestId, 'req_000000000000000000000001');
        assert.equal(world.api.requests.length, 1, 'the client itself tries once');
      }));

  test('A wrong key is answered by the server with 401, and the text names the host but not the key.', () =>
    withApi(
      [],
      async (world) => {
        const failure = failureOf(await world.ask());
        assert.equal(failure.cause, 'unauthorised');
        assert.match(english(failure.said), /127\.0\.0\.1/);
        assert.ok(!JSON.stringify(failure).includes('sk-wrong'));
      },
      { apiKey: 'sk-wrong-key' },
    ));

  const now = Date.parse('2026-03-01T12:00:00Z');
  const waits: [Record<string, string>, number | undefined][] = [
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, undefined],
    [{ 'retry-after-ms': '1250', 'retry-after': '9' }, 1250],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ];
  for (const [headers, expected] of waits)
    test(`The headers ${JSON.stringify(headers)} mean waiting ${expected ?? 'an unsaid number of'} ms.`, () =>
      withApi(
        [httpError(429, 'slow down', headers)],
        async (world) => assert.equal(failureOf(await world.ask()).retryAfterMs, expected),
        { now: () => now },
      ));

  for (const afterEvents of [0, 1, 2, 4, 6])
    test(`A stream that is cut after ${afterEvents} events is a cut and never half a message.`, () =>
      withApi(
        [
          {
            type: 'message',
            content: [text('Hello there, this will not end well.')],
            pieceChars: 5,
            fault: { type: 'cut', afterEvents },
          },
        ],
        async (world) => {
          const failure = failureOf(await world.ask());
          assert.equal(failure.cause, 'cut');
          assert.equal(failure.retryable, true);
          assert.equal(world.api.requests[0]?.end, 'cut');
        },
      ));

  test('A stream that ends politely before message_stop is a cut too.', () =>
    withServer(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('event: message_start\ndata: {"type":"message_start","message":{"usage":{"input_tokens":1}}}\n\n');
      },
      async (baseURL) => {
        const model = createAnthropicModel({ apiKey: testKey, baseURL });
        assert.equal(failureOf(await model.stream(plainRequest, never(), () => {})).cause, 'cut');
      },
    ));

  test('A connection that is closed without an answer is a network failure.', () =>
    withApi([{ type: 'hang-up' }], async (world) => {
      const failure = failureOf(await world.ask());
      assert.equal(failure.cause, 'network');
      assert.equal(failure.retryable, true);
    }));

  test('An error event in the middle of the stream is the failure that its type says.', () =>
    withApi(
      [
        {
          type: 'message',
          content: [text('Hello')],
          fault: { type: 'error', afterEvents: 3, errorType: 'overloaded_error', message: 'Overloaded' },
        },
      ],
      async (world) => {
        const failure = failureOf(await world.ask());
        assert.deepEqual([failure.cause, failure.status, failure.retryable], ['overloaded', 529, true]);
      },
    ));

  test('A stream on which nothing comes any more is aborted as a timeout that is not tried again by itself.', () =>
    withApi(
      [{ type: 'message', content: [text('Hello')], fault: { type: 'stall', afterEvents: 3 } }],
      async (world) => {
        const failure = failureOf(await world.ask());
        assert.deepEqual([failure.cause, failure.retryable], ['timeout', false]);
        await until(() => world.api.requests[0]?.end === 'left');
      },
      { idleMs: 150 },
    ));

  test('A server that never answers is a timeout that may be tried again.', () =>
    withApi(
      [{ type: 'silence' }],
      async (world) => {
        const failure = failureOf(await world.ask());
        assert.deepEqual([failure.cause, failure.retryable], ['timeout', true]);
      },
      { idleMs: 150 },
    ));

  test('A slow stream lives as long as something keeps coming.', () =>
    withApi(
      [{ type: 'message', content: [text('abcdefgh')], pieceChars: 1, pieceDelayMs: 60 }],
      async (world) => void replyOf(await world.ask()),
      { idleMs: 250 },
    ));

  test('Aborting in the middle of a stream ends the request on the server and gives an aborted reply.', () =>
    withApi([{ type: 'message', content: [text('abcdefgh')], pieceChars: 1, pieceDelayMs: 50 }], async (world) => {
      const controller = new AbortController();
      const asked = world.ask({}, controller.signal);
      await until(() => world.events.length >= 2);
      controller.abort();
      const failure = failureOf(await asked);
      assert.deepEqual([failure.cause, failure.retryable], ['aborted', false]);
      await until(() => world.api.requests[0]?.end === 'left');
    }));

  test('A signal that is aborted already sends nothing.', () =>
    withApi([], async (world) => {
      const controller = new AbortController();
      controller.abort();
      assert.equal(failureOf(await world.ask({}, controller.signal)).cause, 'aborted');
      assert.equal(world.api.requests.length, 0);
    }));

  test('Without a key nothing is sent and the text says how to set one.', async () => {
    const model = createAnthropicModel({ fetch: () => assert.fail('sent') });
    const failure = failureOf(await model.stream(plainRequest, never(), () => {}));
    assert.equal(failure.cause, 'no-key');
    assert.match(english(failure.said), /Set API Key/);
  });

  test('A port on which nothing listens is a network failure that says so.', async () => {
    let closed = '';
    await withServer(
      () => {},
      async (baseURL) => {
        closed = baseURL;
      },
    );
    const model = createAnthropicModel({ apiKey: testKey, baseURL: closed });
    const failure = failureOf(await model.stream(plainRequest, never(), () => {}));
    assert.deepEqual([failure.cause, failure.retryable], ['network', true]);
    assert.equal(
      english(failure.said),
      `Nothing answers at ${new URL(closed).host}. Check the base URL and whether the server runs.`,
    );
  });

  test('A name that does not resolve is a network failure that names it.', async () => {
    const model = createAnthropicModel({ apiKey: testKey, baseURL: 'http://gatehouse-test.invalid' });
    const failure = failureOf(await model.stream(plainRequest, never(), () => {}));
    assert.deepEqual([failure.cause, failure.retryable], ['network', true]);
    assert.match(english(failure.said), /gatehouse-test\.invalid/);
  });

  test('A certificate that is not trusted is named in the failure.', async () => {
    const cause = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    const model = createAnthropicModel({
      apiKey: testKey,
      fetch: async () => {
        throw new TypeError('fetch failed', { cause });
      },
    });
    const failure = failureOf(await model.stream(plainRequest, never(), () => {}));
    assert.equal(failure.cause, 'network');
    assert.match(english(failure.said), /secure connection.*DEPTH_ZERO_SELF_SIGNED_CERT/);
  });

  test('A page instead of a stream is an invalid answer that points at the base URL.', () =>
    withServer(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<html></html>');
      },
      async (baseURL) => {
        const model = createAnthropicModel({ apiKey: testKey, baseURL });
        const failure = failureOf(await model.stream(plainRequest, never(), () => {}));
        assert.equal(failure.cause, 'invalid');
        assert.match(english(failure.said), /base URL/);
      },
    ));

  test('A key goes as x-api-key, a token as bearer, custom headers along with it, and nothing from the environment.', async () => {
    process.env['ANTHROPIC_CUSTOM_HEADERS'] = 'x-leak: yes\nuser-agent: leak\nx-api-key: sk-leaked';
    process.env['ANTHROPIC_BASE_URL'] = 'http://127.0.0.1:1';
    try {
      const script = [message(text('Hi.')), message(text('Hi.'))];
      await withApi(
        script,
        async (world) => {
          replyOf(await world.ask());
          const headers = world.api.requests[0]?.headers ?? {};
          assert.equal(headers['x-api-key'], testKey);
          assert.equal(headers['authorization'], undefined);
          assert.equal(headers['x-team'], 'blue');
          assert.ok(!JSON.stringify(headers).includes('leak'));
          const token = createAnthropicModel({ authToken: testKey, baseURL: world.api.baseURL });
          replyOf(await token.stream(plainRequest, never(), () => {}));
          assert.equal(world.api.requests[1]?.headers['authorization'], `Bearer ${testKey}`);
          assert.equal(world.api.requests[1]?.headers['x-api-key'], undefined);
        },
        { headers: { 'X-Team': 'blue' } },
      );
    } finally {
      delete process.env['ANTHROPIC_CUSTOM_HEADERS'];
      delete process.env['ANTHROPIC_BASE_URL'];
    }
  });

  const thinkingCases: [string, boolean, object][] = [
    ['claude-sonnet-4-6', true, { thinking: { type: 'adaptive', display: 'summarized' } }],
    ['claude-opus-4-6', false, {}],
    ['claude-opus-5-5', true, { thinking: { type: 'adaptive', display: 'summarized' } }],
    ['claude-opus-5-5', false, { output_config: { effort: 'low' } }],
    ['claude-sonnet-5-5', false, { thinking: { type: 'disabled' } }],
    ['claude-sonnet-4-5-20250929', true, { thinking: { type: 'enabled', budget_tokens: 2048 } }],
    ['claude-my-gateway', true, {}],
  ];
  for (const [model, wanted, expected] of thinkingCases)
    test(`Thinking ${wanted ? 'on' : 'off'} for ${model} is sent as ${JSON.stringify(expected)}, which the server accepts.`, () =>
      withApi([message(text('Hi.'))], async (world) => {
        replyOf(await world.ask({ model, thinking: wanted }));
        const { thinking: sent, output_config } = (world.api.requests[0]?.body ?? {}) as Record<string, unknown>;
        assert.deepEqual(
          { ...(sent ? { thinking: sent } : {}), ...(output_config ? { output_config } : {}) },
          expected,
        );
      }));

  test('There are never more than four breakpoints, and none on thinking.', () =>
    withApi([message(text('Hi.'))], async (world) => {
      const opaque = { type: 'opaque', block: { type: 'redacted_thinking', data: 'x' } } as const;
      const reply: Message = { role: 'assistant', content: [{ type: 'text', text: 'a' }, opaque] };
      replyOf(await world.ask({ system: ['a', 'b'], messages: [says('1'), reply, says('2'), reply, says('3')] }));
      const sent = JSON.stringify(world.api.requests[0]?.body);
      assert.equal(sent.split('cache_control').length - 1, 4);
    }));

  test('Text without a visible character is left out, because the API refuses it.', () =>
    withApi([message(text('Hi.'))], async (world) => {
      const empty: Message = { role: 'assistant', content: [{ type: 'text', text: ' ' }] };
      replyOf(await world.ask({ system: [''], messages: [says('1'), empty, says('2')] }));
    }));
});

async function withServer(
  answer: (response: import('node:http').ServerResponse) => void,
  body: (baseURL: string) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    assert.ok(waited < 2000, 'waited two seconds for something that did not happen');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
