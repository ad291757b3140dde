import type { AssistantMessage, Message, StopReason } from './agent/messages';
import type { Said } from './say';

/** Wall-clock time and waiting. Injected so that tests run on a manual clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds from an arbitrary start that never goes back, with fractions: for durations. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Digest {
  /** Lower-case hex. Text is hashed as UTF-8. */
  sha256(data: string | Uint8Array): string;
  /** A random id of 128 bits, lower-case hex. */
  randomId(): string;
}

export interface Logger {
  /** Secrets are masked by the implementation before anything is written. */
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

// ---------------------------------------------------------------------------------------------------------------- files

export interface FileInfo {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
  readonly mode: number;
}

/** Failures of a file operation are data: `reason` is for the model and the person. */
export type FileOutcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: FileError; readonly reason: string };
export type FileError =
  | 'missing'
  | 'folder'
  | 'not-folder'
  | 'denied'
  | 'link'
  | 'changed'
  /** It is open in an editor with changes that are not saved. */
  | 'unsaved'
  | 'too-large'
  | 'full'
  | 'other';

/** What became of a file that was written. */
export interface Written {
  /** What it holds now, when that is something else than what was written: an editor formats on saving. */
  readonly now?: Uint8Array;
  /** For the model. */
  readonly remark?: string;
}

/** The file system. All paths absolute. No method throws but on a bug. */
export interface FileSystem {
  /** Follows links. */
  stat(path: string): Promise<FileInfo | undefined>;
  /** The real path of the nearest existing ancestor joined with the rest. */
  realpath(path: string): Promise<string | undefined>;
  /** @param limit highest size in bytes; larger gives `too-large`. */
  read(path: string, limit: number): Promise<FileOutcome<Uint8Array>>;
  /**
   * Writes a whole file atomically (temporary file beside it, then rename), keeping the mode of an existing one, making missing
   * folders. Refuses with `link` when the path or a folder on it is not where `realPath` says (no symlink is followed), and
   * with `changed` when `expected` is given and the present bytes hash differently.
   * @param realPath a real path as the gate approved it.
   * @param expected sha256 of the present bytes; `null`: the file must not exist; undefined: not checked.
   */
  write(realPath: string, data: Uint8Array, expected?: string | null): Promise<FileOutcome<Written>>;
}

// ------------------------------------------------------------------------------------------------------------ processes

export interface ShellCommand {
  readonly command: string;
  /** Working folder, real path. */
  readonly cwd: string;
  readonly timeoutMs: number;
  /** UTF-16 units of output kept in memory (head and tail); the whole goes to the log file. */
  readonly outputChars: number;
}

export interface ShellResult {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  /** stdout and stderr interleaved as they came, shortened in the middle to the limit. */
  readonly output: string;
  /** UTF-16 units that `output` leaves out. */
  readonly omitted: number;
  /** File with everything, present only when something was left out. */
  readonly logPath: string | undefined;
  /** Folder the shell was in when it ended; undefined when it could not say. */
  readonly cwd: string | undefined;
  /** Milliseconds. */
  readonly durationMs: number;
}

export type ShellAvailability =
  | { readonly available: true; readonly path: string }
  | { readonly available: false; readonly hint: Said };

/** Runs exactly the shell that was analysed (rule R51), in its own process group, with a scrubbed environment (rule R52). */
export interface Processes {
  /** Where bash is, or what to install. Looked up once. */
  shell(): Promise<ShellAvailability>;
  /** Ends the whole process tree when `signal` aborts or time is up, and then still resolves; rejects only when the shell cannot be started. */
  run(command: ShellCommand, signal: AbortSignal, onOutput: (chunk: string) => void): Promise<ShellResult>;
  /**
   * Starts a command that goes on by itself, until it ends, is ended, or the session is; one that prints without end is ended.
   * Rejects when it cannot be started or too many run.
   */
  start(command: Omit<ShellCommand, 'timeoutMs'>): Promise<Job>;
  /** Every job of the session, in the order in which they were started. */
  readonly jobs: readonly Job[];
  /** Ends everything that is still running. Never rejects. */
  dispose(): Promise<void>;
}

/** How a job ended; `by`: who ended it, when it did not end by itself. */
export interface JobEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly by: 'itself' | 'request' | 'flood';
}

/** A command in the background. */
export interface Job {
  readonly id: string;
  readonly command: string;
  /** Undefined while it runs. */
  readonly end: JobEnd | undefined;
  /** What it has printed since the last time this was asked, shortened in the middle. */
  read(): Pick<ShellResult, 'output' | 'omitted' | 'logPath'>;
  /** Ends it with everything it started. Resolves when all of that is gone. */
  stop(): Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<JobEnd>;
}

export interface HookCommand {
  readonly command: string;
  /** Working folder, real path. */
  readonly cwd: string;
  /** JSON for its stdin. */
  readonly input: string;
  readonly timeoutMs: number;
}

export interface HookEnd {
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs programs of the person's that look at calls, with the environment of commands. */
export interface HookRunner {
  /** Ends everything that it started before it resolves. Rejects only when `signal` aborts. */
  run(hook: HookCommand, signal: AbortSignal): Promise<Outcome<HookEnd>>;
}

// --------------------------------------------------------------------------------------------------------------- search

export interface GrepQuery {
  readonly pattern: string;
  /** File or folder, real path. */
  readonly path: string;
  readonly glob?: string;
  readonly type?: string;
  readonly mode: 'content' | 'files_with_matches' | 'count';
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly lineNumbers: boolean;
  readonly before: number;
  readonly after: number;
  /** Highest number of lines given back. */
  readonly limit: number;
}

export type SearchOutcome =
  | { readonly ok: true; readonly lines: readonly string[]; readonly truncated: boolean }
  | { readonly ok: false; readonly reason: string };

export interface Search {
  grep(query: GrepQuery, signal: AbortSignal): Promise<SearchOutcome>;
  /** Paths below `folder` that match, newest first, ignored files left out. */
  glob(pattern: string, folder: string, limit: number, signal: AbortSignal): Promise<SearchOutcome>;
}

// ------------------------------------------------------------------------------------------------------------------ web

export interface WebRequest {
  /** `http:` or `https:`, normalised, without a name or password. */
  readonly url: string;
  /** The address to connect to. Nothing is looked up any more: what was checked is what is asked. */
  readonly ip: string;
  /** Bytes of the decoded answer that are read; the rest is left unread. */
  readonly bytes: number;
  /** For the whole answer, however slowly it drips. */
  readonly timeoutMs: number;
}

export interface WebAnswer {
  readonly status: number;
  /** Of a redirect, as it was sent. */
  readonly location: string | undefined;
  /** As it was sent, `''` when it was not. */
  readonly contentType: string;
  readonly body: Uint8Array;
  /** The answer was longer than `bytes`. */
  readonly cut: boolean;
}

/** The web, one question at a time: no cookies, no credentials, no redirect followed. */
export interface Web {
  /** All addresses of a host name, as text. Rejects only when `signal` aborts. */
  resolve(host: string, signal: AbortSignal): Promise<Outcome<readonly string[]>>;
  /** A GET. Rejects only when `signal` aborts. */
  get(request: WebRequest, signal: AbortSignal): Promise<Outcome<WebAnswer>>;
}

/** Failures are data: `reason` is for the model and the person. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export interface PageText {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** An image as a model takes it. */
export interface ImageData {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  /** Base 64. */
  readonly data: string;
}

export interface ImageFile extends ImageData {
  readonly width: number;
  readonly height: number;
}

export interface PdfText {
  readonly pages: readonly string[];
  /** Pages of the whole document; more than `pages` has when it is long. */
  readonly total: number;
}

/** Text of documents that others made. They are taken apart where they can neither hang nor crash the session. */
export interface Documents {
  /** The readable part of a web page. @param base its address, for links. */
  page(html: string, base: string, signal: AbortSignal): Promise<Outcome<PageText>>;
  pdf(bytes: Uint8Array, signal: AbortSignal): Promise<Outcome<PdfText>>;
  /** Only its head is looked at. */
  image(bytes: Uint8Array): Outcome<ImageFile>;
}

// ---------------------------------------------------------------------------------------------------------------- model

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Record<string, unknown>;
}

export interface ModelRequest {
  readonly model: string;
  /** Blocks in order, the cache breakpoint after the last one. */
  readonly system: readonly string[];
  readonly messages: readonly Message[];
  readonly tools: readonly ToolSpec[];
  readonly maxTokens: number;
  readonly thinking: boolean;
  /** The model may search the web, once, with the API's own tool. Its blocks come back as opaque ones. */
  readonly webSearch?: WebSearchBounds;
}

/** Hosts that results must, or must not, come from; the API takes only one of the two. */
export interface WebSearchBounds {
  readonly allowed?: readonly string[];
  readonly blocked?: readonly string[];
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'tool'; readonly id: string; readonly name: string };

/** Why a request failed. `retryable` ones are tried again by the loop, visibly; the client itself never retries. */
export interface ModelFailure {
  readonly cause:
    | 'no-key'
    | 'unauthorised'
    | 'forbidden'
    | 'not-found'
    | 'too-large'
    | 'rate-limited'
    | 'overloaded'
    | 'server'
    | 'network'
    | 'cut'
    | 'timeout'
    | 'invalid'
    | 'aborted';
  readonly status: number | undefined;
  readonly retryable: boolean;
  /** From `retry-after`, milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** What happened and what to do about it, for the person. */
  readonly said: Said;
  readonly requestId: string | undefined;
}

export type ModelReply =
  | { readonly ok: true; readonly message: AssistantMessage; readonly stopReason: StopReason; readonly usage: Usage }
  | { readonly ok: false; readonly failure: ModelFailure };

/** A language model behind the Messages API. */
export interface Model {
  /** One request, streamed. Never throws: failures and aborts are replies. A cut stream gives a failure, never half a message. */
  stream(request: ModelRequest, signal: AbortSignal, onEvent: (event: ModelEvent) => void): Promise<ModelReply>;
}

// --------------------------------------------------------------------------------------------------------------- storage

/** An append-only file of lines. Each append is durable or absent, never half a line that a later read could misread. */
export interface LineStore {
  append(line: string): Promise<void>;
  /** All whole lines, oldest first; a torn last line is left out. */
  read(): Promise<readonly string[]>;
}
