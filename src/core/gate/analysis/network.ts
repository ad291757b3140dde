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
    /^(?:169\.254\.169\.254|169\.254\.170\.2|100\.100\.100\.200|192\.0\.0\.192|fd00:ec2::254|::ffff:a9fe:a9fe|::ffff:169\.254\.169\.254)$/.test(
      host,
    ) ||
    /^metadata(?:\.google\.internal|\.goog|\.azure\.com|\.tencentyun\.com)?\.?$/.test(host) ||
    /^169\.254\./.test(host)
  );
}
