import type { Span } from '../../../effect';
import { join } from './join';
import { globalValue } from './library/globals';
import type { Reading } from './reading';
import { findCell, type Scope } from './scope';
import { known, list, nothing, type Value } from './value';

/** What a name stands for. */
export function lookUp(reading: Reading, name: string, span: Span): Value {
  const cell = findCell(reading.scope, name);
  if (cell) return reading.get(cell);
  if (name === 'arguments' && reading.running) {
    const { given, more } = reading.running;
    let all: Value | undefined = more.value;
    for (const one of given) all = one.value ? join(all, one.value) : all;
    return list([], all ?? nothing);
  }
  return globalValue(reading, name, span);
}

/** What `this` stands for. */
export function selfOf(reading: Reading): Value {
  for (let at: Scope | undefined = reading.scope; at; at = at.parent)
    if (at.self) return at.self.value === undefined ? known('this') : reading.get(at.self);
  return known('this');
}
