import type { Span } from '../../../effect';
import { attribute } from './attributes';
import { callOf } from './call';
import { callValue } from './functions';
import type { Reading } from './reading';
import { constant, constantText, join, list, nothing, object, piecesOf, taintOfValue, text, type Value } from './value';

/** The items of a value, where all of them are known, in order. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'list') return value.rest ? undefined : value.items;
  if (value.kind === 'dict') return value.rest ? undefined : [...value.entries.keys()].map(keyValue);
  if (value.kind === 'text') {
    const known = constantText(value);
    return known !== undefined && known.length <= 40 ? [...known].map(constant) : undefined;
  }
  return undefined;
}

/** A key of a dictionary as the value it was. */
export function keyValue(key: string): Value {
  return key.startsWith('#') ? { kind: 'number', value: Number(key.slice(1)) } : constant(key);
}

/** Any one of the items of a value. */
export function elementOf(reading: Reading, value: Value, span: Span): Value {
  switch (value.kind) {
    case 'list': {
      let element = value.rest;
      for (const item of value.items) element = join(element, item);
      return element ?? nothing;
    }
    case 'dict': {
      let element: Value | undefined = value.rest && object('a key', taintOfValue(value.rest));
      for (const key of value.entries.keys()) element = join(element, keyValue(key));
      return element ?? nothing;
    }
    case 'text':
      return text(piecesOf(object('a part of a text', taintOfValue(value), 'text')));
    case 'file':
      return text(piecesOf(object('a line of a file', value.taint, 'text')));
    case 'any':
      return value.of.map((one) => elementOf(reading, one, span)).reduce((all, one) => join(all, one));
    case 'known':
      if (value.name === 'sys.stdin') return object('a line of the input', reading.source.stdin, 'text');
      if (value.name === 'os.environ') return object('a name of a variable', undefined, 'text');
      if (value.name === 'sys.argv') return elementOf(reading, argumentsOf(reading), span);
      return object(`an item of ${value.name}`);
    case 'instance': {
      const method = attribute(reading, value, '__iter__', span);
      if (method.kind !== 'bound') return object('an item', taintOfValue(value));
      const made = callValue(reading, method, callOf(span));
      if (made.kind === 'instance') {
        const next = attribute(reading, made, '__next__', span);
        return next.kind === 'bound' ? callValue(reading, next, callOf(span)) : object('an item');
      }
      return elementOf(reading, made, span);
    }
    case 'class': {
      // Members of an enumeration.
      let element: Value = object('a member');
      for (const [, member] of value.members) if (member.kind !== 'function') element = join(element, member);
      return element;
    }
    case 'object':
      return object(`an item of ${value.of}`, value.taint, value.as === 'integer' ? 'integer' : 'any');
    default:
      return object('an item', taintOfValue(value));
  }
}

/** `sys.argv`. */
export function argumentsOf(reading: Reading): Value {
  const { args } = reading.source;
  if (!args) return list([], object('an argument', undefined, 'text'));
  return list([object('the name of the script', undefined, 'text'), ...args.map(text)]);
}
