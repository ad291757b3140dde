import picomatch from 'picomatch';
import type { ToolCall } from '../tools/call';
import type { Analysis, Finding, SimpleCommand } from './analysis/analysis';
import type { Place } from './analysis/facts';
import type { Effect, Span, Target } from './effect';
import type { Rule } from './rules';
import { coversSpelling, type Match, matchesWords } from './wordMatch';

type PathTarget = Extract<Target, { type: 'path' }>;

const readTools = new Set(['Read', 'Glob', 'Grep']);
const writeTools = new Set(['Write', 'Edit']);

/**
 * Whether an ask or deny rule covers a call: any of its simple commands, seen through compounds and wrappers, or any path that
 * it reads (`Read` rules) or writes and deletes (`Edit` and `Write` rules), through whichever tool.
 */
export function matchesRule(rule: Rule, call: ToolCall, analysis: Analysis, place: Place): Match {
  const { specifier } = rule;
  switch (specifier.type) {
    case 'any':
      return toolCovers(rule.tool, call.tool) ? 'yes' : 'no';
    case 'prefix':
    case 'exact': {
      if (rule.tool !== call.tool) return 'no';
      const matches = analysis.commands.map((command) => coversSpelling(command, specifier.words, specifier.type));
      if (matches.includes('yes')) return 'yes';
      return analysis.opaque || matches.includes('possible') ? 'possible' : 'no';
    }
    case 'path': {
      const kinds = readTools.has(rule.tool) ? isRead : isChange;
      const touched = analysis.effects.filter(kinds);
      if (touched.some(({ target }) => target.type === 'path' && matchesPath(rule, specifier.glob, target, place)))
        return 'yes';
      const unknown = touched.some(({ target }) => target.type === 'unknown') || analysis.effects.some(runsUnknown);
      return analysis.opaque || unknown ? 'possible' : 'no';
    }
  }
}

/** An `Edit` rule binds Write too, and a `Read` rule the searches: they reach the same files. */
function toolCovers(rule: string, tool: string): boolean {
  return rule === tool || (rule === 'Edit' && writeTools.has(tool)) || (rule === 'Read' && readTools.has(tool));
}

const isRead = (effect: Effect): boolean => effect.kind === 'read';
const isChange = (effect: Effect): boolean =>
  effect.kind === 'write' || effect.kind === 'delete' || effect.kind === 'persist' || effect.kind === 'settings';
const runsUnknown = (effect: Effect): boolean => effect.kind === 'execute' && effect.target.type === 'unknown';

/**
 * Path patterns as in Claude Code settings: `//abs`, `~/home`, `/from the workspace`, anything else from the workspace, and a
 * name without a slash at any depth. Both the written and the real path count, so that a symlink hides nothing. For ask and
 * deny `/x` is also read as absolute, the stricter reading of what people write.
 */
function matchesPath(rule: Rule, glob: string, target: PathTarget, place: Place): boolean {
  const options = { dot: true, nocase: false, nonegate: true };
  return absoluteGlobs(glob, rule.list !== 'allow', place).some((pattern) => {
    const matches = picomatch(pattern, options);
    const paths = [target.path, target.real];
    if (paths.some((path) => matches(path))) return true;
    // A folder that is removed or copied whole takes along what the pattern protects below it.
    const base = picomatch.scan(pattern).base;
    return (
      rule.list !== 'allow' && target.recursive && paths.some((path) => base === path || base.startsWith(`${path}/`))
    );
  });
}

function absoluteGlobs(glob: string, stricter: boolean, place: Place): readonly string[] {
  if (glob.startsWith('//')) return [glob.slice(1)];
  if (glob === '~' || glob.startsWith('~/')) return [place.home + glob.slice(1)];
  if (glob.startsWith('/')) return [...place.workspace.map((folder) => folder + glob), ...(stricter ? [glob] : [])];
  const relative = glob.replace(/^\.\//, '');
  const anyDepth = !relative.includes('/');
  return place.workspace.map((folder) => (anyDepth ? `${folder}/**/${relative}` : `${folder}/${relative}`));
}

/**
 * Whether allow rules cover everything about a call that analysis is not sure of or that Normal would ask about.
 * @param rules allow rules that hold in the present mode.
 * @param everyWrite Normal: a write that analysis is sure of needs a rule too. A rule for a command covers what the command
 * does, not the file its output is redirected to; an `Edit` rule covers that.
 * @returns the rules that were needed, or undefined when something is left uncovered. Protected paths are never covered.
 */
export function coveringRules(
  rules: readonly Rule[],
  call: ToolCall,
  analysis: Analysis,
  place: Place,
  everyWrite = true,
): readonly Rule[] | undefined {
  if (analysis.opaque || analysis.answer === 'block' || analysis.findings.some(isProtected)) return undefined;
  return analysis.commands.length > 0 || call.tool === 'Bash'
    ? coverCommands(rules, call, analysis, place, everyWrite)
    : coverPaths(rules, call, analysis, place);
}

const isProtected = (finding: Finding): boolean => finding.rule.startsWith('paths.protected');

function coverPaths(
  rules: readonly Rule[],
  call: ToolCall,
  analysis: Analysis,
  place: Place,
): readonly Rule[] | undefined {
  const whole = rules.find((rule) => rule.specifier.type === 'any' && toolCovers(rule.tool, call.tool));
  // A rule for a whole tool does not mean the secrets among the files; a path rule that names them does.
  const secret = analysis.findings.some((finding) => finding.rule.startsWith('secrets.') && finding.answer !== 'allow');
  if (whole && !secret && analysis.effects.every(insideWorkspace(place))) return [whole];
  const needed = new Set<Rule>();
  for (const effect of analysis.effects) {
    const rule = rules.find((candidate) => coversPath(candidate, call.tool, effect, place));
    if (!rule) return undefined;
    needed.add(rule);
  }
  return needed.size > 0 ? [...needed] : undefined;
}

/** A path rule that covers where the effect really lands. */
function coversPath(rule: Rule, tool: string, { target }: Effect, place: Place): boolean {
  if (target.type !== 'path' || rule.specifier.type !== 'path' || !toolCovers(rule.tool, tool)) return false;
  return matchesPath(rule, rule.specifier.glob, { ...target, path: target.real }, place);
}

const insideWorkspace =
  (place: Place) =>
  ({ target }: Effect): boolean =>
    target.type === 'path' &&
    place.workspace.some((folder) => target.real === folder || target.real.startsWith(`${folder}/`));

/**
 * Findings that an allow rule for a command may lift: that the command is not known, or does more than look. What it does to
 * paths outside, secrets or the network is not what the person said yes to.
 */
const liftable = (finding: Finding): boolean => finding.rule.startsWith('command.');

function coverCommands(
  rules: readonly Rule[],
  call: ToolCall,
  analysis: Analysis,
  place: Place,
  everyWrite: boolean,
): readonly Rule[] | undefined {
  const needed = new Map<SimpleCommand, Rule>();
  for (const command of analysis.commands) {
    const rule = rules.find(
      ({ tool, specifier }) =>
        tool === call.tool &&
        (specifier.type === 'any' ||
          ((specifier.type === 'prefix' || specifier.type === 'exact') &&
            matchesWords(command, specifier.words, specifier.type) === 'yes')),
    );
    // A wrapper changes what the inner command may do (sudo, env PATH=…), so a rule for the inner one does not reach through.
    if (rule && (command.through.length === 0 || rule.specifier.type === 'any')) needed.set(command, rule);
  }
  const covered = (span: Span): boolean => {
    const owner = innermost(analysis.commands, span);
    return owner !== undefined && needed.has(owner);
  };
  const doubts = analysis.findings.filter((finding) => finding.answer === 'unsure');
  if (!doubts.every((doubt) => liftable(doubt) && doubt.evidence.length > 0 && doubt.evidence.every(covered)))
    return undefined;
  const changes = analysis.effects.filter((effect) => effect.kind !== 'read');
  for (const effect of changes) {
    if (isRedirection(call, effect)) {
      if (everyWrite && !rules.some((rule) => coversPath(rule, 'Edit', effect, place))) return undefined;
    } else if (effect.span === undefined || !covered(effect.span)) return undefined;
  }
  return needed.size > 0 ? [...new Set(needed.values())] : undefined;
}

/** Whether an effect comes from `> file` and its like rather than from a command's own words. */
export function isRedirection(call: ToolCall, { span }: Effect): boolean {
  const source = (call.input as { command?: unknown }).command;
  return typeof source === 'string' && span !== undefined && /^(?:\d+|\{\w+\}|&)?[<>]/.test(source.slice(span.start));
}

function innermost(commands: readonly SimpleCommand[], span: Span): SimpleCommand | undefined {
  let best: SimpleCommand | undefined;
  for (const command of commands) {
    const inside = command.span.start <= span.start && span.end <= command.span.end;
    if (inside && (!best || command.span.end - command.span.start < best.span.end - best.span.start)) best = command;
  }
  return best;
}
