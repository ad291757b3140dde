import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { clean, unknownPiece } from '../../shell/field';
import { callOf } from './call';
import { hasEffect, isRiskyMethod } from './library';
import type { Reading } from './reading';
import { type ClassValue, describe, object, type Value } from './value';

/** Whether a value can do something by itself, or holds what can. */
export function holdsEffect(value: Value): boolean {
  switch (value.kind) {
    case 'known':
      return hasEffect(value.name);
    case 'method':
    case 'list':
    case 'dict':
    case 'partial':
    case 'any':
      break;
    default:
      return false;
  }
  const seen = new Set<Value>([value]);
  for (const one of seen)
    if (one.kind === 'known') {
      if (hasEffect(one.name)) return true;
    } else if (one.kind === 'method') {
      if ((one.of.kind === 'path' || one.of.kind === 'object') && isRiskyMethod(one.name)) return true;
      seen.add(one.of);
    } else if (one.kind === 'list' || one.kind === 'dict') {
      for (const item of one.kind === 'list' ? one.items : one.entries.values()) seen.add(item);
      if (one.rest) seen.add(one.rest);
    } else if (one.kind === 'partial') {
      seen.add(one.callee);
      for (const item of [...one.call.args, ...one.call.named.values()]) seen.add(item);
    } else if (one.kind === 'any') for (const item of one.of) seen.add(item);
  return false;
}

/** The value goes where it is not followed: to a library, into an object that is not known. Functions may be called there. */
export function release(reading: Reading, value: Value, span: Span, seen = new Set<Value>()): void {
  if (value.kind === 'text' || value.kind === 'object' || value.kind === 'number' || seen.has(value)) return;
  seen.add(value);
  switch (value.kind) {
    case 'known':
    case 'method':
      if (holdsEffect(value))
        reading.doubt(
          'code.unknown-call',
          say('{0} is given to code that may call it with anything', describe(value)),
          span,
        );
      return;
    case 'function':
      value.state.escaped = true;
      return;
    case 'bound':
      release(reading, value.code, span, seen);
      release(reading, value.self, span, seen);
      return;
    case 'instance':
      releaseClass(reading, value.class, span, seen);
      return;
    case 'class':
      releaseClass(reading, value, span, seen);
      return;
    case 'list':
      for (const item of value.items) release(reading, item, span, seen);
      if (value.rest) release(reading, value.rest, span, seen);
      return;
    case 'dict':
      for (const item of value.entries.values()) release(reading, item, span, seen);
      if (value.rest) release(reading, value.rest, span, seen);
      return;
    case 'partial':
      release(reading, value.callee, span, seen);
      for (const item of [...value.call.args, ...value.call.named.values()]) release(reading, item, span, seen);
      return;
    case 'doing':
      value.run(callOf(span, object('an argument')), reading);
      return;
    case 'file':
      reading.put(value, [unknownPiece('what a library writes', 'any', clean)]);
      return;
    case 'any':
      for (const one of value.of) release(reading, one, span, seen);
      return;
    default:
      return;
  }
}

/** What instances of a class that is out of sight hold, may be called there. */
export function releaseMembers(reading: Reading, value: ClassValue, span: Span, seen = new Set<Value>()): void {
  for (const held of [value.members, value.fields])
    for (const member of held.values()) release(reading, member, span, seen);
}

function releaseClass(reading: Reading, value: ClassValue, span: Span, seen: Set<Value>): void {
  if (value.escaped) return;
  value.escaped = true;
  releaseMembers(reading, value, span, seen);
  for (const base of value.bases) if (base.kind === 'class') releaseClass(reading, base, span, seen);
}
