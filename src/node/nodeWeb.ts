import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Outcome, Web, WebAnswer, WebRequest } from '../core/ports';

export interface NodeWebOptions {
  /** Addresses of a name; the system's resolver when absent. */
  readonly lookup?: (host: string) => Promise<readonly string[]>;
  /** Where an address is reached; itself when absent. */
  readonly route?: (ip: string, port: number) => { readonly ip: string; readonly port: number };
}

/** Milliseconds for the look-up of a name. */
const lookupMs = 10_000;

/**
 * The web by Node's own client. It connects to the address it is given and names the host only in the request and for the
 * certificate, so that nothing between check and connection can lead elsewhere, an editor's proxy included.
 */
export function createNodeWeb(options: NodeWebOptions = {}): Web {
  const find = options.lookup ?? (async (host) => (await lookup(host, { all: true })).map(({ address }) => address));
  const route = options.route ?? ((ip, port) => ({ ip, port }));
  return {
    async resolve(host, signal) {
      return within(lookupMs, signal, 'the look-up took too long', () =>
        find(host).then((value) => ({ ok: true, value })),
      );
    },
    get: (request, signal) =>
      within(request.timeoutMs, signal, `it took longer than ${Math.ceil(request.timeoutMs / 1000)} s`, (stop) =>
        get(request, stop, route),
      ),
  };
}

/** Runs `work` until it is done, time is up, or `signal` aborts. Rejects only then. */
async function within<T>(
  ms: number,
  signal: AbortSignal,
  late: string,
  work: (stop: AbortSignal) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Outcome<T>>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, reason: late });
      controller.abort();
    }, ms);
    controller.signal.addEventListener('abort', () => resolve({ ok: false, reason: late }), { once: true });
  });
  try {
    const done = work(controller.signal).catch((error): Outcome<T> => ({ ok: false, reason: reasonOf(error) }));
    const outcome = await Promise.race([done, tooLate]);
    signal.throwIfAborted();
    return outcome;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    controller.abort();
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    ENOTFOUND: 'no such host',
    EAI_AGAIN: 'the name server did not answer',
    ECONNREFUSED: 'nothing answers there',
    ECONNRESET: 'the connection was cut',
    CERT_HAS_EXPIRED: 'its certificate has expired',
    ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  };
  return (code && words[code]) ?? error.message;
}

function get(
  { bytes, ip, url }: WebRequest,
  stop: AbortSignal,
  route: NonNullable<NodeWebOptions['route']>,
): Promise<Outcome<WebAnswer>> {
  const { hostname, host, pathname, port, protocol, search } = new URL(url);
  const tls = protocol === 'https:';
  const to = route(ip, port === '' ? (tls ? 443 : 80) : Number(port));
  const bare = hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    const asked = (tls ? requestTls : requestPlain)({
      host: to.ip,
      port: to.port,
      path: `${pathname}${search}`,
      method: 'GET',
      // A connection of its own: none that was checked for somebody else is used again.
      agent: false,
      signal: stop,
      maxHeaderSize: 64_000,
      headers: {
        host,
        accept: 'text/markdown, text/html;q=0.9, text/plain;q=0.8, */*;q=0.5',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'gatehouse',
        connection: 'close',
      },
      ...(tls && !/^[\d.]+$|:/.test(bare) ? { servername: bare } : {}),
    });
    asked.once('error', reject);
    asked.once('response', (response) => {
      const { headers, statusCode = 0 } = response;
      const answer = { status: statusCode, location: headers.location, contentType: headers['content-type'] ?? '' };
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        asked.destroy();
        resolve({ ok: true, value: { ...answer, body: new Uint8Array(), cut: false } });
        return;
      }
      const plain = decoded(response, headers['content-encoding']);
      if (!plain) {
        asked.destroy();
        resolve({ ok: false, reason: `its encoding ${JSON.stringify(headers['content-encoding'])} is not known` });
        return;
      }
      response.once('error', reject);
      readUpTo(plain, bytes).then((read) => {
        asked.destroy();
        resolve({ ok: true, value: { ...answer, ...read } });
      }, reject);
    });
    asked.end();
  });
}

function decoded(response: Readable, encoding: string | undefined): Readable | undefined {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case 'identity':
      return response;
    case 'gzip':
    case 'x-gzip':
      return response.pipe(createGunzip());
    case 'deflate':
      return response.pipe(createInflate());
    case 'br':
      return response.pipe(createBrotliDecompress());
    default:
      return undefined;
  }
}

/** Counts what has been unpacked, so that a small answer cannot become a large one. */
async function readUpTo(
  stream: Readable,
  limit: number,
): Promise<{ readonly body: Uint8Array; readonly cut: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, limit - size));
    size += chunk.length;
    if (size > limit) return { body: Buffer.concat(chunks), cut: true };
  }
  return { body: Buffer.concat(chunks), cut: false };
}
