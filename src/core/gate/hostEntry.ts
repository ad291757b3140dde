/** In a list of hosts: all that are built in. */
export const builtInHosts = '$defaults';

/** A host's name: labels of letters, digits and hyphens (RFC 1123), at least two. */
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** Whether a value of a settings file may stand in a list of hosts. */
export function isHostEntry(value: unknown): value is string {
  return value === builtInHosts || (typeof value === 'string' && hostName.test(value));
}
