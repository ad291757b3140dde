import type { ToolCall } from '../tools/call';
import type { Analysis } from './analysis/analysis';
import type { Place } from './analysis/facts';
import { placeKey, startsOf } from './pathRules';
import type { Rule } from './rules';

/**
 * Finds the few rules of a list that a call could fall under, so that a decision costs the same with a thousand rules as with
 * ten. What it leaves out is certain not to match; what it gives still has to be compared.
 */
interface RuleIndex {
  readonly place: string;
  readonly order: ReadonlyMap<Rule, number>;
  /** Rules for whole tools, by the tool's name. */
  readonly tools: ReadonlyMap<string, readonly Rule[]>;
  /** Rules for commands by their program's base name. */
  readonly programs: ReadonlyMap<string, readonly Rule[]>;
  /** Rules for commands that leave the program open, by a word that must be there; `*` for those without any. */
  readonly words: ReadonlyMap<string, readonly Rule[]>;
  /** Path rules for what is read, and for what is changed. */
  readonly reads: PathIndex;
  readonly changes: PathIndex;
  /** Host rules by host, without `*.`. */
  readonly hosts: ReadonlyMap<string, readonly Rule[]>;
  /** One rule of each kind stands for all where what a call does is not known: any of them is possible. */
  readonly anyProgram: Rule | undefined;
  readonly anyWord: Rule | undefined;
  readonly anyPath: ReadonlyMap<string, Rule>;
  readonly anyHost: Rule | undefined;
}

interface PathIndex {
  /** By the folder that a pattern starts from, lower case, and by a name on the way. */
  readonly starts: Map<string, PathRules>;
  /** The folders, sorted. */
  readonly folders: readonly string[];
}

interface PathRules {
  /** By the name of a part, the last one of the pattern: ask and deny rules cover all below a folder of that name, too. */
  readonly names: Map<string, Rule[]>;
  /** By the ending of a part, from its last dot. */
  readonly endings: Map<string, Rule[]>;
  readonly others: Rule[];
}

const indexes = new WeakMap<readonly Rule[], RuleIndex>();

/** Rules of `rules` that could cover a call, in their order. The list must not be changed afterwards. */
export function relevantRules(
  rules: readonly Rule[],
  call: ToolCall,
  analysis: Analysis,
  place: Place,
): readonly Rule[] {
  if (rules.length <= smallList) return rules;
  const index = indexOf(rules, place);
  const found = new Set<Rule>();
  const add = (more: readonly Rule[] | undefined): void => {
    for (const rule of more ?? []) found.add(rule);
  };
  for (const name of namesOf(call.tool)) add(index.tools.get(name));
  addCommands(index, call, analysis, add);
  addPaths(index, analysis, add);
  addHosts(index, analysis, add);
  return [...found].sort((one, other) => (index.order.get(one) ?? 0) - (index.order.get(other) ?? 0));
}

/** Tools whose path rules speak of what is read; all others speak of what is changed. */
export const readTools: ReadonlySet<string> = new Set(['Read', 'Glob', 'Grep']);

/** Lists that are quicker gone through. */
const smallList = 8;

/** Names under which a rule may cover a tool. */
export function namesOf(tool: string): readonly string[] {
  switch (tool) {
    case 'Write':
    case 'NotebookEdit':
      return [tool, 'Edit'];
    case 'Glob':
    case 'Grep':
      return [tool, 'Read'];
    default: {
      const parts = tool.startsWith('mcp__') ? tool.split('__') : [];
      // A server's name may hold two underscores itself.
      const servers = parts.slice(2).map((_, at) => parts.slice(0, at + 2).join('__'));
      return [tool, ...servers];
    }
  }
}

function addCommands(
  index: RuleIndex,
  call: ToolCall,
  analysis: Analysis,
  add: (rules: readonly Rule[] | undefined) => void,
): void {
  if (call.tool !== 'Bash') return;
  add(index.words.get('*'));
  let unknown = analysis.opaque;
  for (const { program, words } of analysis.commands) {
    if (program !== undefined) add(index.programs.get(program));
    unknown ||= program === undefined || words[0] === undefined;
    if (index.words.size === 0) continue;
    for (const word of words)
      if (word !== undefined) add(index.words.get(word));
      // It may be any of them.
      else if (index.anyWord) add([index.anyWord]);
  }
  if (unknown && index.anyProgram) add([index.anyProgram]);
}

function addPaths(index: RuleIndex, analysis: Analysis, add: (rules: readonly Rule[] | undefined) => void): void {
  if (index.anyPath.size === 0) return;
  let unknown = analysis.opaque;
  for (const { kind, target } of analysis.effects) {
    if (target.type === 'unknown' || target.type === 'variable') unknown = true;
    if (target.type !== 'path' || kind === 'execute') continue;
    const rules = kind === 'read' ? index.reads : index.changes;
    for (const path of new Set([target.path.toLowerCase(), target.real.toLowerCase()])) {
      addPath(rules, path, add);
      if (target.recursive) add(oneBelow(rules, path));
    }
  }
  if (unknown) add([...index.anyPath.values()]);
}

function addPath({ starts }: PathIndex, path: string, add: (rules: readonly Rule[] | undefined) => void): void {
  const parts = path.split('/');
  for (let folder = path; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const below = starts.get(folder === '' ? '/' : folder);
    if (below) {
      for (const name of parts) {
        add(below.names.get(name));
        const dot = name.lastIndexOf('.');
        if (dot >= 0) add(below.endings.get(name.slice(dot)));
      }
      add(below.others);
    }
    if (folder === '' || !folder.includes('/')) return;
  }
}

/** An ask or deny rule whose pattern starts below a folder that is read or lost whole: it matches, and so one is enough. */
function oneBelow({ folders, starts }: PathIndex, path: string): readonly Rule[] {
  const prefix = path === '/' ? path : `${path}/`;
  let low = 0;
  for (let high = folders.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((folders[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  const below = folders[low];
  for (const folder of [path, ...(below?.startsWith(prefix) ? [below] : [])]) {
    const rules = starts.get(folder);
    const one = rules && (rules.others[0] ?? firstOf(rules.names) ?? firstOf(rules.endings));
    if (one) return [one];
  }
  return [];
}

function firstOf(rules: ReadonlyMap<string, readonly Rule[]>): Rule | undefined {
  for (const [first] of rules.values()) return first;
  return undefined;
}

function addHosts(index: RuleIndex, analysis: Analysis, add: (rules: readonly Rule[] | undefined) => void): void {
  if (!index.anyHost) return;
  let unknown = analysis.opaque;
  for (const { kind, target } of analysis.effects) {
    if (kind !== 'fetch' && kind !== 'send' && kind !== 'remote' && kind !== 'execute') continue;
    if (target.type !== 'host') {
      unknown = true;
      continue;
    }
    for (let host = target.host.toLowerCase(); ; host = host.slice(host.indexOf('.') + 1)) {
      add(index.hosts.get(host));
      if (!host.includes('.')) break;
    }
  }
  if (unknown) add([index.anyHost]);
}

function indexOf(rules: readonly Rule[], place: Place): RuleIndex {
  const key = placeKey(place);
  const known = indexes.get(rules);
  if (known?.place === key) return known;
  const made = build(rules, place, key);
  indexes.set(rules, made);
  return made;
}

function build(rules: readonly Rule[], place: Place, key: string): RuleIndex {
  const tools = new Map<string, Rule[]>();
  const programs = new Map<string, Rule[]>();
  const words = new Map<string, Rule[]>();
  const reads = new Map<string, PathRules>();
  const changes = new Map<string, PathRules>();
  const hosts = new Map<string, Rule[]>();
  const anyPath = new Map<string, Rule>();
  let anyProgram: Rule | undefined;
  let anyWord: Rule | undefined;
  let anyHost: Rule | undefined;
  for (const rule of rules) {
    const { specifier } = rule;
    switch (specifier.type) {
      case 'any':
        push(tools, rule.tool, rule);
        break;
      case 'prefix':
      case 'exact':
      case 'pattern': {
        const [first = ''] = specifier.words;
        anyProgram ??= rule;
        if (first === '*') {
          push(words, specifier.words.find((word) => word !== '*') ?? '*', rule);
          anyWord ??= rule;
        } else push(programs, first.slice(first.lastIndexOf('/') + 1), rule);
        break;
      }
      case 'path': {
        const starts = readTools.has(rule.tool) ? reads : changes;
        for (const base of new Set(startsOf(rule, specifier.glob, place)))
          indexPath(starts, base, specifier.glob, rule);
        // A rule for reading says nothing about what is written, so that each needs its own.
        if (!anyPath.has(rule.tool)) anyPath.set(rule.tool, rule);
        break;
      }
      case 'host':
        push(hosts, specifier.host.replace(/^\*\./, ''), rule);
        anyHost ??= rule;
        break;
    }
  }
  const order = new Map(rules.map((rule, at) => [rule, at]));
  const sorted = (starts: Map<string, PathRules>): PathIndex => ({ starts, folders: [...starts.keys()].sort() });
  return {
    ...{ place: key, order, tools, programs, words, hosts, anyProgram, anyWord, anyPath, anyHost },
    ...{ reads: sorted(reads), changes: sorted(changes) },
  };
}

function indexPath(paths: Map<string, PathRules>, base: string, glob: string, rule: Rule): void {
  const folder = base.toLowerCase().replace(/(.)\/+$/, '$1');
  let at = paths.get(folder);
  if (!at) {
    at = { names: new Map(), endings: new Map(), others: [] };
    paths.set(folder, at);
  }
  const last = glob.slice(glob.lastIndexOf('/') + 1).toLowerCase();
  if (!/[*?[\]{}()!+@\\]/.test(last) && last !== '' && (glob.includes('*') || !glob.includes('/')))
    push(at.names, last, rule);
  else if (/^\*\.[\w-]+$/.test(last)) push(at.endings, last.slice(1), rule);
  else at.others.push(rule);
}

function push<Key>(map: Map<Key, Rule[]>, key: Key, rule: Rule): void {
  const present = map.get(key);
  if (present) present.push(rule);
  else map.set(key, [rule]);
}
