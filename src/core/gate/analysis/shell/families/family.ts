import type { Invocation } from '../command';
import type { Context, Flow, Shell } from '../shell';
import type { ShellState } from '../state';

/** What is known of one program, or of several that are alike. One small file each. */
export interface Family {
  /** Base names. */
  readonly programs: readonly string[];
  /** Whole commands that this family settles: analysis allows them in a plain workspace. The tests run them. */
  readonly match: readonly string[];
  /** Whole commands that look alike and are not allowed. */
  readonly notMatch: readonly string[];
  /** Reports effects and doubts of one call and says what it puts out. */
  judge(shell: Shell, invocation: Invocation, state: ShellState, context: Context): Flow;
  /** The same family with one entry of its data taken away, for each entry: a test proves that a `match` then fails. */
  without?(): readonly { readonly entry: string; readonly family: Family }[];
}

/** All families, by program. */
export interface Registry {
  find(program: string): Family | undefined;
}

export function createRegistry(families: readonly Family[]): Registry {
  const byProgram = new Map<string, Family>();
  for (const family of families) for (const program of family.programs) byProgram.set(program, family);
  return { find: (program) => byProgram.get(program) };
}
