import { type Said, say } from '../../../../../say';
import type { Work } from '../../../facts';
import type { Field } from '../../field';
import type { OptionTable } from '../../options';
import type { Repository } from '../../repository';
import type { Doings } from '../tool';

/** One sub-command of git, or several that are alike, told by data. */
export interface GitCommand {
  /** `status`, or with a second word `stash push`. */
  readonly names: readonly string[];
  readonly options?: OptionTable;
  /** Options of a sub-command that is never decided here: read, so that its operands are told from their values. */
  readonly known?: OptionTable;
  /** Hooks of the repository that it runs, separated by blanks. */
  readonly hooks?: string;
  /** `-5` is a number. */
  readonly digits?: boolean;
  /** Everything from its first operand on is a command. */
  readonly wraps?: boolean;
  /** How its operands must look; `none`: it has none, or it does something else. */
  readonly operands?: 'none' | RegExp;
  /** Highest number of operands. */
  readonly most?: number;
  /** Everything it does besides looking. Without any it only looks. */
  readonly does?: readonly GitDoing[];
  /** It reaches the remotes of the repository. */
  readonly network?: boolean;
  /** It says nothing of the repository it is called in: `clone`, `init`. */
  readonly anywhere?: boolean;
  /** Options that are known and never decided here, with the reason. */
  readonly refuses?: readonly Refusal[];
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

export interface Refusal {
  readonly options: OptionTable;
  readonly rule: string;
  readonly reason: Said;
  /** What it takes away; it is no refusal when that is kept. */
  readonly loses?: Work;
}

/** A call of a sub-command. */
export interface GitCall extends Doings {
  readonly repositories: readonly Repository[];
  /** Operands after `--`, which are paths whatever they look like; undefined: there is no `--`. */
  readonly paths: readonly Field[] | undefined;
  /** Operands before `--`. */
  readonly words: readonly Field[];
}

/** Something a sub-command does. The doings of other programs serve as well. */
export interface GitDoing {
  readonly name: string;
  run(at: GitCall): void;
}

/** @param flags options without a value, separated by blanks. */
export function refuse(flags: string, rule: string, reason: Said): Refusal {
  return { options: { flag: flags }, rule, reason };
}

/** The same with a value each. */
export function refuseValues(names: string, rule: string, reason: Said): Refusal {
  return { options: { value: names }, rule, reason };
}

export const opensEditor = (flags: string): Refusal =>
  refuse(flags, 'git.editor', say('it would open an editor, and which one is not known'));

export const endsHalfway = (flags: string): Refusal =>
  refuse(flags, 'git.work-lost', say('it gives up or ends what was begun, and what was done in between may be lost'));

export const skipsHooks = (flags: string): Refusal =>
  refuse(flags, 'git.hooks-skipped', say('it passes over the hooks by which the project checks commits'));

export const signs = (flags: string): Refusal => ({
  options: { optional: flags },
  rule: 'git.signs',
  reason: say('it signs in the name of the user, with a key that is kept outside the workspace'),
});

export const losesChanges = (flags: string): Refusal => ({
  ...refuse(flags, 'git.work-lost', say('changes that are in no commit would be lost')),
  loses: 'modified',
});

export const rewrites = (flags: string): Refusal =>
  refuse(flags, 'git.history', say('it takes commits or names of them out of the history'));

export function has({ options }: Pick<GitCall, 'options'>, names: string): boolean {
  return options.some(({ name }) => names.split(' ').includes(name));
}
