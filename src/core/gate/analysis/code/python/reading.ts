import { type Said, say } from '../../../../say';
import type { Span } from '../../../effect';
import { clean, mixTaints, type Piece, type Taint, taintOf, unknownPiece } from '../../shell/field';
import type { CodeSink, CodeSource, CodeText, CodeWriting } from '../code';
import type { Call } from './call';
import { createScope, type Scope, Ways } from './scope';
import {
  alternatives,
  type ClassValue,
  concat,
  constantText,
  type FileValue,
  type FunctionValue,
  piecesOf,
  textsOf,
  type Value,
} from './value';

/** Stands at the start of paths that the `tempfile` module made up. */
export const temporary: Piece = unknownPiece('a temporary file', 'nonempty');

/** Stands for any number of folders and a name below a folder that is walked through. */
export const below: Piece = unknownPiece('a file below', 'nonempty');

/** A function that runs: what it gives back. */
export interface Frame {
  readonly function: FunctionValue | undefined;
  readonly self: Value | undefined;
  returned: Value | undefined;
  yielded: Value | undefined;
}

/** What is known while a script is read, and the way to report what it does. */
export class Reading {
  readonly ways = new Ways();
  readonly globals: Scope;
  scope: Scope;
  readonly frames: Frame[] = [];
  /** Whether names of outer scopes are taken for everything they ever were. */
  late = false;
  /** Code within the code (`exec` of a constant): where it stands in the text. */
  within: Span | undefined;
  /** What goes to standard output. */
  output: Taint = clean;
  /** What was written into temporary files. */
  temporaryTaint: Taint = clean;
  readonly files = new Set<FileValue>();
  readonly functions: FunctionValue[] = [];
  readonly classes: ClassValue[] = [];
  /** Calls of generators and coroutines, whose bodies run at some other time. */
  readonly lateCalls: { readonly function: FunctionValue; readonly call: Call; readonly self: Value | undefined }[] =
    [];
  /** Modules of which everything was imported. */
  readonly starred: string[] = [];
  starredLibrary: string | undefined;
  /** A socket was made; file descriptors were redirected. */
  socket: Span | undefined;
  redirected: Span | undefined;
  shellStarted: Span | undefined;
  unrolled = 0;
  /** Calls that were followed. */
  calls = 0;
  entered = 0;
  /** Counts what was put into lists and dictionaries, so that loops know whether anything changed. */
  changes = 0;
  readonly #doubted = new Set<string>();

  readonly source: CodeSource;
  readonly sink: CodeSink;

  constructor(source: CodeSource, sink: CodeSink) {
    this.source = source;
    this.sink = sink;
    this.globals = createScope('module', undefined, 0);
    this.scope = this.globals;
  }

  at({ start, end }: Span): Span {
    return this.within ?? { start, end };
  }

  doubt(rule: string, reason: Said, span: Span): void {
    const key = `${rule} ${span.start} ${span.end}`;
    if (this.#doubted.has(key)) return;
    this.#doubted.add(key);
    this.sink.doubt(rule, reason, this.at(span));
  }

  print(taint: Taint): void {
    if (taint.secret || taint.network) this.output = mixTaints(this.output, taint);
  }

  /** @returns what the content of the file carries. */
  read(path: Value, span: Span, recursive = false): Taint {
    let taint = clean;
    for (const one of alternatives(path)) {
      if (one.kind === 'number' && one.value === 0) taint = mixTaints(taint, this.source.stdin);
      else if (one.kind === 'file') taint = mixTaints(taint, one.taint);
      else {
        const place = placeOf(piecesOf(one));
        if (place.temporary) taint = mixTaints(taint, this.temporaryTaint);
        else taint = mixTaints(taint, this.sink.read(place.pieces, recursive || place.recursive, this.at(span)));
      }
    }
    return taint;
  }

  look(path: Value, span: Span, recursive = false): void {
    for (const pieces of textsOf(path)) {
      const place = placeOf(pieces);
      // Whether something unknown exists tells nobody anything.
      if (place.temporary || place.pieces.every(({ type }) => type === 'unknown')) continue;
      this.sink.look(place.pieces, recursive || place.recursive, this.at(span));
    }
  }

  write(path: Value, writing: CodeWriting, content: CodeText | undefined, span: Span): void {
    for (const one of alternatives(path)) {
      const pieces = piecesOf(one);
      if (placeOf(pieces).temporary) {
        if (content) this.temporaryTaint = mixTaints(this.temporaryTaint, taintOf(content));
      } else this.sink.write(pieces, writing, content, this.at(span));
    }
  }

  remove(path: Value, recursive: boolean, span: Span): void {
    for (const pieces of textsOf(path)) {
      const place = placeOf(pieces);
      // Whatever lies in a folder: all of it, then.
      if (!place.temporary) this.sink.remove(place.pieces, recursive || place.recursive, this.at(span));
    }
  }

  /** Gives a path to code that is not looked into. */
  hand(pieces: CodeText, span: Span): void {
    const place = placeOf(pieces);
    if (!place.temporary) this.sink.hand(place.pieces, this.at(span));
  }

  connect(to: Value, method: 'get' | 'send', carried: Taint, span: Span): void {
    for (const pieces of textsOf(to)) this.sink.connect(pieces, method, carried, this.at(span));
  }

  environment(name: Value | undefined, span: Span): Taint {
    let taint = clean;
    for (const one of name ? textsOf(name) : [undefined])
      taint = mixTaints(taint, this.sink.environment(one, this.at(span)));
    return taint;
  }

  /** Opens files, one for each path it may be. */
  open(path: Value, mode: Value | undefined, span: Span): Value {
    const opened: Value[] = [];
    for (const one of alternatives(path)) {
      if (one.kind === 'number' && (one.value === 1 || one.value === 2)) {
        opened.push({ kind: 'known', name: 'sys.stdout' });
        continue;
      }
      if (one.kind === 'file') {
        opened.push(one);
        continue;
      }
      for (const written of mode ? alternatives(mode) : [undefined]) {
        const how = written === undefined ? 'r' : constantText(written);
        const reads = how === undefined || !/[wax]/.test(how) || (how.includes('a') && how.includes('+'));
        const writing =
          how === undefined || how.includes('w') || how.includes('+')
            ? 'replace'
            : how.includes('a')
              ? 'append'
              : how.includes('x')
                ? 'create'
                : undefined;
        const taint = reads ? this.read(one, span) : clean;
        const file: FileValue = {
          kind: 'file',
          path: one.kind === 'number' ? (one.value === 0 ? undefined : [unknownPiece('an open file')]) : piecesOf(one),
          taint,
          writing: how?.includes('a') ? 'append' : writing,
          written: [],
          pending: writing !== undefined,
          ...this.at(span),
        };
        if (how === undefined) file.written.push(unknownPiece('its content'));
        if (file.pending) this.files.add(file);
        opened.push(file);
      }
    }
    return opened.length === 1 && opened[0] ? opened[0] : { kind: 'any', of: opened };
  }

  /** Adds to what a file that is open will hold. */
  put(file: FileValue, content: CodeText): void {
    if (!file.pending) {
      if (file.writing === undefined) return;
      file.pending = true;
      this.files.add(file);
    }
    file.written = [...concat(file.written, content)];
  }

  /** Reports what a file got; what comes later is added to it. */
  flush(file: FileValue): void {
    if (!file.pending) return;
    file.pending = false;
    this.files.delete(file);
    const path = file.path;
    if (path && file.writing) {
      const writing = this.#flushed.has(file) ? 'append' : file.writing;
      this.#flushed.add(file);
      this.write({ kind: 'text', pieces: path }, writing, file.written, file);
    }
    file.written = [];
  }

  readonly #flushed = new WeakSet<FileValue>();

  /** Before other programs or modules may see the files. */
  flushAll(): void {
    for (const file of [...this.files]) this.flush(file);
  }

  run(words: readonly (CodeText | undefined)[], span: Span): void {
    this.flushAll();
    this.sink.run(words, this.at(span));
  }

  shell(text: Value, span: Span): void {
    this.flushAll();
    for (const pieces of textsOf(text)) this.sink.shell(pieces, this.at(span));
  }

  /** A socket whose ends are bound to a program is somebody else's shell. */
  checkReverseShell(): void {
    const { socket, redirected, shellStarted } = this;
    if (socket && shellStarted && redirected)
      this.sink.harm(
        'network.reverse-shell',
        say('the code gives a shell to another machine'),
        this.at(socket),
        this.at(redirected),
        this.at(shellStarted),
      );
  }
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
  const bounded = pieces.slice(index).every((piece) => piece === below || piece.type !== 'unknown');
  if (!bounded || pieces.slice(index).some((piece) => piece.type === 'text' && piece.text.includes('..')))
    return { pieces, temporary: false, recursive: false };
  const root = withoutSlash(pieces.slice(0, index));
  return { pieces: root.length === 0 ? [{ type: 'text', text: '.' }] : root, temporary: false, recursive: true };
}

function withoutSlash(pieces: CodeText): CodeText {
  const last = pieces.at(-1);
  if (last?.type !== 'text' || last.text === '/') return pieces;
  const text = last.text.replace(/(?<!\/)\/+$/, '');
  return text === '' ? pieces.slice(0, -1) : [...pieces.slice(0, -1), { type: 'text', text }];
}
