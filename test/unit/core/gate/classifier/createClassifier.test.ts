import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createClassifier } from '../../../../../src/core/gate/classifier/createClassifier';
import { actionLimit } from '../../../../../src/core/gate/classifier/prompt';
import type { Model, ModelReply, ModelRequest } from '../../../../../src/core/ports';
import { english, say } from '../../../../../src/core/say';
import { classifierRequest as request } from '../../../../fakes/classifierRequest';

const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 3, cacheWriteTokens: 2 };
const replied = (
  text: string,
  stopReason: Extract<ModelReply, { ok: true }>['stopReason'] = 'end_turn',
): ModelReply => ({
  ok: true,
  message: { role: 'assistant', content: [{ type: 'text', text }] },
  stopReason,
  usage,
});
const allow = '{"verdict":"allow","rule":null,"reason":"ordinary work"}';
const block = '{"verdict":"block","rule":"exfiltration","reason":"it sends a key"}';

function classifierWith(stream: Model['stream'], timeoutMs = 1_000) {
  const requests: ModelRequest[] = [];
  const waiting: (() => void)[] = [];
  const classifier = createClassifier({
    model: {
      stream(asked, signal, onEvent) {
        requests.push(asked);
        return stream(asked, signal, onEvent);
      },
    },
    settings: () => ({ model: 'claude-sonnet-4-6', timeoutMs }),
    clock: {
      now: () => 0,
      monotonic: () => 0,
      sleep: (_ms, signal) =>
        new Promise((resolve, reject) => {
          waiting.push(resolve);
          signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        }),
    },
    digest: { sha256: () => '', randomId: () => randomBytes(16).toString('hex') },
  });
  return { classifier, requests, timeUp: () => waiting.map((resolve) => resolve()) };
}
const never = new AbortController().signal;

suite('classifier', () => {
  test('allows and blocks with rule, reason and cost, in one request without tools', async () => {
    for (const [text, kind] of [
      [allow, 'allow'],
      [block, 'block'],
    ] as const) {
      const { classifier, requests } = classifierWith(async () => replied(text));
      const verdict = await classifier.classify(request('x'), never);
      assert.equal(verdict.kind, kind);
      assert.deepEqual(verdict.cost.usage, usage);
      assert.equal(requests.length, 1);
      assert.deepEqual(requests[0]?.tools, []);
      if (verdict.kind === 'block') assert.deepEqual([verdict.rule, verdict.hard], ['exfiltration', true]);
    }
  });

  test('a reply that does not end by itself is no verdict, whatever it says', async () => {
    for (const stop of ['max_tokens', 'refusal', 'tool_use', 'pause_turn', 'stop_sequence', 'unknown'] as const) {
      const { classifier } = classifierWith(async () => replied(allow, stop));
      assert.equal((await classifier.classify(request('x'), never)).kind, 'none', stop);
    }
  });

  test('a reply with anything beside text is no verdict', async () => {
    const { classifier } = classifierWith(async () => ({
      ...replied(allow),
      ok: true,
      stopReason: 'end_turn',
      usage,
      message: {
        role: 'assistant',
        content: [
          { type: 'text', text: allow },
          { type: 'tool_use', id: 'x', name: 'x', input: {} },
        ],
      },
    }));
    assert.equal((await classifier.classify(request('x'), never)).kind, 'none');
  });

  test('thinking before the verdict is not looked at', async () => {
    const thinking = { type: 'opaque', block: { type: 'thinking', thinking: block, signature: 's' } } as const;
    const message = { role: 'assistant', content: [thinking, { type: 'text', text: allow }] } as const;
    const { classifier } = classifierWith(async () => ({ ok: true, stopReason: 'end_turn', usage, message }));
    assert.equal((await classifier.classify(request('x'), never)).kind, 'allow');
  });

  test('a failure is no verdict and says why', async () => {
    const failure = {
      cause: 'overloaded',
      status: 529,
      retryable: true,
      retryAfterMs: undefined,
      said: say('The API is overloaded.'),
      requestId: undefined,
    } as const;
    const { classifier } = classifierWith(async () => ({ ok: false, failure }));
    const verdict = await classifier.classify(request('x'), never);
    assert.ok(verdict.kind === 'none' && /overloaded/.test(english(verdict.why)));
  });

  test('no reply in time is no verdict, and the request is aborted', async () => {
    let aborted = false;
    const { classifier, timeUp } = classifierWith(
      (_request, signal) => new Promise(() => signal.addEventListener('abort', () => (aborted = true))),
    );
    const pending = classifier.classify(request('x'), never);
    timeUp();
    assert.equal((await pending).kind, 'none');
    assert.ok(aborted);
  });

  test('an action too large to be judged whole makes no request', async () => {
    const { classifier, requests } = classifierWith(async () => replied(allow));
    assert.equal((await classifier.classify(request('x'.repeat(actionLimit)), never)).kind, 'none');
    assert.equal(
      (await classifier.classify(request('x', {}, [{ path: '/ws/s', text: 'y'.repeat(actionLimit) }]), never)).kind,
      'none',
    );
    assert.equal(requests.length, 0);
  });

  test('an aborted review ends at once, even when the model does not', async () => {
    const controller = new AbortController();
    let told = false;
    const { classifier, requests } = classifierWith(
      (_request, signal) => new Promise(() => signal.addEventListener('abort', () => (told = true))),
    );
    const pending = classifier.classify(request('x'), controller.signal);
    controller.abort();
    assert.equal((await pending).kind, 'none');
    assert.ok(told);
    assert.equal((await classifier.classify(request('x'), controller.signal)).kind, 'none');
    assert.equal(requests.length, 1, 'nothing is asked after the abort');
  });

  test('it never throws, whatever breaks below it', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const sound = request('x');
    const broken = { ...sound, call: { ...sound.call, input: circular } };
    const { classifier } = classifierWith(async () => assert.fail('the model broke'));
    for (const asked of [sound, broken]) {
      const verdict = await classifier.classify(asked, never);
      assert.ok(verdict.kind === 'none' && /it failed/.test(english(verdict.why)));
    }
  });

  test('a verdict that comes after the time limit changes nothing', async () => {
    let answer = (_reply: ModelReply): void => {};
    const { classifier, timeUp } = classifierWith(() => new Promise((resolve) => (answer = resolve)));
    const pending = classifier.classify(request('x'), never);
    timeUp();
    await Promise.resolve();
    answer(replied(allow));
    assert.equal((await pending).kind, 'none');
  });
});
