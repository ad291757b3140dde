/** A yes or no of the user's. */
export interface LedgerEntry {
  readonly id: string;
  readonly type: 'grant' | 'boundary';
  /** The user's own words, or the button that was pressed. */
  readonly words: string;
  /** A grant covers exactly the call with this hash and nothing wider. */
  readonly hash: string | undefined;
  /** For people: the call it was given for. */
  readonly about: string;
  readonly until: 'used' | 'session';
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The visible list of what the person has said yes and no to. Kept by the session; survives reload with it. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  add(entry: LedgerEntry): void;
  revoke(id: string): void;
  /** Whether a session grant covers exactly this hash. */
  grants(hash: string): boolean;
}

/** @param onChange told after every change, for persistence and display. */
export function createLedger(
  initial: readonly LedgerEntry[] = [],
  onChange: (entries: readonly LedgerEntry[]) => void = () => {},
): Ledger {
  let entries: readonly LedgerEntry[] = [...initial];
  const change = (next: readonly LedgerEntry[]): void => {
    entries = next;
    onChange(entries);
  };
  return {
    get entries() {
      return entries;
    },
    add: (entry) => change([...entries, entry]),
    revoke: (id) => change(entries.filter((entry) => entry.id !== id)),
    grants: (hash) =>
      entries.some((entry) => entry.type === 'grant' && entry.until === 'session' && entry.hash === hash),
  };
}
