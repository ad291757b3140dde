import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { mixTaints, unknownPiece } from '../../shell/field';
import { itemsOf } from './iterate';
import { joinPaths } from './pathTexts';
import type { Reading } from './reading';
import { holdsEffect } from './release';
import {
  concat,
  constant,
  constantText,
  integer,
  join,
  list,
  nothing,
  object,
  piecesOf,
  taintOfValue,
  text,
  truth,
  type Value,
} from './value';

/** `left op right`. */
export function operate(reading: Reading, op: string, left: Value, right: Value, span: Span): Value {
  if (op === 'and' || op === 'or') return join(left, right);
  if (left.kind === 'any' && left.of.length <= 6)
    return left.of.map((one) => operate(reading, op, one, right, span)).reduce((all, one) => join(all, one));
  if (right.kind === 'any' && right.of.length <= 6 && op !== '%')
    return right.of.map((one) => operate(reading, op, left, one, span)).reduce((all, one) => join(all, one));
  switch (op) {
    case '+': {
      if (left.kind === 'number' && right.kind === 'number') return { kind: 'number', value: left.value + right.value };
      if (left.kind === 'list' && right.kind === 'list')
        return left.rest
          ? list(
              left.items,
              right.items.reduce<Value>((all, one) => join(all, one), join(left.rest, right.rest ?? left.rest)),
            )
          : list([...left.items, ...right.items], right.rest);
      if (left.kind === 'list') return list([...left.items], join(left.rest, object('an item', taintOfValue(right))));
      if (right.kind === 'list') return list([...right.items], join(right.rest, object('an item', taintOfValue(left))));
      if (left.kind === 'text' || right.kind === 'text' || (left.kind === 'object' && left.as === 'text'))
        return text(concat(piecesOf(left), piecesOf(right)));
      break;
    }
    case '/':
      if (left.kind === 'path' || right.kind === 'path')
        return { kind: 'path', pieces: joinPaths(piecesOf(left), piecesOf(right)) };
      break;
    case '%':
      if (left.kind === 'text') return percent(left, right);
      break;
    case '*':
      if (left.kind === 'list')
        return list(
          [],
          left.items.reduce<Value>((all, one) => join(all, one), left.rest ?? nothing),
        );
      if (left.kind === 'text') {
        const one = constantText(left);
        if (one !== undefined && right.kind === 'number' && right.value * one.length <= 400)
          return constant(one.repeat(Math.max(0, right.value)));
        return text(concat(left.pieces, [unknownPiece('a repeated text', 'any')], left.pieces));
      }
      break;
    case '-':
      if (left.kind === 'number' && right.kind === 'number') return { kind: 'number', value: left.value - right.value };
      break;
    case '|':
      if (left.kind === 'dict' && right.kind === 'dict') {
        const entries = new Map(left.entries);
        for (const [key, value] of right.entries) entries.set(key, join(entries.get(key), value));
        return {
          kind: 'dict',
          entries,
          rest: left.rest || right.rest ? join(left.rest, right.rest ?? left.rest) : undefined,
        };
      }
      if (left.kind === 'list' && right.kind === 'list')
        return list(
          [...left.items, ...right.items],
          left.rest || right.rest ? join(left.rest, right.rest ?? left.rest) : undefined,
        );
      // Types: `int | None`.
      if (left.kind === 'known' || right.kind === 'known' || left.kind === 'class') return object('a type');
      break;
    case '==':
    case '!=':
    case '<':
    case '>':
    case '<=':
    case '>=':
    case '<>':
      return truth;
    default:
      if (/^(?:not\s+)?in$|^is(?:\s+not)?$/.test(op)) return truth;
  }
  // A text or number that something calculates with.
  if (holdsEffect(left) || holdsEffect(right))
    reading.doubt('code.dynamic', say('the code calculates with something that can have effects'), span);
  const taint = mixTaints(taintOfValue(left), taintOfValue(right));
  if (isNumber(left) && isNumber(right)) return taint.secret || taint.network ? object('a number', taint) : integer;
  return object('a calculated value', taint);
}

function isNumber(value: Value): boolean {
  return value.kind === 'number' || (value.kind === 'object' && value.as === 'integer');
}

/** `'… %s …' % values`. */
function percent(left: Value & { kind: 'text' }, right: Value): Value {
  const whole = constantText(left);
  const values = right.kind === 'list' ? itemsOf(right) : [right];
  const unknown = object('a formatted text', taintOfValue(right), 'text');
  if (whole === undefined || !values || right.kind === 'dict') return text(concat(left.pieces, piecesOf(unknown)));
  const parts = whole.split(/%([sdi%])/);
  let next = 0;
  const out = parts.map((part, index) => {
    if (index % 2 === 0) return part.includes('%') ? piecesOf(unknown) : piecesOf(constant(part));
    if (part === '%') return piecesOf(constant('%'));
    const value = values[next];
    next += 1;
    return value ? piecesOf(value) : piecesOf(unknown);
  });
  return text(concat(...out));
}
