import type { McpState } from '../../core/mcp/mcpPorts';
import { type McpPolicy, policyAllows } from '../../core/mcp/serverPolicy';
import { canonicalSpec, type McpServerSpec, withoutTwins } from '../../core/mcp/serverSpec';
import { english, type Said, say } from '../../core/say';
import type { OfferedTool } from '../../core/tools/offeredTool';
import { createMcpServer, type McpServer, type McpServerPorts } from './mcpServer';
import { repositoryServers } from './repositoryServers';

export interface McpOptions extends Omit<McpServerPorts, 'changed'> {
  /** The person's own servers, as their settings name them now. */
  userServers(): readonly McpServerSpec[];
  policy(): McpPolicy;
  /** Workspace Trust: without it no server starts. */
  trusted(): boolean;
}

/** The MCP servers of one session. */
export interface McpServers {
  tools(): readonly OfferedTool[];
  states(): readonly McpState[];
  onChange(listener: () => void): { dispose(): void };
  /** Looks at settings, `.mcp.json`, policy and trust again: what may no longer run ends, what is new starts. */
  refresh(): void;
  restart(name: string): Promise<void>;
  /** Forgets the yes to a server and to its tools, and ends it. */
  forget(name: string): Promise<void>;
  /** Resolves when every server is ready, has failed, or waits for the person. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
}

export function createMcpServers(options: McpOptions): McpServers {
  const servers = new Map<string, McpServer>();
  const ending = new Set<Promise<void>>();
  const listeners = new Set<() => void>();
  const told = new Set<string>();
  /** Servers to which the person took their yes back: they start again when the person says so. */
  const forgotten = new Set<string>();
  let forbidden: readonly McpState[] = [];
  let disposed = false;

  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  /** Each thing is said once in a session. */
  const notice = (said: Said): void => {
    if (told.has(english(said))) return;
    told.add(english(said));
    options.notice(said);
  };

  function end(server: McpServer): Promise<void> {
    servers.delete(server.spec.name);
    const ended = server.close().finally(() => ending.delete(ended));
    ending.add(ended);
    return ended;
  }

  function begin(spec: McpServerSpec): void {
    servers.set(spec.name, createMcpServer(spec, { ...options, notice, changed }));
  }

  /** What should run now. */
  function wanted(): readonly McpServerSpec[] {
    forbidden = [];
    if (disposed || !options.trusted()) return [];
    const repository = repositoryServers(options.folders);
    const { problems, servers: named } = withoutTwins([...options.userServers(), ...repository.servers]);
    for (const problem of [...repository.problems, ...problems]) notice(problem);
    const whyNot = (spec: McpServerSpec): Said | undefined =>
      !policyAllows(options.policy(), spec)
        ? say('The administrator does not allow it.')
        : forgotten.has(spec.name)
          ? say('You took your yes back.')
          : undefined;
    forbidden = named.flatMap((spec): McpState[] => {
      const why = whyNot(spec);
      return why ? [{ name: spec.name, source: spec.source, state: 'refused', why, tools: [], withheld: [] }] : [];
    });
    return named.filter((spec) => !whyNot(spec));
  }

  function refresh(): void {
    const specs = wanted();
    const same = (server: McpServer): boolean =>
      specs.some((spec) => spec.source === server.spec.source && canonicalSpec(spec) === canonicalSpec(server.spec));
    for (const server of [...servers.values()]) if (!same(server)) void end(server);
    for (const spec of specs) if (!servers.has(spec.name)) begin(spec);
    changed();
  }

  refresh();
  return {
    tools: () => [...servers.values()].flatMap((server) => server.tools()),
    states: () => [...[...servers.values()].map((server) => server.state()), ...forbidden],
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    refresh,
    async restart(name) {
      const server = servers.get(name);
      if (server) await end(server);
      told.clear();
      forgotten.delete(name);
      refresh();
    },
    async forget(name) {
      options.memory.agree(name, undefined);
      options.memory.pin(name, undefined);
      forgotten.add(name);
      refresh();
      await Promise.all(ending);
    },
    async settled() {
      await Promise.all([...servers.values()].map((server) => server.settled()));
    },
    async dispose() {
      disposed = true;
      for (const server of [...servers.values()]) void end(server);
      await Promise.all(ending);
    },
  };
}
