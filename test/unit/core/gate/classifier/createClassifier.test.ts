import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createClassifier } from '../../../../../src/core/gate/classifier/createClassifier';
import { actionLimit } from '../../../../../src/core/gate/classifier/prompt';
import type { Model, ModelFailure, ModelReply, ModelRequest } from '../../../../../src/core/ports';
import { english, say } from '../../../../../src/core/say';
import { classifierRequest as request } from '../../../../fakes/classifierRequest';

const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 3, cacheWriteTokens: 2 };
type Stop = Extract<ModelReply, { ok: true }>['stopReason'];
const replied = (text: string, stopReason: Stop = 'end_turn'): ModelReply => ({
  ok: true,
  message: { role: 'assistant', content: [{ type: 'text', text }] },
  stopReason,
  usage,
});
const failed = (cause: ModelFailure['cause'], more: Partial<ModelFailure> = {}): ModelReply => ({
  ok: false,
  failure: {
    ...{ cause, status: 529, retryable: true, retryAfterMs: undefined, requestId: undefined },
    said: say('The API says {0}.', cause),
    ...more,
  },
});

const textsOf = ({ messages }: ModelRequest): readonly string[] =>
  messages.flatMap(({ content }) => content.flatMap((block) => (block.type === 'text' ? [block.text] : [])));
const question = (asked: ModelRequest): string => textsOf(asked).at(-1) ?? '';
const isFilter = (asked: ModelRequest): boolean => question(asked).includes('one word');
const markOf = (asked: ModelRequest): string => /^QUESTION (\w+)/.exec(question(asked))?.[1] ?? '';
const verdict = (asked: ModelRequest, json: string): ModelReply =>
  replied(`Because.\nVERDICT ${markOf(asked)} ${json}`);
const allow = '{"block":false,"rule":null,"reason":"ordinary work"}';
const block = '{"block":true,"rule":"exfiltration","reason":"it sends a key"}';
/** Looks closer at everything, then says this. */
const saying =
  (json: string) =>
  (asked: ModelRequest): ModelReply =>
    isFilter(asked) ? replied('LOOK') : verdict(asked, json);

type Answer = (asked: ModelRequest, signal: AbortSignal) => ModelReply | Promise<ModelReply>;

function classifierWith(answer: Answer, more: { timeoutMs?: number; secondModel?: string; filterModel?: string } = {}) {
  const requests: ModelRequest[] = [];
  const waited: number[] = [];
  let now = 0;
  const limits: { readonly at: number; readonly resolve: () => void }[] = [];
  const stream: Model['stream'] = async (asked, signal) => {
    requests.push(asked);
    return answer(asked, signal);
  };
  const classifier = createClassifier({
    model: { stream },
    settings: () => ({
      ...{ filterModel: 'claude-sonnet-4-6', model: 'claude-sonnet-4-6', secondModel: undefined, timeoutMs: 10_000 },
      ...more,
    }),
    clock: {
      now: () => now,
      monotonic: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          limits.push({ at: now + ms, resolve });
          signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        }),
    },
    waits: {
      now: () => now,
      monotonic: () => now,
      // A recovery is waited for in another test.
      sleep: async (ms, signal) => {
        if (ms >= 10_000)
          return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
        waited.push(ms);
        now += ms;
      },
    },
    digest: { sha256: () => '', randomId: () => randomBytes(16).toString('hex') },
  });
  return {
    ...{ classifier, requests, waited },
    pass(ms: number) {
      now += ms;
      for (const { at, resolve } of limits) if (at <= now) resolve();
    },
  };
}
const never = () => new AbortController().signal;

suite('classifier', () => {
  test('what the filter passes runs after one request', async () => {
    const { classifier, requests } = classifierWith(() => replied('PASS'));
    const found = await classifier.classify(request('x'), never());
    assert.equal(found.kind, 'allow');
    assert.deepEqual([found.cost.stage, found.cost.requests, found.cost.usage], ['filter', 1, usage]);
    assert.deepEqual(requests[0]?.tools, []);
    assert.equal(requests[0]?.thinking, false);
  });

  test('what it flags gets reasons and a verdict, over the same prompt down to the end of the action', async () => {
    for (const [json, kind] of [
      [allow, 'allow'],
      [block, 'block'],
    ] as const) {
      const { classifier, requests } = classifierWith(saying(json));
      const found = await classifier.classify(request('x'), never());
      assert.equal(found.kind, kind);
      if (found.kind === 'block') assert.deepEqual([found.rule, found.hard], ['exfiltration', true]);
      assert.deepEqual([found.cost.stage, found.cost.requests, found.cost.usage.inputTokens], ['verdict', 2, 20]);
      const [filter, reasons] = requests;
      assert.ok(filter && reasons && isFilter(filter) && !isFilter(reasons));
      assert.deepEqual(filter.system, reasons.system);
      const shared = (asked: ModelRequest) => asked.messages.map(({ content }) => content.slice(0, -1));
      assert.deepEqual(shared(filter), shared(reasons));
      const { maxTokens: _, messages: __, ...settings } = filter;
      const { maxTokens: ___, messages: ____, ...others } = reasons;
      assert.deepEqual(settings, others);
      const marks = filter.messages[0]?.content.map((each) => each.type === 'text' && each.cache === true);
      assert.deepEqual(marks, [true, true, false], 'breakpoints after the session and after the action');
    }
  });

  test('models per stage', async () => {
    const { classifier, requests } = classifierWith(saying(allow), { filterModel: 'claude-sonnet-5' });
    await classifier.classify(request('x'), never());
    assert.deepEqual(
      requests.map(({ model }) => model),
      ['claude-sonnet-5', 'claude-sonnet-4-6'],
    );
  });

  test('an alarm skips the filter', async () => {
    const { classifier, requests } = classifierWith((asked) => verdict(asked, allow));
    const found = await classifier.classify({ ...request('x'), alarms: [say('a secret was read')] }, never());
    assert.equal(found.kind, 'allow');
    assert.equal(requests.length, 1);
  });

  test('a filter that talks, is cut off or refuses leads to a closer look', async () => {
    for (const reply of [
      replied('I think PASS'),
      replied('PASS', 'max_tokens'),
      replied('PASS', 'refusal'),
      replied(''),
    ]) {
      const { classifier } = classifierWith((asked) => (isFilter(asked) ? reply : verdict(asked, block)));
      assert.equal((await classifier.classify(request('x'), never())).kind, 'block');
    }
  });

  test('a verdict that does not end by itself, or has anything beside text, is none', async () => {
    for (const stop of ['max_tokens', 'refusal', 'tool_use', 'pause_turn', 'stop_sequence', 'unknown'] as const) {
      const { classifier } = classifierWith((asked) =>
        isFilter(asked)
          ? replied('LOOK')
          : ({ ...(verdict(asked, allow) as typeof asked & ModelReply), stopReason: stop } as ModelReply),
      );
      assert.equal((await classifier.classify(request('x'), never())).kind, 'none', stop);
    }
    const { classifier } = classifierWith(() => ({
      ...{ ok: true, stopReason: 'end_turn', usage },
      message: {
        role: 'assistant',
        content: [
          { type: 'text', text: 'PASS' },
          { type: 'tool_use', id: 'x', name: 'x', input: {} },
        ],
      },
    }));
    assert.equal((await classifier.classify(request('x'), never())).kind, 'none');
  });

  test('thinking before the answer is not looked at', async () => {
    const thinking = { type: 'opaque', block: { type: 'thinking', thinking: 'LOOK', signature: 's' } } as const;
    const message = { role: 'assistant', content: [thinking, { type: 'text', text: 'PASS' }] } as const;
    const { classifier } = classifierWith(() => ({ ok: true, stopReason: 'end_turn', usage, message }));
    assert.equal((await classifier.classify(request('x'), never())).kind, 'allow');
  });

  test('a malformed verdict is asked for once more and then given up; the classifier is not down', async () => {
    const { classifier, requests, waited } = classifierWith((asked) =>
      replied(isFilter(asked) ? 'LOOK' : 'Fine by me.'),
    );
    const found = await classifier.classify(request('x'), never());
    assert.ok(found.kind === 'none' && /agreed form/.test(english(found.why)));
    assert.equal(requests.length, 4);
    assert.deepEqual(waited, []);
    assert.equal(classifier.health.state, 'ok');
  });

  test('a retry after trouble gives the verdict; the time that the server names is waited', async () => {
    let asked = 0;
    const { classifier, waited } = classifierWith(() => {
      asked += 1;
      return asked === 1 ? failed('rate-limited', { retryAfterMs: 2_000 }) : replied('PASS');
    });
    assert.equal((await classifier.classify(request('x'), never())).kind, 'allow');
    assert.deepEqual(waited, [2_000]);
  });

  test('trouble is tried again with waits that grow', async () => {
    const { classifier, requests, waited } = classifierWith(() => failed('overloaded'));
    assert.equal((await classifier.classify(request('x'), never())).kind, 'none');
    assert.deepEqual([requests.length, waited], [3, [500, 1_500]]);
    classifier.dispose();
  });

  test('the second model answers when the first does not, and the health says so', async () => {
    const { classifier, requests } = classifierWith(
      ({ model }) => (model === 'claude-opus-4-6' ? replied('PASS') : failed('overloaded')),
      { secondModel: 'claude-opus-4-6' },
    );
    const told: string[] = [];
    classifier.onHealth(({ state }) => told.push(state));
    const found = await classifier.classify(request('x'), never());
    assert.deepEqual([found.kind, found.cost.model, found.cost.requests], ['allow', 'claude-opus-4-6', 4]);
    assert.equal(requests.at(-1)?.model, 'claude-opus-4-6');
    assert.deepEqual(told, ['second']);
    classifier.dispose();
  });

  test('a wait that does not fit into the time is not waited', async () => {
    const { classifier, requests, waited } = classifierWith(() => failed('rate-limited', { retryAfterMs: 60_000 }), {
      secondModel: 'claude-opus-4-6',
    });
    assert.equal((await classifier.classify(request('x'), never())).kind, 'none');
    assert.deepEqual([requests.length, waited], [2, []]);
    classifier.dispose();
  });

  test('an outage is no verdict and says why; while it lasts, the next call asks nobody', async () => {
    const { classifier, requests } = classifierWith(() => failed('unauthorised', { retryable: false }));
    const found = await classifier.classify(request('x'), never());
    assert.ok(found.kind === 'none' && /unauthorised/.test(english(found.why)));
    assert.equal(requests.length, 1);
    assert.equal(classifier.health.state, 'down');
    const next = await classifier.classify(request('y'), never());
    assert.ok(next.kind === 'none' && /unauthorised/.test(english(next.why)));
    assert.equal(requests.length, 1);
    classifier.dispose();
  });

  test('a question that is too large for the model is no verdict and no outage', async () => {
    for (const cause of ['too-large', 'invalid'] as const) {
      const { classifier, requests } = classifierWith(() => failed(cause, { retryable: false }));
      assert.equal((await classifier.classify(request('x'), never())).kind, 'none');
      assert.deepEqual([requests.length, classifier.health.state], [1, 'ok']);
    }
  });

  test('after a while the next call tries again, and a verdict ends the outage', async () => {
    let up = false;
    const { classifier, pass } = classifierWith(() => (up ? replied('PASS') : failed('server', { retryable: false })));
    await classifier.classify(request('x'), never());
    up = true;
    pass(15_000);
    assert.equal((await classifier.classify(request('x'), never())).kind, 'allow');
    assert.equal(classifier.health.state, 'ok');
    classifier.dispose();
  });

  test('no reply in time is no verdict, and the request is aborted', async () => {
    let aborted = false;
    const { classifier, pass } = classifierWith(
      (_asked, signal) => new Promise(() => signal.addEventListener('abort', () => (aborted = true))),
      { timeoutMs: 5_000 },
    );
    const pending = classifier.classify(request('x'), never());
    await Promise.resolve();
    pass(5_000);
    assert.equal((await pending).kind, 'none');
    assert.ok(aborted);
    classifier.dispose();
  });

  test('a first model that hangs leaves the second one its share of the time', async () => {
    const { classifier, pass, requests } = classifierWith(
      ({ model }) => (model === 'claude-opus-4-6' ? replied('PASS') : new Promise(() => {})),
      { secondModel: 'claude-opus-4-6' },
    );
    const pending = classifier.classify(request('x'), never());
    await Promise.resolve();
    pass(6_000);
    assert.equal((await pending).kind, 'allow');
    assert.equal(requests.length, 2);
    classifier.dispose();
  });

  test('a clock that jumps costs a verdict at most', async () => {
    const { classifier, pass } = classifierWith(async (asked) => {
      pass(1e9);
      return verdict(asked, allow);
    });
    assert.ok(['none', 'allow'].includes((await classifier.classify(request('x'), never())).kind));
    classifier.dispose();
  });

  test('an action too large to be judged whole makes no request', async () => {
    const { classifier, requests } = classifierWith(() => replied('PASS'));
    const large = 'y'.repeat(actionLimit);
    const asked = [request(large), request('x', {}, [{ path: '/ws/s', text: large, provenance: 'changed' }])];
    for (const each of asked) assert.equal((await classifier.classify(each, never())).kind, 'none');
    assert.equal(requests.length, 0);
    assert.equal(classifier.health.state, 'ok');
  });

  test('an aborted review ends at once, even when the model does not', async () => {
    const controller = new AbortController();
    let told = false;
    const { classifier, requests } = classifierWith(
      (_asked, signal) => new Promise(() => signal.addEventListener('abort', () => (told = true))),
      { secondModel: 'claude-opus-4-6' },
    );
    const pending = classifier.classify(request('x'), controller.signal);
    controller.abort();
    assert.equal((await pending).kind, 'none');
    assert.ok(told);
    assert.equal((await classifier.classify(request('x'), controller.signal)).kind, 'none');
    assert.equal(requests.length, 1, 'nothing is asked after the abort');
    assert.equal(classifier.health.state, 'ok', 'a stop is no outage');
  });

  test('it never throws, whatever breaks below it', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const sound = request('x');
    const broken = { ...sound, call: { ...sound.call, input: circular } };
    const { classifier } = classifierWith(async () => assert.fail('the model broke'));
    for (const asked of [sound, broken]) {
      const found = await classifier.classify(asked, never());
      assert.ok(found.kind === 'none' && /it failed/.test(english(found.why)));
    }
    classifier.dispose();
  });

  test('calls that are judged side by side each get their own answer', async () => {
    const { classifier } = classifierWith(async (asked) => {
      const bad = textsOf(asked).at(-2)?.includes('bad-one') ?? false;
      await new Promise((resolve) => setTimeout(resolve, bad ? 1 : 5));
      return saying(bad ? block : allow)(asked);
    });
    const found = await Promise.all(
      ['good', 'bad-one', 'fine'].map((each) => classifier.classify(request(each), never())),
    );
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ['allow', 'block', 'allow'],
    );
  });
});
