/** A place on the network as a word of a command names it. */
export interface Destination {
  readonly host: string;
  readonly port: number | undefined;
}

/**
 * Reads a word as a destination: a URL, `user@host:path`, a host name or an address. Numbers in any base become the address they
 * stand for (rule R26).
 */
export function parseDestination(word: string): Destination | undefined {
  const url = asUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(word) ? word : undefined);
  if (url)
    return url.hostname === ''
      ? undefined
      : { host: bareHost(url.hostname), port: url.port === '' ? undefined : Number(url.port) };
  const remote = /^(?:[\w.-]+@)?([\w.-]+\.[\w-]+|localhost)(?::|$|\/)/.exec(word);
  if (
    !remote?.[1] ||
    /\.(?:[cm]?[jt]sx?|py|json|md|txt|sh|ya?ml|toml|html?|css|lock|log|zip|gz|tgz|png|jpg)$/i.test(remote[1])
  )
    return undefined;
  const parsed = asUrl(`http://${remote[1]}/`);
  return parsed ? { host: bareHost(parsed.hostname), port: undefined } : undefined;
}

/** A URL of the web, read as strictly as every program that may get it would. */
export interface WebAddress extends Destination {
  readonly scheme: 'http' | 'https';
  /** The port that is meant when none is written. */
  readonly port: number;
  /** Host as it stands in the text, without case. */
  readonly written: string;
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  /** Name and password before the host; `''` when there are none. */
  readonly user: string;
}

/**
 * Reads a URL with its scheme. Whatever two programs could read in two ways (a backslash, a blank, a percent sign in the host)
 * is not read at all.
 * @param text the URL, or the known start of one that goes on within its path or query.
 */
export function readWebAddress(text: string): WebAddress | undefined {
  if (/[\s\\\0-\x1f\x7f]/.test(text)) return undefined;
  // Right behind the host some take what follows an `@` for the host, whatever stands before it.
  const head = text.slice(0, text.indexOf('/', 8) < 0 ? undefined : text.indexOf('/', 8));
  const mark = head.search(/[?#]/);
  if (mark >= 0 && head.includes('@', mark)) return undefined;
  const parts =
    /^(https?):\/\/(?:([^/?#]*)@)?(\[[0-9a-f:.%]*\]|[^/?#@:[\]]*)(?::(\d*))?((?:\/[^?#]*)?)(?:\?([^#]*))?(?:#.*)?$/is.exec(
      text,
    );
  const written = parts?.[3]?.toLowerCase();
  const url = asUrl(text);
  if (!parts || !url || written === undefined || written === '' || written.includes('%')) return undefined;
  const scheme = parts[1]?.toLowerCase() === 'https' ? 'https' : 'http';
  const port = parts[4] ? Number(parts[4]) : scheme === 'https' ? 443 : 80;
  return {
    scheme,
    host: bareHost(url.hostname),
    port,
    written: bareHost(written),
    path: parts[5] ?? '',
    query: parts[6] ?? '',
    user: parts[2] ?? '',
  };
}

function asUrl(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  try {
    return new URL(text.replace(/^[a-z][a-z0-9+.-]*(?=:\/\/)/i, 'http'));
  } catch {
    return undefined;
  }
}

function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Services of a cloud that hand out credentials to whoever asks from inside a machine. */
export function isMetadataHost(host: string): boolean {
  return (
    /^(?:100\.100\.100\.200|192\.0\.0\.192|168\.63\.129\.16|fd00:ec2::\d+|fd20:ce::254|::ffff:a9fe:[0-9a-f]+|::a9fe:[0-9a-f]+|64:ff9b::a9fe:[0-9a-f]+)$/.test(
      host,
    ) ||
    /^(?:metadata(?:\.google\.internal|\.goog|\.azure\.com|\.azure\.internal|\.tencentyun\.com|\.platformequinix\.com|\.packet\.net)?|instance-data(?:\.[\w-]+)*\.internal|rancher-metadata(?:\.rancher\.internal)?)\.?$/.test(
      host,
    ) ||
    /^(?:::ffff:)?169\.254\./.test(host) ||
    // Names of public services that stand for the address in them.
    /(?:^|[.-])169[.-]254[.-]169[.-]254(?:[.-]|$)|(?:^|[.-])a9fea9fe\./.test(host)
  );
}

/** Where a host is, as far as its name or address tells. */
type Whereabouts = 'loopback' | 'unspecified' | 'metadata' | 'private' | 'public';

/** @param host canonical, as {@link readWebAddress} gives it. */
export function whereIs(host: string): Whereabouts {
  const name = host.replace(/\.$/, '');
  if (isMetadataHost(name)) return 'metadata';
  if (name === 'localhost' || name.endsWith('.localhost') || /^127(?:\.\d{1,3}){3}$/.test(name) || name === '::1')
    return 'loopback';
  if (/^0(?:\.\d{1,3}){3}$/.test(name) || name === '::' || /^::ffff:0:/.test(name)) return 'unspecified';
  if (name.includes(':')) return whereIsSix(name);
  if (
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|2(?:2[4-9]|[345]\d)\.)/.test(
      name,
    ) &&
    /^\d+(?:\.\d+){3}$/.test(name)
  )
    return 'private';
  return /\.(?:local|lan|home|internal|intranet|corp|test|invalid|home\.arpa)$/.test(name) || !name.includes('.')
    ? 'private'
    : 'public';
}

function whereIsSix(name: string): Whereabouts {
  const mapped = /^::(?:ffff:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name);
  if (mapped) {
    const high = Number.parseInt(mapped[1] ?? '0', 16);
    if (high >> 8 === 127) return 'loopback';
    return 'private';
  }
  if (/^fe[89ab][0-9a-f]:/.test(name)) return 'metadata';
  const carried = carriedFour(name);
  if (carried !== undefined) return whereIs(carried) === 'public' ? 'public' : 'private';
  return /^f[cdf]/.test(name) ? 'private' : 'public';
}

/** The IPv4 address that an IPv6 one is translated to on its way: NAT64 and 6to4. */
function carriedFour(name: string): string | undefined {
  const [high, low] = (
    /^64:ff9b::([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(name) ??
    /^2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):/.exec(name) ??
    /^2002:([0-9a-f]{1,4}):(?=:)/.exec(name) ??
    []
  ).slice(1);
  if (high === undefined) return /^(?:64:ff9b:|2002:|2001:(?:0{1,4})?:)/.test(name) ? '10.0.0.0' : undefined;
  const bytes = [high, low ?? '0'].map((part) => Number.parseInt(part, 16));
  return bytes.map((part) => `${part >> 8}.${part & 255}`).join('.');
}
