import { gateRules } from '../../core/gate/gateRules';
import { ruleLists } from '../../core/gate/rules';
import { english } from '../../core/say';
import type { TerminalParts } from '../agent/terminalParts';

/** What is in force here: settings, policy and files together, each rule with where it comes from, as JSON. No credentials. */
export function configOf(parts: TerminalParts): object {
  const { control, folders, inForce, modelName, programFolders, rules } = parts;
  const places = rules.places();
  const loaded = gateRules(places, undefined);
  const { breaker, ruleset, suspendShellRules } = inForce.circumstances();
  const { instead, mode, refusals } = control.inForce();
  return {
    mode,
    ...(instead && { instead_of: { mode: instead.mode, why: english(instead.why) } }),
    not_available: refusals.map((refusal) => ({ mode: refusal.mode, by: refusal.by, why: english(refusal.why) })),
    model: modelName(),
    classifier: inForce.classifier(modelName()),
    breaker,
    suspend_shell_rules: suspendShellRules ?? false,
    folders,
    hosts: inForce.bounds().hosts,
    rules: Object.fromEntries(
      ruleLists.map((list) => [
        list,
        loaded.rules[list].map((rule) => ({ rule: rule.text, source: rule.source, file: loaded.paths.get(rule) })),
      ]),
    ),
    not_accepted: rules.notAccepted,
    auto_mode: {
      environment: ruleset?.environment ?? [],
      built_in: ruleset?.rules.map(({ id }) => id) ?? [],
      added: ruleset?.added ?? [],
    },
    settings_file: programFolders.settingsFile,
    policy_files: places.policy.files,
    problems: parts.problems.map(english),
  };
}
