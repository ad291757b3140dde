import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import { isAbsolutePath, joinPath } from '../paths';
import { judgeLater } from './code/later';
import { holdsKey, judgeHost, looksEncoded } from './hosts';
import { findBlemishes } from './hygiene';
import { type McpName, readMcpName } from './mcpName';
import { createReport, type Report } from './report';
import { judgeDelete, judgeRead, judgeWrite } from './scope';
import { judgeSql } from './shell/families/databases/sql';
import type { Registry } from './shell/families/family';
import { clean } from './shell/field';
import { judgeCommand } from './shell/judgeCommand';
import { depthLimit } from './shell/shell';
import { createShell } from './shell/walk';

export function isMcp({ tool }: ToolCall): boolean {
  return tool === 'mcp' || tool.startsWith('mcp__');
}

/** Characters of all arguments of a tool that looks; a question is short. */
const questionLimit = 4_000;
/** Nesting and number of arguments that are looked at. */
const deepest = 6;
const most = 200;
/** Steps of work for what a tool writes. */
const stepBudget = 20_000;

const from = { span: undefined, certainty: 'certain' } as const;

/** What is known while the arguments are gone through. */
interface Arguments {
  readonly report: Report;
  readonly families: Registry;
  readonly name: McpName;
  /** What a file that is written will hold, where it is said. */
  readonly content: string | undefined;
  /** More than an address goes to a server that it names: a body, another method, headers. */
  readonly request: 'get' | 'more' | 'send';
  count: number;
  paths: number;
}

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
  judgeValue(state, '', args, 0);
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

/** Names of arguments that are paths. */
const pathKey =
  /^(?:.*[a-z_])?(?:path|paths|file|files|filename|filepath|folder|folders|dir|dirs|directory|directories|cwd|root|roots)$/i;
/** The same, but often something else as well: only what looks like a path is one. */
const maybePathKey =
  /^(?:source|destination|dest|src|dst|target|from|to|input|output|out|location|repo|repository|project|workspace|name|base|old|new)$/i;
const commandKey = /^(?:command|commands|cmd|script|shell|bash|exec|program|executable|run|commandline|command_line)$/i;
const codeKey = /^(?:code|javascript|js|python|function|expression|eval|snippet|source_code|function_declaration)$/i;
const urlKey = /^(?:.*_)?(?:url|urls|uri|uris|href|link|endpoint|webhook)$/i;
const sqlKey = /^(?:sql|statement|sql_query|sqlquery)$/i;
/** Texts for people or for a search: what stands in them is neither run nor opened. */
const proseKey =
  /^(?:content|contents|text|body|message|title|description|prompt|note|notes|comment|markdown|html|summary|label|labels|q|query|question|pattern|regex|search|term|terms|keyword|keywords|topic|libraryname|library_name|new_?text|old_?text|new_?str(?:ing)?|old_?str(?:ing)?)$/i;
const startsSql =
  /^\s*(?:--|\/\*|\(|select|insert|update|delete|drop|alter|create|truncate|grant|revoke|with|explain|show|pragma|merge|call|do|copy|attach|vacuum|exec|execute|begin|set|replace|values)\b/i;

function judgeValue(state: Arguments, key: string, value: unknown, depth: number): void {
  const { report } = state;
  state.count += 1;
  if (depth > deepest || state.count > most) {
    if (state.count <= most + 1)
      report.doubt('mcp.arguments', say('there are too many arguments, or they are nested too deeply'));
    return;
  }
  if (Array.isArray(value)) {
    const words = value.every((each) => typeof each === 'string') ? value : undefined;
    if (commandKey.test(key) && words) judgeRun(state, words.map(quoted).join(' '));
    for (const each of value) judgeValue(state, key, each, depth + 1);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      // What a prompt does not show, and what is no plain name (rule R21).
      if (!/^[A-Za-z][\w.$:-]{0,60}$/.test(name))
        report.doubt('mcp.arguments', say('{0} is no plain name of an argument', name));
      judgeValue(state, name, inner, depth + 1);
    }
    const { command, args } = value as { command?: unknown; args?: unknown };
    if (typeof command === 'string' && Array.isArray(args))
      judgeRun(state, [command, ...args.map((each) => quoted(String(each)))].join(' '));
    return;
  }
  if (typeof value === 'string' && value !== '') judgeText(state, key, value);
}

function quoted(word: unknown): string {
  return `'${String(word).replaceAll("'", `'\\''`)}'`;
}

function judgeText(state: Arguments, key: string, value: string): void {
  const { report, name } = state;
  const written = name.kind === 'writes' && proseKey.test(key);
  for (const { rule, reason } of findBlemishes(written ? value.replace(/^\ufeff/, '').replaceAll('\r\n', '\n') : value))
    report.doubt(rule, reason);
  if (holdsKey(value)) {
    if (/PRIVATE KEY/.test(value) && !written) report.harm('secrets.sent', say('an argument holds a private key'));
    else report.doubt('secrets.sent', say('an argument holds what looks like a key'));
  }
  if (written) return;
  if (commandKey.test(key)) judgeRun(state, value);
  else if (codeKey.test(key)) report.doubt('mcp.code', say('it runs code that is not read here'));
  else if (
    sqlKey.test(key) ||
    (name.database && /^(?:query|queries|statements)$/i.test(key)) ||
    (name.database && startsSql.test(value))
  )
    judgeStatement(state, value);
  else if (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ||
    /^(?:file|data|javascript|view-source|about|blob|chrome):/i.test(value) ||
    urlKey.test(key)
  )
    judgeAddress(state, value);
  else if (pathKey.test(key) || (!proseKey.test(key) && looksLikePath(value, maybePathKey.test(key))))
    judgePath(state, value);
  else judgePlain(state, key, value);
}

/** Text that is neither run nor opened, as far as its key tells. */
function judgePlain({ report, name }: Arguments, key: string, value: string): void {
  const prose = proseKey.test(key);
  if (/^-+[a-z]/i.test(value)) report.doubt('mcp.option', say('{0} could be taken for an option of a program', value));
  if (!prose && /[;|&`<>\n]|\$[({]/.test(value))
    report.doubt('mcp.arguments', say('{0} could be taken for more than one word of a command', value));
  if (!prose && (value.length > 300 || value.split('/').includes('..')))
    report.doubt('mcp.arguments', say('the argument {0} is not understood', key));
  if (name.kind === 'looks' && looksEncoded(value))
    report.doubt('network.payload', say('the argument {0} holds what looks like encoded data', key));
}

function looksLikePath(value: string, likely: boolean): boolean {
  if (/\s/.test(value) && !likely) return false;
  return (
    /^(?:[/~]|\.{1,2}(?:\/|$)|[A-Za-z]:[\\/])/.test(value) ||
    (likely && /^\.[\w-]|^[\w@.-]+\.[a-z]\w{0,9}$/i.test(value)) ||
    value.split('/').includes('..')
  );
}

/** A command for a shell: what it would do here, and that nobody knows where it runs. */
function judgeRun({ report, families }: Arguments, command: string): void {
  const inner = createReport(report.world);
  judgeCommand(inner, { command }, families);
  const { answer, decisive, critical } = inner.analysis();
  if (critical) report.critical(critical.rule, critical.reason, critical.answer === 'block');
  if (answer === 'block') report.harm(decisive.rule, decisive.reason);
  report.opaque();
  report.doubt('mcp.command', say('it runs {0}, where and how is not known', command));
}

function judgeStatement({ report, name }: Arguments, sql: string): void {
  switch (judgeSql(sql)) {
    case 'reads':
      if (name.kind !== 'looks')
        report.doubt('mcp.unknown', say('which database {0} works on is not known', name.tool));
      return;
    case 'destroys':
      report.effect('remote', { type: 'unknown', what: 'a database' }, undefined, 'certain');
      report.doubt('remote.destroys', say('the statement loses data of a database'));
      return;
    case 'writes':
    case 'unknown':
      report.effect('remote', { type: 'unknown', what: 'a database' }, undefined, 'certain');
      report.doubt('remote.changes', say('the statement changes a database, or may'));
      return;
  }
}

function judgeAddress(state: Arguments, value: string): void {
  const { report, name, request } = state;
  const file = /^file:(?:\/\/(?:localhost)?)?(\/.*)$/i.exec(value)?.[1];
  if (file !== undefined) {
    judgePath(state, decoded(file));
    report.doubt('network.scheme', say('{0} is a file of this machine and no page of the web', value));
    return;
  }
  judgeHost(report, value, {
    method: name.kind === 'looks' && request !== 'send' ? 'get' : 'send',
    carried: { ...clean, secret: holdsKey(value) },
    ...from,
    program: name.tool,
    follows: true,
    more: request === 'more',
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function judgePath(state: Arguments, value: string): void {
  const { report, name } = state;
  const { place } = report.world;
  state.paths += 1;
  if (value.startsWith('-')) report.doubt('mcp.option', say('{0} could be taken for an option of a program', value));
  if (/[*?[\]{}$`]|^~[^/]/.test(value))
    report.doubt('paths.unknown', say('which path {0} stands for is not known', value));
  const full = value.startsWith('~') ? value.replace(/^~(?=\/|$)/, place.home) : value;
  const path = isAbsolutePath(full) ? full : joinPath(place.cwd, full);
  switch (name.kind) {
    case 'writes': {
      const folder = name.words.some((word) => /^(?:directory|folder|dir|mkdir)$/.test(word));
      const at = judgeWrite(report, path, from, folder ? 'folder' : 'create');
      if (at && !folder)
        if (name.words.includes('write') || name.words.includes('create'))
          // Only a tool that writes all of a file says all that it holds.
          report.changes.write(at.real, { text: state.content });
        else report.changes.edit(at.real, [undefined]);
      return;
    }
    case 'looks': {
      const outside = !place.workspace.some((folder) => path === folder || path.startsWith(`${folder}/`));
      const many = name.words.some((word) => /^(?:search|grep|tree|find|all|multiple|recursive)$/.test(word));
      const depth = name.words.some((word) => /^(?:list|tree|info|stat|exists|ls|directory|status)$/.test(word))
        ? 'look'
        : 'content';
      judgeRead(report, path, from, depth, many);
      if (outside) report.doubt('paths.outside-read', say('{0} is outside the workspace', path));
      return;
    }
    case 'removes':
      judgeDelete(report, path, from, true);
      return;
    case 'unknown':
      // It may send what it is given.
      if (judgeRead(report, path, from) !== undefined)
        report.harm('secrets.sent', say('it gives {0} to another program', path));
      return;
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
