import type { Said } from '../say';
import type { Place } from './analysis/facts';
import type { BreakerLimits } from './breaker';
import type { Mode } from './modes';
import type { RuleSet } from './rules';

/** Who or what keeps a mode from being used, for the status bar, the chip and the notice. */
export interface ModeRefusal {
  readonly mode: Mode;
  readonly why: Said;
  /** `policy`, `model`, `trust`, `confirmation` */
  readonly by: 'policy' | 'model' | 'trust' | 'confirmation';
}

/** What the gate decides against at one moment. A new object with a higher `version` whenever anything in it changes. */
export interface GateState {
  readonly version: number;
  /** The mode in force, after policy, model, trust and confirmation. */
  readonly mode: Mode;
  /** Workspace Trust. Without it only looking is possible (step 2). */
  readonly trusted: boolean;
  readonly rules: RuleSet;
  readonly place: Place;
  readonly breaker: BreakerLimits;
}
