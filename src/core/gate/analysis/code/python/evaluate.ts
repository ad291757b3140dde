import { mixTaints } from '../../shell/field';
import { attribute } from './attributes';
import type { Call } from './call';
import { alternatively, assign } from './execute';
import { callMember, callValue, makeFunction } from './functions';
import { inScope } from './inScope';
import { getItem } from './items';
import { elementOf, itemsOf } from './iterate';
import { lookUp } from './names';
import { operate } from './operators';
import type { Reading } from './reading';
import type { Argument, Clause, Expr } from './syntax';
import {
  alternatives,
  concat,
  constant,
  constantText,
  type DictValue,
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

/** Follows an expression. @returns what it may be. */
export function evaluate(reading: Reading, expr: Expr): Value {
  reading.sink.spend(1);
  switch (expr.type) {
    case 'text':
      return constant(expr.text);
    case 'number':
      return Number.isFinite(expr.value) ? { kind: 'number', value: expr.value } : integer;
    case 'plain':
      if (expr.name === 'text') return object('a text', undefined, 'text');
      return expr.name === 'None' ? nothing : object(expr.name);
    case 'name':
      return lookUp(reading, expr.name);
    case 'format':
      return text(
        concat(
          ...expr.parts.map((part) =>
            typeof part === 'string' ? piecesOf(constant(part)) : spoken(reading, evaluate(reading, part), part),
          ),
        ),
      );
    case 'attribute':
      return attribute(reading, evaluate(reading, expr.of), expr.name, expr);
    case 'index': {
      const holder = evaluate(reading, expr.of);
      const keys = expr.keys.map((key) => evaluate(reading, key));
      return getItem(reading, holder, keys, expr.slice, expr);
    }
    case 'call':
      return evaluateCall(reading, expr);
    case 'binary':
      return operate(reading, expr.op, evaluate(reading, expr.left), evaluate(reading, expr.right), expr);
    case 'unary': {
      const value = evaluate(reading, expr.of);
      if (expr.op === 'format') {
        const pieces = spoken(reading, value, expr);
        const taint = taintOfValue(text(pieces));
        const numeric = value.kind === 'number' || (value.kind === 'object' && value.as === 'integer');
        return object('a formatted value', taint, numeric ? 'integer' : 'text');
      }
      if (value.kind === 'number' && expr.op === '-') return { kind: 'number', value: -value.value };
      return expr.op === 'not'
        ? truth
        : object('a value', taintOfValue(value), value.kind === 'number' ? 'integer' : 'any');
    }
    case 'choice': {
      evaluate(reading, expr.test);
      let yes: Value = nothing;
      let no: Value = nothing;
      alternatively(reading, [
        () => {
          yes = evaluate(reading, expr.yes);
        },
        () => {
          no = evaluate(reading, expr.no);
        },
      ]);
      return join(yes, no);
    }
    case 'lambda':
      return makeFunction(reading, expr.code);
    case 'list':
      return listOf(reading, expr.items);
    case 'dict':
      return dictOf(reading, expr.entries);
    case 'comprehension':
      return inScope(reading, 'inner', () => comprehension(reading, expr));
    case 'star':
      return list([], elementOf(reading, evaluate(reading, expr.of), expr));
    case 'await':
      return evaluate(reading, expr.of);
    case 'yield': {
      const value = expr.of ? evaluate(reading, expr.of) : nothing;
      const frame = reading.frames.at(-1);
      const given = expr.from ? elementOf(reading, value, expr) : value;
      if (frame) frame.yielded = join(frame.yielded, given);
      return object('what is sent in');
    }
    case 'walrus': {
      const value = evaluate(reading, expr.value);
      // It binds outside the comprehension it stands in.
      const { scope } = reading;
      while (reading.scope.kind === 'inner' && reading.scope.parent) reading.scope = reading.scope.parent;
      assign(reading, expr.target, value, expr);
      reading.scope = scope;
      return value;
    }
  }
}

/** What a value is as text: a few known ones have to be asked for it. */
function spoken(reading: Reading, value: Value, span: Expr): ReturnType<typeof piecesOf> {
  if (value.kind === 'known' && value.name === 'os.environ')
    return piecesOf(object('the environment', reading.environment(undefined, span), 'text'));
  if (value.kind === 'any') {
    const known = value.of.map((one) => spoken(reading, one, span));
    return [{ ...unknownOf(value), ...mixTaints(...known.map((pieces) => taintOfValue(text(pieces)))) }];
  }
  return piecesOf(value);
}

function unknownOf(value: Value): Extract<ReturnType<typeof piecesOf>[number], { type: 'unknown' }> {
  const numbers = alternatives(value).every(
    (one) => one.kind === 'number' || (one.kind === 'object' && one.as === 'integer'),
  );
  return {
    type: 'unknown',
    what: 'one of several values',
    as: numbers ? 'integer' : 'any',
    secret: false,
    network: false,
  };
}

function evaluateCall(reading: Reading, expr: Expr & { type: 'call' }): Value {
  const { callee } = expr;
  if (callee.type === 'attribute') {
    const receiver = evaluate(reading, callee.of);
    const call = callFor(reading, expr.args, expr);
    return callMember(reading, receiver, callee.name, call, callee);
  }
  const value = evaluate(reading, callee);
  return callValue(reading, value, callFor(reading, expr.args, expr));
}

export function callFor(reading: Reading, args: readonly Argument[], span: Expr): Call {
  const values: Value[] = [];
  const named = new Map<string, Value>();
  let more: Value | undefined;
  for (const { unpack, name, value } of args) {
    const given = evaluate(reading, value);
    if (unpack === '*') {
      const items = itemsOf(given);
      if (items && more === undefined) values.push(...items);
      else more = join(more, elementOf(reading, given, value));
    } else if (unpack === '**') {
      for (const one of alternatives(given))
        if (one.kind === 'dict') {
          for (const [key, item] of one.entries) named.set(key, join(named.get(key), item));
          if (one.rest) more = join(more, one.rest);
        } else more = join(more, object('unpacked arguments', taintOfValue(one)));
    } else if (name === undefined) {
      if (more === undefined) values.push(given);
      else more = join(more, given);
    } else named.set(name, given);
  }
  return { args: values, named, more, start: span.start, end: span.end };
}

function listOf(reading: Reading, items: readonly Expr[]): Value {
  const values: Value[] = [];
  let rest: Value | undefined;
  for (const item of items) {
    if (item.type !== 'star') {
      values.push(evaluate(reading, item));
      continue;
    }
    const given = evaluate(reading, item.of);
    const known = itemsOf(given);
    if (known) values.push(...known);
    else rest = join(rest, elementOf(reading, given, item));
  }
  return list(values, rest);
}

function dictOf(reading: Reading, entries: readonly { readonly key: Expr | undefined; readonly value: Expr }[]): Value {
  const made: DictValue = { kind: 'dict', entries: new Map(), rest: undefined };
  for (const { key, value } of entries) {
    const given = evaluate(reading, value);
    if (!key) {
      for (const one of alternatives(given))
        if (one.kind === 'dict') {
          for (const [name, item] of one.entries) made.entries.set(name, join(made.entries.get(name), item));
          if (one.rest) made.rest = join(made.rest, one.rest);
        } else if (one.kind === 'known' && one.name.startsWith('os.environ'))
          made.rest = join(made.rest, object('a variable', reading.environment(undefined, value), 'text'));
        else made.rest = join(made.rest, object('unpacked entries', taintOfValue(one)));
      continue;
    }
    putEntry(made, evaluate(reading, key), given);
  }
  return made;
}

function putEntry(dict: DictValue, key: Value, value: Value): void {
  const name = keyOf(key);
  if (name === undefined) dict.rest = join(dict.rest, value);
  else dict.entries.set(name, dict.entries.has(name) ? join(dict.entries.get(name), value) : value);
}

/** How a constant key is kept. */
export function keyOf(key: Value | undefined): string | undefined {
  if (key?.kind === 'number') return `#${key.value}`;
  return constantText(key);
}

const mostTaken = 60;

function comprehension(reading: Reading, expr: Expr & { type: 'comprehension' }): Value {
  const items: Value[] = [];
  const entries: DictValue = { kind: 'dict', entries: new Map(), rest: undefined };
  let rest: Value | undefined;
  const take = (exact: boolean): void => {
    const value = evaluate(reading, expr.value);
    if (expr.key) {
      const key = evaluate(reading, expr.key);
      if (exact) putEntry(entries, key, value);
      else entries.rest = join(entries.rest, value);
    } else if (expr.value.type === 'star' && value.kind === 'list') rest = join(rest, value.rest);
    else if (exact) items.push(value);
    else rest = join(rest, value);
  };
  const go = (clauses: readonly Clause[], exact: boolean): void => {
    const [clause, ...others] = clauses;
    if (!clause) {
      take(exact);
      return;
    }
    if (clause.type === 'if') {
      evaluate(reading, clause.test);
      go(others, false);
      return;
    }
    const over = evaluate(reading, clause.over);
    const known = itemsOf(over);
    if (known && known.length <= mostTaken && reading.unrolled < 600) {
      reading.unrolled += known.length;
      for (const item of known) {
        assign(reading, clause.target, item, clause.over);
        go(others, exact);
      }
    } else {
      assign(reading, clause.target, elementOf(reading, over, clause.over), clause.over);
      go(others, false);
    }
  };
  go(expr.clauses, true);
  return expr.key ? entries : list(items, rest);
}
