import type { ParameterExpansionPart, ParameterOperation, SimpleExpansionPart } from 'unbash';
import { assertNever } from '../../../assertNever';
import { say } from '../../../say';
import { isInfluential } from './environment';
import { type Field, mixTaints, type Piece, taintOf, textPiece, unknownPiece } from './field';
import type { Context, Shell } from './shell';
import { isInteger, lookUp, type ShellState, scalar, type Variable } from './state';
import { expandValue } from './words';

/** What an expansion becomes. `fields` when it is known to be several; `each` for the forms that make one field of every element. */
export interface Expanded {
  readonly pieces: readonly Piece[];
  readonly fields: readonly Field[] | undefined;
  readonly each: boolean;
}

const single = (...pieces: readonly Piece[]): Expanded => ({ pieces, fields: undefined, each: false });

/** `$name`, `$1`, `$@`, `$?` … */
export function expandSimple(shell: Shell, part: SimpleExpansionPart, state: ShellState, _context: Context): Expanded {
  return expandName(shell, part.text.slice(1), part.text, state);
}

function expandName(shell: Shell, name: string, source: string, state: ShellState): Expanded {
  if (name === '@' || name === '*') {
    if (!state.positional) return { pieces: [unknownPiece(source)], fields: undefined, each: name === '@' };
    return { pieces: [], fields: state.positional, each: name === '@' };
  }
  if (name === '#' || name === '?' || name === '$' || name === '!') return single(unknownPiece(source, 'integer'));
  if (name === '-') return single(unknownPiece(source, 'nonempty'));
  if (name === '_') return single(unknownPiece(source));
  if (/^\d+$/.test(name)) {
    if (name === '0') return single(unknownPiece(source, 'nonempty'));
    if (!state.positional || state.positional.some(({ many }) => many)) return single(unknownPiece(source));
    return single(...(state.positional[Number(name) - 1]?.pieces ?? [textPiece('')]));
  }
  return fromVariable(lookUp(state, name, shell.report.world.place), source, state);
}

function fromVariable(variable: Variable | undefined, source: string, state: ShellState): Expanded {
  if (!variable || state.expansionChanged) return single(unknownPiece(source));
  if (variable.type === 'scalar') return single(...variable.pieces);
  return single(...(variable.elements[0]?.pieces ?? [textPiece('')]));
}

/** `${…}` with everything that may stand in it. */
export function expandParameter(
  shell: Shell,
  part: ParameterExpansionPart,
  state: ShellState,
  context: Context,
): Expanded {
  const span = shell.span(part, context);
  const again = (what: 'name' | 'prompt' | 'subscript' | 'operator'): void => secondEvaluation(shell, what, span);
  const index = part.index ? subscript(shell, part, state, context) : undefined;
  if (part.prefix === '!') {
    // `${!prefix@}` and `${!array[@]}` give names and indexes; every other `!` takes a value for a name.
    const namesOnly = part.operation?.type === 'Names' || (index === 'all' && !part.operation);
    if (!namesOnly) again('name');
    return single(unknownPiece(part.text));
  }
  if (part.prefix === '#') return single(unknownPiece(part.text, 'integer'));
  const { place } = shell.report.world;
  const plain =
    index === undefined ? expandName(shell, part.parameter, part.text, state) : element(shell, part, index, state);
  if (!part.operation) return plain;
  const known =
    index === undefined && /^[A-Za-z_]/.test(part.parameter) ? lookUp(state, part.parameter, place) : undefined;
  return operate(shell, part, part.operation, plain, known, state, context, again);
}

function element(
  shell: Shell,
  part: ParameterExpansionPart,
  index: number | 'all' | 'unknown',
  state: ShellState,
): Expanded {
  const variable = lookUp(state, part.parameter, shell.report.world.place);
  if (variable?.type !== 'array' || state.expansionChanged || index === 'unknown')
    return { pieces: [unknownPiece(part.text)], fields: undefined, each: index === 'all' };
  if (index === 'all') return { pieces: [], fields: variable.elements, each: true };
  const at = variable.elements.some(({ many }) => many) ? undefined : variable.elements.at(index);
  return single(...(at?.pieces ?? [unknownPiece(part.text)]));
}

/** A subscript is evaluated as arithmetic: a number, or everything; anything else may run a command. */
function subscript(
  shell: Shell,
  part: ParameterExpansionPart,
  state: ShellState,
  context: Context,
): number | 'all' | 'unknown' {
  if (!part.index) return 'unknown';
  const { value, parts } = part.index;
  if (value === '@' || value === '*') return 'all';
  if (/^-?\d+$/.test(value) && !parts) return Number(value);
  const pieces = expandValue(shell, part.index, state, context);
  const named = /^[A-Za-z_]\w*$/.test(value) && !parts ? lookUp(state, value, shell.report.world.place) : undefined;
  if (!isInteger(named) && !isInteger(scalar(...pieces)))
    secondEvaluation(shell, 'subscript', shell.span(part, context));
  return 'unknown';
}

function operate(
  shell: Shell,
  part: ParameterExpansionPart,
  operation: ParameterOperation,
  plain: Expanded,
  known: Variable | undefined,
  state: ShellState,
  context: Context,
  again: (what: 'name' | 'prompt' | 'subscript' | 'operator') => void,
): Expanded {
  const taint = taintOf(plain.fields ? plain.fields.flatMap(({ pieces }) => pieces) : plain.pieces);
  const something = (as: 'any' | 'nonempty' = 'any'): Expanded => ({
    ...single(unknownPiece(part.text, as, taint)),
    each: plain.each,
  });
  switch (operation.type) {
    case 'Default': {
      const operand = expandValue(shell, operation.operand, state, context);
      const operandTaint = taintOf(operand);
      const mixed = (as: 'any' | 'nonempty'): Expanded =>
        single(unknownPiece(part.text, as, mixTaints(taint, operandTaint)));
      const constant =
        known?.type === 'scalar' && known.pieces.every(({ type }) => type === 'text') ? known.pieces : undefined;
      const filled = constant?.some((piece) => piece.type === 'text' && piece.text !== '');
      // What is set counts as there; with a colon, only what is set and not empty.
      const there = constant && (filled || !operation.operator.startsWith(':'));
      // Quotes, patterns and spaces in an operand count by where the expansion stands; one without them is itself.
      const literal = /^[\w./:@%+,=-]*$/.test(operation.operand.text);
      const fallback = (): Expanded =>
        constant && literal ? single(...operand) : mixed(isFilled(operand) ? 'nonempty' : 'any');
      switch (operation.operator) {
        case '-':
        case ':-':
          return constant && there ? single(...constant) : fallback();
        case '=':
        case ':=':
          if (constant && there) return single(...constant);
          assignDefault(shell, part, operand, state, context);
          return fallback();
        case '?':
        case ':?':
          return filled && constant ? single(...constant) : something(operation.operator === ':?' ? 'nonempty' : 'any');
        case '+':
        case ':+':
          if (constant && !there) return single(textPiece(''));
          return constant && literal ? single(...operand) : mixed('any');
        default:
          return assertNever(operation);
      }
    }
    case 'Remove':
      expandValue(shell, operation.operand, state, context);
      return something();
    case 'Replace':
      expandValue(shell, operation.pattern, state, context);
      expandValue(shell, operation.replacement, state, context);
      return something();
    case 'Slice':
      for (const bound of [operation.offset, operation.length]) {
        if (!bound) continue;
        const pieces = expandValue(shell, bound, state, context);
        if (!/^\s*-?\d+\s*$/.test(bound.value) && !isInteger(scalar(...pieces))) again('subscript');
      }
      return something();
    case 'CaseModification':
      if (operation.operand) expandValue(shell, operation.operand, state, context);
      return something();
    case 'Transform':
      if (!/^[QEUuLAKak]$/.test(operation.operand.value)) again('prompt');
      return something();
    case 'Names':
      return single(unknownPiece(part.text));
    case 'Unknown':
      again('operator');
      return single(unknownPiece(part.text));
    default:
      return assertNever(operation);
  }
}

function isFilled(pieces: readonly Piece[]): boolean {
  return pieces.some(
    (piece) => (piece.type === 'text' && piece.text !== '') || (piece.type === 'unknown' && piece.as !== 'any'),
  );
}

function assignDefault(
  shell: Shell,
  part: ParameterExpansionPart,
  operand: readonly Piece[],
  state: ShellState,
  context: Context,
): void {
  if (isInfluential(part.parameter))
    shell.doubt(
      'shell.environment',
      say('it may set {0}, which changes what other programs do', part.parameter),
      shell.span(part, context),
    );
  state.variables.set(
    part.parameter,
    scalar(unknownPiece(`$${part.parameter}`, isFilled(operand) ? 'nonempty' : 'any', taintOf(operand))),
  );
}

export function secondEvaluation(
  shell: Shell,
  what: 'name' | 'prompt' | 'subscript' | 'operator',
  span: ReturnType<Shell['span']>,
): void {
  switch (what) {
    case 'name':
      shell.doubt('shell.second-evaluation', say('it takes a value for the name of another variable'), span);
      return;
    case 'prompt':
      shell.doubt('shell.second-evaluation', say('it expands a value a second time, which may run a command'), span);
      return;
    case 'subscript':
      shell.doubt('shell.second-evaluation', say('a subscript that is not a known number may run a command'), span);
      return;
    case 'operator':
      shell.doubt('shell.second-evaluation', say('an expansion of a form that is not known'), span);
      return;
  }
}
