import { mixTaints } from '../../../shell/field';
import { type Call, callOf, taintOfCall } from '../call';
import { keyOf } from '../evaluate';
import { callValue } from '../functions';
import { addItem, setItem, valuesOf } from '../items';
import { elementOf, itemsOf, keyValue } from '../iterate';
import type { Reading } from '../reading';
import { holdsEffect, release } from '../release';
import {
  alternatives,
  type DictValue,
  integer,
  join,
  type ListValue,
  list,
  nothing,
  object,
  taintOfValue,
  type Value,
} from '../value';

/** Methods of lists, sets, tuples and dictionaries. */
export function callContainerMethod(reading: Reading, of: ListValue | DictValue, name: string, call: Call): Value {
  if (of.shared) for (const value of [...call.args, ...call.named.values()]) release(reading, value, call);
  return of.kind === 'list' ? callListMethod(reading, of, name, call) : callDictMethod(reading, of, name, call);
}

function callListMethod(reading: Reading, of: ListValue, name: string, call: Call): Value {
  const [first, second] = call.args;
  switch (name) {
    case 'append':
    case 'add':
    case 'appendleft':
      if (first) addItem(reading, of, first, call);
      return nothing;
    case 'insert':
      if (second) {
        // Somewhere among the others: their order is not known any more.
        const all = of.items.splice(0).reduce<Value | undefined>((one, item) => join(one, item), of.rest);
        if (all) of.rest = all;
        of.rest = join(of.rest, second);
        reading.changes += 1;
      }
      return nothing;
    case 'extend':
    case 'update':
    case 'extendleft':
      for (const one of call.args) {
        const items = itemsOf(one);
        for (const item of items && items.length <= 60 ? items : [elementOf(reading, one, call)])
          if (items && items.length <= 60) addItem(reading, of, item, call);
          else {
            of.rest = join(of.rest, item);
            reading.changes += 1;
          }
      }
      return nothing;
    case 'pop':
    case 'popleft': {
      const taken = elementOf(reading, of, call);
      shuffle(of);
      return taken;
    }
    case 'sort': {
      const key = call.named.get('key');
      if (key) callValue(reading, key, callOf(call, elementOf(reading, of, call)));
      shuffle(of);
      return nothing;
    }
    case 'reverse':
      shuffle(of);
      return nothing;
    case 'copy':
      return list([...of.items], of.rest);
    case 'union':
    case 'difference':
    case 'intersection':
    case 'symmetric_difference':
      return list(
        [...of.items],
        call.args.reduce<Value | undefined>((all, one) => join(all, elementOf(reading, one, call)), of.rest),
      );
    case 'index':
    case 'count':
      return integer;
    case 'remove':
    case 'discard':
    case 'clear':
      shuffle(of);
      return nothing;
    default:
      for (const value of call.args) release(reading, value, call);
      if (holdsEffect(of)) return elementOf(reading, of, call);
      return object(name, mixTaints(taintOfValue(of), taintOfCall(call)));
  }
}

/** Its order, and what is left in it, is not known any more. */
export function shuffle(of: ListValue): void {
  const all = of.items.splice(0).reduce<Value | undefined>((one, item) => join(one, item), of.rest);
  of.rest = all;
}

function callDictMethod(reading: Reading, of: DictValue, name: string, call: Call): Value {
  const [key, otherwise] = call.args;
  const entry = (): Value => {
    const constant = keyOf(key);
    if (constant === undefined) return valuesOf(of);
    const found = of.entries.get(constant);
    return found ? (of.rest ? join(found, of.rest) : found) : (of.rest ?? nothing);
  };
  switch (name) {
    case 'get':
    case 'pop':
      return otherwise ? join(entry(), otherwise) : entry();
    case 'setdefault':
      setItem(reading, of, key, otherwise ?? nothing, call);
      return entry();
    case 'keys':
      return of.rest ? list([], elementOf(reading, of, call)) : list([...of.entries.keys()].map(keyValue));
    case 'values':
      return list([...of.entries.values()], of.rest);
    case 'items':
      return list(
        [...of.entries].map(([one, value]) => list([keyValue(one), value])),
        of.rest && list([object('a key'), of.rest]),
      );
    case 'update':
      for (const one of call.args)
        for (const given of alternatives(one))
          if (given.kind === 'dict') {
            for (const [at, value] of given.entries) setItem(reading, of, keyValue(at), value, call);
            if (given.rest) setItem(reading, of, undefined, given.rest, call);
          } else setItem(reading, of, undefined, elementOf(reading, elementOf(reading, given, call), call), call);
      for (const [at, value] of call.named) setItem(reading, of, keyValue(at), value, call);
      return nothing;
    case 'copy':
      return { kind: 'dict', entries: new Map(of.entries), rest: of.rest };
    case 'popitem':
      return list([object('a key'), valuesOf(of)]);
    case 'clear':
      return nothing;
    default:
      for (const value of call.args) release(reading, value, call);
      if (holdsEffect(of)) return valuesOf(of);
      return object(name, mixTaints(taintOfValue(of), taintOfCall(call)));
  }
}
