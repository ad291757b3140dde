import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { hasEffect } from './library/effects';
import type { Reading } from './reading';
import { type ClassValue, describe, type Value } from './value';

/** Whether a value can do something by itself, or holds what can. */
export function holdsEffect(value: Value | undefined, depth = 0): boolean {
  if (!value) return false;
  if (depth > 4) return value.kind === 'known' && hasEffect(value.name);
  switch (value.kind) {
    case 'known':
      return hasEffect(value.name);
    case 'object':
      return value.risk === 2;
    case 'method':
      return holdsEffect(value.of, depth + 1);
    case 'list':
      return value.items.some((item) => holdsEffect(item, depth + 1)) || holdsEffect(value.rest, depth + 1);
    case 'dict':
      for (const entry of value.entries.values()) if (holdsEffect(entry, depth + 1)) return true;
      return holdsEffect(value.rest, depth + 1);
    case 'bound':
      return holdsEffect(value.callee, depth + 1) || value.args.some((item) => holdsEffect(item, depth + 1));
    case 'instance':
      for (const field of value.of.fields.values()) if (holdsEffect(field, depth + 2)) return true;
      return false;
    case 'any':
      return value.of.some((one) => holdsEffect(one, depth + 1));
    default:
      return false;
  }
}

/** The value goes where it is not followed: to a library, into an object that is not known. Functions may be called there. */
export function giveAway(reading: Reading, value: Value | undefined, span: Span, depth = 0): void {
  if (!value || depth > 5) return;
  switch (value.kind) {
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
    case 'function':
      value.escaped = true;
      return;
    case 'class':
      escapeClass(reading, value, span, depth);
      return;
    case 'instance':
      escapeClass(reading, value.of, span, depth);
      return;
    case 'list':
      for (const item of value.items) giveAway(reading, item, span, depth + 1);
      giveAway(reading, value.rest, span, depth + 1);
      return;
    case 'dict':
      for (const item of value.entries.values()) giveAway(reading, item, span, depth + 1);
      giveAway(reading, value.rest, span, depth + 1);
      return;
    case 'bound':
      giveAway(reading, value.callee, span, depth + 1);
      for (const item of value.args) giveAway(reading, item, span, depth + 1);
      return;
    case 'any':
      for (const one of value.of) giveAway(reading, one, span, depth + 1);
      return;
    default:
      return;
  }
}

function escapeClass(reading: Reading, value: ClassValue, span: Span, depth: number): void {
  if (value.escaped === reading.pass) return;
  value.escaped = reading.pass;
  for (const member of value.members.values()) giveAway(reading, member, span, depth + 1);
  for (const member of value.statics.values()) giveAway(reading, member, span, depth + 1);
  for (const field of value.fields.values()) giveAway(reading, field, span, depth + 1);
  giveAway(reading, value.base?.kind === 'class' ? value.base : undefined, span, depth + 1);
}
