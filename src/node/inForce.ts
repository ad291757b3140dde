import type { Place } from '../core/gate/analysis/facts';
import type { ClassifierSettings } from '../core/gate/classifier/createClassifier';
import { modelBeside } from '../core/gate/classifier/models';
import type { RulePlaces } from '../core/gate/gateRules';
import { gateRules, gateRuleset } from '../core/gate/gateRules';
import { type HookSet, joinHooks, noHooks } from '../core/gate/hooks';
import type { ModeControl } from '../core/gate/modeControl';
import type { ManagedPolicy } from '../core/gate/policy';
import type { GateState } from '../core/gate/state';
import type { Settings } from '../core/settings';
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

/** Where all of that stands. */
export interface InForceSources {
  readonly book: { places(): RulePlaces };
  readonly control: Pick<ModeControl, 'inForce'>;
  readonly policy: { policy(): ManagedPolicy };
  readonly settings: { readonly user: Settings; readonly workspaceHooks?: HookSet };
  /** Whether the person trusts the workspace. */
  trusted(): boolean;
}

export function createInForce({ book, control, policy, settings, trusted }: InForceSources): InForce {
  return {
    circumstances() {
      const { blocksInARow, blocksInTotal, blocksOfSameAction, refusalsUnattended } = {
        ...settings.user.autoMode,
        ...policy.policy().thresholds,
      };
      return {
        mode: control.inForce().mode,
        trusted: trusted(),
        rules: gateRules(book.places(), analyzeExample).rules,
        ruleset: gateRuleset(book.places()),
        hooks: policy.policy().ownHooksOnly
          ? policy.policy().hooks
          : joinHooks(policy.policy().hooks, settings.user.hooks, settings.workspaceHooks ?? noHooks),
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
