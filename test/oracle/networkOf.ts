import type { Found } from './observe';
import { type Call, descriptorPath } from './trace';

/**
 * What a call does with the network; undefined when it has nothing to do with it. Attempts count whatever their result: there
 * is no network here.
 * @param bound addresses of sockets so far, by what the tracer calls the socket.
 */
export function networkOf(call: Call, bound: Map<string, string>): readonly Found[] | undefined {
  const socket = descriptorPath(call.args[0]) ?? '';
  switch (call.name) {
    case 'connect':
    case 'sendto':
    case 'sendmsg': {
      const address = addressOf(call.args.slice(1).join(', '));
      return address === undefined ? [] : [['connect', address]];
    }
    case 'bind': {
      const address = addressOf(call.args.slice(1).join(', '));
      if (address === undefined) return [];
      bound.set(socket, address);
      // Any free port is taken only to see whether that can be done, or to listen, which is seen by itself.
      return address.endsWith(':0') ? [] : [['listen', address]];
    }
    case 'listen':
      return [['listen', bound.get(socket) ?? 'any']];
    default:
      return undefined;
  }
}

function addressOf(text: string): string | undefined {
  const family = /sa_family=(AF_\w+)/.exec(text)?.[1];
  if (family === undefined || family === 'AF_NETLINK' || family === 'AF_UNSPEC') return undefined;
  if (family === 'AF_UNIX') return `unix:${/sun_path=@?"([^"]*)"/.exec(text)?.[1] ?? ''}`;
  const host = /inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"/.exec(text);
  const port = /port=htons\((\d+)\)/.exec(text)?.[1] ?? '';
  return `${host?.[1] ?? host?.[2] ?? family}:${port}`;
}
