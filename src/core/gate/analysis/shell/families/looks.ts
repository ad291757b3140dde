import { say } from '../../../../say';
import { globNamesSecrets } from '../../../secretPaths';
import { globMatcher } from '../../globs';
import { type Below, type Depth, judgeRead } from '../../scope';
import type { Invocation } from '../command';
import { clean, constantOf, describeField, emptiedOf, type Field, mixTaints, type Taint, taintOf } from '../field';
import { type OptionTable, type Reading, type ReadOptions, readOptions, tablesWithout } from '../options';
import { followLinks, readField } from '../paths';
import { type Context, type Flow, type Shell, someFlow } from '../shell';
import type { ShellState } from '../state';
import type { Family } from './family';

/** What the operands of a program are. */
export type Operands =
  /** Files whose content comes out. */
  | 'read'
  /** Files and folders that are looked at from outside: name, size, dates. */
  | 'look'
  /** Text that means nothing to the file system. */
  | 'data'
  /** A pattern first, unless an option gives one, then files. */
  | 'pattern-then-read'
  /** A set of characters or the like first; input comes from standard input only. */
  | 'none';

/** A program that only looks, told by data. */
export interface Looks {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  readonly operands: Operands;
  readonly reading?: Reading;
  /** Options that stand for the pattern, so that every operand is a file. */
  readonly patternOptions?: string;
  /** Options that make it go through folders. */
  readonly recursiveOptions?: string;
  /** Options under which it follows links as it goes through folders. */
  readonly followOptions?: string;
  /** Goes through folders by itself, the working folder when none is named. */
  readonly recursive?: boolean;
  /** Passes over names with a leading dot, unless one of these options is given. */
  readonly hiddenOptions?: string;
  /** Looks at the working folder when nothing is named. */
  readonly hereByDefault?: boolean;
  /** Highest number of operands; `uniq in out` writes to the second. */
  readonly most?: number;
  /** Operands must look like this; any other may change something: `date 01020304` sets the clock. */
  readonly operandShape?: RegExp;
  /** Every operand that could be taken for an option is harmless, because there is no harmful one. */
  readonly anyOption?: boolean;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

export function looks(data: Looks): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge: (shell, invocation, state, context) => judgeLooks(shell, data, invocation, state, context),
    without: () => [
      ...tablesWithout(data.options).map(({ entry, table }) => ({ entry, family: looks({ ...data, options: table }) })),
      ...(data.reading ? [{ entry: 'reading', family: looks({ ...data, reading: {} }) }] : []),
    ],
  };
}

function judgeLooks(shell: Shell, data: Looks, invocation: Invocation, state: ShellState, context: Context): Flow {
  const read = readOptions(invocation.args, data.options, data.reading);
  const unknownStart = read.doubtful?.pieces[0]?.type !== 'text';
  if (read.doubtful && !(data.anyOption && unknownStart)) doubtOption(shell, invocation, read.doubtful);
  if (data.most !== undefined && (read.operands.length > data.most || read.operands.some(mayBeSeveral)))
    shell.doubt(
      'command.operands',
      say('{0} with these operands may write a file', invocation.program),
      invocation.span,
    );
  if (data.operandShape && !read.operands.every((field) => data.operandShape?.test(constantOf(field) ?? '')))
    shell.doubt(
      'command.operands',
      say('{0} with these operands may change something', invocation.program),
      invocation.span,
    );
  const found = mixTaints(judgeOptions(shell, read, state, context), judgeOperands(shell, data, read, state, context));
  const plain = data.operands === 'look' || data.operands === 'none';
  const taint = mixTaints(...invocation.words.map(({ pieces }) => taintOf(pieces)), ...(plain ? [] : [context.stdin]));
  return { ...someFlow, ...mixTaints(taint, found) };
}

/** An operand that may turn out to be more than one. */
function mayBeSeveral({ many, pieces }: Field): boolean {
  return many || pieces.some(({ type }) => type === 'glob');
}

export function doubtOption(shell: Shell, { program }: Invocation, field: Field): void {
  shell.doubt('command.option', say('what {1} means to {0} is not known', program, describeField(field)), field.span);
}

/** Judges the paths that options name. @returns what the content of them carries. */
export function judgeOptions(shell: Shell, { options }: ReadOptions, state: ShellState, context: Context): Taint {
  let taint = clean;
  for (const { kind, value } of options) {
    if (!value) continue;
    if (kind === 'names') judgeNames(shell, value);
    if (kind !== 'reads' && kind !== 'looks') continue;
    if (constantOf(value) === '-') continue;
    taint = mixTaints(taint, readField(shell, value, state, context, kind === 'looks' ? 'look' : 'content'));
  }
  return taint;
}

/** A pattern that picks files by name may pick the secret ones: `--include=.env`. */
function judgeNames(shell: Shell, value: Field): void {
  const pattern = constantOf(value) ?? emptiedOf(value.pieces);
  if (pattern.startsWith('!')) return;
  const name = pattern.slice(pattern.lastIndexOf('/') + 1);
  if (value.pieces.some(({ type }) => type === 'unknown') || globNamesSecrets(name, globMatcher(name)))
    shell.doubt('secrets.project', say('{0} may name files that hold secrets', describeField(value)), value.span);
}

function judgeOperands(
  shell: Shell,
  data: Looks,
  { options, operands }: ReadOptions,
  state: ShellState,
  context: Context,
): Taint {
  if (data.operands === 'data' || data.operands === 'none') return clean;
  const has = (names: string | undefined): boolean =>
    names !== undefined && options.some(({ name }) => names.split(' ').includes(name));
  const patternGiven = data.operands !== 'pattern-then-read' || has(data.patternOptions);
  const files = patternGiven ? operands : operands.slice(1);
  const recursive = data.recursive === true || has(data.recursiveOptions);
  const depth = data.operands === 'look' ? 'look' : 'content';
  const hidden = data.hiddenOptions === undefined || has(data.hiddenOptions);
  const follows = data.followOptions === undefined || has(data.followOptions);
  const below: Below = recursive && !follows ? 'unlinked' : recursive;
  if (recursive && depth === 'look' && has(data.followOptions)) followLinks(shell, files, state, context, depth);
  let taint = clean;
  for (const field of files) {
    if (constantOf(field) === '-') continue;
    // What a process substitution puts out has been walked; its name is a pipe.
    if (field.pieces.length === 1 && field.pieces[0]?.type === 'unknown' && field.pieces[0].what.startsWith('<('))
      continue;
    taint = mixTaints(taint, readField(shell, field, state, context, depth, below, hidden));
  }
  if (files.length === 0 && (data.hereByDefault || (recursive && !context.stdin.present)))
    lookHere(shell, state, context, depth, below, hidden);
  return taint;
}

/** The working folder itself, where nothing is named. */
export function lookHere(
  shell: Shell,
  state: ShellState,
  context: Context,
  depth: Depth,
  recursive: Below,
  hidden = true,
): void {
  if (!state.cwd) {
    shell.doubt('paths.unknown', say('in which folder it looks is not known'), context.frame.within);
    return;
  }
  for (const folder of state.cwd)
    judgeRead(shell.report, folder, { span: undefined, certainty: context.certainty }, depth, recursive, hidden);
}
