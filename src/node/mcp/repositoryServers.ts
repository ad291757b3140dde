import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type McpServerSpec, readMcpServers } from '../../core/mcp/serverSpec';
import { type Said, say } from '../../core/say';

/** Bytes of one file. */
const sizeLimit = 1_000_000;

/** What the workspace's `.mcp.json` files name, as they are now. */
export function repositoryServers(folders: readonly string[]): {
  readonly servers: readonly McpServerSpec[];
  readonly problems: readonly Said[];
} {
  const read = folders.map((folder) => readOne(join(folder, '.mcp.json')));
  return { servers: read.flatMap(({ servers }) => servers), problems: read.flatMap(({ problems }) => problems) };
}

function readOne(path: string): ReturnType<typeof readMcpServers> {
  try {
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info) return { servers: [], problems: [] };
    if (!info.isFile() || info.size > sizeLimit)
      return { servers: [], problems: [say('{0} is not used: it is no file, or larger than 1 MB.', path)] };
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    const servers = typeof value === 'object' && value !== null && 'mcpServers' in value ? value.mcpServers : undefined;
    return readMcpServers(servers, '.mcp.json');
  } catch {
    // The error would quote the file, which may hold keys.
    return { servers: [], problems: [say('{0} is not used: it cannot be read, or is not valid JSON.', path)] };
  }
}
