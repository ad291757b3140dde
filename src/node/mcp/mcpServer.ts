import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { visible } from '../../core/gate/visible';
import { expandSpec, variablesOf } from '../../core/mcp/expandSpec';
import type { McpAsk, McpMemory, McpState } from '../../core/mcp/mcpPorts';
import { canonicalSpec, type McpServerSpec } from '../../core/mcp/serverSpec';
import { comparePins, pin, type ToolChange } from '../../core/mcp/toolPins';
import { type VettedTool, vetTools } from '../../core/mcp/vetTools';
import type { Logger } from '../../core/ports';
import { english, type Said, say } from '../../core/say';
import type { OfferedTool } from '../../core/tools/offeredTool';
import type { Environment, Variables } from '../inertVariables';
import type { McpConnection } from './mcpConnection';

export interface McpServerPorts {
  readonly memory: McpMemory;
  /** Undefined where nobody can be asked: then no server of a repository starts, and no tool that changed is taken. */
  readonly ask: McpAsk | undefined;
  /** The environment of commands. */
  environment(): Promise<Environment>;
  /** What `${VAR}` stands for. */
  readonly variables: Variables;
  readonly folders: readonly [string, ...string[]];
  /** Milliseconds that a server may take to start. */
  readonly startMs: number;
  readonly logger: Logger;
  /** Told once about each thing that went wrong. */
  notice(said: Said): void;
  changed(): void;
}

/** One server of one session, from the question whether it may start to its end. */
export interface McpServer {
  readonly spec: McpServerSpec;
  state(): McpState;
  tools(): readonly OfferedTool[];
  /** Resolves when it is ready, or will not be, or waits for the person. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Changes of its tools that a server may announce in one session. */
const changeLimit = 20;
/** Bytes of a file of the workspace that a server is started from. */
const fileLimit = 20_000_000;

export function createMcpServer(spec: McpServerSpec, ports: McpServerPorts): McpServer {
  const { ask, folders, logger, memory } = ports;
  const closing = new AbortController();
  const { signal } = closing;
  let state: McpState['state'] = 'starting';
  let why: Said | undefined;
  let connection: McpConnection | undefined;
  let agreed: readonly VettedTool[] = [];
  let withheld: McpState['withheld'] = [];
  let changes = 0;
  let listing: Promise<void> = Promise.resolve();
  let waitsForPerson: () => void = () => {};

  function set(next: McpState['state'], reason?: Said): void {
    state = next;
    why = reason;
    if (next !== 'ready') agreed = [];
    ports.changed();
  }

  function fail(reason: Said): void {
    if (signal.aborted) return;
    // Nothing that is still on its way brings it back.
    const lost = connection;
    connection = undefined;
    void lost?.close();
    set('failed', reason);
    logger.warn(english(reason));
    ports.notice(reason);
  }

  /** Values of the person's variables do not leave this file: neither to the screen nor to the model. */
  function masked(text: string): string {
    let shown = text;
    for (const name of variablesOf(spec)) {
      const value = ports.variables[name];
      if (value !== undefined && value.length >= 6) shown = shown.replaceAll(value, `\${${name}}`);
    }
    return shown;
  }

  async function person(question: Parameters<McpAsk>[0]): Promise<boolean> {
    if (!ask) return false;
    waitsForPerson();
    try {
      return await ask(question, signal);
    } catch (error) {
      logger.error(`the question about the MCP server ${spec.name} failed: ${String(error)}`);
      return false;
    }
  }

  /** The person's own servers are theirs; one of the repository needs their yes to exactly this. */
  async function mayStart(): Promise<boolean> {
    if (spec.source === 'user settings') return true;
    const files = filesOf(spec, folders);
    const hash = sha256(JSON.stringify([canonicalSpec(spec), files]));
    const before = memory.agreed(spec.name);
    if (before === hash) return true;
    set('asking');
    const title = before
      ? say('The MCP server {0} of this workspace has changed. Start it?', spec.name)
      : say('This workspace brings the MCP server {0}. Start it?', spec.name);
    const question = {
      about: 'server',
      server: spec.name,
      title,
      exact: exactly(spec),
      variables: variablesOf(spec),
    } as const;
    if (!(await person(question)) || signal.aborted) return false;
    // What was agreed to is what was shown, not what may have taken its place meanwhile.
    if (hash !== sha256(JSON.stringify([canonicalSpec(spec), filesOf(spec, folders)]))) return false;
    memory.agree(spec.name, hash);
    return true;
  }

  async function start(): Promise<void> {
    if (!(await mayStart())) {
      if (signal.aborted) return;
      return set(
        'refused',
        ask
          ? say('You have not agreed to start it.')
          : say('It comes from the repository, and nobody is here to agree to it.'),
      );
    }
    const expanded = expandSpec(spec, ports.variables);
    if (!expanded.ok)
      return fail(say('The MCP server {0} was not started: the variable {1} is not set.', spec.name, expanded.missing));
    set('starting');
    try {
      const { connectMcp } = await import('./mcpConnection');
      const made = await connectMcp({
        spec: expanded.spec,
        environment: await ports.environment(),
        ...{ cwd: folders[0], startMs: ports.startMs, signal },
        onToolsChanged: () => list(true),
        onEnd: (reason) =>
          fail(say('The MCP server {0} has ended: {1} Restart it with "MCP Servers…".', spec.name, shown(reason))),
      });
      if (signal.aborted) return void (await made.close());
      connection = made;
      await list(false);
    } catch (error) {
      fail(say('The MCP server {0} could not be started: {1}', spec.name, shown(messageOf(error))));
    }
  }

  const shown = (text: string): string => visible(masked(text)).slice(0, 600);

  /** Asks for the list of tools, one list after the other; until it is there no tool of the server runs. */
  function list(again: boolean): Promise<void> {
    if (again) {
      changes += 1;
      if (changes > changeLimit) {
        fail(say('The MCP server {0} was ended: it changes its tools without end.', spec.name));
        return listing;
      }
    }
    const next = listing.then(relist);
    listing = next.catch((error: unknown) => {
      if (!again) throw error;
      fail(say('The MCP server {0} was ended: it did not list its tools: {1}', spec.name, shown(messageOf(error))));
    });
    return listing;
  }

  async function relist(): Promise<void> {
    if (!connection || signal.aborted) return;
    const listed = await connection.tools();
    if (!connection || signal.aborted) return;
    const { refused, tools } = vetTools(spec.name, listed);
    const pins = memory.pins(spec.name);
    const { asks, same } = comparePins(tools, pins);
    if (!pins) memory.pin(spec.name, pin(undefined, same));
    agreed = same;
    const why = say('It is new or says something else than before, and you have not agreed to it.');
    withheld = [...refused, ...asks.map(({ tool }) => ({ name: tool.name, why: tool.suspicion ?? why }))];
    set('ready');
    agreed = same;
    if (refused.length > 0)
      ports.notice(
        say(
          'Tools of the MCP server {0} are left out: {1}',
          spec.name,
          refused
            .map(({ name, why: reason }) => `${name} (${english(reason)})`)
            .join(', ')
            .slice(0, 600),
        ),
      );
    if (asks.length > 0) void review(asks);
  }

  /** Not waited for: the other tools go on. */
  async function review(asks: readonly ToolChange[]): Promise<void> {
    if (!ask) return;
    const yes = await person({
      about: 'tools',
      server: spec.name,
      title: say(
        'Tools of the MCP server {0} say something else than when you agreed to them, or look suspicious. Use them?',
        spec.name,
      ),
      exact: asks
        .map(({ difference, tool }) =>
          [
            `${tool.spec.name}${tool.suspicion ? ` — ${english(tool.suspicion)}` : ''}`,
            difference ?? visible(tool.says),
          ].join('\n'),
        )
        .join('\n\n'),
      variables: [],
    });
    if (!yes || signal.aborted || state !== 'ready') return;
    const tools = asks.map(({ tool }) => tool);
    // Those that have changed once more since they were shown are asked about again.
    memory.pin(spec.name, pin(memory.pins(spec.name), tools));
    await list(false).catch((error: unknown) =>
      fail(say('The MCP server {0} was ended: {1}', spec.name, shown(messageOf(error)))),
    );
  }

  const offer = (tool: VettedTool): OfferedTool => ({
    spec: tool.spec,
    async run({ call }, context) {
      await listing.catch(() => {});
      const now = agreed.find(({ name }) => name === tool.name);
      if (!connection || now?.says !== tool.says)
        return {
          text: `The tool ${tool.spec.name} has changed what it says of itself, or is gone, so the call was not run.`,
          isError: true,
        };
      const result = await connection.call(tool.name, call.input, context.signal, () => void reconnect());
      return { ...result, text: masked(result.text) };
    },
  });

  async function reconnect(): Promise<void> {
    const lost = connection;
    connection = undefined;
    set('starting');
    await lost?.close();
    started = start();
    await started;
  }

  let started = Promise.resolve().then(start);

  return {
    spec,
    state: () => ({
      ...{ name: spec.name, source: spec.source, state, why, withheld },
      tools: agreed.map(({ name }) => name),
    }),
    tools: () => agreed.map(offer),
    settled: () =>
      Promise.race([
        started,
        new Promise<void>((resolve) => {
          waitsForPerson = resolve;
          if (state === 'asking') resolve();
        }),
      ]),
    async close() {
      closing.abort(new Error('the session has ended'));
      agreed = [];
      await connection?.close();
      await started.catch(() => {});
    },
  };
}

/** Files of the workspace that the server's words name, with the hash of their bytes: what would run is part of what is agreed to. */
function filesOf(spec: McpServerSpec, folders: readonly string[]): readonly (readonly [string, string])[] {
  if (spec.type !== 'stdio') return [];
  return [spec.command, ...spec.args].flatMap((word): readonly (readonly [string, string])[] => {
    for (const path of [word, ...folders.map((folder) => join(folder, word))])
      try {
        const info = statSync(path);
        if (!info.isFile() || info.size > fileLimit || !folders.some((folder) => path.startsWith(`${folder}/`)))
          continue;
        return [[path, sha256(readFileSync(path))]];
      } catch {
        // Not a file.
      }
    return [];
  });
}

/** As it is written, every character of it to be seen. */
function exactly(spec: McpServerSpec): string {
  const pairs = (record: Readonly<Record<string, string>>, mark: string): readonly string[] =>
    Object.entries(record).map(([key, value]) => `${key}${mark}${value}`);
  const lines =
    spec.type === 'stdio'
      ? [JSON.stringify([spec.command, ...spec.args]), ...pairs(spec.env, '=')]
      : [spec.url, ...pairs(spec.headers, ': ')];
  return lines.map(visible).join('\n');
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
