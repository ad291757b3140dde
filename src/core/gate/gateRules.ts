import type { Said } from '../say';
import type { ClassifierLists } from './classifier/lists';
import { composeRuleset, type Ruleset } from './classifier/ruleset';
import type { ManagedPolicy } from './policy';
import { type ExampleAnalysis, loadRules } from './ruleExamples';
import {
  mergeRules,
  type Rule,
  type RuleEntries,
  type RuleEntry,
  type RuleSet,
  type RuleSource,
  ruleLists,
} from './rules';

/** One place that rules come from. */
export interface RulePlace {
  readonly source: RuleSource;
  /** The file, where it is one of its own. */
  readonly path: string | undefined;
  readonly entries: RuleEntries;
  /** For the classifier, in plain words. */
  readonly sentences: ClassifierLists;
}

/** Everything that has a say in the rules. */
export interface RulePlaces {
  readonly policy: ManagedPolicy;
  /** Of the user: settings, our file, Claude Code's. */
  readonly user: readonly RulePlace[];
  /** Of the workspace: what it allows is a proposal until the person has accepted exactly that. */
  readonly workspace: readonly RulePlace[];
  readonly accepted: boolean;
}

/** The rules in force, those of each place with where they come from. */
export interface GateRules {
  readonly rules: RuleSet;
  readonly problems: readonly Said[];
  /** Each rule with the file it stands in. */
  readonly paths: ReadonlyMap<Rule, string>;
}

/**
 * Policy, user and workspace together. The workspace tightens; it allows only what was accepted.
 * @param analyze for the examples that rules carry; without it they are not checked.
 */
export function gateRules(places: RulePlaces, analyze: ExampleAnalysis | undefined): GateRules {
  const paths = new Map<Rule, string>();
  const loaded = inForce(places).map(({ entries, path, source }) => {
    const found = loadRules(entries, source, analyze);
    if (path !== undefined) for (const list of ruleLists) for (const rule of found.rules[list]) paths.set(rule, path);
    return found;
  });
  return {
    rules: mergeRules(...loaded.map(({ rules }) => rules)),
    problems: loaded.flatMap(({ problems }) => problems.map(({ said }) => said)),
    paths,
  };
}

function inForce({ accepted, policy, user, workspace }: RulePlaces): readonly RulePlace[] {
  const withoutAllow = (place: RulePlace): RulePlace => ({ ...place, entries: { ...place.entries, allow: [] } });
  return [
    {
      source: 'policy',
      path: policy.files.length === 1 ? policy.files[0] : undefined,
      entries: policy.rules,
      sentences: policy.classifier,
    },
    ...(policy.ownAllowOnly ? user.map(withoutAllow) : user),
    ...(accepted && !policy.ownAllowOnly ? workspace : workspace.map(withoutAllow)),
  ];
}

/** What the classifier judges by: the user and the administrator say anything, the workspace can only forbid. */
export function gateRuleset({ policy, user, workspace }: RulePlaces): Ruleset {
  const all = (places: readonly RulePlace[], list: keyof ClassifierLists): readonly string[] =>
    places.flatMap(({ sentences }) => sentences[list]);
  return composeRuleset({
    policy: policy.classifier,
    user: {
      environment: all(user, 'environment'),
      allow: all(user, 'allow'),
      softDeny: all(user, 'softDeny'),
      hardDeny: all(user, 'hardDeny'),
    },
    repository: { softDeny: all(workspace, 'softDeny'), hardDeny: all(workspace, 'hardDeny') },
  });
}

/** Whether any rule carries examples. */
export function haveExamples(places: RulePlaces): boolean {
  return inForce(places).some(({ entries }) =>
    ruleLists.some((list) => entries[list].some((entry) => typeof entry !== 'string')),
  );
}

/** The allow rules that a workspace brings, in the order of its files. */
export function proposedRules({
  workspace,
}: RulePlaces): readonly { readonly entry: RuleEntry; readonly from: string }[] {
  return workspace.flatMap(({ entries, path, source }) =>
    entries.allow.map((entry) => ({ entry, from: path ?? source })),
  );
}
