import { say } from '../say';
import type { Rule, RuleEntries, RuleEntry, RuleList, RuleProblem, RuleSet, RuleSource, Specifier } from './rules';
import { textOf } from './rules';

const shape = /^([A-Za-z_][\w-]*(?:\*)?)(?:\((.*)\))?$/s;

/** Tools whose specifier is a path pattern. */
const pathTools = new Set(['Read', 'Write', 'Edit', 'NotebookEdit', 'Glob', 'Grep']);
/** Tools whose specifier names a host. */
const hostTools = new Set(['WebFetch', 'WebSearch']);

export type ParsedRule =
  | { readonly ok: true; readonly rule: Rule }
  /** `stricter` is the reading to apply instead: undefined for an allow rule (it is dropped). */
  | { readonly ok: false; readonly problem: RuleProblem; readonly stricter: Rule | undefined };

/**
 * Reads `Tool`, `Bash(git push:*)`, `Bash(git status)`, `Bash(git * main)`, `Edit(src/**)`, `WebFetch(domain:example.com)`,
 * `mcp__server`, `mcp__server__*`.
 * @returns the rule, or what is wrong with it and the stricter reading: an allow rule that cannot be read allows nothing, an
 * ask or deny rule that cannot be read covers its whole tool.
 */
export function parseRule(entry: RuleEntry, list: RuleList, source: RuleSource): ParsedRule {
  const text = textOf(entry);
  const reason = typeof entry === 'string' ? undefined : entry.reason;
  const found = shape.exec(text.trim());
  const tool = found?.[1];
  const named = /^\s*([A-Za-z_][\w-]*)/.exec(text)?.[1];
  if (!tool) return unreadable(text, list, source, named, 'it is not of the form Tool or Tool(specifier)');
  const inner = found[2];
  const rule = (specifier: Specifier): ParsedRule => {
    // `mcp__server__*` is the whole server, as `mcp__server` is.
    const name = tool.endsWith('*') ? tool.slice(0, -1).replace(/__$/, '') : tool;
    return { ok: true, rule: { text, list, source, tool: name, specifier, ...(reason !== undefined && { reason }) } };
  };
  if (tool.endsWith('*') && (!/^mcp__\w[\w-]*?__\*$/.test(tool) || inner !== undefined))
    return unreadable(text, list, source, named, 'a name may end in * only after the name of an MCP server');
  if (tool.startsWith('mcp__') && inner !== undefined)
    return unreadable(text, list, source, tool, 'a rule for an MCP tool names the tool only');
  if (inner === undefined) return rule({ type: 'any' });
  const specifier = pathTools.has(tool)
    ? parsePath(inner)
    : hostTools.has(tool)
      ? parseHost(inner)
      : tool === 'Bash'
        ? parseCommand(inner)
        : 'it is not known what its brackets mean for this tool';
  return typeof specifier === 'string' ? unreadable(text, list, source, tool, specifier) : rule(specifier);
}

function parsePath(inner: string): Specifier | string {
  const glob = inner.trim();
  if (glob === '') return 'the path pattern is empty';
  return glob === '*' || glob === '**' ? { type: 'any' } : { type: 'path', glob };
}

/** `domain:example.com` and, for everything below it, `domain:*.example.com`. */
function parseHost(inner: string): Specifier | string {
  const host = /^\s*domain:\s*((?:\*\.)?[\p{L}\p{N}_.-]+|\*|\[[0-9a-fA-F:.]+\])\s*$/u.exec(inner)?.[1];
  if (host === undefined) return 'it must name a host as domain:example.com or domain:*.example.com';
  return host === '*' ? { type: 'any' } : { type: 'host', host: host.toLowerCase().replace(/\.$/, '') };
}

function parseCommand(inner: string): Specifier | string {
  const command = inner.trim();
  if (command === '') return 'the command is empty';
  if (command === '*' || command === ':*') return { type: 'any' };
  const prefix = /^(.*?)(?::\*|\s+\*)$/s.exec(command)?.[1];
  const words = splitWords(prefix ?? command);
  if (words === undefined)
    return 'only plain words, and * for whole words, can be compared; quotes, variables and operators cannot';
  if (words.length === 0) return 'the command is empty';
  if (words.includes('*')) return { type: 'pattern', words: prefix === undefined ? words : [...words, '*'] };
  return prefix === undefined ? { type: 'exact', words } : { type: 'prefix', words };
}

/** Words separated by blanks. Shell syntax in a rule would look as if it were understood, so it is refused. */
function splitWords(text: string): readonly string[] | undefined {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.every((word) => word === '*' || !/["'`$\\;&|<>(){}*?]/.test(word)) ? words : undefined;
}

function unreadable(
  text: string,
  list: RuleList,
  source: RuleSource,
  tool: string | undefined,
  why: string,
): ParsedRule {
  const stricter = tool === undefined ? undefined : widened({ text, list, source, tool, specifier: { type: 'any' } });
  const said = stricter
    ? say(
        'The {0} rule "{1}" in the {2} cannot be read: {3}. It covers all of {4} until it is corrected.',
        list,
        text,
        source,
        why,
        stricter.tool,
      )
    : say(
        'The {0} rule "{1}" in the {2} cannot be read: {3}. It is ignored until it is corrected.',
        list,
        text,
        source,
        why,
      );
  return { ok: false, problem: { text, list, source, said }, stricter };
}

/** The stricter reading of a rule that is not what its author meant: nothing for allow, the whole tool for ask and deny. */
export function widened(rule: Rule): Rule | undefined {
  return rule.list === 'allow' ? undefined : { ...rule, specifier: { type: 'any' } };
}

/** Rules of one place, read with {@link parseRule}; what could not be read is named and its stricter reading is in the set. */
export function readRules(
  lists: RuleEntries,
  source: RuleSource,
): { readonly rules: RuleSet; readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = [];
  const read = (list: RuleList): Rule[] =>
    lists[list].flatMap((entry) => {
      const parsed = parseRule(entry, list, source);
      if (parsed.ok) return [parsed.rule];
      problems.push(parsed.problem);
      return parsed.stricter ? [parsed.stricter] : [];
    });
  return { rules: { allow: read('allow'), ask: read('ask'), deny: read('deny') }, problems };
}
