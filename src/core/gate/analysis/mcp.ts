import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import { judgeLater } from './code/later';
import { type Arguments, judgeArgument } from './mcpArguments';
import { readMcpName } from './mcpName';
import type { Report } from './report';
import type { Registry } from './shell/families/family';
import { depthLimit } from './shell/shell';
import { createShell } from './shell/walk';

export function isMcp({ tool }: ToolCall): boolean {
  return tool === 'mcp' || tool.startsWith('mcp__');
}

/** Characters of all arguments of a tool that looks; a question is short. */
const questionLimit = 4_000;
/** Steps of work for what a tool writes. */
const stepBudget = 20_000;

/**
 * Judges a call of a tool that another program offers (rule R34): by its name as far as that says that it only looks or only
 * writes files here, and by its arguments, as its description and its hints are the other's word.
 */
export function judgeMcp(report: Report, call: ToolCall, families: Registry): void {
  report.beyondLooking();
  const found = readCall(call);
  if (!found) {
    report.doubt('tool.input', say('the call names no tool'));
    return;
  }
  const { server, tool, args } = found;
  report.effect('execute', { type: 'program', name: `${server}: ${tool}` }, undefined, 'certain');
  const name = readMcpName(server, tool);
  for (const { rule, reason } of name.doubts) report.doubt(rule, reason);
  const { past } = report.world;
  if (past.secret !== undefined)
    report.doubt(
      'secrets.session',
      say('a secret was read earlier ({0}), so that what goes out is looked at', past.secret),
    );
  const content = args['content'] ?? args['text'] ?? args['contents'];
  const state: Arguments = {
    report,
    families,
    name,
    content: typeof content === 'string' ? content : undefined,
    request: requestOf(args),
    count: 0,
    paths: 0,
  };
  judgeArgument(state, '', args, 0);
  if (name.kind === 'looks' && JSON.stringify(args).length > questionLimit)
    report.doubt('mcp.arguments', say('the arguments are longer than a question'));
  if (name.kind !== 'writes') return;
  // A tool that writes and names no path writes who knows where.
  if (state.paths === 0) report.doubt('mcp.unknown', say('where {0} of {1} writes is not known', tool, server));
  judgeLater(createShell(report, families, '', stepBudget + (state.content?.length ?? 0), depthLimit), [
    report.world.place.cwd,
  ]);
}

function requestOf(args: Readonly<Record<string, unknown>>): 'get' | 'more' | 'send' {
  let request: 'get' | 'more' | 'send' = 'get';
  for (const [key, value] of Object.entries(args)) {
    if (/^(?:body|data|payload|form|json|post_?data)$/i.test(key)) return 'send';
    if (/^(?:method|verb|http_?method)$/i.test(key) && !/^(?:get|head|options)$/i.test(String(value))) return 'send';
    if (/^(?:headers?|auth|authorization|cookies?|proxy|user_?agent)$/i.test(key)) request = 'more';
  }
  return request;
}

interface McpCall {
  readonly server: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

function readCall({ tool, input }: ToolCall): McpCall | undefined {
  if (tool !== 'mcp') {
    const parts = /^mcp__(.+?)__(.+)$/s.exec(tool);
    if (!parts?.[1] || !parts[2]) return undefined;
    const args = input === undefined || input === null ? {} : asRecord(input);
    return args && { server: parts[1], tool: parts[2], args };
  }
  const { server, tool: name, arguments: args, ...more } = asRecord(input) ?? {};
  if (typeof name !== 'string' || name === '' || typeof server !== 'string' || Object.keys(more).length > 0)
    return undefined;
  const record = args === undefined || args === null ? {} : asRecord(args);
  return record && { server, tool: name, args: record };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
