import { say } from '../../say';
import { foldPath, isAbsolutePath, joinPath } from '../paths';
import { secrecyOf } from '../secretPaths';
import { holdsKey, judgeHost, looksEncoded } from './hosts';
import { findBlemishes } from './hygiene';
import type { McpName } from './mcpName';
import { createReport, type Report, withoutRecovery } from './report';
import { judgeDelete, judgeRead, judgeWrite } from './scope';
import { judgeSql } from './shell/families/databases/sql';
import type { Registry } from './shell/families/family';
import { clean } from './shell/field';
import { judgeCommand } from './shell/judgeCommand';

/** Nesting and number of arguments that are looked at. */
const deepest = 6;
const most = 200;
const from = { span: undefined, certainty: 'certain' } as const;

/** What is known while the arguments are gone through. */
export interface Arguments {
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

/** Judges one argument, and everything in it, by what it is called and what it looks like. */
export function judgeArgument(state: Arguments, key: string, value: unknown, depth: number): void {
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
    for (const each of value) judgeArgument(state, key, each, depth + 1);
    return;
  }
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      // What a prompt does not show, and what is no plain name (rule R21).
      if (!/^[A-Za-z][\w.$:-]{0,60}$/.test(name))
        report.doubt('mcp.arguments', say('{0} is no plain name of an argument', name));
      judgeArgument(state, name, inner, depth + 1);
    }
    const { command, args } = value as { command?: unknown; args?: unknown };
    if (typeof command === 'string' && Array.isArray(args))
      judgeRun(state, [command, ...args.map((each) => quoted(String(each)))].join(' '));
    return;
  }
  if (value === true && /secret|credential|password|reveal|decrypt|unmask/i.test(key))
    report.doubt('mcp.confidential', say('the argument {0} asks for what may be secret', key));
  if (value === true && state.name.kind === 'looks' && changing.test(key))
    report.doubt('mcp.arguments', say('the argument {0} asks for a change', key));
  if (typeof value === 'string' && value !== '') judgeText(state, key, value);
}

/** Words for changes, as a key that is on or as what a call shall do. */
const changing =
  /^(?:delete|remove|purge|drop|destroy|wipe|truncate|reset|overwrite|force|write|update|create|insert|set|put|post|patch|send|publish|execute|exec|run|apply|merge|close|archive|revoke|grant|disable|enable)(?:[_-].*)?$/i;
const doingKey = /^(?:action|actions|mode|method|operation|op|verb|do|command_type|http_?method)$/i;
const targetKey =
  /^(?:dest|destination|output|out|outfile|output_?(?:file|path|dir)|save_?(?:to|as|path)|to|target|write_?to)$/i;

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
  if (name.kind === 'looks' && doingKey.test(key) && changing.test(value.trim()))
    report.doubt('mcp.arguments', say('the argument {0} asks for a change', key));
  if (/^\s*(?:mutation|subscription)\b/i.test(value))
    report.doubt('mcp.arguments', say('the argument {0} asks for a change', key));
  if (name.kind === 'looks' && targetKey.test(key) && looksLikePath(value, true))
    report.doubt('mcp.arguments', say('the argument {0} names a place that is written', key));
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
  else if (
    pathKey.test(key) ||
    (!proseKey.test(key) && !isLibrary(key, value) && looksLikePath(value, maybePathKey.test(key)))
  )
    judgePath(state, value);
  else judgePlain(state, key, value);
}

/** Text that is neither run nor opened, as far as its key tells. */
function judgePlain(state: Arguments, key: string, value: string): void {
  const { report, name } = state;
  const prose = proseKey.test(key);
  if (!prose && /(?:^|[^a-z])(?:secrets?|credentials?|passwords?|tokens?|private[-_ ]?keys?)(?:$|[^a-z])/i.test(value))
    report.doubt('mcp.confidential', say('the argument {0} asks for what may be secret', key));
  if (!prose && namesSecret(report, value)) {
    judgePath(state, value);
    return;
  }
  if (/^\s*-+[a-z]/i.test(value))
    report.doubt('mcp.option', say('{0} could be taken for an option of a program', value));
  if (!prose && /[;|&`<>\n]|\$[({]/.test(value))
    report.doubt('mcp.arguments', say('{0} could be taken for more than one word of a command', value));
  if (!prose && (value.length > 300 || value.split('/').includes('..')))
    report.doubt('mcp.arguments', say('the argument {0} is not understood', key));
  if (name.kind === 'looks' && looksEncoded(value))
    report.doubt('network.payload', say('the argument {0} holds what looks like encoded data', key));
}

/** `/vercel/next.js`: what a service of documentation calls a library. */
function isLibrary(key: string, value: string): boolean {
  return (
    /library.*id$/i.test(key) &&
    /^\/[\w-]+\/[\w.-]+(?:\/[\w.-]+)?$/.test(value) &&
    !/^\/(?:bin|boot|dev|etc|home|lib\w*|mnt|media|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|Users|private|Library|Volumes)\//i.test(
      value,
    )
  );
}

/** A name that only a secret has, whatever the argument is called. */
function namesSecret({ world: { place, facts } }: Report, value: string): boolean {
  if (value.length > 300 || !/^(?:.*\/)?(?:\.[\w.-]+|id_\w+|[\w.-]+\.\w+)$/.test(value)) return false;
  return secrecyOf(foldPath(isAbsolutePath(value) ? value : joinPath(place.cwd, value)), place, facts) !== undefined;
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
  const inner = createReport(withoutRecovery(report.world));
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
  if (/^\s*-/.test(value)) report.doubt('mcp.option', say('{0} could be taken for an option of a program', value));
  if (/[*?[\]{}$`]|^~[^/]/.test(value))
    report.doubt('paths.unknown', say('which path {0} stands for is not known', value));
  const full = value.startsWith('~') ? value.replace(/^~(?=\/|$)/, place.home) : value;
  const path = foldPath(isAbsolutePath(full) ? full : joinPath(place.cwd, full));
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
      if (name.words.some((word) => /^(?:screenshot|snapshot|pdf|trace|download)$/.test(word))) {
        const at = judgeWrite(report, path, from, 'replace');
        if (at) report.changes.write(at.real, { text: undefined, network: true });
        return;
      }
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
