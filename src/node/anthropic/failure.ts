import { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { ModelFailure } from '../../core/ports';
import { type Said, say } from '../../core/say';

/** What is known about the request that failed. */
export interface FailureContext {
  readonly model: string;
  /** The server it went to; shown to the person, so without user, password or query. */
  readonly host: string;
  /** The key and everything else that no text may contain. */
  readonly secrets: readonly string[];
  /** Milliseconds since the epoch, for a `retry-after` that is a date. */
  readonly now: number;
}

interface Told {
  readonly cause: ModelFailure['cause'];
  readonly retryable: boolean;
  readonly said: Said;
}

/** Failures with no answer of a server behind them. */
function localFailure(cause: ModelFailure['cause'], retryable: boolean, said: Said): ModelFailure {
  return { cause, retryable, said, status: undefined, retryAfterMs: undefined, requestId: undefined };
}

export const abortedFailure = (): ModelFailure => localFailure('aborted', false, say('The request was stopped.'));

export const noKeyFailure = (): ModelFailure =>
  localFailure(
    'no-key',
    false,
    say('No API key is set. Set one with the command “Set API Key”, then send the message again.'),
  );

export const cutFailure = (host: string): ModelFailure =>
  localFailure('cut', true, say('The connection to {0} broke in the middle of the answer. Try again.', host));

/** @param idleMs how long nothing came, milliseconds. @param began whether anything at all had arrived. */
export function timeoutFailure(host: string, idleMs: number, began: boolean): ModelFailure {
  const seconds = Math.max(1, Math.round(idleMs / 1000));
  const said = began
    ? say('{0} stopped in the middle of the answer and sent nothing for {1} s. Try again.', host, seconds)
    : say('{0} did not answer within {1} s. Check the network, then try again.', host, seconds);
  return localFailure('timeout', !began, said);
}

export const notStreamedFailure = (host: string, type: string): ModelFailure =>
  localFailure(
    'invalid',
    false,
    say(
      '{0} answered with {1} instead of a stream of events. Check that the base URL leads to a Messages API.',
      host,
      type,
    ),
  );

/** Anything the SDK or `fetch` threw. */
export function thrownFailure(error: unknown, context: FailureContext): ModelFailure {
  if (error instanceof APIError && typeof error.status === 'number') {
    const status: number = error.status;
    return {
      ...answered(status, error.type ?? undefined, error.apiMessage ?? '', context),
      status,
      retryAfterMs: retryAfter(error.headers, context.now),
      requestId: error.requestID ?? undefined,
    };
  }
  if (error instanceof APIConnectionError || !(error instanceof APIError)) return networkFailure(error, context);
  return localFailure('server', true, serverSaid(redact(error.message, context.secrets)));
}

/** An error event in the middle of a stream that began with status 200. `type` is the API's name of it. */
export function streamFailure(
  type: string,
  message: string,
  requestId: string | undefined,
  context: FailureContext,
): ModelFailure {
  const status = statusOf[type];
  const told = answered(status ?? 500, type, message, context);
  return { ...told, status, retryAfterMs: undefined, requestId };
}

/** Status that belongs to an error type (platform.claude.com, "Claude API errors"). */
const statusOf: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

function answered(status: number, type: string | undefined, message: string, context: FailureContext): Told {
  const words = redact(message, context.secrets);
  switch (status) {
    case 401:
      return {
        cause: 'unauthorised',
        retryable: false,
        said: say(
          '{0} did not accept the API key. Check it, set it again with “Set API Key”, then try again.',
          context.host,
        ),
      };
    case 402:
      return {
        cause: 'forbidden',
        retryable: false,
        said: say(
          'There is a problem with the billing of this API key. Check the payment details in the Claude Console.',
        ),
      };
    case 403:
      return {
        cause: 'forbidden',
        retryable: false,
        said: say(
          'This API key may not do that: {0} Check its workspace and permissions, or use another key.',
          sentence(words),
        ),
      };
    case 404:
      return {
        cause: 'not-found',
        retryable: false,
        said: say(
          '{0} does not know the model “{1}”. Check the model name and the base URL.',
          context.host,
          context.model,
        ),
      };
    case 408:
    case 504:
      return { cause: 'timeout', retryable: true, said: say('{0} ran out of time. Try again.', context.host) };
    case 409:
      return {
        cause: 'server',
        retryable: true,
        said: say('The request met another one at the same time. Try again.'),
      };
    case 413:
      return {
        cause: 'too-large',
        retryable: false,
        said: say(
          'The conversation is too large for one request. Start a new session, or ask about fewer files at once.',
        ),
      };
    case 429:
      return {
        cause: 'rate-limited',
        retryable: true,
        said: say('The rate limit of this API key is reached: {0} Wait a moment, then try again.', sentence(words)),
      };
    case 529:
      return {
        cause: 'overloaded',
        retryable: true,
        said: say('The API is overloaded. Wait a moment, then try again.'),
      };
    default:
      break;
  }
  if (status >= 500) return { cause: 'server', retryable: true, said: serverSaid(words) };
  if (status >= 300 && status < 400)
    return {
      cause: 'invalid',
      retryable: false,
      said: say('{0} wants to redirect the request. Set the base URL to the address it should go to.', context.host),
    };
  if (type === 'invalid_request_error' && /prompt is too long|exceed.*context/i.test(words))
    return {
      cause: 'too-large',
      retryable: false,
      said: say('The conversation no longer fits into the model’s context window. Start a new session.'),
    };
  return {
    cause: 'invalid',
    retryable: false,
    said: say(
      '{0} refused the request: {1} If this happens again, start a new session and show the log.',
      context.host,
      sentence(words),
    ),
  };
}

const serverSaid = (words: string): Said => say('The API had an internal error: {0} Try again.', sentence(words));

function networkFailure(error: unknown, { host, secrets }: FailureContext): ModelFailure {
  const { code, message } = rootCause(error);
  const said =
    networkSaid(code, host) ??
    say('{0} could not be reached: {1} Check the network, then try again.', host, sentence(redact(message, secrets)));
  return localFailure(/TIMEDOUT|TIMEOUT/.test(code) ? 'timeout' : 'network', true, said);
}

function networkSaid(code: string, host: string): Said | undefined {
  if (code === 'ECONNREFUSED')
    return say('Nothing answers at {0}. Check the base URL and whether the server runs.', host);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return say('The name {0} could not be resolved. Check the network and the base URL, then try again.', host);
  if (/CERT|ISSUER|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO/.test(code))
    return say(
      'No secure connection to {0}: {1}. Check the clock, the proxy and the certificates it needs.',
      host,
      code,
    );
  if (/TIMEDOUT|TIMEOUT/.test(code))
    return say('The connection to {0} timed out. Check the network, then try again.', host);
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET')
    return say('{0} closed the connection. Try again.', host);
  return undefined;
}

/** `fetch` hides what went wrong behind one or two `cause`s, and behind an AggregateError where a name has two addresses. */
function rootCause(error: unknown): { readonly code: string; readonly message: string } {
  let at: unknown = error;
  for (let depth = 0; depth < 8; depth += 1) {
    const { cause, errors } = Object(at) as { cause?: unknown; errors?: readonly unknown[] };
    const next = cause ?? errors?.[0];
    if (next === undefined) break;
    at = next;
  }
  const { code, message } = Object(at) as { code?: unknown; message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : String(at) };
}

/** Milliseconds from `retry-after-ms`, or from `retry-after` as seconds or as a date; undefined when absent or past. */
function retryAfter(headers: Headers | undefined, now: number): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (exact > 0) return exact;
  const text = headers?.get('retry-after');
  if (!text) return undefined;
  const wait = /^\s*[\d.]+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return wait > 0 ? wait : undefined;
}

/** Longest piece of a server's own words that is shown. UTF-16 units. */
const wordsLimit = 500;

function sentence(words: string): string {
  const short = words.trim().slice(0, wordsLimit);
  if (short === '') return '';
  return /[.!?\u2026]$/.test(short) ? short : `${short}.`;
}

/** Replaces every secret. Short ones are left, because they would take ordinary words with them. */
function redact(text: string, secrets: readonly string[]): string {
  return secrets.filter(({ length }) => length >= 4).reduce((left, secret) => left.replaceAll(secret, '•••'), text);
}
