import type { BoundaryPatterns } from './boundary/boundary';

/** A yes of the user's: for exactly one call. */
export interface Grant {
  readonly id: string;
  readonly type: 'grant';
  /** The user's own words, or the button that was pressed. */
  readonly words: string;
  /** What it covers is the call with this hash, and nothing wider. */
  readonly hash: string;
  /** For people: the call it was given for. */
  readonly about: string;
  readonly until: 'used' | 'session';
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A no of the user's: holds until the user lifts it. */
export interface Boundary {
  readonly id: string;
  readonly type: 'boundary';
  /** The user's own words. */
  readonly words: string;
  /**
   * What it covers. Absent: that cannot be told exactly; then analysis lets only looks run, and the classifier judges the rest by
   * the words.
   */
  readonly patterns?: BoundaryPatterns;
  readonly until: 'session';
  readonly at: number;
}

export type LedgerEntry = Grant | Boundary;

/** The visible list of what the person has said yes and no to. Kept by the session; survives reload with it. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly boundaries: readonly Boundary[];
  add(entry: LedgerEntry): void;
  /** Puts another entry in the place of the one with the same id. */
  replace(entry: LedgerEntry): void;
  revoke(id: string): void;
  /** The grant that covers exactly this hash. */
  grantFor(hash: string): Grant | undefined;
  /** A grant was acted on: one for a single use is gone. */
  use(grant: Grant): void;
  onChange(listener: () => void): { dispose(): void };
}

/** @param onSave told after every change, for persistence. */
export function createLedger(
  initial: readonly LedgerEntry[] = [],
  onSave: (entries: readonly LedgerEntry[]) => void = () => {},
): Ledger {
  let entries: readonly LedgerEntry[] = [...initial];
  const listeners = new Set<() => void>();
  const change = (next: readonly LedgerEntry[]): void => {
    entries = next;
    onSave(entries);
    for (const listener of [...listeners]) listener();
  };
  const without = (id: string): readonly LedgerEntry[] => entries.filter((entry) => entry.id !== id);
  return {
    get entries() {
      return entries;
    },
    get boundaries() {
      return entries.filter((entry) => entry.type === 'boundary');
    },
    add: (entry) => change([...entries, entry]),
    replace: (entry) => change(entries.map((each) => (each.id === entry.id ? entry : each))),
    revoke: (id) => change(without(id)),
    grantFor: (hash) => entries.find((entry) => entry.type === 'grant' && entry.hash === hash) as Grant | undefined,
    use(grant) {
      if (grant.until === 'used') change(without(grant.id));
    },
    onChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
