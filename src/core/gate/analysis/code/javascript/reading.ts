import type { Said } from '../../../../say';
import type { Span } from '../../../effect';
import { clean, mixTaints, type Piece, type Taint, taintOf, unknownPiece } from '../../shell/field';
import type { CodeSink, CodeSource, CodeText, CodeWriting } from '../code';
import { join, widen } from './join';
import type { Node } from './nodes';
import { type Cell, createCell, createScope, type Scope } from './scope';
import { taintOfValue } from './taint';
import { alternatives, type FunctionValue, nothing, piecesOf, textsOf, type Value } from './value';

/** Stands at the start of paths below the folder for temporary files. */
export const temporary: Piece = unknownPiece('a temporary file', 'nonempty');
/** Stands for any number of folders and a name below a folder that is walked through. */
export const below: Piece = unknownPiece('a file below', 'nonempty');

/** A pass in which values still spread. */
const widenAfter = 6;

/**
 * What is known while a script is read. The script is followed in passes until no name gets a further value; only then is
 * reported what it does, so that the order of assignments and calls does not matter.
 */
export class Reading {
  readonly globals: Scope = createScope(undefined);
  scope: Scope = this.globals;
  /** The function that runs. */
  running: FunctionValue | undefined;
  /** Everything that was thrown. */
  readonly thrown: Cell = createCell();
  pass = 0;
  /** Nothing is reported yet. */
  muted = true;
  /** A value that somebody relied on has changed. */
  dirty = false;
  depth = 0;
  /** How deep code within code is. */
  nested = 0;
  /** Code within the code (a text that is run later): where it stands. */
  within: Span | undefined;
  output: Taint = clean;
  temporaryTaint: Taint = clean;
  /** Names of properties under which something with effects was put into an object that is not tracked. */
  readonly pool = new Map<string, Cell>();
  readonly sites = new Map<Node, Value>();
  readonly scopes = new Map<Node, Scope>();
  functions: FunctionValue[] = [];
  /** For reverse shells: a connection, a shell, and data that goes from one to the other. */
  socket: Span | undefined;
  shellStarted: Span | undefined;
  piped: Span | undefined;
  /** How many changes were reported so far: what is run before and after one differs. */
  epoch = 0;
  /** Something was run or read in a function or loop before a later change. */
  early = false;
  inside = 0;
  readonly #reported = new Map<string, { epoch: number; taint: Taint }>();
  #ran = false;

  readonly source: CodeSource;
  readonly sink: CodeSink;

  constructor(source: CodeSource, sink: CodeSink) {
    this.source = source;
    this.sink = sink;
  }

  at({ start, end }: Span): Span {
    return this.within ?? { start, end };
  }

  beginPass(muted: boolean): void {
    this.pass += 1;
    this.muted = muted;
    this.dirty = false;
    this.early = false;
    this.#ran = false;
    this.functions = [];
    this.scope = this.globals;
  }

  /** Adds a value to what a name may be. */
  put(cell: Cell, value: Value): void {
    const after = this.#joined(cell.value, value);
    if (after === cell.value) return;
    cell.value = after;
    if (cell.read) this.dirty = true;
  }

  get(cell: Cell): Value {
    cell.read = true;
    return cell.value ?? nothing;
  }

  /** Puts something into an entry of a list, dictionary or class. */
  merge(before: Value | undefined, value: Value): Value {
    const after = this.#joined(before, value);
    if (after !== before) this.dirty = true;
    return after;
  }

  /** Values that still grow after some passes are not told apart any longer. */
  #joined(before: Value | undefined, value: Value): Value {
    const after = join(before, value);
    return after === before || this.pass <= widenAfter ? after : join(before && widen(before), widen(value));
  }

  /** The one object that an expression makes, over the whole run. */
  site<T extends Value>(node: Node, make: () => T): T {
    const before = this.sites.get(node);
    if (before) return before as T;
    const made = make();
    if (made.kind === 'list' || made.kind === 'dict') made.kept = true;
    this.sites.set(node, made);
    return made;
  }

  poolOf(name: string): Cell {
    let cell = this.pool.get(name);
    if (!cell) {
      cell = { value: undefined, read: false };
      this.pool.set(name, cell);
    }
    return cell;
  }

  #once(kind: string, span: Span, detail: string, again: boolean): { epoch: number; taint: Taint } | undefined {
    const key = `${kind} ${span.start} ${span.end} ${detail}`;
    const before = this.#reported.get(key);
    if (before && (!again || before.epoch === this.epoch)) return before;
    this.#reported.set(key, { epoch: this.epoch, taint: clean });
    return undefined;
  }

  /** Notes that the order of effects may be another one than that of the text. */
  #acts(): void {
    if (this.inside > 0) this.#ran = true;
  }

  #changes(): void {
    this.epoch += 1;
    if (this.#ran) this.early = true;
  }

  doubt(rule: string, reason: Said, span: Span): void {
    if (this.muted || this.#once(rule, span, '', false)) return;
    this.sink.doubt(rule, reason, this.at(span));
  }

  harm(rule: string, reason: Said, ...spans: readonly Span[]): void {
    const [first] = spans;
    if (this.muted || !first || this.#once(rule, first, '', false)) return;
    this.sink.harm(rule, reason, ...spans.map((span) => this.at(span)));
  }

  print(taint: Taint): void {
    if (taint.secret || taint.network) this.output = mixTaints(this.output, taint);
  }

  /** @returns what the content of the file carries. */
  read(path: Value, span: Span, recursive = false): Taint {
    if (this.muted) return clean;
    let taint = clean;
    for (const one of alternatives(path)) {
      if (one.kind === 'number' && one.value === 0) {
        taint = mixTaints(taint, this.source.stdin);
        continue;
      }
      const place = placeOf(piecesOf(one));
      if (/^\/dev\/(?:stdin|fd\/0)$|^\/proc\/self\/fd\/0$/.test(textOf(place.pieces)))
        taint = mixTaints(taint, this.source.stdin);
      else if (place.temporary) taint = mixTaints(taint, this.temporaryTaint);
      else {
        const before = this.#once('read', span, textOf(place.pieces), false);
        const found = before ? before.taint : this.sink.read(place.pieces, recursive || place.recursive, this.at(span));
        const entry = this.#reported.get(`read ${span.start} ${span.end} ${textOf(place.pieces)}`);
        if (entry) entry.taint = mixTaints(entry.taint, found);
        taint = mixTaints(taint, found);
      }
    }
    return taint;
  }

  look(path: Value, span: Span, recursive = false): void {
    if (this.muted) return;
    for (const pieces of textsOf(path)) {
      const place = placeOf(pieces);
      // Whether something unknown exists tells nobody anything.
      if (place.temporary || place.pieces.every(({ type }) => type === 'unknown')) continue;
      if (!this.#once('look', span, textOf(place.pieces), false))
        this.sink.look(place.pieces, recursive || place.recursive, this.at(span));
    }
  }

  write(path: Value, writing: CodeWriting, content: CodeText | undefined, span: Span): void {
    if (this.muted) return;
    for (const pieces of textsOf(path)) {
      if (placeOf(pieces).temporary) {
        if (content) this.temporaryTaint = mixTaints(this.temporaryTaint, taintOf(content));
        continue;
      }
      const carried = content ? taintOf(content) : clean;
      const detail = `${writing} ${textOf(pieces)} ${carried.secret} ${carried.network} ${content ? textOf(content).slice(0, 99) : ''}`;
      if (this.#once('write', span, detail, false)) continue;
      this.#changes();
      this.sink.write(pieces, writing, content, this.at(span));
    }
  }

  remove(path: Value, recursive: boolean, span: Span): void {
    if (this.muted) return;
    for (const pieces of textsOf(path)) {
      const place = placeOf(pieces);
      if (place.temporary || this.#once('remove', span, textOf(pieces), false)) continue;
      this.#changes();
      // Whatever lies in a folder: all of it, then.
      this.sink.remove(place.pieces, recursive || place.recursive, this.at(span));
    }
  }

  /** Gives a path to code that is not looked into. */
  hand(pieces: CodeText, span: Span): void {
    if (this.muted) return;
    const place = placeOf(pieces);
    if (place.temporary || this.#once('hand', span, textOf(pieces), false)) return;
    this.#changes();
    this.sink.hand(place.pieces, this.at(span));
  }

  connect(to: Value, method: 'get' | 'send', carried: Taint, span: Span): void {
    if (this.muted) return;
    for (const pieces of textsOf(to))
      if (
        !this.#once('connect', span, `${textOf(pieces)} ${method} ${carried.secret} ${taintOf(pieces).secret}`, false)
      )
        this.sink.connect(pieces, method, carried, this.at(span));
  }

  listen(host: Value, span: Span): void {
    if (this.muted) return;
    for (const pieces of textsOf(host))
      if (!this.#once('listen', span, textOf(pieces), false)) this.sink.listen(pieces, this.at(span));
  }

  kill(what: string, span: Span): void {
    if (!this.muted && !this.#once('kill', span, what, false)) this.sink.kill(what, this.at(span));
  }

  environment(name: Value | undefined, span: Span): Taint {
    if (this.muted) return clean;
    let taint = clean;
    for (const one of name ? textsOf(name) : [undefined]) {
      const detail = one ? textOf(one) : '*';
      const before = this.#once('environment', span, detail, false);
      const found = before ? before.taint : this.sink.environment(one, this.at(span));
      const entry = this.#reported.get(`environment ${span.start} ${span.end} ${detail}`);
      if (entry) entry.taint = found;
      taint = mixTaints(taint, found);
    }
    return taint;
  }

  module(name: string, span: Span): void {
    if (this.muted) return;
    this.#acts();
    if (!this.#once('module', span, name, true)) this.sink.module(name, this.at(span));
  }

  run(words: readonly (CodeText | undefined)[], span: Span): void {
    if (this.muted) return;
    this.#acts();
    if (!this.#once('run', span, words.map((word) => (word ? textOf(word) : '?')).join(' '), true))
      this.sink.run(words, this.at(span));
  }

  shell(command: Value, span: Span): void {
    if (this.muted) return;
    for (const pieces of textsOf(command)) {
      this.#acts();
      if (!this.#once('shell', span, textOf(pieces), true)) this.sink.shell(pieces, this.at(span));
    }
  }
}

/** For comparing only. */
function textOf(pieces: CodeText): string {
  return pieces
    .map((piece) =>
      piece.type === 'text'
        ? piece.text
        : piece.type === 'glob'
          ? `\u0002${piece.pattern}`
          : `\u0001${piece.what}${piece.secret ? '!' : ''}${piece.network ? '@' : ''}`,
    )
    .join('');
}

/** A path as the sink should see it. */
function placeOf(pieces: CodeText): { pieces: CodeText; temporary: boolean; recursive: boolean } {
  const climbs = pieces.some((piece) => piece.type === 'text' && piece.text.includes('..'));
  if (pieces[0] === temporary) {
    const bounded = pieces.every(
      (piece) => piece === temporary || piece === below || piece.type !== 'unknown' || piece.as === 'integer',
    );
    return { pieces, temporary: bounded && !climbs, recursive: false };
  }
  const index = pieces.indexOf(below);
  if (index < 0) return { pieces, temporary: false, recursive: false };
  const rest = pieces.slice(index);
  if (
    rest.some(
      (piece) => (piece.type === 'unknown' && piece !== below) || (piece.type === 'text' && piece.text.includes('..')),
    )
  )
    return { pieces, temporary: false, recursive: false };
  const root = pieces.slice(0, index);
  return { pieces: root.length === 0 ? [{ type: 'text', text: '.' }] : root, temporary: false, recursive: true };
}

export function taintOfAll(values: readonly Value[]): Taint {
  let taint = clean;
  for (const value of values) taint = mixTaints(taint, taintOfValue(value));
  return taint;
}
