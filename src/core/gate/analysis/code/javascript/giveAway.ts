import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { hasEffect } from './library/effects';
import type { Reading } from './reading';
import { type ClassValue, describe, type Value } from './value';

const mostHolders = 600;

/** Whether a value can do something by itself, or holds what can. */
export function holdsEffect(value: Value | undefined, seen?: Set<Value>): boolean {
  if (!value) return false;
  switch (value.kind) {
    case 'known':
      return hasEffect(value.name);
    case 'object':
      return value.risk === 2;
    case 'text':
    case 'number':
    case 'function':
    case 'class':
      return false;
  }
  const known = seen ?? new Set<Value>();
  if (known.has(value)) return false;
  if (known.size > mostHolders) return true;
  known.add(value);
  switch (value.kind) {
    case 'method':
      return holdsEffect(value.of, known);
    case 'list':
      return value.items.some((item) => holdsEffect(item, known)) || holdsEffect(value.rest, known);
    case 'dict':
      for (const entry of value.entries.values())
        if (!(entry.kind === 'known' && entry.name === 'Function') && holdsEffect(entry, known)) return true;
      return holdsEffect(value.rest, known);
    case 'bound':
      return holdsEffect(value.callee, known) || value.args.some((item) => holdsEffect(item, known));
    case 'instance':
      for (const field of value.of.fields.values()) if (holdsEffect(field, known)) return true;
      return false;
    case 'any':
      return value.of.some((one) => holdsEffect(one, known));
  }
}

/** The value goes where it is not followed: to a library, into an object that is not known. Functions may be called there. */
export function giveAway(reading: Reading, value: Value | undefined, span: Span, seen?: Set<Value>): void {
  if (!value) return;
  switch (value.kind) {
    case 'text':
    case 'number':
      return;
    case 'function':
      value.escaped = true;
      return;
    case 'known':
    case 'method':
    case 'object':
      if (holdsEffect(value))
        reading.doubt(
          'code.unknown-call',
          say('{0} is given to code that may call it with anything', describe(value)),
          span,
        );
      return;
  }
  const known = seen ?? new Set<Value>();
  if (known.has(value) || known.size > mostHolders) return;
  known.add(value);
  reading.sink.spend(1);
  switch (value.kind) {
    case 'class':
      giveClass(reading, value, span, known);
      return;
    case 'instance':
      giveClass(reading, value.of, span, known);
      return;
    case 'list':
      for (const item of value.items) giveAway(reading, item, span, known);
      giveAway(reading, value.rest, span, known);
      return;
    case 'dict':
      // `{ type: Function }` says what a property has to be.
      for (const item of value.entries.values())
        if (!(item.kind === 'known' && item.name === 'Function')) giveAway(reading, item, span, known);
      giveAway(reading, value.rest, span, known);
      return;
    case 'bound':
      giveAway(reading, value.callee, span, known);
      for (const item of value.args) giveAway(reading, item, span, known);
      return;
    case 'any':
      for (const one of value.of) giveAway(reading, one, span, known);
      return;
  }
}

function giveClass(reading: Reading, value: ClassValue, span: Span, seen: Set<Value>): void {
  if (value.escaped === reading.pass) return;
  value.escaped = reading.pass;
  for (const member of value.members.values()) giveAway(reading, member, span, seen);
  for (const member of value.statics.values()) giveAway(reading, member, span, seen);
  for (const field of value.fields.values()) giveAway(reading, field, span, seen);
  if (value.base?.kind === 'class') giveClass(reading, value.base, span, seen);
}
