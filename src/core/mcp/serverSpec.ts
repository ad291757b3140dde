import { type Said, say } from '../say';

/** Who names a server: the person, or the repository, which needs the person's yes. */
export type McpSource = 'user settings' | '.mcp.json';

interface Common {
  readonly name: string;
  readonly source: McpSource;
  /** Milliseconds that one call may take. */
  readonly timeoutMs: number;
}

/** A program that is started, and spoken with over its stdin and stdout. Values as written, with `${VAR}` in them. */
export interface StdioSpec extends Common {
  readonly type: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A server that is reached over HTTP. */
export interface HttpSpec extends Common {
  readonly type: 'http';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type McpServerSpec = StdioSpec | HttpSpec;

const serverLimit = 50;
/** Characters of one text of a server. */
const textLimit = 10_000;
const defaultCallMs = 60_000;

/** One underline in a row at most, and none at the ends, so that `mcp__server__tool` can be read in one way only. */
const serverName = /^[A-Za-z0-9-]+(?:_[A-Za-z0-9-]+)*$/;
const nameLimit = 40;

/** Two names that a person could take for one another. */
export const foldName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Reads servers in the shape of `.mcp.json`: `{"name": {"command": "npx", "args": [], "env": {}, "timeout": 60000}}` or
 * `{"name": {"type": "http", "url": "https://…", "headers": {}}}`. What is wrong in one leaves that one out and is named.
 */
export function readMcpServers(
  value: unknown,
  source: McpSource,
): { readonly servers: readonly McpServerSpec[]; readonly problems: readonly Said[] } {
  if (value === undefined || value === null) return { servers: [], problems: [] };
  if (!isRecord(value)) return { servers: [], problems: [say('MCP servers of {0} must be an object.', source)] };
  const servers: McpServerSpec[] = [];
  const problems: Said[] = [];
  const entries = Object.entries(value);
  if (entries.length > serverLimit)
    problems.push(say('{0} names {1} MCP servers; only the first {2} are used.', source, entries.length, serverLimit));
  for (const [name, entry] of entries.slice(0, serverLimit)) {
    const read = readOne(name, entry, source);
    if ('problem' in read)
      problems.push(say('The MCP server {0} of {1} is not used: {2}', name.slice(0, 60), source, read.problem));
    else servers.push(read);
  }
  return { servers, problems };
}

/** Of servers that answer to the same name, or to one that looks like it, the first counts: the person's come before the repository's. */
export function withoutTwins(servers: readonly McpServerSpec[]): {
  readonly servers: readonly McpServerSpec[];
  readonly problems: readonly Said[];
} {
  const taken = new Map<string, McpServerSpec>();
  const problems: Said[] = [];
  for (const server of servers) {
    const known = taken.get(foldName(server.name));
    if (!known) taken.set(foldName(server.name), server);
    else
      problems.push(
        say(
          'The MCP server {0} of {1} is not used: its name could be taken for that of {2} of {3}.',
          ...[server.name, server.source, known.name, known.source],
        ),
      );
  }
  return { servers: [...taken.values()], problems };
}

function readOne(name: string, entry: unknown, source: McpSource): McpServerSpec | { readonly problem: string } {
  if (!serverName.test(name) || name.length > nameLimit)
    return { problem: `its name must be letters, digits, - and single _, at most ${nameLimit}.` };
  if (!isRecord(entry)) return { problem: 'it must be an object.' };
  const { type = 'url' in entry ? 'http' : 'stdio', timeout = defaultCallMs } = entry;
  if (typeof timeout !== 'number' || !(timeout >= 1_000 && timeout <= 600_000))
    return { problem: '"timeout" must be milliseconds from 1000 to 600000.' };
  const common = { name, source, timeoutMs: timeout };
  switch (type) {
    case 'stdio': {
      const { args = [], command, env = {} } = entry;
      if (!isText(command) || command.trim() === '') return { problem: '"command" must be a text.' };
      if (!Array.isArray(args) || args.length > 200 || !args.every(isText))
        return { problem: '"args" must be a list of texts.' };
      if (!isTexts(env)) return { problem: '"env" must be an object of texts.' };
      const wrong = Object.keys(env).find((key) => !/^[A-Za-z_]\w*$/.test(key));
      if (wrong !== undefined) return { problem: 'the names in "env" must be letters, digits and _.' };
      return { ...common, type, command, args, env };
    }
    case 'http':
    case 'streamable-http': {
      const { headers = {}, url } = entry;
      if (!isText(url)) return { problem: '"url" must be a text.' };
      if (!isTexts(headers)) return { problem: '"headers" must be an object of texts.' };
      if (Object.keys(headers).some((key) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(key)))
        return { problem: 'a name in "headers" is not one of HTTP.' };
      return { ...common, type: 'http', url, headers };
    }
    case 'sse':
      return { problem: 'the old transport "sse" is not spoken; use "http" if the server offers it.' };
    default:
      return { problem: '"type" must be "stdio" or "http".' };
  }
}

/** The same text for the same server, whatever order its keys were written in. */
export function canonicalSpec(spec: McpServerSpec): string {
  const sorted = (record: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    spec.type === 'stdio'
      ? [spec.name, spec.type, spec.command, spec.args, sorted(spec.env), spec.timeoutMs]
      : [spec.name, spec.type, spec.url, sorted(spec.headers), spec.timeoutMs],
  );
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= textLimit && !value.includes('\0');

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.keys(value).length <= 100 && Object.values(value).every(isText);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
