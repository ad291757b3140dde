import type { Value } from './value';

/** Holds everything a name or a parameter ever stood for. */
export interface Cell {
  value: Value | undefined;
  /** Somebody relied on it in this pass. */
  read: boolean;
}

export function createCell(value?: Value): Cell {
  return { value, read: false };
}

/** Where names live. */
export interface Scope {
  readonly cells: Map<string, Cell>;
  readonly parent: Scope | undefined;
  /** What `this` is; undefined where it is that of the scope around. */
  readonly self: Cell | undefined;
}

export function createScope(parent: Scope | undefined, self?: Cell): Scope {
  return { cells: new Map(), parent, self };
}

export function findCell(scope: Scope, name: string): Cell | undefined {
  for (let at: Scope | undefined = scope; at; at = at.parent) {
    const cell = at.cells.get(name);
    if (cell) return cell;
  }
  return undefined;
}
