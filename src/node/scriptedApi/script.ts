import type { MessagesRequest } from './requestSchema';

/** One content block of a scripted answer. */
export type ScriptedBlock =
  | { readonly type: 'text'; readonly text: string }
  /** The server signs it, and checks the signature when it comes back. */
  | { readonly type: 'thinking'; readonly thinking: string }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | { readonly type: 'tool_use'; readonly name: string; readonly input: object; readonly id?: string }
  /** A call whose JSON is sent as it stands here, whole or not. */
  | { readonly type: 'malformed_tool_use'; readonly name: string; readonly json: string; readonly id?: string }
  /** A search with the API's own tool: the call and what it found, as two blocks. Only for a request that brings the tool. */
  | {
      readonly type: 'web_search';
      readonly query: string;
      readonly found: readonly FoundPage[] | { readonly errorCode: string };
    }
  /** A block of a type the client does not know, sent whole in its start event. */
  | { readonly type: 'raw'; readonly block: { readonly type: `scripted_${string}` } & Record<string, unknown> };

interface FoundPage {
  readonly title: string;
  readonly url: string;
  readonly pageAge?: string;
}

/** What goes wrong after `afterEvents` events of the stream have been sent. */
type StreamFault =
  | { readonly type: 'cut'; readonly afterEvents: number }
  /** Nothing more comes, and the connection stays open. */
  | { readonly type: 'stall'; readonly afterEvents: number }
  | { readonly type: 'error'; readonly afterEvents: number; readonly errorType: string; readonly message: string };

/** How the server answers one request. */
export type ScriptedReply =
  | {
      readonly type: 'message';
      readonly content: readonly ScriptedBlock[];
      /** Default: `tool_use` when there is a call, else `end_turn`. Any name, also one that does not exist. */
      readonly stopReason?: string;
      /** Before the head of the answer is sent. Milliseconds; default 0. */
      readonly delayMs?: number;
      /** Between the pieces of a block. Milliseconds; default 0. */
      readonly pieceDelayMs?: number;
      /** Characters in a piece of text, thinking or JSON; default 24. */
      readonly pieceChars?: number;
      readonly fault?: StreamFault;
    }
  | {
      readonly type: 'error';
      readonly status: number;
      readonly errorType: string;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly delayMs?: number;
    }
  /** The connection is closed without an answer. */
  | { readonly type: 'hang-up' }
  /** The connection stays open without an answer. */
  | { readonly type: 'silence' };

/** What a script sees of a request. It has passed the server's validation. */
export interface ScriptRequest {
  readonly body: MessagesRequest;
  /** Counts from 0, over the requests that reached the script. */
  readonly index: number;
}

/** A list is used up in order; a request after its end is refused. */
export type Script = readonly ScriptedReply[] | ((request: ScriptRequest) => ScriptedReply | Promise<ScriptedReply>);

/** A message of these blocks. */
export function message(...content: ScriptedBlock[]): ScriptedReply {
  return { type: 'message', content };
}

export const text = (words: string): ScriptedBlock => ({ type: 'text', text: words });
export const thinking = (words: string): ScriptedBlock => ({ type: 'thinking', thinking: words });
export const toolUse = (name: string, input: object): ScriptedBlock => ({ type: 'tool_use', name, input });

/** An error answer with the error type that the API has for the status. */
export function httpError(
  status: number,
  words: string,
  headers: Readonly<Record<string, string>> = {},
): ScriptedReply {
  return { type: 'error', status, errorType: errorTypes[status] ?? 'api_error', message: words, headers };
}

/** Error type of each status (platform.claude.com, "Claude API errors"). */
const errorTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  405: 'invalid_request_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};
