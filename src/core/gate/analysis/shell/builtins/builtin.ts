import type { Invocation } from '../command';
import { type Context, type Flow, noFlow, type Shell } from '../shell';
import type { ShellState } from '../state';

/** What one command of the shell itself does to the shell, and what it puts out. */
export type Builtin = (shell: Shell, invocation: Invocation, state: ShellState, context: Context) => Flow;

/** Nothing comes out. */
export const silent: Flow = { ...noFlow, text: '' };

/** A name that a variable may have; anything else where a name stands may be evaluated. */
export const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;
