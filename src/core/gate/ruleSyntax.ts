import { say } from '../say';
import {
  noRules,
  type Rule,
  type RuleList,
  type RuleProblem,
  type RuleSet,
  type RuleSource,
  type Specifier,
} from './rules';

const shape = /^([A-Za-z_][\w-]*)(?:\((.*)\))?$/s;

/** Tools whose specifier is a path pattern. Everything else with a specifier is a shell tool. */
const pathTools = new Set(['Read', 'Write', 'Edit', 'Glob', 'Grep']);

export type ParsedRule =
  | { readonly ok: true; readonly rule: Rule }
  /** `stricter` is the reading to apply instead: undefined for an allow rule (it is dropped). */
  | { readonly ok: false; readonly problem: RuleProblem; readonly stricter: Rule | undefined };

/**
 * Reads `Tool`, `Bash(git push:*)`, `Bash(git status)`, `Edit(src/**)`.
 * @returns the rule, or what is wrong with it and the stricter reading: an allow rule that cannot be read allows nothing, an
 * ask or deny rule that cannot be read covers its whole tool.
 */
export function parseRule(text: string, list: RuleList, source: RuleSource): ParsedRule {
  const found = shape.exec(text.trim());
  const tool = found?.[1];
  if (!tool) {
    const named = /^\s*([A-Za-z_][\w-]*)/.exec(text)?.[1];
    return unreadable(text, list, source, named, 'it is not of the form Tool or Tool(specifier)');
  }
  const inner = found[2];
  if (inner === undefined) return { ok: true, rule: { text, list, source, tool, specifier: { type: 'any' } } };
  const specifier = pathTools.has(tool) ? parsePath(inner) : parseCommand(inner);
  if (typeof specifier === 'string') return unreadable(text, list, source, tool, specifier);
  return { ok: true, rule: { text, list, source, tool, specifier } };
}

function parsePath(inner: string): Specifier | string {
  const glob = inner.trim();
  if (glob === '') return 'the path pattern is empty';
  return glob === '*' || glob === '**' ? { type: 'any' } : { type: 'path', glob };
}

function parseCommand(inner: string): Specifier | string {
  const command = inner.trim();
  if (command === '') return 'the command is empty';
  if (command === '*' || command === ':*') return { type: 'any' };
  const prefix = /^(.*?)(?::\*|\s+\*)$/s.exec(command)?.[1];
  const words = splitWords(prefix ?? command);
  if (words === undefined) return 'only plain words can be compared; quotes, variables and operators cannot';
  if (words.length === 0) return 'the command is empty';
  return prefix === undefined ? { type: 'exact', words } : { type: 'prefix', words };
}

/** Words separated by blanks. Shell syntax in a rule would look as if it were understood, so it is refused. */
function splitWords(text: string): readonly string[] | undefined {
  if (/["'`$\\;&|<>(){}\n*?]/.test(text)) return undefined;
  return text.split(/\s+/).filter((word) => word !== '');
}

function unreadable(
  text: string,
  list: RuleList,
  source: RuleSource,
  tool: string | undefined,
  why: string,
): ParsedRule {
  const widened =
    list === 'allow' || tool === undefined
      ? undefined
      : { text, list, source, tool, specifier: { type: 'any' } as const };
  const said = widened
    ? say(
        'The {0} rule "{1}" in the {2} cannot be read: {3}. It covers all of {4} until it is corrected.',
        list,
        text,
        source,
        why,
        widened.tool,
      )
    : say(
        'The {0} rule "{1}" in the {2} cannot be read: {3}. It is ignored until it is corrected.',
        list,
        text,
        source,
        why,
      );
  return { ok: false, problem: { text, list, source, said }, stricter: widened };
}

/** Rules of one place, read with {@link parseRule}; what could not be read is named and its stricter reading is in the set. */
export function readRules(
  lists: Readonly<Record<RuleList, readonly string[]>>,
  source: RuleSource,
): { readonly rules: RuleSet; readonly problems: readonly RuleProblem[] } {
  const problems: RuleProblem[] = [];
  const read = (list: RuleList): Rule[] =>
    lists[list].flatMap((text) => {
      const parsed = parseRule(text, list, source);
      if (parsed.ok) return [parsed.rule];
      problems.push(parsed.problem);
      return parsed.stricter ? [parsed.stricter] : [];
    });
  return { rules: { allow: read('allow'), ask: read('ask'), deny: read('deny') }, problems };
}

/** All rules of several places. Order never matters: the strictest list wins. */
export function mergeRules(...sets: readonly RuleSet[]): RuleSet {
  return sets.reduce(
    (all, set) => ({
      allow: [...all.allow, ...set.allow],
      ask: [...all.ask, ...set.ask],
      deny: [...all.deny, ...set.deny],
    }),
    noRules,
  );
}
