import type { Said } from '../say';
import type { Place } from './analysis/facts';
import type { BreakerLimits } from './breaker';
import type { Ruleset } from './classifier/ruleset';
import type { HookSet } from './hooks';
import type { Boundary } from './ledger';
import type { Mode } from './modes';
import type { RuleSet } from './rules';

/** Who or what keeps a mode from being used, for the status bar, the chip and the notice. */
export interface ModeRefusal {
  readonly mode: Mode;
  readonly why: Said;
  readonly by: 'policy' | 'model' | 'confirmation' | 'setting';
}

/** What the gate decides against at one moment. A new object with a higher `version` whenever anything in it changes. */
export interface GateState {
  readonly version: number;
  /** The mode in force, after policy, model, trust and confirmation. */
  readonly mode: Mode;
  /** Workspace Trust. Without it only looking is possible (step 2). */
  readonly trusted: boolean;
  readonly rules: RuleSet;
  /** In Auto no rule for shell commands allows anything, however narrow. */
  readonly suspendShellRules?: boolean;
  /** What the user said not to do. */
  readonly boundaries?: readonly Boundary[];
  /** What the classifier judges by; the built-in rules when absent. */
  readonly ruleset?: Ruleset;
  /** Programs that are asked about calls; they only raise decisions. */
  readonly hooks?: HookSet;
  readonly place: Place;
  readonly breaker: BreakerLimits;
}

/** Holds the present state; every change that matters gives it a new version and tells the listeners. */
export interface GateStateSource {
  state(): GateState;
  /** Applies the change; a change that changes nothing keeps the version. */
  update(change: Partial<Omit<GateState, 'version'>>): void;
  onChange(listener: () => void): { dispose(): void };
}

export function createGateStateSource(initial: Omit<GateState, 'version'>): GateStateSource {
  let present: GateState = { ...initial, version: 1 };
  const listeners = new Set<() => void>();
  return {
    state: () => present,
    update(change) {
      const next = { ...present, ...change };
      if (JSON.stringify(next) === JSON.stringify(present)) return;
      present = { ...next, version: present.version + 1 };
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
