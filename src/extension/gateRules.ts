import type { ManagedPolicy } from '../core/gate/policy';
import { type ExampleAnalysis, loadRules } from '../core/gate/ruleExamples';
import { mergeRules, type RuleEntries, type RuleSet, type RuleSource, ruleLists } from '../core/gate/rules';
import type { Said } from '../core/say';
import type { EditorSettings } from './settings';

type RuleSettings = Pick<EditorSettings, 'user' | 'workspaceRules'>;

/**
 * The rules in force: policy, user and workspace together; the workspace has no allow rules.
 * @param analyze for the examples that rules carry; without it they are not checked.
 */
export function gateRules(
  policy: ManagedPolicy,
  settings: RuleSettings,
  analyze: ExampleAnalysis | undefined,
): { readonly rules: RuleSet; readonly problems: readonly Said[] } {
  const places = placesOf(policy, settings).map(([source, entries]) => loadRules(entries, source, analyze));
  return {
    rules: mergeRules(...places.map(({ rules }) => rules)),
    problems: places.flatMap(({ problems }) => problems.map(({ said }) => said)),
  };
}

/** Whether any rule carries examples. */
export function haveExamples(policy: ManagedPolicy, settings: RuleSettings): boolean {
  return placesOf(policy, settings).some(([, entries]) =>
    ruleLists.some((list) => entries[list].some((entry) => typeof entry !== 'string')),
  );
}

function placesOf(policy: ManagedPolicy, { user, workspaceRules }: RuleSettings): readonly [RuleSource, RuleEntries][] {
  return [
    ['policy', policy.rules],
    ['user settings', policy.ownAllowOnly ? { ...user.rules, allow: [] } : user.rules],
    ['workspace settings', { ...workspaceRules, allow: [] }],
  ];
}
