import { mixTaints } from '../../shell/field';
import type { CodeText } from '../code';
import { taintOfValue } from './taint';
import {
  alternatives,
  type DictValue,
  type ListValue,
  list,
  nothing,
  type ObjectValue,
  object,
  type Value,
} from './value';

/** Comparisons of values since somebody last paid for them. */
export const comparing = { done: 0 };

const mostTexts = 64;

/** Either of two values; the first itself where the second adds nothing. Effects are never forgotten. */
export function join(a: Value | undefined, b: Value | undefined): Value {
  if (a === undefined) return b ?? nothing;
  if (b === undefined || a === b) return a;
  let all: Value[] | undefined;
  for (const other of alternatives(b)) {
    const now: readonly Value[] = all ?? alternatives(a);
    comparing.done += now.length;
    if (now.some((one) => covers(one, other))) continue;
    all ??= [...now];
    const place = other.kind === 'object' ? all.findIndex(({ kind }) => kind === 'object') : -1;
    const before = all[place];
    if (before?.kind === 'object' && other.kind === 'object') all[place] = joinObjects(before, other);
    else all.push(other);
  }
  if (!all) return a;
  const texts = all.filter(({ kind }) => kind === 'text' || kind === 'number').length;
  if (texts > mostTexts) all = widened(all);
  if (all.length > mostLists) all = withFewLists(all);
  return all.length === 1 && all[0] ? all[0] : { kind: 'any', of: all };
}

const mostLists = 8;

/** Lists that methods made on the way become one. */
function withFewLists(all: readonly Value[]): Value[] {
  const passing = all.filter((one) => (one.kind === 'list' || one.kind === 'dict') && one.kept !== true);
  if (passing.length <= mostLists) return [...all];
  let rest: Value | undefined;
  for (const one of passing) {
    if (one.kind === 'list') for (const item of one.items) rest = join(rest, item);
    if (one.kind === 'dict') for (const item of one.entries.values()) rest = join(rest, item);
    if ((one.kind === 'list' || one.kind === 'dict') && one.rest) rest = join(rest, one.rest);
  }
  return [...all.filter((one) => !passing.includes(one)), list([], rest)];
}

/** Data becomes unknown data; what can do something stays. */
export function widen(value: Value): Value {
  const all = alternatives(value);
  const wide = widened(all);
  return wide.length === all.length && wide.every((one, index) => one === all[index])
    ? value
    : wide.length === 1 && wide[0]
      ? wide[0]
      : { kind: 'any', of: wide };
}

/** Whether there is nothing in it that could be called. */
function isData(value: Value, depth = 0): boolean {
  switch (value.kind) {
    case 'text':
    case 'number':
      return true;
    case 'object':
      return value.risk < 2;
    case 'list':
      return (
        depth < 4 &&
        value.items.length <= 30 &&
        value.items.every((item) => isData(item, depth + 1)) &&
        (!value.rest || isData(value.rest, depth + 1))
      );
    case 'dict':
      return (
        depth < 4 &&
        value.entries.size <= 30 &&
        [...value.entries.values()].every((item) => isData(item, depth + 1)) &&
        (!value.rest || isData(value.rest, depth + 1))
      );
    case 'any':
      return depth < 4 && value.of.length <= 30 && value.of.every((item) => isData(item, depth + 1));
    default:
      return false;
  }
}

function widened(all: readonly Value[]): Value[] {
  const data = all.filter(
    (one) =>
      one.kind === 'text' ||
      one.kind === 'number' ||
      one.kind === 'object' ||
      ((one.kind === 'list' || one.kind === 'dict') && one.kept !== true && isData(one)),
  );
  const [only] = data;
  if (!only || (data.length === 1 && only.kind === 'object')) return [...all];
  const risk = data.some((one) => one.kind === 'object' && one.risk === 2) ? 2 : 0;
  const wide = object('one of many values', mixTaints(...data.map((one) => taintOfValue(one))), 'any', risk);
  return [...all.filter((one) => !data.includes(one)), wide];
}

function joinObjects(a: ObjectValue, b: ObjectValue): ObjectValue {
  const risk = Math.max(a.risk, b.risk) as ObjectValue['risk'];
  return object(a.of, mixTaints(a.taint, b.taint), a.as === b.as ? a.as : 'any', risk);
}

/** Whether the first says all that the second says. */
function covers(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return true;
  if (a.kind === 'any' && depth > 0)
    return alternatives(b).every((one) => a.of.some((other) => covers(other, one, depth)));
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'text':
      return b.kind === 'text' && samePieces(a.pieces, b.pieces);
    case 'number':
      return b.kind === 'number' && Object.is(a.value, b.value);
    case 'known':
      return b.kind === 'known' && a.name === b.name;
    case 'object':
      return (
        b.kind === 'object' &&
        (a.as === b.as || a.as === 'any') &&
        (a.taint.secret || !b.taint.secret) &&
        (a.taint.network || !b.taint.network) &&
        a.risk >= b.risk
      );
    case 'method':
      return b.kind === 'method' && a.name === b.name && covers(a.of, b.of);
    case 'instance':
      return b.kind === 'instance' && a.of === b.of;
    case 'list':
      return b.kind === 'list' && b.kept !== true && depth < 3 && coversList(a, b, depth + 1);
    case 'dict':
      return b.kind === 'dict' && b.kept !== true && depth < 3 && coversDict(a, b, depth + 1);
    default:
      return false;
  }
}

function coversMaybe(a: Value | undefined, b: Value | undefined, depth: number): boolean {
  return b === undefined || (a !== undefined && covers(a, b, depth));
}

function coversList(a: ListValue, b: ListValue, depth: number): boolean {
  return (
    b.items.length <= (depth > 1 ? 8 : 60) &&
    b.items.every(
      (item, index) =>
        coversMaybe(a.items[index], item, depth) || (a.rest !== undefined && covers(a.rest, item, depth)),
    ) &&
    a.items.length >= Math.min(b.items.length, 1) &&
    coversMaybe(a.rest, b.rest, depth)
  );
}

function coversDict(a: DictValue, b: DictValue, depth: number): boolean {
  if (b.entries.size > (depth > 1 ? 8 : 60)) return false;
  for (const [name, entry] of b.entries) if (!coversMaybe(a.entries.get(name), entry, depth)) return false;
  return coversMaybe(a.rest, b.rest, depth);
}

function samePieces(a: CodeText, b: CodeText): boolean {
  return (
    a.length === b.length &&
    a.every((piece, index) => {
      const other = b[index];
      if (piece === other) return true;
      if (piece.type === 'text') return other?.type === 'text' && piece.text === other.text;
      if (piece.type === 'glob') return other?.type === 'glob' && piece.pattern === other.pattern;
      return (
        other?.type === 'unknown' &&
        piece.as === other.as &&
        piece.secret === other.secret &&
        piece.network === other.network &&
        piece.what === other.what
      );
    })
  );
}
