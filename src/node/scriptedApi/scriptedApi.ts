import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertNever } from '../../core/assertNever';
import { type ComposedMessage, composeMessage, streamEvents, wholeMessage } from './composeReply';
import { createIssuedMessages } from './issuedMessages';
import { createPromptCache } from './promptCache';
import type { MessagesRequest } from './requestSchema';
import { httpError, type Script, type ScriptedReply } from './script';
import { type ApiProblem, validateRequest } from './validateRequest';

export interface ScriptedApiOptions {
  readonly script: Script;
  /** The only key or token that is accepted; without it any is. */
  readonly apiKey?: string;
  /** Milliseconds since the epoch, for the lifetime of the prompt cache; default `Date.now`. */
  readonly now?: () => number;
}

/** One request as it came in, and what became of it. */
export interface RecordedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; the text where it was none. */
  readonly body: unknown;
  /** Set when the request was refused before it reached the script. */
  readonly problem: ApiProblem | undefined;
  /** How the exchange ended; undefined while it goes on. `left`: the client closed the connection first. */
  readonly end: 'answered' | 'cut' | 'left' | undefined;
}

export interface ScriptedApi {
  /** For `ANTHROPIC_BASE_URL`: `http://127.0.0.1:port`. */
  readonly baseURL: string;
  /** The last 1,000 requests, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Ends every connection and the server. */
  dispose(): Promise<void>;
}

type MessageReply = Extract<ScriptedReply, { type: 'message' }>;
type Exchange = { -readonly [Field in keyof RecordedRequest]: RecordedRequest[Field] };

const kept = 1000;
/** Largest body the Messages API takes (platform.claude.com, "Claude API errors": request size limits). Bytes. */
const largestBody = 32 * 1024 * 1024;

/**
 * A Messages API on a free port of 127.0.0.1 that answers from a script: the wire format, the checks, the errors and the prompt
 * cache of the real one, without a model. Serves the tests and the offline demo.
 */
export async function startScriptedApi(options: ScriptedApiOptions): Promise<ScriptedApi> {
  const { script, apiKey, now = Date.now } = options;
  const requests: Exchange[] = [];
  const cache = createPromptCache();
  const issued = createIssuedMessages();
  let answered = 0;
  let scripted = 0;

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange: Exchange = {
      path: request.url ?? '',
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: undefined,
      problem: undefined,
      end: undefined,
    };
    requests.push(exchange);
    if (requests.length > kept) requests.shift();
    const gone = new AbortController();
    response.once('close', () => {
      exchange.end ??= response.writableFinished ? 'answered' : 'left';
      gone.abort();
    });
    answered += 1;
    response.setHeader('request-id', `req_${serial(answered)}`);
    const body = await readBody(request);
    exchange.body = parse(body);
    const checked = admit(request, body, exchange.body);
    if ('problem' in checked) {
      exchange.problem = checked.problem;
      sendError(response, checked.problem, {});
      return;
    }
    await play(await nextReply(checked.body), checked.body, response, exchange, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) throw error;
    });
  }

  function admit(
    request: IncomingMessage,
    body: string,
    json: unknown,
  ): { readonly body: MessagesRequest } | { readonly problem: ApiProblem } {
    const refuse = (status: number, words: string): { readonly problem: ApiProblem } => {
      const { errorType, message } = httpError(status, words) as Extract<ScriptedReply, { type: 'error' }>;
      return { problem: { status, errorType, message } };
    };
    const [path] = (request.url ?? '').split('?');
    if (path !== '/v1/messages') return refuse(404, `Not found: ${path}`);
    if (request.method !== 'POST') return refuse(405, 'Method Not Allowed');
    const sentKey = request.headers['x-api-key'] ?? /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (!sentKey) return refuse(401, 'x-api-key header is required');
    if (apiKey !== undefined && sentKey !== apiKey) return refuse(401, 'invalid x-api-key');
    const version = String(request.headers['anthropic-version'] ?? '');
    if (version === '') return refuse(400, 'anthropic-version: header is required');
    if (!versions.has(version)) return refuse(400, `anthropic-version: "${version}" is not a valid version`);
    if (Buffer.byteLength(body, 'utf8') > largestBody) return refuse(413, 'Request exceeds the maximum size');
    if (typeof json === 'string') return refuse(400, 'The request body is not valid JSON');
    const validated = validateRequest(json, version, issued);
    return validated.ok ? { body: validated.body } : { problem: validated.problem };
  }

  async function nextReply(body: MessagesRequest): Promise<ScriptedReply> {
    const index = scripted;
    scripted += 1;
    if (typeof script === 'function') return script({ body, index });
    return script[index] ?? httpError(400, `The script has ${script.length} replies and this is request ${index + 1}.`);
  }

  async function play(
    reply: ScriptedReply,
    body: MessagesRequest,
    response: ServerResponse,
    exchange: Exchange,
    signal: AbortSignal,
  ): Promise<void> {
    switch (reply.type) {
      case 'silence':
        return;
      case 'hang-up':
        exchange.end = 'cut';
        response.destroy();
        return;
      case 'error':
        await wait(reply.delayMs, signal);
        sendError(response, reply, reply.headers ?? {});
        return;
      case 'message': {
        await wait(reply.delayMs, signal);
        const composed = composeMessage(
          reply,
          `msg_${serial(answered)}`,
          body.model,
          cache.use(body, now()),
          issued.callIds(body),
        );
        issued.sent(composed);
        if (body.stream) await sendStream(composed, reply, response, exchange, signal);
        else sendWhole(composed, reply, response, exchange);
        return;
      }
      default:
        assertNever(reply);
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseURL: `http://127.0.0.1:${port}`,
    requests,
    async dispose() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const versions: ReadonlySet<string> = new Set(['2023-06-01', '2026-10-21']);

const serial = (count: number): string => String(count).padStart(24, '0');

async function wait(ms: number | undefined, signal: AbortSignal): Promise<void> {
  if (ms) await sleep(ms, undefined, { signal });
}

async function sendStream(
  composed: ComposedMessage,
  reply: MessageReply,
  response: ServerResponse,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const { fault } = reply;
  for (const [index, { name, data, waitMs }] of streamEvents(composed, reply).entries()) {
    if (fault?.afterEvents === index) {
      await misbehave(fault, response, exchange);
      return;
    }
    await wait(waitMs, signal);
    response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }
  response.end();
}

async function misbehave(
  fault: NonNullable<MessageReply['fault']>,
  response: ServerResponse,
  exchange: Exchange,
): Promise<void> {
  switch (fault.type) {
    case 'stall':
      return;
    case 'cut':
      // What was written so far is delivered first, and then the connection breaks.
      await new Promise<void>((resolve) => response.write('', () => resolve()));
      exchange.end = 'cut';
      response.destroy();
      return;
    case 'error':
      response.end(`event: error\ndata: ${JSON.stringify(errorBody(fault.errorType, fault.message, undefined))}\n\n`);
      return;
    default:
      assertNever(fault);
  }
}

function sendWhole(
  composed: ComposedMessage,
  { fault }: MessageReply,
  response: ServerResponse,
  exchange: Exchange,
): void {
  if (fault?.type === 'stall') return;
  if (fault?.type === 'cut') {
    exchange.end = 'cut';
    response.destroy();
    return;
  }
  if (fault?.type === 'error') {
    sendError(response, { status: 500, errorType: fault.errorType, message: fault.message }, {});
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(wholeMessage(composed)));
}

function sendError(response: ServerResponse, problem: ApiProblem, headers: Readonly<Record<string, string>>): void {
  response.writeHead(problem.status, { 'content-type': 'application/json', ...headers });
  const requestId = String(response.getHeader('request-id'));
  response.end(JSON.stringify(errorBody(problem.errorType, problem.message, requestId)));
}

function errorBody(type: string, message: string, requestId: string | undefined): object {
  return { type: 'error', error: { type, message }, ...(requestId ? { request_id: requestId } : {}) };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
