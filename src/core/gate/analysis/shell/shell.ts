import type { Function as FunctionNode, ParsedScript, SyntaxNode } from 'unbash';
import type { Said } from '../../../say';
import type { Certainty, Span } from '../../effect';
import type { Report } from '../report';
import type { Registry } from './families/family';
import type { Taint } from './field';
import type { ShellState } from './state';

/** Turns positions of a piece of source into spans of the text that was analysed. */
export interface Frame {
  /** Set where the source was made by an expansion, so that its positions mean nothing outside: the span it came from. */
  readonly within: Span | undefined;
}

/** What a command puts out, or finds on its input, as far as it matters. */
export interface Flow extends Taint {
  /** The exact text, when it is known. */
  readonly text: string | undefined;
  /** There is input at all; without a pipe or redirection a program finds none. */
  readonly present: boolean;
  /** Paths that are listed, one a line, when the output is such a list: what `xargs` would pass on. */
  readonly paths: readonly ListedPath[] | undefined;
}

export interface ListedPath {
  /** A folder. */
  readonly path: string;
  /** What is listed lies below it and has such a name; undefined: the folder itself, and everything below. */
  readonly pattern: string | undefined;
}

export const noFlow: Flow = { text: undefined, present: false, paths: undefined, secret: false, network: false };
export const someFlow: Flow = { ...noFlow, present: true };

/** A function that is being called. */
export interface Call {
  readonly name: string;
  /** Processes that the call ran in, as {@link Context.forks} counts them. */
  readonly forks: number;
}

/** The circumstances under which a node runs. */
export interface Context {
  readonly frame: Frame;
  /** Wrappers around it, outermost first. */
  readonly through: readonly string[];
  readonly certainty: Certainty;
  readonly stdin: Flow;
  /** Nesting of substitutions, functions and second shells. */
  readonly depth: number;
  /** Functions being called, so that recursion ends. */
  readonly calling: readonly Call[];
  /** Pipes and background jobs that it runs in: each is a process of its own. */
  readonly forks: number;
}

/** What the parts of the walk share while one call is analysed. */
export interface Shell {
  readonly report: Report;
  readonly families: Registry;
  /** The text of the whole call, for positions of code that stands in it as it is. */
  readonly source: string;
  /** Files that the session wrote and that are being judged, so that those that load each other come to an end. */
  readonly judging: Set<string>;
  /** Files whose present text has been read as what it does when it runs. */
  readonly ran: Map<string, string>;
  /** Files that this call has downloaded, absolute and as written: running one is running the network. */
  readonly fetched: Set<string>;
  /** Functions that are defined and not yet called, with what judges their bodies. */
  readonly uncalled: Map<FunctionNode, () => void>;
  /** Connections that the shell itself opens to other machines. */
  readonly connections: Span[];
  /** Whether a shell, or a program that is not known, is started: given a connection, it obeys whoever answers. */
  startsShell: boolean;
  /** Counts one step of work; throws {@link BudgetSpent} when there have been too many. */
  spend(steps?: number): void;
  walkScript(script: ParsedScript, state: ShellState, context: Context): Flow;
  /** Parses and walks text that a command runs as a script (`bash -c`, `eval`, a here-document for a shell). */
  walkText(text: string, state: ShellState, context: Context, span: Span): Flow;
  span(node: Pick<SyntaxNode, 'pos' | 'end'>, context: Context): Span;
  doubt(rule: string, reason: Said, span: Span | undefined): void;
}

/** Thrown when a call is too large or too deep to be worked out; the answer is then unsure (rule R53). */
export class BudgetSpent extends Error {}

/** Nesting of substitutions, functions and second shells that is followed; each level of a substitution is parsed anew. */
export const depthLimit = 24;
/** The same for a command that is too long to be decided here anyway. */
export const depthLimitWhenLong = 4;

export function spanOf(node: { readonly pos: number; readonly end: number }, frame: Frame): Span {
  return frame.within ?? { start: node.pos, end: node.end };
}
