import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { isInfluential } from '../../shell/environment';
import type { Reading } from './reading';
import { release } from './release';
import { constantTexts, type Value } from './value';

/** Sets a variable for what runs later. No name: any. */
export function setVariable(reading: Reading, name: Value | undefined, value: Value, span: Span): void {
  release(reading, value, span);
  const names = constantTexts(name);
  if (!names) {
    reading.doubt('shell.environment', say('which variable of the environment the code sets is not known'), span);
    return;
  }
  for (const one of names)
    if (isInfluential(one) || !/^[A-Za-z_]\w*$/.test(one))
      reading.doubt('shell.environment', say('the code sets {0}, which other programs obey', one), span);
}

/** `env=` of a program that is started, and `patch.dict(os.environ, …)`. */
export function setVariables(reading: Reading, values: Value, span: Span): void {
  for (const one of values.kind === 'any' ? values.of : [values]) {
    if (one.kind === 'dict') {
      for (const [name, value] of one.entries)
        setVariable(reading, { kind: 'text', pieces: [{ type: 'text', text: name }] }, value, span);
      if (!one.rest || one.rest.kind === 'object') continue;
    }
    if (one.kind === 'known' && one.name.startsWith('os.environ')) continue;
    if (one.kind === 'object' && one.of === 'None') continue;
    setVariable(reading, undefined, one, span);
  }
}
