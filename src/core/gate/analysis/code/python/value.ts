import { clean, mixTaints, type Piece, type Taint, taintOf, textPiece, unknownPiece } from '../../shell/field';
import type { CodeText } from '../code';
import type { Call } from './call';
import type { Reading } from './reading';
import type { Scope } from './scope';
import type { FunctionCode } from './syntax';

/**
 * What an expression may be. What can do something (`known` names with effects, and whatever holds them) is always tracked: it
 * never becomes an `object`, so that objects can be called and asked for attributes without harm.
 */
export type Value =
  | { readonly kind: 'text'; readonly pieces: CodeText }
  | { readonly kind: 'number'; readonly value: number }
  /** Ordinary data or an object of a library. `of` says what it is, for messages. */
  | { readonly kind: 'object'; readonly of: string; readonly as: 'any' | 'integer' | 'text'; readonly taint: Taint }
  /** Lists, tuples, sets. `rest` stands for any number of further items, in unknown order with the known ones. */
  | ListValue
  | DictValue
  /** A name of a module that is described here, by its dotted name; `x()` in it stands for what calling `x` gives. */
  | { readonly kind: 'known'; readonly name: string }
  /** A method of a tracked value. */
  | { readonly kind: 'method'; readonly of: Value; readonly name: string }
  | FunctionValue
  | { readonly kind: 'bound'; readonly self: Value; readonly code: FunctionValue }
  | ClassValue
  | { readonly kind: 'instance'; readonly class: ClassValue }
  /** A `pathlib.Path`. */
  | { readonly kind: 'path'; readonly pieces: CodeText }
  | FileValue
  | { readonly kind: 'super'; readonly of: ClassValue; readonly self: Value }
  | { readonly kind: 'partial'; readonly callee: Value; readonly call: Call }
  /** Something that the reader makes up, like `operator.methodcaller('x')`. */
  | { readonly kind: 'doing'; readonly what: string; readonly run: (call: Call, reading: Reading) => Value }
  | { readonly kind: 'any'; readonly of: readonly Value[] };

export interface ListValue {
  readonly kind: 'list';
  readonly items: Value[];
  rest: Value | undefined;
  /** It stands for others as well, which do not see what is put into it. */
  shared?: boolean;
}

export interface DictValue {
  readonly kind: 'dict';
  readonly entries: Map<string, Value>;
  rest: Value | undefined;
  shared?: boolean;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly code: FunctionCode;
  readonly scope: Scope;
  readonly standards: ReadonlyMap<string, Value>;
  /** How it is reached through a class. */
  readonly role: 'plain' | 'static' | 'class' | 'property';
  readonly state: FunctionState;
}

export interface FunctionState {
  calls: number;
  /** Somebody unknown may call it with anything. */
  escaped: boolean;
  judged: boolean;
  running: number;
  returned: Value | undefined;
  /** The class it is a method of. */
  owner: ClassValue | undefined;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Value[];
  readonly members: Map<string, Value>;
  /** What its instances were given, all of them together. */
  readonly fields: Map<string, Value>;
  /** The same as the `__dict__` of its instances. */
  readonly dictionary: DictValue;
  /** Somebody unknown has it or one of its instances. */
  escaped: boolean;
}

export interface FileValue {
  readonly kind: 'file';
  /** Undefined: not on disk, or already accounted for. */
  readonly path: CodeText | undefined;
  readonly taint: Taint;
  readonly writing: 'replace' | 'append' | 'create' | undefined;
  /** What was written so far, to be reported in one go. */
  written: Piece[];
  pending: boolean;
  readonly start: number;
  readonly end: number;
}

export const nothing: Value = { kind: 'object', of: 'None', as: 'any', taint: clean };
export const truth: Value = { kind: 'object', of: 'a truth value', as: 'any', taint: clean };
export const integer: Value = { kind: 'object', of: 'a number', as: 'integer', taint: clean };

export function object(of: string, taint: Taint = clean, as: 'any' | 'integer' | 'text' = 'any'): Value {
  return { kind: 'object', of, as, taint };
}

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

/** All alternatives of a value, one by one. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'any' ? value.of : [value];
}

const mostAlternatives = 12;

/** Either of two values. Effects are never forgotten; too many texts become an unknown one. */
export function join(a: Value | undefined, b: Value | undefined): Value {
  if (a === undefined) return b ?? nothing;
  if (b === undefined || a === b || same(a, b)) return a;
  const before = alternatives(a);
  const added = alternatives(b).filter((other) => !before.some((one) => same(one, other)));
  if (added.length === 0) return a;
  const all = [...before, ...added];
  return all.length <= mostAlternatives ? { kind: 'any', of: all } : condensed(all);
}

/** Many alternatives as few: data of one kind becomes one that may be any of it. */
function condensed(all: readonly Value[]): Value {
  const kept: Value[] = [];
  let taint: Taint | undefined;
  let items: ListValue | undefined;
  let file: FileValue | undefined;
  let fileTaint = clean;
  let entries: DictValue | undefined;
  for (const one of all)
    if (one.kind === 'text' || one.kind === 'object' || one.kind === 'number' || one.kind === 'path')
      taint = mixTaints(taint ?? clean, taintOfValue(one));
    else if (one.kind === 'list') items = absorb(items, one, one.items);
    else if (one.kind === 'file') {
      // Which of them is written from here on is not followed; that they are open has been said.
      if (one.pending) one.written.push(unknownPiece('what is written later'));
      if (!file || (one.writing && !file.writing)) file = one;
      fileTaint = mixTaints(fileTaint, one.taint);
    } else if (one.kind === 'dict') entries = absorb(entries, one, [...one.entries.values()]);
    else kept.push(one);
  if (taint) kept.push(object('one of many values', taint));
  if (file) kept.push({ ...file, taint: fileTaint });
  if (items) kept.push(items);
  if (entries) kept.push(entries);
  return kept.length === 1 && kept[0] ? kept[0] : { kind: 'any', of: kept };
}

function absorb<T extends ListValue | DictValue>(into: T | undefined, from: T, held: readonly Value[]): T {
  if (!into) {
    from.shared = true;
    return from;
  }
  for (const item of from.rest ? [...held, from.rest] : held)
    if (into.rest === undefined || !same(into.rest, item)) into.rest = join(into.rest, item === into ? nothing : item);
  return into;
}

/** Objects that something is concluded from: others are not the same, however alike. */
const telling = new Set(['None', 'False', 'True', '__name__', 'pickle.dumps()', 'cPickle.dumps()']);

export function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind === 'text' && b.kind === 'text') return samePieces(a.pieces, b.pieces);
  if (a.kind === 'path' && b.kind === 'path') return samePieces(a.pieces, b.pieces);
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value;
  if (a.kind === 'known' && b.kind === 'known') return a.name === b.name;
  if (a.kind === 'instance' && b.kind === 'instance') return a.class === b.class;
  if (a.kind === 'function' && b.kind === 'function')
    return a.code === b.code && a.scope === b.scope && a.role === b.role && a.standards === b.standards;
  if (a.kind === 'bound' && b.kind === 'bound') return same(a.code, b.code) && same(a.self, b.self);
  if (a.kind === 'method' && b.kind === 'method') return a.name === b.name && same(a.of, b.of);
  // The same place of the code opens the same file in every turn of a loop.
  if (a.kind === 'file' && b.kind === 'file')
    return (
      a.start === b.start &&
      a.writing === b.writing &&
      a.taint.secret === b.taint.secret &&
      a.taint.network === b.taint.network &&
      samePieces(a.path ?? [], b.path ?? [])
    );
  if (a.kind === 'partial' && b.kind === 'partial')
    return (
      same(a.callee, b.callee) &&
      a.call.start === b.call.start &&
      a.call.args.length === b.call.args.length &&
      a.call.args.every((arg, index) => arg === b.call.args[index])
    );
  if (a.kind === 'object' && b.kind === 'object')
    return (
      a.as === b.as &&
      a.taint.secret === b.taint.secret &&
      a.taint.network === b.taint.network &&
      (a.of === b.of || !(telling.has(a.of) || telling.has(b.of)))
    );
  if (a.kind === 'list' && b.kind === 'list')
    return (
      a.items.length === b.items.length &&
      a.items.length <= 4 &&
      a.rest?.kind !== 'list' &&
      (a.rest === undefined) === (b.rest === undefined) &&
      (a.rest === undefined || b.rest === undefined || same(a.rest, b.rest)) &&
      a.items.every((item, index) => {
        const other = b.items[index];
        return other !== undefined && item.kind !== 'list' && same(item, other);
      })
    );
  return false;
}

/** `None` and `False`: an argument as good as not given. */
export function isAbsent(value: Value | undefined): boolean {
  return value === undefined || (value.kind === 'object' && (value.of === 'None' || value.of === 'False'));
}

function samePieces(a: CodeText, b: CodeText): boolean {
  if (a.length !== b.length) return false;
  return a.every((piece, index) => {
    const other = b[index];
    if (piece === other) return true;
    if (!other || piece.type !== other.type) return false;
    if (piece.type === 'text') return other.type === 'text' && piece.text === other.text;
    if (piece.type === 'glob') return other.type === 'glob' && piece.pattern === other.pattern;
    return (
      other.type === 'unknown' &&
      piece.as === other.as &&
      piece.secret === other.secret &&
      piece.network === other.network &&
      piece.what === other.what
    );
  });
}

/** What a value carries, through everything it holds. */
export function taintOfValue(value: Value): Taint {
  switch (value.kind) {
    case 'text':
    case 'path':
      return taintOf(value.pieces);
    case 'object':
    case 'file':
      return value.taint;
    case 'list':
    case 'dict':
    case 'any':
    case 'instance':
    case 'method': {
      const seen = new Set<Value | ClassValue>([value]);
      let taint = clean;
      // The set grows while it is gone through.
      for (const one of seen)
        if (one.kind === 'list') {
          for (const item of one.items) seen.add(item);
          if (one.rest) seen.add(one.rest);
        } else if (one.kind === 'dict') {
          for (const item of one.entries.values()) seen.add(item);
          if (one.rest) seen.add(one.rest);
        } else if (one.kind === 'any') for (const item of one.of) seen.add(item);
        else if (one.kind === 'instance') for (const item of one.class.fields.values()) seen.add(item);
        else if (one.kind === 'method') seen.add(one.of);
        else {
          const own = taintOfValue(one);
          if (own.secret || own.network) taint = mixTaints(taint, own);
        }
      return taint;
    }
    default:
      return clean;
  }
}

/** A value as text, as `str` would make it. */
export function piecesOf(value: Value): CodeText {
  switch (value.kind) {
    case 'text':
    case 'path':
      return value.pieces;
    case 'number':
      return [textPiece(String(value.value))];
    case 'object':
      return [unknownPiece(value.of, value.as === 'integer' ? 'integer' : 'any', value.taint)];
    default:
      return [unknownPiece(describe(value), 'any', taintOfValue(value))];
  }
}

/** The value as each of the texts it may be. */
export function textsOf(value: Value): readonly CodeText[] {
  return value.kind === 'any' ? value.of.map(piecesOf) : [piecesOf(value)];
}

/** The text of a value that is one constant text. */
export function constantText(value: Value | undefined): string | undefined {
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
  const texts: string[] = [];
  for (const one of alternatives(value)) {
    const found = constantText(one);
    if (found === undefined) return undefined;
    texts.push(found);
  }
  return texts;
}

export function describe(value: Value): string {
  switch (value.kind) {
    case 'known':
      return value.name;
    case 'object':
      return value.of;
    case 'function':
      return value.code.name;
    case 'class':
      return value.name;
    case 'instance':
      return value.class.name;
    case 'method':
      return `${describe(value.of)}.${value.name}`;
    default:
      return value.kind;
  }
}

const longestPieces = 200;

/** Texts one after the other. Very long ones keep what they carry, and their beginning. */
export function concat(...parts: readonly CodeText[]): CodeText {
  const out: Piece[] = [];
  for (const part of parts)
    for (const piece of part) {
      const last = out.at(-1);
      if (piece.type === 'text' && last?.type === 'text') out[out.length - 1] = textPiece(last.text + piece.text);
      else if (piece.type !== 'text' || piece.text !== '') out.push(piece);
    }
  if (out.length <= longestPieces) return out;
  return [...out.slice(0, longestPieces), unknownPiece('a long text', 'any', taintOf(out))];
}
