import type { Function as FunctionNode } from 'unbash';
import type { Place } from '../facts';
import type { Field, Piece } from './field';
import { textPiece, unknownPiece } from './field';
import type { Frame } from './shell';

/** What a variable holds. An array keeps its elements while they are known. */
export type Variable =
  | { readonly type: 'scalar'; readonly pieces: readonly Piece[] }
  | { readonly type: 'array'; readonly elements: readonly Field[] };

export interface DefinedFunction {
  readonly node: FunctionNode;
  readonly frame: Frame;
}

/** What the shell knows at one point of a script. Copied where the flow of control parts, merged where it meets again. */
export interface ShellState {
  /** Copies and merges of a state with many names are work that counts. */
  readonly spend: (steps: number) => void;
  /** Folders the shell may be in; undefined when that is not known. */
  cwd: readonly string[] | undefined;
  /** Folders it may still be in because a `cd` may have failed. */
  cwdUnlessMoved: readonly string[] | undefined;
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, DefinedFunction | 'unknown'>;
  /** `$1` …; undefined when not known. */
  positional: readonly Field[] | undefined;
  /** Set when the script has changed how words are expanded (`set -f`, `shopt`, IFS): no value is known from then on. */
  expansionChanged: boolean;
  /** Set by `shopt -s globstar`: a component `**` of a pattern stands for folders at any depth. */
  globstar: boolean;
}

/** @param spend counts the work of copying and merging; see `Shell.spend`. */
export function initialState(place: Place, spend: (steps: number) => void): ShellState {
  return {
    spend,
    cwd: [place.cwd],
    cwdUnlessMoved: undefined,
    variables: new Map(),
    functions: new Map(),
    positional: [],
    expansionChanged: false,
    globstar: false,
  };
}

/** Names that are copied or compared in the time of one step. */
const namesPerStep = 8;

export function copyState(state: ShellState): ShellState {
  state.spend((state.variables.size + state.functions.size) / namesPerStep);
  return { ...state, variables: new Map(state.variables), functions: new Map(state.functions) };
}

/** A new process of the same shell: it has the exported variables only, which are not told apart here. */
export function freshState(state: ShellState, positional: readonly Field[] | undefined): ShellState {
  const variables = new Map<string, Variable>();
  for (const name of state.variables.keys()) variables.set(name, scalar(unknownPiece(`$${name}`)));
  return {
    spend: state.spend,
    cwd: state.cwd,
    cwdUnlessMoved: state.cwdUnlessMoved,
    variables,
    functions: new Map(),
    positional,
    expansionChanged: false,
    globstar: false,
  };
}

export function scalar(...pieces: readonly Piece[]): Variable {
  return { type: 'scalar', pieces };
}

/** Highest number of folders that are followed at once. */
const cwdLimit = 4;

/** Makes `into` what holds after either of two ways. */
export function mergeState(into: ShellState, other: ShellState): void {
  into.spend((into.variables.size + into.functions.size + other.variables.size + other.functions.size) / namesPerStep);
  into.cwd = mergeFolders(into.cwd, other.cwd);
  into.cwdUnlessMoved =
    into.cwdUnlessMoved || other.cwdUnlessMoved
      ? mergeFolders(into.cwdUnlessMoved ?? [], other.cwdUnlessMoved ?? [])
      : undefined;
  for (const name of new Set([...into.variables.keys(), ...other.variables.keys()])) {
    const mine = into.variables.get(name);
    const theirs = other.variables.get(name);
    if (mine === theirs) continue;
    if (JSON.stringify(mine) !== JSON.stringify(theirs))
      into.variables.set(
        name,
        scalar(bothInteger(mine, theirs) ? unknownPiece(`$${name}`, 'integer') : unknownPiece(`$${name}`)),
      );
  }
  for (const name of new Set([...into.functions.keys(), ...other.functions.keys()]))
    if (into.functions.get(name) !== other.functions.get(name)) into.functions.set(name, 'unknown');
  if (into.positional !== other.positional) into.positional = undefined;
  into.expansionChanged ||= other.expansionChanged;
  into.globstar ||= other.globstar;
}

/** Whether nothing that matters to later commands differs. */
export function sameState(one: ShellState, other: ShellState): boolean {
  one.spend((one.variables.size + one.functions.size) / namesPerStep);
  if (one.positional !== other.positional) return false;
  if (one.expansionChanged !== other.expansionChanged || one.globstar !== other.globstar) return false;
  if (one.functions.size !== other.functions.size || one.variables.size !== other.variables.size) return false;
  for (const [name, defined] of one.functions) if (other.functions.get(name) !== defined) return false;
  for (const [name, variable] of one.variables) {
    const theirs = other.variables.get(name);
    if (theirs !== variable && JSON.stringify(theirs) !== JSON.stringify(variable)) return false;
  }
  return true;
}

export function mergeFolders(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!one || !other) return undefined;
  const all = [...new Set([...one, ...other])];
  return all.length > cwdLimit ? undefined : all;
}

function bothInteger(one: Variable | undefined, other: Variable | undefined): boolean {
  return isInteger(one) && isInteger(other);
}

export function isInteger(variable: Variable | undefined): boolean {
  if (variable?.type !== 'scalar' || variable.pieces.length === 0) return false;
  return variable.pieces.every(
    (piece) =>
      (piece.type === 'text' && /^-?\d+$/.test(piece.text)) || (piece.type === 'unknown' && piece.as === 'integer'),
  );
}

/** The value of a variable as far as it is known; undefined when the script has not touched it and nothing is known of it. */
export function lookUp(state: ShellState, name: string, place: Place): Variable | undefined {
  const own = state.variables.get(name);
  if (own) return own;
  switch (name) {
    case 'HOME':
      return scalar(textPiece(place.home));
    case 'PWD': {
      const only = state.cwd?.length === 1 && !state.cwdUnlessMoved ? state.cwd[0] : undefined;
      return only === undefined ? scalar(unknownPiece('$PWD', 'nonempty')) : scalar(textPiece(only));
    }
    case 'USER':
    case 'LOGNAME':
      return place.user === undefined ? scalar(unknownPiece(`$${name}`, 'nonempty')) : scalar(textPiece(place.user));
    case 'TMPDIR':
      return place.scratch === undefined ? undefined : scalar(textPiece(place.scratch));
    case 'UID':
    case 'EUID':
    case 'PPID':
    case 'BASHPID':
    case 'RANDOM':
    case 'SRANDOM':
    case 'SECONDS':
    case 'LINENO':
    case 'EPOCHSECONDS':
    case 'SHLVL':
    case 'OPTIND':
      return scalar(unknownPiece(`$${name}`, 'integer'));
    default:
      return undefined;
  }
}
