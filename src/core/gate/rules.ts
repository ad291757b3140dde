import type { Said } from '../say';

/** The three lists a rule can stand in. deny > ask > allow, whatever the order or scope. */
export const ruleLists = ['allow', 'ask', 'deny'] as const;
export type RuleList = (typeof ruleLists)[number];

/** Where a rule was found. Workspaces may add ask and deny, never allow. */
export type RuleSource = 'policy' | 'user settings' | 'workspace settings' | 'session';

/** `Tool` or `Tool(specifier)`, parsed. */
export interface Rule {
  /** As written: `Bash(npm run test:*)`. */
  readonly text: string;
  readonly list: RuleList;
  readonly source: RuleSource;
  readonly tool: string;
  readonly specifier: Specifier;
}

export type Specifier =
  /** The whole tool. */
  | { readonly type: 'any' }
  /** `Bash(git push:*)`: a simple command whose words begin with these. */
  | { readonly type: 'prefix'; readonly words: readonly string[] }
  /** `Bash(git status)`: a simple command with exactly these words. */
  | { readonly type: 'exact'; readonly words: readonly string[] }
  /** `Edit(src/**)`, `Read(~/.ssh/**)`: a path pattern. */
  | { readonly type: 'path'; readonly glob: string };

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
