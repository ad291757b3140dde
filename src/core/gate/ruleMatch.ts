import type { ToolCall } from '../tools/call';
import type { Analysis, Finding, SimpleCommand } from './analysis/analysis';
import type { Place } from './analysis/facts';
import type { Effect, Span } from './effect';
import { matchesPath } from './pathRules';
import { namesOf, readTools, relevantRules } from './ruleIndex';
import type { Rule } from './rules';
import { coversSpelling, type Match, matchesPattern, matchesWords } from './wordMatch';

/**
 * The ask or deny rule that covers a call: one that certainly does, else one that could.
 * @param rules one list; must not be changed afterwards.
 */
export function ruleFor(
  rules: readonly Rule[],
  call: ToolCall,
  analysis: Analysis,
  place: Place,
): { readonly rule: Rule; readonly match: 'yes' | 'possible' } | undefined {
  let possible: Rule | undefined;
  for (const rule of relevantRules(rules, call, analysis, place)) {
    const match = matchesRule(rule, call, analysis, place);
    if (match === 'yes') return { rule, match };
    if (match === 'possible') possible ??= rule;
  }
  return possible && { rule: possible, match: 'possible' };
}

/**
 * Whether an ask or deny rule covers a call: any of its simple commands, seen through compounds and wrappers, or any path that
 * it reads (`Read` rules) or writes and deletes (`Edit` and `Write` rules), or host that it reaches (`WebFetch` rules), through
 * whichever tool.
 */
export function matchesRule(rule: Rule, call: ToolCall, analysis: Analysis, place: Place): Match {
  const { specifier } = rule;
  switch (specifier.type) {
    case 'any':
      return toolCovers(rule.tool, call.tool) ? 'yes' : 'no';
    case 'prefix':
    case 'exact':
    case 'pattern': {
      if (rule.tool !== call.tool) return 'no';
      const matches = analysis.commands.map((command) =>
        specifier.type === 'pattern'
          ? matchesPattern(command, specifier.words)
          : coversSpelling(command, specifier.words, specifier.type),
      );
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
    case 'host': {
      const reached = analysis.effects.filter(isReach);
      if (reached.some(({ target }) => target.type === 'host' && coversHost(specifier.host, target.host, true)))
        return 'yes';
      const unknown = reached.some(({ target }) => target.type !== 'host') || analysis.effects.some(runsUnknown);
      return analysis.opaque || unknown ? 'possible' : 'no';
    }
  }
}

/** An `Edit` rule binds Write too, a `Read` rule the searches, and the name of an MCP server its tools. */
function toolCovers(rule: string, tool: string): boolean {
  return namesOf(tool).includes(rule);
}

const isReach = (effect: Effect): boolean =>
  effect.kind === 'fetch' || effect.kind === 'send' || effect.kind === 'remote';

/** @param below also hosts below it, as ask and deny rules do. */
function coversHost(rule: string, host: string, below: boolean): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (rule.startsWith('*.')) return name.endsWith(rule.slice(1));
  return name === rule || (below && name.endsWith(`.${rule}`));
}

const isRead = (effect: Effect): boolean => effect.kind === 'read';
const isChange = (effect: Effect): boolean =>
  effect.kind === 'write' || effect.kind === 'delete' || effect.kind === 'persist' || effect.kind === 'settings';
const runsUnknown = (effect: Effect): boolean => effect.kind === 'execute' && effect.target.type === 'unknown';

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
  const usable = relevantRules(rules, call, analysis, place);
  if (analysis.commands.length > 0 || call.tool === 'Bash')
    return coverCommands(usable, call, analysis, place, everyWrite);
  return analysis.effects.some(isReach)
    ? coverHosts(usable, call, analysis)
    : coverPaths(usable, call, analysis, place);
}

/** What a rule for a host may lift: that the host is none that everybody asks. */
function coverHosts(rules: readonly Rule[], call: ToolCall, analysis: Analysis): readonly Rule[] | undefined {
  const whole = rules.find((rule) => rule.specifier.type === 'any' && toolCovers(rule.tool, call.tool));
  const doubts = analysis.findings.filter((finding) => finding.answer === 'unsure');
  if (doubts.some(({ rule }) => !/^(?:network\.reach|mcp\.(?!confidential))/.test(rule))) return undefined;
  if (whole) return [whole];
  const needed = new Set<Rule>();
  for (const { kind, target } of analysis.effects) {
    const rule = rules.find(
      ({ specifier, tool }) =>
        kind === 'fetch' &&
        target.type === 'host' &&
        specifier.type === 'host' &&
        toolCovers(tool, call.tool) &&
        coversHost(specifier.host, target.host, false),
    );
    if (!rule) return undefined;
    needed.add(rule);
  }
  return [...needed];
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
 * Findings that an allow rule for a command may lift: that the command is not known, or does what it is there for (pushes,
 * publishes, reaches its server). Paths outside, secrets, code that nobody has seen and lost work are not what the person said
 * yes to.
 */
const liftable = ({ rule }: Finding): boolean =>
  /^(?:command\.|git\.push$|forge\.writes$|remote\.changes$|network\.reach$)/.test(rule);

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
          (specifier.type === 'pattern' && matchesPattern(command, specifier.words) === 'yes') ||
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
