import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { clean, unknownPiece } from '../../shell/field';
import { callOf } from './call';
import { hasEffect, isRiskyMethod } from './library';
import type { Reading } from './reading';
import { type ClassValue, describe, object, type Value } from './value';

/** Whether a value can do something by itself, or holds what can. */
export function holdsEffect(value: Value, depth = 0): boolean {
  if (depth > 4) return true;
  switch (value.kind) {
    case 'known':
      return hasEffect(value.name);
    case 'method':
      return (
        ((value.of.kind === 'path' || value.of.kind === 'object') && isRiskyMethod(value.name)) ||
        holdsEffect(value.of, depth + 1)
      );
    case 'list':
      return (
        value.items.some((item) => holdsEffect(item, depth + 1)) ||
        (value.rest !== undefined && holdsEffect(value.rest, depth + 1))
      );
    case 'dict':
      return (
        [...value.entries.values()].some((item) => holdsEffect(item, depth + 1)) ||
        (value.rest !== undefined && holdsEffect(value.rest, depth + 1))
      );
    case 'partial':
      return holdsEffect(value.callee, depth + 1) || value.call.args.some((item) => holdsEffect(item, depth + 1));
    case 'any':
      return value.of.some((one) => holdsEffect(one, depth + 1));
    default:
      return false;
  }
}

/** The value goes where it is not followed: to a library, into an object that is not known. Functions may be called there. */
export function release(reading: Reading, value: Value, span: Span, depth = 0): void {
  if (depth > 4) return;
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
      release(reading, value.code, span, depth + 1);
      release(reading, value.self, span, depth + 1);
      return;
    case 'instance':
      releaseClass(reading, value.class, span, depth);
      return;
    case 'class':
      releaseClass(reading, value, span, depth);
      return;
    case 'list':
      for (const item of value.items) release(reading, item, span, depth + 1);
      if (value.rest) release(reading, value.rest, span, depth + 1);
      return;
    case 'dict':
      for (const item of value.entries.values()) release(reading, item, span, depth + 1);
      if (value.rest) release(reading, value.rest, span, depth + 1);
      return;
    case 'partial':
      release(reading, value.callee, span, depth + 1);
      for (const item of value.call.args) release(reading, item, span, depth + 1);
      return;
    case 'doing':
      value.run(callOf(span, object('an argument')), reading);
      return;
    case 'file':
      reading.put(value, [unknownPiece('what a library writes', 'any', clean)]);
      return;
    case 'any':
      for (const one of value.of) release(reading, one, span, depth + 1);
      return;
    default:
      return;
  }
}

/** What instances of a class that is out of sight hold, may be called there. */
export function releaseMembers(reading: Reading, value: ClassValue, span: Span, depth = 0): void {
  for (const held of [value.members, value.fields])
    for (const member of held.values()) release(reading, member, span, depth + 1);
}

function releaseClass(reading: Reading, value: ClassValue, span: Span, depth: number): void {
  if (value.escaped) return;
  value.escaped = true;
  releaseMembers(reading, value, span, depth);
  for (const base of value.bases) if (base.kind === 'class') releaseClass(reading, base, span, depth + 1);
}
