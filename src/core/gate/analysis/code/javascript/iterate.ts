import type { Span } from '../../../effect';
import { callOf } from './call';
import { callFunction } from './functions';
import { giveAway } from './giveAway';
import { join } from './join';
import type { Reading } from './reading';
import { taintOfValue } from './taint';
import { alternatives, type ListValue, list, nothing, object, type Value } from './value';

/** Any one of what a list holds. */
export function anyItem(value: ListValue): Value {
  let all: Value | undefined;
  for (const item of value.items) all = join(all, item);
  return join(all, value.rest ?? (all ? undefined : nothing)) ?? nothing;
}

/** What a loop over the value, or spreading it, gives. */
export function element(reading: Reading, value: Value, span: Span): Value {
  let all: Value | undefined;
  for (const one of alternatives(value)) {
    switch (one.kind) {
      case 'list':
        reading.sink.spend(one.items.length / 4);
        all = join(all, anyItem(one));
        break;
      case 'text':
        all = join(all, object('a character', taintOfValue(one), 'text'));
        break;
      case 'object':
        all = join(all, object(`one of ${one.of}`, one.taint));
        break;
      case 'known':
        giveAway(reading, one, span);
        all = join(all, object(`one of ${one.name}`));
        break;
      case 'dict': {
        for (const entry of one.entries.values()) all = join(all, entry);
        if (one.rest) {
          all = join(all, one.rest);
          for (const made of alternatives(one.rest)) all = join(all, iterated(reading, made, one, span));
        }
        break;
      }
      default:
        if (one.kind === 'instance')
          for (const [name, member] of one.of.members)
            if (name.startsWith('[')) all = join(all, iterated(reading, member, one, span));
        giveAway(reading, one, span);
        all = join(all, object('an element', taintOfValue(one)));
    }
  }
  return all ?? nothing;
}

/** The item at a place, for list patterns. */
export function itemAt(reading: Reading, value: Value, index: number, span: Span): Value {
  let all: Value | undefined;
  for (const one of alternatives(value)) {
    if (one.kind === 'list') {
      const item = one.items[index];
      if (item) all = join(all, item);
      if (one.rest) all = join(all, one.rest);
      if (!item && !one.rest) all = join(all, nothing);
    } else all = join(all, element(reading, one, span));
  }
  return all ?? nothing;
}

export function restFrom(reading: Reading, value: Value, index: number, span: Span): Value {
  if (value.kind === 'list') return list(value.items.slice(index), value.rest);
  return list([], element(reading, value, span));
}

/** What the iterator of an object gives, where a member with a computed name is one. */
function iterated(reading: Reading, member: Value, self: Value, span: Span): Value {
  if (member.kind !== 'function') return nothing;
  const given = callFunction(reading, member, callOf(span, [], undefined, self));
  return given.kind === 'list' ? anyItem(given) : given;
}
