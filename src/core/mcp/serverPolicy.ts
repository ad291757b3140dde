import type { McpServerSpec } from './serverSpec';

/** One server, or several, as an administrator names them. */
export type McpEntry =
  | { readonly serverName: string }
  | { readonly serverCommand: readonly string[] }
  | { readonly serverUrl: string };

export interface McpPolicy {
  /** Each list must name a server for it to start. */
  readonly allowed: readonly (readonly McpEntry[])[];
  readonly denied: readonly McpEntry[];
}

export const noMcpPolicy: McpPolicy = { allowed: [], denied: [] };

export function isMcpEntry(value: unknown): value is McpEntry {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
  const { serverCommand, serverName, serverUrl } = value as Readonly<Record<string, unknown>>;
  if (serverCommand !== undefined)
    return (
      Array.isArray(serverCommand) &&
      serverCommand.length > 0 &&
      serverCommand.every((word) => typeof word === 'string')
    );
  return [serverName, serverUrl].some((text) => typeof text === 'string' && text !== '');
}

/**
 * Whether the administrator lets a server start. As in Claude Code: where a list of what is allowed names commands, a program
 * must be one of them, and where it names addresses, a remote server must be at one; a name alone does not do then.
 */
export function policyAllows(policy: McpPolicy, spec: McpServerSpec): boolean {
  if (policy.denied.some((entry) => names(entry, spec))) return false;
  return policy.allowed.every((list) => {
    const exact = list.filter((entry) => (spec.type === 'stdio' ? 'serverCommand' in entry : 'serverUrl' in entry));
    return (exact.length > 0 ? exact : list).some((entry) => names(entry, spec));
  });
}

function names(entry: McpEntry, spec: McpServerSpec): boolean {
  if ('serverName' in entry) return entry.serverName === spec.name;
  if ('serverCommand' in entry)
    return (
      spec.type === 'stdio' && JSON.stringify(entry.serverCommand) === JSON.stringify([spec.command, ...spec.args])
    );
  return spec.type === 'http' && matchesUrl(entry.serverUrl, spec.url);
}

/** `*` stands for any characters but those that end a host or hide one. */
function matchesUrl(pattern: string, url: string): boolean {
  const [host, ...path] = splitUrl(pattern);
  const [realHost, ...realPath] = splitUrl(url);
  return glob(host, '[^/@?#\\\\]*', realHost) && glob(path.join(''), '.*', realPath.join(''));
}

function splitUrl(url: string): readonly [string, string] {
  const [, start = url, rest = ''] = /^([a-z*]+:\/\/[^/?#\\]*)(.*)$/s.exec(url) ?? [];
  return [start, rest];
}

function glob(pattern: string, any: string, text: string): boolean {
  const source = pattern
    .split(/\*+/)
    .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    .join(any);
  return new RegExp(`^${source}$`, 's').test(text);
}
