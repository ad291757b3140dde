import { say } from '../../say';
import type { ToolCall } from '../../tools/call';
import { joinPath } from '../paths';
import { judgeLater } from './code/later';
import { judgeAddress } from './hosts';
import { isForeignName } from './hygiene';
import { createReport, type Report } from './report';
import { judgeRead, judgeWrite } from './scope';
import type { Registry } from './shell/families/family';
import { judgeCommand } from './shell/judgeCommand';
import { depthLimit } from './shell/shell';
import { createShell } from './shell/walk';

/** What a tool of somebody else's is called with. */
interface McpCall {
  readonly server: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Names of our own tools, which another server must not answer to (rule R33). */
const builtIn = /^(?:bash|read|write|edit|multiedit|glob|grep|webfetch|websearch|todowrite|task|notebookedit)$/i;

/** Verbs by which a tool says that it only looks. A hint is not trusted: its arguments must be harmless as well (rule R34). */
const looksVerb =
  /^(?:get|list|ls|search|find|read|fetch|query|describe|show|view|count|status|lookup|check|info|inspect|browse|head|tail|stat|exists|resolve|explain|summarize|diff|log|blame|tree|schema|tables|columns)(?:_|-|$|[A-Z])/;
/** Verbs that change files here, and nothing else. */
const writesVerb =
  /^(?:write|create|edit|append|save|update|make|mkdir|touch|insert|replace|patch)(?:_|-)?(?:file|files|directory|folder|dir|text)(?:_|-|$)/i;

export function isMcp({ tool }: ToolCall): boolean {
  return tool === 'mcp' || tool.startsWith('mcp__');
}

/** Judges a call of a tool that another program offers: by its arguments, as its description is the other's word. */
export function judgeMcp(report: Report, call: ToolCall, families: Registry): void {
  report.beyondLooking();
  const found = readCall(call);
  if (!found) {
    report.doubt('tool.input', say('the call names no tool'));
    return;
  }
  const { server, tool, args } = found;
  if (isForeignName(tool) || isForeignName(server) || builtIn.test(tool))
    report.doubt('mcp.name', say('the name {0} could be taken for another tool', tool));
  report.effect('execute', { type: 'program', name: `${server}: ${tool}` }, undefined, 'certain');
  const looks = looksVerb.test(tool);
  const writes = writesVerb.test(tool);
  if (!looks && !writes) report.doubt('mcp.unknown', say('what {0} of {1} does is not known', tool, server));
  else if (looks && report.world.past.secret !== undefined)
    report.doubt(
      'secrets.session',
      say('a secret was read earlier ({0}), so that what goes out is looked at', report.world.past.secret),
    );
  const content = args['content'] ?? args['text'] ?? args['contents'];
  const state: Arguments = {
    report,
    families,
    tool,
    writes,
    content: typeof content === 'string' ? content : undefined,
    paths: 0,
  };
  judgeValue(state, '', args, 0);
  if (writes) judgeLater(createShell(report, families, '', stepBudget, depthLimit), [report.world.place.cwd]);
  // A tool that writes and names no path writes who knows where.
  if (writes && state.paths === 0)
    report.doubt('mcp.unknown', say('where {0} of {1} writes is not known', tool, server));
}

function readCall({ tool, input }: ToolCall): McpCall | undefined {
  const record = asRecord(input);
  if (tool !== 'mcp') {
    const [, server = '', ...name] = tool.split('__');
    return { server, tool: name.join('__'), args: record ?? {} };
  }
  const { server, tool: name, arguments: args } = record ?? {};
  if (typeof name !== 'string' || name === '') return undefined;
  return { server: typeof server === 'string' ? server : '', tool: name, args: asRecord(args) ?? {} };
}

interface Arguments {
  readonly report: Report;
  readonly families: Registry;
  readonly tool: string;
  readonly writes: boolean;
  /** What a file that is written will hold, where it is said. */
  readonly content: string | undefined;
  paths: number;
}

const pathKey =
  /^(?:.*(?:path|file|filename|folder|dir|directory|cwd|root|repo_path|repository_path|source|destination|dest|src|target|uri)s?)$/i;
const commandKey = /^(?:command|cmd|script|shell|bash|exec|code|program|expression|eval)$/i;
const urlKey = /^(?:url|uri|href|link|endpoint|address|webhook|host|hostname|domain)$/i;
const sqlKey = /^(?:sql|query|statement)$/i;
/** Texts that are only text: what a note says, what a message is about. */
const textKey =
  /^(?:content|contents|text|body|message|title|description|prompt|note|new_str|new_string|old_str|old_string|comment|value|data|markdown|html|summary|name|label|q|question|pattern|regex|search|term|keywords)$/i;

/** Steps of work for what a tool writes. */
const stepBudget = 20_000;
/** Nesting of arguments that is looked at. */
const deepest = 8;

function judgeValue(state: Arguments, key: string, value: unknown, depth: number): void {
  const { report } = state;
  if (depth > deepest) {
    report.doubt('mcp.arguments', say('the arguments are nested too deeply'));
    return;
  }
  if (Array.isArray(value)) {
    // Only a list of single words can be a command.
    if (/^(?:args|argv|arguments|options|flags|params)$/i.test(key)) for (const each of value) judgeOption(state, each);
    for (const each of value) judgeValue(state, key, each, depth + 1);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) judgeValue(state, name, inner, depth + 1);
    return;
  }
  if (typeof value === 'string' && value !== '') judgeText(state, key, value);
}

/** An option smuggled in as an argument of a program (rule R10): `--output=/tmp/x`. */
function judgeOption({ report }: Arguments, value: unknown): void {
  if (typeof value === 'string' && value.startsWith('-'))
    report.doubt('mcp.option', say('{0} would be an option of a program', value));
}

function judgeText(state: Arguments, key: string, value: string): void {
  const { report, writes } = state;
  if (looksSecret(value)) report.harm('secrets.sent', say('an argument holds a key or a token'));
  if (commandKey.test(key)) {
    const inner = createReport(report.world);
    judgeCommand(inner, { command: value }, state.families);
    const { answer, decisive, critical } = inner.analysis();
    if (critical) report.critical(critical.rule, critical.reason, critical.answer === 'block');
    if (answer === 'block') report.harm(decisive.rule, decisive.reason);
    report.doubt('mcp.command', say('it runs {0}, where and how is not known', value));
  } else if (
    sqlKey.test(key) &&
    /^\s*(?:select|insert|update|delete|drop|alter|create|truncate|grant|with|explain|show|pragma|merge|call|do|copy|attach|vacuum)\b/i.test(
      value,
    )
  ) {
    if (!isReadOnlySql(value)) report.doubt('remote.changes', say('the statement changes data or runs something'));
  } else if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || (urlKey.test(key) && !value.startsWith('/'))) {
    if (/^file:/i.test(value)) judgePath(state, value.replace(/^file:\/\/(?:localhost)?/i, ''));
    else
      judgeAddress(report, value, {
        program: state.tool,
        span: undefined,
        certainty: 'certain',
        method: 'get',
        secret: false,
        unknown: false,
      });
  } else if ((pathKey.test(key) && !textKey.test(key)) || /^(?:[/~]|\.{1,2}\/|[A-Za-z]:[\\/])/.test(value))
    judgePath(state, value);
  else if (value.startsWith('-')) judgeOption(state, value);
  else if (/(?:^|[\s'"=])(?:~\/\.|\/etc\/|\/home\/|\/root\/|\/proc\/)/.test(value) && !textKey.test(key))
    report.doubt('mcp.arguments', say('an argument names a place outside the workspace'));
  if (writes && key === '') report.doubt('mcp.arguments', say('the arguments are not understood'));
}

function judgePath(state: Arguments, value: string): void {
  const { report, writes } = state;
  const { place } = report.world;
  state.paths += 1;
  const from = { span: undefined, certainty: 'certain' } as const;
  const path = value.startsWith('~') ? value.replace(/^~(?=\/|$)/, place.home) : joinPath(place.cwd, value);
  if (writes) {
    const at = judgeWrite(report, path, from, 'create');
    if (at) report.changes.write(at.real, { text: state.paths === 1 ? state.content : undefined });
  } else {
    const secrecy = judgeRead(report, path, from);
    const inside = place.workspace.some((folder) => path === folder || path.startsWith(`${folder}/`));
    if (secrecy) report.harm('secrets.sent', say('it gives {0} to another program', path));
    else if (!inside) report.doubt('paths.outside', say('{0} is outside the workspace', path));
  }
}

/** One statement that only looks. */
export function isReadOnlySql(sql: string): boolean {
  const plain = sql
    .replace(/'(?:[^']|'')*'/g, "''")
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .trim()
    .replace(/;\s*$/, '');
  if (plain.includes(';') || /[`\\]/.test(plain)) return false;
  if (!/^(?:select|explain|show|describe|desc|with|values|pragma\s+[\w.]+(?:\s*\([\w\s]*\))?$)\b/i.test(plain))
    return false;
  return !/\b(?:insert|update|delete|drop|alter|create|truncate|grant|revoke|merge|replace|call|exec|execute|copy|into|attach|detach|vacuum|load_extension|pg_read_file|pg_ls_dir|pg_terminate_backend|lo_import|lo_export|dblink|xp_cmdshell|load_file|outfile|dumpfile|readfile|writefile|edit|pg_sleep|benchmark|set_config|nextval|setval|analyze)\b/i.test(
    plain,
  );
}

function looksSecret(value: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:ghp|gho|ghs|github_pat|sk-ant|sk|xox[abp]|AKIA|ASIA|glpat|npm)[-_][A-Za-z0-9_-]{16,}|\bAKIA[A-Z0-9]{16}\b|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/.test(
    value,
  );
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
