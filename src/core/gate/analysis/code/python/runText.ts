import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { evaluate } from './evaluate';
import { execute } from './execute';
import { moduleValue } from './imports';
import { parsePython } from './parsePython';
import type { Reading } from './reading';
import { release } from './release';
import { createScope } from './scope';
import { constantTexts, join, known, nothing, object, taintOfValue, type Value } from './value';

const deepest = 4;
let depth = 0;

/** `exec`, `eval` and `__import__` of a text: a constant one is read like the code around it, any other is a doubt. */
export function runText(
  reading: Reading,
  source: Value | undefined,
  how: 'exec' | 'eval' | 'import',
  span: Span,
): Value {
  if (source?.kind === 'doing' && source.what === 'compile()')
    return source.run({ args: [], named: new Map(), more: undefined, ...span }, reading);
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
  const within = reading.within;
  reading.within = reading.at(span);
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
      else runStatements(reading, () => execute(reading, statements));
    }
  } finally {
    depth -= 1;
    reading.within = within;
  }
  return result;
}

/** What a text defines may or may not be seen by the code around it, so that it is kept where everybody looks. */
function runStatements(reading: Reading, run: () => void): void {
  const around = reading.scope;
  if (around.kind === 'module') {
    run();
    return;
  }
  reading.scope = createScope('module', reading.globals, reading.ways.depth);
  run();
  for (const value of reading.scope.names.values()) release(reading, value, reading.within ?? { start: 0, end: 0 });
  reading.scope = around;
}
