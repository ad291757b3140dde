import { mixTaints } from '../../../shell/field';
import type { Call } from '../call';
import { taintOfCall } from '../call';
import { libraryCall } from '../library';
import type { Reading } from '../reading';
import { release } from '../release';
import { alternatives, join, object, taintOfValue, type Value } from '../value';
import { callContainerMethod } from './container';
import { callFileMethod } from './file';
import { callObjectMethod } from './object';
import { callPathMethod } from './path';
import { callTextMethod } from './text';

/** Calls a method of a value that is followed. */
export function callMethod(reading: Reading, of: Value, name: string, call: Call): Value {
  switch (of.kind) {
    case 'text':
      return callTextMethod(reading, of, name, call);
    case 'list':
    case 'dict':
      return callContainerMethod(reading, of, name, call);
    case 'file':
      return callFileMethod(reading, of, name, call);
    case 'path':
      return callPathMethod(reading, of, name, call);
    case 'object':
      return callObjectMethod(reading, of, name, call);
    case 'any':
      return alternatives(of)
        .map((one) => callMethod(reading, one, name, call))
        .reduce((all, one) => join(all, one));
    default:
      for (const value of call.args) release(reading, value, call);
      libraryCall(reading, name, call);
      return object(name, mixTaints(taintOfValue(of), taintOfCall(call)));
  }
}
