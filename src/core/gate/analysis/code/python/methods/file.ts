import { unknownPiece } from '../../../shell/field';
import { type Call, taintOfCall } from '../call';
import { elementOf, itemsOf } from '../iterate';
import type { Reading } from '../reading';
import {
  alternatives,
  concat,
  type FileValue,
  integer,
  list,
  nothing,
  object,
  piecesOf,
  text,
  type Value,
} from '../value';

/** Methods of open files. */
export function callFileMethod(reading: Reading, of: FileValue, name: string, call: Call): Value {
  const [first] = call.args;
  const line = (): Value => text([unknownPiece('the content of a file', 'any', of.taint)]);
  switch (name) {
    case 'read':
    case 'readline':
    case 'read1':
    case 'peek':
      return line();
    case 'readlines':
      return list([], line());
    case 'write':
      for (const one of first ? alternatives(first) : []) reading.put(of, piecesOf(one));
      return integer;
    case 'writelines': {
      if (!first) return nothing;
      const items = itemsOf(first) ?? [];
      if (items.length > 0) reading.put(of, concat(...items.map(piecesOf)));
      else {
        const known = first.kind === 'list' ? first.items : [];
        const rest = first.kind === 'list' ? first.rest : elementOf(reading, first, call);
        const gap = unknownPiece('a line', 'any', taintOfCall(call));
        reading.put(
          of,
          concat([gap], ...[...known, ...(rest ? alternatives(rest) : [])].flatMap((item) => [piecesOf(item), [gap]])),
        );
      }
      return nothing;
    }
    case 'close':
    case 'flush':
    case 'detach':
      reading.flush(of);
      return nothing;
    case '__enter__':
      return of;
    case 'truncate':
    case 'seek':
    case 'tell':
    case 'fileno':
    case 'isatty':
    case 'readable':
    case 'writable':
      return name === 'fileno' ? of : integer;
    default:
      return object(`a file's ${name}`, of.taint);
  }
}
