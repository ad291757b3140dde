import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CallToolResultSchema,
  ListToolsResultSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { type McpResult, resultOf } from '../../core/mcp/resultOf';
import type { McpServerSpec } from '../../core/mcp/serverSpec';
import type { ListedTool } from '../../core/mcp/vetTools';
import type { ToolResult } from '../../core/tools/call';
import type { ToolArguments } from '../../core/tools/offeredTool';
import { imageInfo } from '../imageInfo';
import type { Environment } from '../loginEnvironment';
import { addressProblem, createHttpTransport } from './httpTransport';
import { createStdioTransport, type StdioTransport } from './stdioTransport';

export interface ConnectOptions {
  /** With its variables filled in. */
  readonly spec: McpServerSpec;
  /** For a program. */
  readonly environment: Environment;
  readonly cwd: string;
  /** Milliseconds until the server must have answered. */
  readonly startMs: number;
  readonly signal: AbortSignal;
  onToolsChanged(): void;
  /** The server is gone, without having been asked to go. */
  onEnd(why: string): void;
}

export interface McpConnection {
  tools(): Promise<readonly ListedTool[]>;
  /** Failures are results. Throws when `signal` aborts; `onLost` is told when the server knows this connection no more. */
  call(tool: string, args: ToolArguments, signal: AbortSignal, onLost: () => void): Promise<ToolResult>;
  close(): Promise<void>;
}

/** Pages of a list of tools. */
const pageLimit = 20;

/** Starts a server, or reaches it, and says hello. Rejects with what went wrong. Nothing is offered to it: no sampling, no roots. */
export async function connectMcp(options: ConnectOptions): Promise<McpConnection> {
  const { signal, spec, startMs } = options;
  const problem = spec.type === 'http' ? addressProblem(spec.url) : undefined;
  if (problem !== undefined) throw new Error(problem);
  const program: StdioTransport | undefined =
    spec.type === 'stdio'
      ? createStdioTransport({
          ...{ command: spec.command, args: spec.args, cwd: options.cwd },
          env: { ...options.environment, ...spec.env },
        })
      : undefined;
  const web = spec.type === 'http' ? createHttpTransport(spec.url, spec.headers) : undefined;
  const transport = program ?? web;
  if (!transport) throw new Error('it is neither a program nor an address');
  // Schemas of another program are never compiled here.
  const client = new Client(
    { name: 'gatehouse', version: '1' },
    {
      jsonSchemaValidator: {
        getValidator: () => (data) => ({ valid: true, data: data as never, errorMessage: undefined }),
      },
    },
  );
  let lastError = '';
  let closing = false;
  client.onerror = (error) => {
    lastError = error.message;
  };
  const why = (error: unknown): string => {
    const said = program?.failure || lastError || (error instanceof Error ? error.message : String(error));
    const printed = program?.errors.trim();
    return printed ? `${said} — ${printed}` : said;
  };
  // A signal of its own for each request: the client never lets go of one.
  const request = () => ({ signal: AbortSignal.any([signal]), timeout: startMs, maxTotalTimeout: startMs });
  const close = async (): Promise<void> => {
    closing = true;
    if (web) await Promise.race([web.terminateSession().catch(() => {}), delay(1_000)]);
    await client.close().catch(() => {});
    // The client forgets a transport that failed at the start.
    await transport.close().catch(() => {});
  };
  try {
    await client.connect(transport, request());
  } catch (error) {
    const said = why(error);
    await close();
    signal.throwIfAborted();
    throw new Error(said);
  }
  client.onclose = () => {
    if (!closing) options.onEnd(why(new Error('it has ended')));
  };
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => options.onToolsChanged());

  return {
    async tools() {
      if (!client.getServerCapabilities()?.tools) return [];
      const tools: ListedTool[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pageLimit; page += 1) {
        const params = cursor === undefined ? {} : { cursor };
        const listed = await client.request({ method: 'tools/list', params }, ListToolsResultSchema, request());
        tools.push(...listed.tools);
        cursor = listed.nextCursor;
        if (cursor === undefined) return tools;
      }
      throw new Error('its list of tools has no end');
    },
    async call(tool, args, callSignal, onLost) {
      const { timeoutMs } = spec;
      lastError = '';
      try {
        const given = await client.request(
          { method: 'tools/call', params: { name: tool, arguments: { ...args } } },
          CallToolResultSchema,
          { signal: AbortSignal.any([callSignal, signal]), timeout: timeoutMs, maxTotalTimeout: timeoutMs },
        );
        const result: McpResult = {
          content: given.content,
          structured: given.structuredContent,
          isError: given.isError === true,
        };
        return resultOf(result, (base64) => imageInfo(Buffer.from(base64, 'base64')));
      } catch (error) {
        callSignal.throwIfAborted();
        if (error instanceof StreamableHTTPError && error.code === 404) {
          onLost();
          return failed(
            `The server ${spec.name} no longer knows this connection, so the call was not run. It is connected anew; try again when its tools are there.`,
          );
        }
        return failed(
          `The call of ${tool} failed: ${why(error)}. Whether the server ${spec.name} did any of it is not known; look before you try again.`,
        );
      }
    },
    close,
  };
}

const failed = (text: string): ToolResult => ({ text, isError: true });
const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
