import type { Span } from '../../../effect';
import { clean, mixTaints, type Piece, type Taint, taintOf, textPiece, unknownPiece } from '../../shell/field';
import type { CodeText } from '../code';
import type { Node } from './nodes';
import type { Cell, Scope } from './scope';

/**
 * What an expression may be, over the whole run: values of a name are joined, never replaced. What can do something (`known`
 * names with effects, and whatever holds them) never becomes an `object`, so that objects can be called without harm.
 */
export type Value =
  | { readonly kind: 'text'; readonly pieces: CodeText }
  | { readonly kind: 'number'; readonly value: number }
  | ObjectValue
  | ListValue
  | DictValue
  /** A name that is described here, by its dotted name; `x()` in it stands for what calling `x` gives. */
  | { readonly kind: 'known'; readonly name: string }
  | FunctionValue
  | ClassValue
  | InstanceValue
  /** A method of a text, list or function that is not called at once. */
  | { readonly kind: 'method'; readonly of: Value; readonly name: string }
  | BoundValue
  | { readonly kind: 'any'; readonly of: readonly Value[] };

/** Ordinary data, or an object of a library. */
export interface ObjectValue {
  readonly kind: 'object';
  /** What it is, for messages. */
  readonly of: string;
  readonly as: 'any' | 'integer' | 'text';
  readonly taint: Taint;
  /** How many computed names lie between it and a known object: with two it may be the maker of functions. */
  readonly risk: 0 | 1 | 2;
}

/** Arrays and other iterables. `rest` stands for any number of further items, in unknown order with the known ones. */
export interface ListValue {
  readonly kind: 'list';
  /** It is the one list of a place in the code, not one that a method made on the way. */
  kept?: boolean;
  items: Value[];
  rest: Value | undefined;
}

export interface DictValue {
  readonly kind: 'dict';
  kept?: boolean;
  readonly entries: Map<string, Value>;
  rest: Value | undefined;
}

/** An element of a list pattern or a list of parameters. */
export interface Part {
  readonly target: Node | undefined;
  readonly spread: boolean;
  /** Its default. */
  readonly standard: Node | undefined;
}

export interface FunctionValue extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly node: Node;
  readonly scope: Scope;
  readonly role: 'plain' | 'get' | 'set';
  readonly parameters: readonly Part[];
  /** What its parameters were given, by place, and everything beyond them. */
  readonly given: Cell[];
  readonly more: Cell;
  readonly returned: Cell;
  /** What `this` is in it; undefined where it is that of the scope around. */
  readonly self: Cell | undefined;
  /** How many arguments its shortest call has. */
  least: number;
  /** The last pass in which its body was followed. */
  pass: number;
  called: boolean;
  /** Somebody unknown may call it with anything. */
  escaped: boolean;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  base: Value | undefined;
  readonly members: Map<string, Value>;
  readonly statics: Map<string, Value>;
  /** What its instances were given, all of them together. */
  readonly fields: Map<string, Value>;
  instance: InstanceValue | undefined;
  /** The last pass in which somebody unknown got it or one of its instances. */
  escaped: number;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly of: ClassValue;
}

export interface BoundValue {
  readonly kind: 'bound';
  callee: Value;
  args: Value[];
}

export function object(
  of: string,
  taint: Taint = clean,
  as: ObjectValue['as'] = 'any',
  risk: ObjectValue['risk'] = 0,
): ObjectValue {
  return { kind: 'object', of, as, taint, risk };
}

export const nothing: Value = object('undefined');
export const integer: Value = object('a number', clean, 'integer');

export function text(pieces: CodeText): Value {
  return { kind: 'text', pieces };
}

export function constant(of: string): Value {
  return { kind: 'text', pieces: of === '' ? [] : [textPiece(of)] };
}

export function known(name: string): Value {
  return { kind: 'known', name };
}

export function list(items: Value[], rest?: Value): ListValue {
  return { kind: 'list', items, rest };
}

export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'any' ? value.of : [value];
}

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

const mostHolders = 400;

/** What a value carries, through everything it holds. */
export function taintOfValue(value: Value): Taint {
  switch (value.kind) {
    case 'text':
      return taintOf(value.pieces);
    case 'object':
      return value.taint;
    case 'number':
    case 'function':
    case 'class':
      return clean;
    default: {
      const found = { secret: false, network: false };
      addTaint(value, found, new Set());
      return found;
    }
  }
}

function addTaint(value: Value | undefined, found: { secret: boolean; network: boolean }, seen: Set<Value>): void {
  if (!value) return;
  switch (value.kind) {
    case 'text':
    case 'object': {
      const taint = value.kind === 'object' ? value.taint : taintOf(value.pieces);
      found.secret ||= taint.secret;
      found.network ||= taint.network;
      return;
    }
    case 'known':
      found.secret ||= value.name === 'process.env';
      return;
    case 'number':
    case 'function':
    case 'class':
      return;
  }
  if (seen.has(value) || seen.size > mostHolders) return;
  seen.add(value);
  switch (value.kind) {
    case 'list':
      for (const item of value.items) addTaint(item, found, seen);
      addTaint(value.rest, found, seen);
      return;
    case 'dict':
      for (const item of value.entries.values()) addTaint(item, found, seen);
      addTaint(value.rest, found, seen);
      return;
    case 'instance':
      for (const item of value.of.fields.values()) addTaint(item, found, seen);
      return;
    case 'any':
      for (const item of value.of) addTaint(item, found, seen);
      return;
    case 'bound':
      for (const item of value.args) addTaint(item, found, seen);
      return;
    case 'method':
      addTaint(value.of, found, seen);
  }
}

/** A value as text. */
export function piecesOf(value: Value): CodeText {
  switch (value.kind) {
    case 'text':
      return value.pieces;
    case 'number':
      return [textPiece(String(value.value))];
    case 'object':
      return [unknownPiece(value.of, value.as === 'integer' ? 'integer' : 'any', value.taint)];
    case 'any':
      return [unknownPiece('one of several values', value.of.every(isNumber) ? 'integer' : 'any', taintOfValue(value))];
    default:
      return [unknownPiece(describe(value), 'any', taintOfValue(value))];
  }
}

export function isNumber(value: Value): boolean {
  return value.kind === 'number' || (value.kind === 'object' && value.as === 'integer');
}

/** The value as each of the texts it may be. */
export function textsOf(value: Value): readonly CodeText[] {
  return alternatives(value).map(piecesOf);
}

export function constantText(value: Value | undefined): string | undefined {
  if (value?.kind === 'number') return String(value.value);
  if (value?.kind !== 'text') return undefined;
  let out = '';
  for (const piece of value.pieces) {
    if (piece.type !== 'text') return undefined;
    out += piece.text;
  }
  return out;
}

/** All constant texts a value may be; undefined if it may be anything else. */
export function constantTexts(value: Value | undefined): readonly string[] | undefined {
  if (!value) return undefined;
  const out: string[] = [];
  for (const one of alternatives(value)) {
    const found = constantText(one);
    if (found === undefined) return undefined;
    out.push(found);
  }
  return out;
}

export function concat(...texts: readonly CodeText[]): CodeText {
  const out: Piece[] = [];
  for (const pieces of texts)
    for (const piece of pieces) {
      const last = out.at(-1);
      if (piece.type === 'text' && last?.type === 'text') out[out.length - 1] = textPiece(last.text + piece.text);
      else out.push(piece);
    }
  return out;
}

export function describe(value: Value): string {
  switch (value.kind) {
    case 'known':
    case 'class':
      return value.name;
    case 'object':
      return value.of;
    case 'function':
      return value.name;
    case 'instance':
      return value.of.name;
    case 'bound':
      return describe(value.callee);
    case 'method':
      return `${describe(value.of)}.${value.name}`;
    case 'list':
      return 'a list';
    case 'any':
      return value.of[0] ? describe(value.of[0]) : 'a value';
    default:
      return 'a value';
  }
}
