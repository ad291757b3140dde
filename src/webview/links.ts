const schemes = new Set(['https:', 'http:', 'mailto:']);

/** The limit of `open-link` in the protocol. */
const maxLength = 4000;

/**
 * The normalized address of a link that a person may be asked about, or undefined when it is not one: no scheme but the web
 * and mail, no password in it, not over-long. Normalized means that look-alike and bidirectional characters of the host are in
 * Punycode and those of the path are percent-encoded, so that what is shown is what would be opened.
 */
export function linkAddress(href: string): string | undefined {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (!url || !schemes.has(url.protocol) || url.password !== '' || url.username !== '') return undefined;
  return url.href.length <= maxLength ? url.href : undefined;
}
