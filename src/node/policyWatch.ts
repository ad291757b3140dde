import type { ManagedPolicy } from '../core/gate/policy';
import { loadManagedPolicy, watchManagedPolicy } from './managedPolicy';

/** The administrator's policy as it is now. */
export interface PolicyWatch {
  policy(): ManagedPolicy;
  /** Puts another one in its place; for tests, which cannot write where administrators do. */
  replace(policy: ManagedPolicy): void;
  onChange(listener: () => void): { dispose(): void };
  dispose(): void;
}

export function createPolicyWatch(): PolicyWatch {
  let present = loadManagedPolicy();
  const listeners = new Set<() => void>();
  const replace = (policy: ManagedPolicy): void => {
    present = policy;
    for (const listener of [...listeners]) listener();
  };
  const watching = watchManagedPolicy(replace);
  return {
    policy: () => present,
    replace,
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    dispose() {
      watching.dispose();
      listeners.clear();
    },
  };
}
