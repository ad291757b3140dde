import { workspace } from 'vscode';
import type { Place } from '../core/gate/analysis/facts';
import type { ClassifierSettings } from '../core/gate/classifier/createClassifier';
import { modelBeside } from '../core/gate/classifier/models';
import { joinHooks } from '../core/gate/hooks';
import type { GateState } from '../core/gate/state';
import { gateRules, gateRuleset } from './gateRules';
import type { HostParts } from './hostParts';
import { analyzeExample } from './ruleAnalysis';

/** What the settings, the policy, the rules and the mode come to at this moment: what an administrator says holds above the rest. */
export interface InForce {
  /** What the gate decides against. */
  circumstances(): Omit<GateState, 'version' | 'place' | 'boundaries'>;
  /** What may be asked, and lost, without a doubt. */
  bounds(): Pick<Place, 'hosts' | 'recovery'>;
  /** @param model of the session. */
  classifier(model: string): ClassifierSettings;
}

export function createInForce({
  book,
  control,
  policy,
  settings,
}: Pick<HostParts, 'book' | 'control' | 'policy' | 'settings'>): InForce {
  return {
    circumstances() {
      const { blocksInARow, blocksInTotal, blocksOfSameAction, refusalsUnattended } = {
        ...settings.user.autoMode,
        ...policy.policy().thresholds,
      };
      return {
        mode: control.inForce().mode,
        trusted: workspace.isTrusted,
        rules: gateRules(book.places(), analyzeExample).rules,
        ruleset: gateRuleset(book.places()),
        hooks: policy.policy().ownHooksOnly
          ? policy.policy().hooks
          : joinHooks(policy.policy().hooks, settings.user.hooks, settings.workspaceHooks),
        suspendShellRules: settings.user.autoMode.suspendShellRules,
        breaker: {
          ...{ inARow: blocksInARow, inTotal: blocksInTotal, ofSameAction: blocksOfSameAction },
          unattended: refusalsUnattended,
        },
      };
    },
    bounds() {
      const { hosts, undoableFiles, undoableShare } = settings.user.autoMode;
      return { hosts: policy.policy().hosts ?? hosts, recovery: { files: undoableFiles, share: undoableShare } };
    },
    classifier(sessionModel) {
      const { timeoutSeconds } = policy.policy().thresholds;
      const { classifierModel, filterModel, secondModel, timeoutMs } = settings.user.autoMode;
      const model = classifierModel || sessionModel;
      return {
        filterModel: filterModel || model,
        model,
        secondModel: secondModel || modelBeside(model),
        timeoutMs: timeoutSeconds === undefined ? timeoutMs : timeoutSeconds * 1000,
      };
    },
  };
}
