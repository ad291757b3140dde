import type { Span } from '../../../effect';
import { clean, type Piece, type Taint, textPiece, unknownPiece } from '../../shell/field';
import type { CodeText } from '../code';
import type { Node } from './nodes';
import type { Cell, Scope } from './scope';
import { taintOfValue } from './taint';

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
