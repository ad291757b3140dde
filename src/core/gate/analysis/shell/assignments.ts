import type { Assignment } from 'unbash';
import { say } from '../../../say';
import { isHarmlessValue, isInert, isInfluential, type SearchPlace } from './environment';
import { constantOf, type Field, type Piece, taintOf, textPiece, unknownPiece } from './field';
import { secondEvaluation } from './parameters';
import type { Context, Shell } from './shell';
import { isInteger, lookUp, type ShellState, scalar, type Variable } from './state';
import { expandValue, expandWord } from './words';

/** A variable that gets a value, in front of a command or by itself. */
export interface Setting {
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly append: boolean;
  readonly span: Field['span'];
}

/**
 * Evaluates an assignment.
 * @param lasting it stands by itself, so that the variable keeps the value.
 */
export function applyAssignment(
  shell: Shell,
  node: Assignment,
  state: ShellState,
  context: Context,
  lasting: boolean,
): Setting {
  const span = shell.span(node, context);
  if (node.index) {
    const pieces = expandValue(shell, node.index, state, context);
    const named = /^[A-Za-z_]\w*$/.test(node.index.value)
      ? lookUp(state, node.index.value, shell.report.world.place)
      : undefined;
    if (!isInteger(scalar(...pieces)) && !isInteger(named)) secondEvaluation(shell, 'subscript', span);
  }
  const append = node.append === true;
  if (node.value.type === 'ArrayValue') {
    const elements = node.value.elements.flatMap((word) => expandWord(shell, word, state, context));
    const keyed = node.value.elements.some((word) => word.text.startsWith('['));
    if (keyed) secondEvaluation(shell, 'subscript', span);
    if (lasting) {
      checkInfluence(shell, node.name, span);
      state.variables.set(
        node.name,
        append || keyed ? scalar(unknownPiece(`$${node.name}`)) : { type: 'array', elements },
      );
    }
    return { name: node.name, pieces: [unknownPiece(node.text)], append, span };
  }
  const pieces = expandValue(shell, node.value, state, context, 'assignment');
  if (lasting) setVariable(shell, { name: node.name, pieces, append, span }, state, node.index !== undefined);
  return { name: node.name, pieces, append, span };
}

/** Gives a variable its value for the rest of the script. */
export function setVariable(
  shell: Shell,
  { name, pieces, append, span }: Setting,
  state: ShellState,
  element = false,
): void {
  if (append || element || !isHarmlessValue(name, pieces, searchPlace(shell, state)))
    checkInfluence(shell, name, span, constantOf({ pieces, many: false }));
  if (element) {
    state.variables.set(name, scalar(unknownPiece(`$${name}`)));
    return;
  }
  const before = append ? lookUp(state, name, shell.report.world.place) : undefined;
  if (!append) state.variables.set(name, bounded(name, pieces));
  else if (before?.type === 'scalar') state.variables.set(name, bounded(name, [...before.pieces, ...pieces]));
  else state.variables.set(name, scalar(unknownPiece(`$${name}`)));
}

/** Pieces and characters of a value that is kept: a script can double a value line by line. */
const longestValue = { pieces: 200, characters: 65_536 };

function bounded(name: string, pieces: readonly Piece[]): Variable {
  let characters = 0;
  for (const piece of pieces) characters += piece.type === 'text' ? piece.text.length : 1;
  if (pieces.length <= longestValue.pieces && characters <= longestValue.characters) return scalar(...pieces);
  const text = characters <= longestValue.characters ? constantOf({ pieces, many: false }) : undefined;
  return scalar(text === undefined ? unknownPiece(`$${name}`, 'any', taintOf(pieces)) : textPiece(text));
}

export function searchPlace(shell: Shell, { cwd }: Pick<ShellState, 'cwd'>): SearchPlace {
  const { place } = shell.report.world;
  return {
    home: place.home,
    cwd,
    root: (entry) => place.workspace.includes(entry),
    inside: (folder) => place.workspace.some((each) => folder === each || folder.startsWith(`${each}/`)),
  };
}

/** Doubts a variable that the shell or other programs obey, however it gets its value. */
export function checkInfluence(shell: Shell, name: string, span: Field['span'], value?: string): void {
  if (isInfluential(name) && !isInert(name, value))
    shell.doubt('shell.environment', say('{0} changes what the shell or other programs do', name), span);
}

/** Variables set in front of a command reach the program: only inert ones may (rule R4). */
export function judgeEnvironment(
  shell: Shell,
  settings: readonly Setting[],
  state: Pick<ShellState, 'cwd'>,
  context: Context,
): void {
  for (const { name, pieces, span, append } of settings) {
    if (!append && isHarmlessValue(name, pieces, searchPlace(shell, state))) continue;
    if (isInert(name, constantOf({ pieces, many: false }))) continue;
    shell.report.effect('execute', { type: 'variable', name }, span, context.certainty);
    shell.doubt('shell.environment', say('{0} may change what the program does', name), span);
  }
}
