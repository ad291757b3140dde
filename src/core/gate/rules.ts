import type { Said } from '../say';

/** The three lists a rule can stand in. deny > ask > allow, whatever the order or scope. */
export const ruleLists = ['allow', 'ask', 'deny'] as const;
export type RuleList = (typeof ruleLists)[number];

/**
 * Where a rule was found. Workspaces may add ask and deny, and allow only what the person has accepted, list by list; the words
 * are shown to people.
 */
export type RuleSource =
  | 'policy'
  | 'user settings'
  | 'user file'
  | 'command line'
  | 'Claude Code user settings'
  | 'workspace settings'
  | 'Claude Code workspace settings'
  | 'session';

/** A rule as people write it: its text alone, or with why it is there and examples that are checked when it is loaded. */
export type RuleEntry = string | AnnotatedRule;

export interface AnnotatedRule {
  /** `Bash(npm run test:*)`. */
  readonly rule: string;
  /** Shown with the decision it makes. */
  readonly reason?: string;
  /** Commands (for `Bash`), paths, addresses or tool names that the rule must cover. */
  readonly match?: readonly string[];
  /** The same, that it must not cover. */
  readonly notMatch?: readonly string[];
}

export type RuleEntries = Readonly<Record<RuleList, readonly RuleEntry[]>>;

/** `Tool` or `Tool(specifier)`, parsed. */
export interface Rule {
  /** As written: `Bash(npm run test:*)`. */
  readonly text: string;
  readonly list: RuleList;
  readonly source: RuleSource;
  /** `mcp__server` covers the tools of a server. */
  readonly tool: string;
  readonly specifier: Specifier;
  /** Its author's words on why it is there. */
  readonly reason?: string;
}

export type Specifier =
  /** The whole tool. */
  | { readonly type: 'any' }
  /** `Bash(git push:*)`: a simple command whose words begin with these. */
  | { readonly type: 'prefix'; readonly words: readonly string[] }
  /** `Bash(git status)`: a simple command with exactly these words. */
  | { readonly type: 'exact'; readonly words: readonly string[] }
  /** `Bash(git * main)`: words in which each `*` stands for one or more. */
  | { readonly type: 'pattern'; readonly words: readonly string[] }
  /** `Edit(src/**)`, `Read(~/.ssh/**)`: a path pattern. */
  | { readonly type: 'path'; readonly glob: string }
  /** `WebFetch(domain:example.com)`, `domain:*.example.com`: a host, lower case. */
  | { readonly type: 'host'; readonly host: string };

export interface RuleSet {
  readonly allow: readonly Rule[];
  readonly ask: readonly Rule[];
  readonly deny: readonly Rule[];
}

/** A rule that could not be read. The stricter reading applied: an allow was dropped, an ask or deny widened to the whole tool. */
export interface RuleProblem {
  readonly text: string;
  readonly list: RuleList;
  readonly source: RuleSource;
  readonly said: Said;
}

export const noRules: RuleSet = { allow: [], ask: [], deny: [] };
export const noEntries: RuleEntries = { allow: [], ask: [], deny: [] };

/** All rules of several places. Order never matters: the strictest list wins. */
export function mergeRules(...sets: readonly RuleSet[]): RuleSet {
  const all = (list: RuleList): readonly Rule[] => sets.flatMap((set) => set[list]);
  return { allow: all('allow'), ask: all('ask'), deny: all('deny') };
}

/** The text of a rule as it stands in a list. */
export const textOf = (entry: RuleEntry): string => (typeof entry === 'string' ? entry : entry.rule);
