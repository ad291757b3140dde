import Anthropic from '@anthropic-ai/sdk';
import { Stream } from '@anthropic-ai/sdk/core/streaming';
import type { Model, ModelEvent, ModelReply, ModelRequest } from '../core/ports';
import {
  abortedFailure,
  cutFailure,
  type FailureContext,
  noKeyFailure,
  notStreamedFailure,
  streamFailure,
  thrownFailure,
  timeoutFailure,
} from './anthropic/failure';
import { readStream, type StreamEvent, type StreamOutcome } from './anthropic/readStream';
import { requestBody } from './anthropic/requestBody';

/** Where to send requests and how to sign them; what `resolveCredentials` gives fits. */
export interface AnthropicModelOptions {
  /** Sent as `x-api-key`. Without it and without a token every request fails with `no-key`. */
  readonly apiKey?: string;
  /** Sent as `Authorization: Bearer`, when there is no key. */
  readonly authToken?: string;
  /** Default: the Anthropic API. */
  readonly baseURL?: string;
  /** Added to every request; may replace any of ours but the ones that carry the key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the global one at the time of the request, which editors replace to honour proxies. */
  readonly fetch?: typeof fetch;
  /** A request on which nothing has arrived for so long is aborted. Milliseconds; default 120,000. */
  readonly idleMs?: number;
  /** Milliseconds since the epoch; default `Date.now`. */
  readonly now?: () => number;
}

const defaultBaseURL = 'https://api.anthropic.com';

/** Time without a byte after which a request counts as stalled. The API sends a ping well within it. Milliseconds. */
const defaultIdleMs = 120_000;

/** The API version that SDK 1.12 is written for and sends itself. */
const apiVersion = '2026-10-21';

/** A model behind the Messages API. Never throws, never retries: every failure is a reply, and the loop decides. */
export function createAnthropicModel(options: AnthropicModelOptions): Model {
  const { apiKey, authToken, baseURL = defaultBaseURL, headers = {}, now = Date.now } = options;
  const idleMs = options.idleMs ?? defaultIdleMs;
  const host = hostOf(baseURL);
  const secrets = [apiKey, authToken, ...Object.values(headers)].filter((text) => text !== undefined);

  async function stream(
    request: ModelRequest,
    signal: AbortSignal,
    onEvent: (event: ModelEvent) => void,
  ): Promise<ModelReply> {
    if (!apiKey && !authToken) return { ok: false, failure: noKeyFailure() };
    const context = (): FailureContext => ({ model: request.model, host, secrets, now: now() });
    const watch = watchForStall(signal, idleMs);
    try {
      signal.throwIfAborted();
      const client = connect(watch);
      // Not through `messages.create`, which prints to the console when a model is old.
      const response = await client
        .post('/v1/messages', { body: requestBody(request), stream: true, signal: watch.signal })
        .asResponse();
      const type = response.headers.get('content-type') ?? '';
      if (!type.startsWith('text/event-stream')) {
        await response.body?.cancel();
        return { ok: false, failure: notStreamedFailure(host, type || 'no content type') };
      }
      const requestId = response.headers.get('request-id') ?? undefined;
      const outcome = await readStream(untilBroken(Stream.rawEvents(response)), onEvent);
      if (signal.aborted || watch.stalled) return { ok: false, failure: interrupted() };
      return toReply(outcome, requestId, context());
    } catch (error) {
      const failure = signal.aborted || watch.stalled ? interrupted() : thrownFailure(error, context());
      return { ok: false, failure };
    } finally {
      watch.dispose();
    }

    function interrupted(): ReturnType<typeof abortedFailure> {
      return signal.aborted ? abortedFailure() : timeoutFailure(host, idleMs, watch.began);
    }
  }

  function toReply(outcome: StreamOutcome, requestId: string | undefined, context: FailureContext): ModelReply {
    switch (outcome.kind) {
      case 'message': {
        const { content, stopReason, usage } = outcome;
        return { ok: true, message: { role: 'assistant', content }, stopReason, usage };
      }
      case 'error':
        return { ok: false, failure: streamFailure(outcome.type, outcome.message, requestId, context) };
      case 'cut':
        return { ok: false, failure: { ...cutFailure(host), requestId } };
    }
  }

  function connect(watch: Watch): Anthropic {
    return new Anthropic({
      // One credential, given here, keeps the SDK from looking for others in the environment and on disk.
      ...(apiKey ? { apiKey } : { authToken: authToken ?? null }),
      baseURL,
      maxRetries: 0,
      // The watch decides; the SDK's own timer must not come first. It needs a number that a timer can hold.
      timeout: 2 ** 31 - 1,
      logLevel: 'off',
      openTelemetry: false,
      fetch: async (url, init) => {
        const response = await (options.fetch ?? fetch)(url as string, {
          ...init,
          headers: exactHeaders(),
          redirect: 'manual',
        });
        return counted(response, watch);
      },
    });
  }

  /**
   * The SDK adds `ANTHROPIC_CUSTOM_HEADERS` of the environment to every request, also to one with a key of ours. What is sent
   * is therefore said here in full. A redirect is not followed, because it would take `x-api-key` to another host.
   */
  function exactHeaders(): Headers {
    const exact = new Headers({
      accept: 'text/event-stream',
      'anthropic-version': apiVersion,
      'content-type': 'application/json',
      'user-agent': 'gatehouse',
      ...headers,
    });
    exact.delete('x-api-key');
    exact.delete('authorization');
    if (apiKey) exact.set('x-api-key', apiKey);
    else if (authToken) exact.set('authorization', `Bearer ${authToken}`);
    return exact;
  }

  return { stream };
}

/** A connection that breaks while the body is read is the same as a body that just ends. */
async function* untilBroken(events: AsyncIterable<StreamEvent>): AsyncGenerator<StreamEvent> {
  try {
    yield* events;
  } catch {
    // The reader sees from the missing end that the message was cut.
  }
}

interface Watch {
  /** Aborts when the caller does, or when nothing has arrived for too long. */
  readonly signal: AbortSignal;
  /** The head of the answer has arrived. */
  readonly sawHead: () => void;
  readonly sawBody: () => void;
  readonly stalled: boolean;
  /** Some of the body has arrived. */
  readonly began: boolean;
  dispose(): void;
}

function watchForStall(caller: AbortSignal, idleMs: number): Watch {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  let stalled = false;
  let began = false;
  const timer = setTimeout(() => {
    stalled = true;
    stop();
  }, idleMs);
  caller.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    sawHead: () => void timer.refresh(),
    sawBody() {
      began = true;
      timer.refresh();
    },
    get stalled() {
      return stalled;
    },
    get began() {
      return began;
    },
    dispose() {
      clearTimeout(timer);
      caller.removeEventListener('abort', stop);
      // Ends a body that was left unread.
      stop();
    },
  };
}

/** The same response, with every piece of its body reported: pings count as life too. */
function counted(response: Response, { sawHead, sawBody }: Watch): Response {
  sawHead();
  if (!response.body) return response;
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        sawBody();
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}

function hostOf(baseURL: string): string {
  try {
    return new URL(baseURL).host;
  } catch {
    return baseURL;
  }
}
