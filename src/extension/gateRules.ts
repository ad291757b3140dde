import type { ManagedPolicy } from '../core/gate/policy';
import { mergeRules, readRules } from '../core/gate/ruleSyntax';
import type { RuleSet } from '../core/gate/rules';
import type { Said } from '../core/say';
import type { EditorSettings } from './settings';

/** The rules in force: policy, user and workspace together; the workspace has no allow rules. */
export function gateRules(
  policy: ManagedPolicy,
  settings: Pick<EditorSettings, 'user' | 'workspaceRules'>,
): { readonly rules: RuleSet; readonly problems: readonly Said[] } {
  const places = [
    readRules(policy.rules, 'policy'),
    readRules(settings.user.rules, 'user settings'),
    readRules({ ...settings.workspaceRules, allow: [] }, 'workspace settings'),
  ];
  return {
    rules: mergeRules(...places.map(({ rules }) => rules)),
    problems: places.flatMap(({ problems }) => problems.map(({ said }) => said)),
  };
}
