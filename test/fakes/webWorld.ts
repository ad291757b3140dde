import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Web } from '../../src/core/ports';
import { createNodeWeb } from '../../src/node/nodeWeb';

export interface WebWorld {
  readonly web: Web;
  readonly port: number;
  /** Names that were looked up, in order. */
  readonly lookups: readonly string[];
  /** `host path` of each request, in order. */
  readonly requests: readonly string[];
  /** Headers of the last request. */
  headers(): IncomingMessage['headers'];
  /** Bytes that were sent before the other end went away. */
  readonly sent: { bytes: number };
  dispose(): Promise<void>;
}

/** A public address of documentation (RFC 5737 has none that counts as public here, so one of a well-known site). */
export const publicIp = '93.184.216.34';

/**
 * A real HTTP server on loopback that stands for hosts of the web: names are answered from a table, and public addresses are
 * reached on loopback. The checks between the two are the real ones.
 * @param names addresses by host; a function gives another answer each time.
 */
export async function startWeb(
  answer: (request: IncomingMessage, response: ServerResponse, world: WebWorld) => void,
  names: Readonly<Record<string, readonly string[] | (() => readonly string[])>> = {},
): Promise<WebWorld> {
  const lookups: string[] = [];
  const requests: string[] = [];
  const sent = { bytes: 0 };
  let headers: IncomingMessage['headers'] = {};
  const server: Server = createServer((request, response) => {
    requests.push(`${request.headers.host} ${request.url}`);
    headers = request.headers;
    response.on('error', () => {});
    answer(request, response, world);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const web = createNodeWeb({
    async lookup(host) {
      lookups.push(host);
      const found = names[host];
      if (!found) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
      return typeof found === 'function' ? found() : found;
    },
    route: (ip, asked) => (ip === publicIp ? { ip: '127.0.0.1', port } : { ip, port: asked }),
  });
  const world: WebWorld = {
    ...{ web, port, lookups, requests, sent },
    headers: () => headers,
    async dispose() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return world;
}
