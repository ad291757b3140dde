import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { evaluate } from './evaluate';
import { execute } from './execute';
import { moduleValue } from './imports';
import { parsePython } from './parsePython';
import type { Reading } from './reading';
import { createScope, type Scope } from './scope';
import { constantTexts, isAbsent, join, known, nothing, object, taintOfValue, type Value } from './value';

const deepest = 4;
let depth = 0;

/** What `compile` was given, by what it gave. */
const compiled = new WeakMap<Value, Value>();

/** `compile(source, …)`: runs when somebody says so. */
export function compiledText(source: Value, how: 'exec' | 'eval'): Value {
  const made: Value = { kind: 'doing', what: 'compile()', run: (call, reading) => runText(reading, source, how, call) };
  compiled.set(made, source);
  return made;
}

/**
 * `exec`, `eval` and `__import__` of a text: a constant one is read like the code around it, any other is a doubt.
 * @param names the dictionaries it takes its names from, instead of those around it.
 */
export function runText(
  reading: Reading,
  source: Value | undefined,
  how: 'exec' | 'eval' | 'import',
  span: Span,
  names: readonly Value[] = [],
): Value {
  const written = source && compiled.get(source);
  if (written) return runText(reading, written, how, span, names);
  const texts = constantTexts(source);
  if (!source || !texts || depth >= deepest) {
    if (source && taintOfValue(source).network)
      reading.sink.harm('network.download-run', say('the code runs what it downloads'), reading.at(span));
    else reading.doubt('code.dynamic', say('the code runs a text that is not known'), span);
    return object(`${how}()`);
  }
  if (how === 'import')
    return texts
      .map((text) => {
        const value = moduleValue(reading, text, span);
        const top = text.split('.', 1)[0] ?? text;
        return value.kind === 'known' ? known(top) : value;
      })
      .reduce<Value>((all, one) => join(all, one), nothing);
  let result: Value = nothing;
  const { within, scope } = reading;
  reading.within = reading.at(span);
  reading.scope = scopeOf(reading, names, span);
  depth += 1;
  try {
    for (const text of texts) {
      const statements = parsePython(how === 'eval' ? text.trim() : text);
      if (!statements) {
        reading.doubt('code.dynamic', say('the code runs a text that is no Python'), span);
        continue;
      }
      const [only] = statements;
      if (how === 'eval' && only?.type === 'expression') result = join(result, evaluate(reading, only.value));
      else execute(reading, statements);
    }
  } finally {
    depth -= 1;
    reading.within = within;
    reading.scope = scope;
  }
  return result;
}

/** Where the names of a text live: in dictionaries it is given, or for itself, with what is around it in view. */
function scopeOf(reading: Reading, names: readonly Value[], span: Span): Scope {
  let scope = reading.scope;
  if (names.length === 0)
    return scope.kind === 'function' || scope.kind === 'inner'
      ? createScope('inner', scope, reading.ways.depth)
      : scope;
  for (const given of names) {
    if (isAbsent(given)) continue;
    const dict = given.kind === 'dict' ? given : undefined;
    if (!dict || dict.rest) reading.doubt('code.dynamic', say('the names that a text is run with are not known'), span);
    if (dict) scope = { ...createScope('inner', scope, reading.ways.depth), names: dict.entries };
  }
  return scope;
}
