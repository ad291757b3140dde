import type { Said } from '../../../say';
import type { Span } from '../../effect';
import type { Piece, Taint } from '../shell/field';

/**
 * A text of the code as far as it is known (rule R5: constant, bounded, unknown), in the pieces that shell words are made of.
 * Joined without anything between them; what is secret or fetched is marked on the unknown pieces.
 */
export type CodeText = readonly Piece[];

/** How a file is written. `replace` loses what it held. */
export type CodeWriting = 'replace' | 'append' | 'create' | 'folder';

/**
 * Takes what reading a piece of code found. Spans are offsets into the code's own text. Paths are as the code has them: relative
 * ones are meant from the folder of the process; `~` is only expanded by the reader where the language does it.
 */
export interface CodeSink {
  /** Content of a file comes into the program. @returns what the content carries, so that it can be followed to where it goes. */
  read(path: CodeText, recursive: boolean, span: Span): Taint;
  /** Only name, kind, size or dates are looked at. */
  look(path: CodeText, recursive: boolean, span: Span): void;
  /** @param content what the file will hold, where known (for `append`, what is added). */
  write(path: CodeText, writing: CodeWriting, content: CodeText | undefined, span: Span): void;
  remove(path: CodeText, recursive: boolean, span: Span): void;
  /** A path that is handed to code that is not known here, which may read or write it. */
  hand(path: CodeText, span: Span): void;
  /** Starts a program without a shell. `undefined` stands for words that are not known, however many. */
  run(words: readonly (CodeText | undefined)[], span: Span): void;
  /** Gives a text to a shell. */
  shell(text: CodeText, span: Span): void;
  /**
   * Talks to another machine.
   * @param to URL or host, as far as it is known.
   * @param carried what is sent along (body, query, headers), beyond the address itself.
   */
  connect(to: CodeText, method: 'get' | 'send', carried: Taint, span: Span): void;
  /** Opens a port. */
  listen(host: CodeText, span: Span): void;
  /** Ends processes. */
  kill(what: string, span: Span): void;
  /** Reads environment variables; undefined name: all of them. @returns what the value carries. */
  environment(name: CodeText | undefined, span: Span): Taint;
  /** Loads a module that may be a file beside the code, in the language's own notation (`a.b`, `./x.js`). */
  module(name: string, span: Span): 'local' | 'library';
  /** Something the reader cannot bound: exec, computed attributes, ctypes … The answer is at least unsure. */
  doubt(rule: string, reason: Said, ...evidence: readonly Span[]): void;
  /** Something harmful whatever the task. */
  harm(rule: string, reason: Said, ...evidence: readonly Span[]): void;
  /** Counts work; throws when there is too much of it. */
  spend(steps: number): void;
}

/** What a reader is told about the code. */
export interface CodeSource {
  readonly text: string;
  /** The file that holds it, absolute; undefined for code given inline. */
  readonly path: string | undefined;
  /** The home of whoever runs it. */
  readonly home: string;
  /** Arguments of the program after its own name (`sys.argv[1:]`, `process.argv.slice(2)`); undefined: not known. */
  readonly args: readonly CodeText[] | undefined;
  /** What comes on standard input. */
  readonly stdin: Taint;
  /** A piece of a larger text, as an edit adds it: names it uses may have been set or imported before it, or indented. */
  readonly fragment: boolean;
}

/**
 * Reads code and reports what it would do. Sound rather than complete: what is not understood is a doubt. Linear in the length
 * of the text, never throws but what `spend` throws.
 * @returns what the program puts out, as far as it matters.
 */
export type CodeReader = (source: CodeSource, sink: CodeSink) => Taint;
