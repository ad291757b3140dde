import { join, type Value } from './value';

/** Where names live. Classes are passed over by the functions in them. */
export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'inner';
  readonly names: Map<string, Value>;
  /** Everything a name ever stood for: what a function that is called at an unknown time may see. */
  readonly ever: Map<string, Value>;
  /** Names that belong to an outer scope by `global` or `nonlocal`. */
  readonly outer: Map<string, Scope>;
  readonly parent: Scope | undefined;
  /** How many ways were open when it began: what happens to its names in these does not concern them. */
  readonly depth: number;
}

export function createScope(kind: Scope['kind'], parent: Scope | undefined, depth: number): Scope {
  return { kind, names: new Map(), ever: new Map(), outer: new Map(), parent, depth };
}

/** What one way through the code did to names. */
interface Change {
  readonly scope: Scope;
  readonly name: string;
  readonly before: Value | undefined;
  /** Everything it was set to on the way. */
  all: Value | undefined;
  /** Deleted somewhere on the way. */
  unset: boolean;
}

/** Names over the ways that the code may take: each way is tried, then what they left is joined. */
export class Ways {
  readonly #open: Map<Scope, Map<string, Change>>[] = [];
  /** Names that were read on a way before they were set on it, innermost last. */
  readonly #reads: Set<string>[] = [];

  get depth(): number {
    return this.#open.length;
  }

  set(scope: Scope, name: string, value: Value): void {
    this.#note(scope, name, value);
    scope.names.set(name, value);
    scope.ever.set(name, join(scope.ever.get(name), value));
  }

  unset(scope: Scope, name: string): void {
    this.#note(scope, name, undefined);
    scope.names.delete(name);
  }

  noteRead(scope: Scope, name: string): void {
    const top = this.#open.length - 1;
    if (top < scope.depth) return;
    if (!this.#open[top]?.get(scope)?.has(name)) this.#reads[top]?.add(name);
  }

  begin(): void {
    this.#open.push(new Map());
    this.#reads.push(new Set());
  }

  /** Ends a way. Names are as they were before it; {@link merge} says how they are after. */
  end(): Ended {
    const changes = this.#open.pop() ?? new Map<Scope, Map<string, Change>>();
    const reads = this.#reads.pop() ?? new Set<string>();
    const ended: Ended = { changes: [], reads };
    const top = this.#open.length - 1;
    for (const names of changes.values())
      for (const change of names.values()) {
        const { scope, name, before } = change;
        ended.changes.push({ ...change, after: scope.names.get(name) });
        if (before === undefined) scope.names.delete(name);
        else scope.names.set(name, before);
      }
    if (top >= 0) for (const name of reads) this.#reads[top]?.add(name);
    return ended;
  }

  /**
   * Sets the names to what they may be after one of several ways was taken.
   * @param midway a way may have been left anywhere, so that everything a name was on it may remain.
   */
  merge(ways: readonly Ended[], midway: boolean, skippable: boolean): void {
    const seen = new Map<Scope, Map<string, { values: (Value | undefined)[]; all: Value | undefined; ways: number }>>();
    for (const { changes } of ways)
      for (const { scope, name, after, all, before, unset } of changes) {
        const names = seen.get(scope) ?? new Map();
        seen.set(scope, names);
        const entry = names.get(name) ?? { values: [], all: undefined, ways: 0 };
        names.set(name, entry);
        entry.ways += 1;
        entry.values.push(after);
        if (midway) entry.values.push(all ?? undefined, before);
        if (unset) entry.values.push(undefined);
        entry.all = all === undefined ? entry.all : join(entry.all, all);
      }
    for (const [scope, names] of seen)
      for (const [name, { values, all, ways: touched }] of names) {
        const before = scope.names.get(name);
        if (skippable || touched < ways.length) values.push(before);
        let value: Value | undefined;
        let missing = false;
        for (const one of values)
          if (one === undefined) missing = true;
          else value = value === undefined ? one : join(value, one);
        this.#note(scope, name, all);
        if (value === undefined) scope.names.delete(name);
        else {
          scope.names.set(name, value);
          scope.ever.set(name, join(scope.ever.get(name), value));
        }
        if (missing) this.#maybeUnset(scope, name);
      }
  }

  /** Names that may be unset after all: then an outer or built-in one is meant. */
  readonly maybe = new WeakMap<Scope, Set<string>>();

  #maybeUnset(scope: Scope, name: string): void {
    const names = this.maybe.get(scope) ?? new Set<string>();
    names.add(name);
    this.maybe.set(scope, names);
  }

  #note(scope: Scope, name: string, value: Value | undefined): void {
    const top = this.#open.length - 1;
    if (top < scope.depth) return;
    const changes = this.#open[top];
    if (!changes) return;
    const names = changes.get(scope) ?? new Map<string, Change>();
    changes.set(scope, names);
    const change = names.get(name);
    if (!change)
      names.set(name, { scope, name, before: scope.names.get(name), all: value, unset: value === undefined });
    else if (value === undefined) change.unset = true;
    else change.all = join(change.all, value);
  }
}

export interface Ended {
  readonly changes: (Change & { after: Value | undefined })[];
  readonly reads: ReadonlySet<string>;
}
