import { isCapabilityModule, isMember, wellKnown } from './library';
import type { Reading } from './reading';
import type { Scope } from './scope';
import { builtinNames } from './stdlib/builtins';
import { constant, join, known, object, type Value } from './value';

/** What a name stands for here. */
export function lookUp(reading: Reading, name: string): Value {
  let scope: Scope | undefined = reading.scope.outer.get(name) ?? reading.scope;
  let own = true;
  let found: Value | undefined;
  for (; scope; scope = scope.parent) {
    // Classes are no scope for the functions in them.
    if (scope.kind === 'class' && scope !== reading.scope && !own) continue;
    const seesPast = scope.kind === 'class' && scope !== reading.scope;
    reading.ways.noteRead(scope, name);
    const value = reading.late && !own ? scope.ever.get(name) : scope.names.get(name);
    if (value !== undefined) {
      found = join(found, value);
      // A function that runs at an unknown time may run before the name is set.
      const early = reading.late && !own && scope.kind === 'module';
      if (scope.kind === 'function' || (!seesPast && !early && reading.ways.maybe.get(scope)?.has(name) !== true))
        return found;
    }
    if (scope.kind !== 'inner') own = false;
  }
  const outside = unbound(reading, name);
  return found ? (outside.kind === 'known' ? join(found, outside) : found) : outside;
}

function unbound(reading: Reading, name: string): Value {
  for (const module of reading.starred) if (isMember(`${module}.${name}`)) return known(`${module}.${name}`);
  if (builtinNames.has(name)) return known(`builtins.${name}`);
  switch (name) {
    case '__name__':
    case '__doc__':
    case '__package__':
      return object(name);
    case '__file__': {
      const { path } = reading.source;
      return path === undefined ? known('__file__') : constant(path);
    }
    case '__builtins__':
      return known('builtins');
  }
  if (isCapabilityModule(name)) return known(name);
  // A piece of a larger text may use what was imported before it.
  const meant = reading.source.fragment ? wellKnown.get(name) : undefined;
  if (meant !== undefined) return known(meant);
  return object(reading.starredLibrary === undefined ? name : `${reading.starredLibrary}.${name}`);
}
