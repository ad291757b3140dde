import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { attribute } from './attributes';
import { callOf } from './call';
import { setVariable } from './environment';
import { keyOf } from './evaluate';
import { callValue } from './functions';
import { argumentsOf, elementOf } from './iterate';
import { isCapabilityModule, standardKind } from './library';
import type { Reading } from './reading';
import { release } from './release';
import { runText } from './runText';
import { searchIn } from './searchPaths';
import {
  constant,
  constantText,
  constantTexts,
  join,
  known,
  list,
  nothing,
  object,
  piecesOf,
  same,
  taintOfValue,
  text,
  type Value,
} from './value';

/** `holder[keys]`. */
export function getItem(reading: Reading, holder: Value, keys: readonly Value[], slice: boolean, span: Span): Value {
  const key = keys.length === 1 && !slice ? keys[0] : undefined;
  switch (holder.kind) {
    case 'list': {
      if (slice) return list([], elementOf(reading, holder, span));
      const index = key?.kind === 'number' ? key.value : undefined;
      if (index !== undefined && !holder.rest) {
        const item = holder.items[index < 0 ? holder.items.length + index : index];
        if (item) return item;
      }
      return elementOf(reading, holder, span);
    }
    case 'dict': {
      const name = keyOf(key);
      if (name !== undefined) {
        const item = holder.entries.get(name);
        if (item) return holder.rest ? join(item, holder.rest) : item;
        return holder.rest ?? nothing;
      }
      return valuesOf(holder);
    }
    case 'text': {
      const whole = constantText(holder);
      if (whole !== undefined && key?.kind === 'number') return constant([...whole].at(key.value) ?? '');
      return text(piecesOf(object('a part of a text', taintOfValue(holder), 'text')));
    }
    case 'any':
      return holder.of.map((one) => getItem(reading, one, keys, slice, span)).reduce((all, one) => join(all, one));
    case 'known':
      return knownItem(reading, holder.name, key, slice, span);
    case 'class':
      return holder;
    case 'instance': {
      const method = attribute(reading, holder, '__getitem__', span);
      if (method.kind === 'bound') return callValue(reading, method, callOf(span, ...keys));
      return object('an item', taintOfValue(holder));
    }
    case 'object': {
      // Whatever is kept under the name of a module may be that module.
      const names = constantTexts(key)?.filter(isCapabilityModule) ?? [];
      const item: Value = object(`${holder.of}[]`, holder.taint, holder.as === 'integer' ? 'any' : holder.as);
      return names.reduce<Value>((all, name) => join(all, known(name)), item);
    }
    default:
      return object('an item', taintOfValue(holder));
  }
}

function knownItem(reading: Reading, name: string, key: Value | undefined, slice: boolean, span: Span): Value {
  if (name === 'os.environ') return object('a variable of the environment', reading.environment(key, span), 'text');
  if (name === 'sys.argv') return getItem(reading, argumentsOf(reading), key ? [key] : [], slice, span);
  if (name === 'sys.modules') {
    if (constantTexts(key)) return runText(reading, key, 'import', span);
    if (key?.kind !== 'object' || key.of !== '__name__')
      reading.doubt('code.dynamic', say('the code computes the name of a module'), span);
    return known('__main__');
  }
  // `list[int]`, `typing.Optional[str]`
  return known(name);
}

export function valuesOf(dict: Value & { kind: 'dict' }): Value {
  let value = dict.rest;
  for (const item of dict.entries.values()) value = join(value, item);
  return value ?? nothing;
}

/** `holder[key] = value`; no key: some place that is not known. */
export function setItem(reading: Reading, holder: Value, key: Value | undefined, value: Value, span: Span): void {
  if ((holder.kind === 'list' || holder.kind === 'dict') && holder.shared) release(reading, value, span);
  switch (holder.kind) {
    case 'list': {
      const index = key?.kind === 'number' ? key.value : undefined;
      if (index !== undefined && index >= 0 && index < holder.items.length) {
        const before = holder.items[index];
        const after = join(before, value);
        if (after !== before) reading.changes += 1;
        holder.items[index] = after;
      } else addItem(reading, holder, key === undefined ? elementOf(reading, value, span) : value, span);
      return;
    }
    case 'dict': {
      const name = keyOf(key);
      if (name === undefined) addRest(reading, holder, value);
      else {
        const before = holder.entries.get(name);
        const after = join(before, value);
        if (after !== before) reading.changes += 1;
        holder.entries.set(name, after);
      }
      return;
    }
    case 'any':
      for (const one of holder.of) setItem(reading, one, key, value, span);
      return;
    case 'known':
      if (holder.name === 'sys.path') searchIn(reading, value, span);
      else if (holder.name === 'os.environ' || holder.name === 'os.environ.copy()')
        setVariable(reading, key, value, span);
      else {
        // A module of another name may be made up; one of the standard library is what is described here.
        const names = holder.name === 'sys.modules' ? constantTexts(key) : [];
        if (!names || names.some((name) => standardKind(name) !== undefined))
          reading.doubt('code.dynamic', say('the code replaces a module'), span);
        release(reading, value, span);
      }
      return;
    case 'instance': {
      const method = attribute(reading, holder, '__setitem__', span);
      if (method.kind === 'bound') callValue(reading, method, callOf(span, key ?? nothing, value));
      else release(reading, value, span);
      return;
    }
    default:
      release(reading, value, span);
  }
}

/** Something more in a list, wherever. */
export function addItem(reading: Reading, holder: Value & { kind: 'list' }, value: Value, span: Span): void {
  if (holder.shared) release(reading, value, span);
  if (holder.items.length < 200 && !holder.rest && reading.ways.depth === 0) {
    holder.items.push(value);
    reading.changes += 1;
    return;
  }
  addRest(reading, holder, value);
}

function addRest(reading: Reading, holder: Value & { kind: 'list' | 'dict' }, value: Value): void {
  const before = holder.rest;
  if (before && same(before, value)) return;
  const after = join(before, value);
  if (after !== before && !(before?.kind === 'any' && after.kind === 'any' && before.of.length === after.of.length))
    reading.changes += 1;
  holder.rest = after;
}
