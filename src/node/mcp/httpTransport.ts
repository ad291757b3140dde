import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** Bytes of one answer. */
const bodyLimit = 20_000_000;

/** Why an address is not used; undefined: it may be. */
export function addressProblem(url: string): string | undefined {
  if (!URL.canParse(url)) return 'its "url" is not an address';
  const { hostname, protocol } = new URL(url);
  const here = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
  if (protocol === 'https:' || (protocol === 'http:' && here)) return undefined;
  return 'its "url" must begin with https://, or with http:// on this machine';
}

/** No redirect is followed: the person, or the policy, has agreed to this address, and the headers may hold a key for it. */
export function createHttpTransport(
  url: string,
  headers: Readonly<Record<string, string>>,
): StreamableHTTPClientTransport {
  return new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { ...headers } },
    reconnectionOptions: {
      initialReconnectionDelay: 1_000,
      maxReconnectionDelay: 30_000,
      reconnectionDelayGrowFactor: 2,
      maxRetries: 3,
    },
    async fetch(address, init) {
      const response = await fetch(address, { ...init, redirect: 'manual' });
      if (response.status >= 300 && response.status < 400 && response.status !== 304) {
        await response.body?.cancel();
        throw new Error(`it sends on to another address (${response.status}), which is not followed`);
      }
      return bounded(response);
    },
  });
}

function bounded(response: Response): Response {
  if (!response.body) return response;
  let bytes = 0;
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        if (bytes > bodyLimit) controller.error(new Error('it answered without end'));
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}
