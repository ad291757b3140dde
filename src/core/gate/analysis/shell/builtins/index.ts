import { runSourced } from '../scripts';
import { someFlow } from '../shell';
import { type Builtin, silent } from './builtin';
import { test } from './conditions';
import { evaluate, letBuiltin, trap } from './evaluation';
import { cd, popd, pushd, pwd } from './folders';
import { echo, printf } from './output';
import { changesShell, set, tells } from './settings';
import { declare, mapfile, read, shift, unset, wait } from './variables';

const nothing: Builtin = () => silent;

/** `command`, `builtin` and `exec` are wrappers; they are opened with the programs that wrap. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', nothing],
  ['true', nothing],
  ['false', nothing],
  ['echo', echo],
  ['printf', printf],
  ['test', test],
  ['[', test],
  ['cd', cd],
  ['chdir', cd],
  ['pushd', pushd],
  ['popd', popd],
  ['dirs', () => someFlow],
  ['pwd', pwd],
  ['export', declare],
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['readonly', declare],
  ['set', set],
  ['unset', unset],
  ['read', read],
  ['mapfile', mapfile],
  ['readarray', mapfile],
  ['eval', evaluate],
  ['trap', trap],
  ['let', letBuiltin],
  ['exit', nothing],
  ['return', nothing],
  ['break', nothing],
  ['continue', nothing],
  ['wait', wait],
  ['times', () => someFlow],
  ['shift', shift],
  ['type', tells],
  ['jobs', tells],
  ['source', (shell, invocation, state, context) => runSourced(shell, invocation, state, context)],
  ['.', (shell, invocation, state, context) => runSourced(shell, invocation, state, context)],
  ['alias', changesShell],
  ['unalias', changesShell],
  ['shopt', changesShell],
  ['hash', changesShell],
  ['enable', changesShell],
  ['bind', changesShell],
  ['complete', changesShell],
  ['compgen', changesShell],
  ['compopt', changesShell],
  ['getopts', changesShell],
  ['umask', changesShell],
  ['ulimit', changesShell],
  ['history', changesShell],
  ['fc', changesShell],
  ['caller', tells],
  ['fg', changesShell],
  ['bg', changesShell],
  ['disown', changesShell],
  ['suspend', changesShell],
  ['logout', changesShell],
]);
