import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { McpAsk, McpMemory, McpQuestion } from '../../src/core/mcp/mcpPorts';
import { type McpPolicy, noMcpPolicy } from '../../src/core/mcp/serverPolicy';
import { type McpServerSpec, readMcpServers } from '../../src/core/mcp/serverSpec';
import type { ToolPins } from '../../src/core/mcp/toolPins';
import { english } from '../../src/core/say';
import { scrub } from '../../src/node/loginEnvironment';
import { createMcpServers, type McpServers } from '../../src/node/mcp/mcpServers';

export const sdkServer = resolve('test/fixtures/mcp/server.mjs');
export const rawServer = resolve('test/fixtures/mcp/raw.mjs');

/** What the person agreed to, in memory. */
export function createMemory(): McpMemory & { readonly hashes: Map<string, string> } {
  const hashes = new Map<string, string>();
  const pins = new Map<string, ToolPins>();
  return {
    hashes,
    agreed: (server) => hashes.get(server),
    agree: (server, hash) => void (hash === undefined ? hashes.delete(server) : hashes.set(server, hash)),
    pins: (server) => pins.get(server),
    pin: (server, next) => void (next === undefined ? pins.delete(server) : pins.set(server, next)),
  };
}

export interface McpWorld {
  readonly ws: string;
  readonly memory: McpMemory;
  readonly questions: readonly McpQuestion[];
  readonly notices: readonly string[];
  /** Opens a session on the workspace; the memory stays from one to the next. */
  open(options?: McpWorldOptions): McpServers;
  /** Writes `.mcp.json`. */
  repository(servers: object): void;
  dispose(): Promise<void>;
}

export interface McpWorldOptions {
  readonly user?: object;
  /** The person's answer; `nobody` where there is none. */
  readonly answer?: boolean | 'nobody' | McpAsk;
  readonly trusted?: () => boolean;
  readonly policy?: McpPolicy;
  readonly variables?: Readonly<Record<string, string>>;
  readonly startMs?: number;
}

export function createMcpWorld(): McpWorld {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-')));
  const ws = join(root, 'ws');
  mkdirSync(ws);
  mkdirSync(join(root, 'scratch'));
  const memory = createMemory();
  const questions: McpQuestion[] = [];
  const notices: string[] = [];
  const open: McpServers[] = [];
  return {
    ...{ ws, memory, questions, notices },
    open({ answer = true, policy = noMcpPolicy, startMs = 10_000, trusted = () => true, user, variables = {} } = {}) {
      const userServers: readonly McpServerSpec[] = readMcpServers(user, 'user settings').servers;
      const ask: McpAsk = async (question, signal) => {
        questions.push(question);
        return typeof answer === 'function' ? answer(question, signal) : answer === true;
      };
      const servers = createMcpServers({
        ...{ memory, startMs, variables, trusted, folders: [ws], userServers: () => userServers, policy: () => policy },
        ask: answer === 'nobody' ? undefined : ask,
        environment: async () =>
          scrub({ PATH: process.env['PATH'], HOME: root }, { workspace: [ws], scratch: join(root, 'scratch') }),
        notice: (said) => notices.push(english(said)),
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      });
      open.push(servers);
      return servers;
    },
    repository: (servers) => writeFileSync(join(ws, '.mcp.json'), JSON.stringify({ mcpServers: servers })),
    async dispose() {
      await Promise.all(open.map((servers) => servers.dispose()));
      rmSync(root, { recursive: true, force: true });
    },
  };
}
