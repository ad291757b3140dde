import { readWebAddress, type WebAddress, whereIs } from '../gate/analysis/network';
import type { Outcome, Web } from '../ports';

/** A destination that was normalised and looked up once; what is asked later is asked of `ip` (rule R26). */
export interface WebDestination {
  readonly address: WebAddress;
  /** The address, normalised, without fragment. */
  readonly url: string;
  readonly ip: string;
}

/**
 * Normalises an address and looks its host up. What the host turns out to be must be what its name said when the gate looked at
 * it: a public name that stands for this machine, a private network or a metadata service is refused, whatever was approved.
 */
export async function findDestination(text: string, web: Web, signal: AbortSignal): Promise<Outcome<WebDestination>> {
  const address = readWebAddress(text);
  if (!address)
    return no(
      `${JSON.stringify(text)} is not an address of the web that can be read in one way only. Give http:// or https://, a host and a path.`,
    );
  const url = new URL(text);
  if (address.user !== '' || url.username !== '' || url.password !== '')
    return no('An address with a name or a password before its host is not asked. Leave them out.');
  const claimed = whereIs(address.host);
  if (claimed === 'metadata' || claimed === 'unspecified')
    return no(
      `${address.host} is never asked: it gives out credentials of the machine, or stands for all its addresses.`,
    );
  const known = claimed === 'loopback' ? { ok: true as const, value: [loopback(address.host)] } : undefined;
  const found =
    known ?? (isIp(address.host) ? { ok: true, value: [address.host] } : await web.resolve(address.host, signal));
  signal.throwIfAborted();
  if (!found.ok) return no(`${address.host} could not be found: ${found.reason}`);
  const [first] = found.value;
  if (first === undefined) return no(`${address.host} has no address.`);
  for (const ip of found.value) {
    const real = whereIsIp(ip);
    if (real !== claimed && !(claimed === 'private' && real === 'public'))
      return no(
        `${address.host} stands for ${ip}, which is ${describe[real]}. It was not asked: name that address itself if it is meant.`,
      );
  }
  return {
    ok: true,
    value: { address, url: `${address.scheme}://${url.host}${url.pathname}${url.search}`, ip: first },
  };
}

const no = (reason: string): Outcome<never> => ({ ok: false, reason });

const describe = {
  loopback: 'this machine',
  unspecified: 'every address of this machine',
  metadata: 'a link-local or metadata address',
  private: 'in a private network',
  public: 'a public address',
} as const;

/** The names of this machine are not looked up: no entry of a resolver makes them lead elsewhere. */
function loopback(host: string): string {
  return isIp(host) ? host : '127.0.0.1';
}

const isIp = (host: string): boolean => host.includes(':') || /^\d+(?:\.\d+){3}$/.test(host);

/** @param ip as a resolver gives it; what is no plain address counts as one that is never asked. */
export function whereIsIp(ip: string): ReturnType<typeof whereIs> {
  if (!isIp(ip)) return 'metadata';
  const address = readWebAddress(ip.includes(':') ? `http://[${ip}]/` : `http://${ip}/`);
  return address ? whereIs(address.host) : 'metadata';
}
