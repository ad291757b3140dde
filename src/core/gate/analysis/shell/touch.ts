import type { Written } from '../changes';
import { judgeLoss } from '../loss';
import { judgeDelete, judgeRead, judgeWrite } from '../scope';
import type { Invocation } from './command';
import { constantOf, type Field } from './field';
import { judgeField } from './paths';
import type { Context, Shell } from './shell';
import type { ShellState } from './state';
import { checkCritical } from './sweeping';

/** Options that make a removal go through folders, abbreviations included: what may be meant counts (rule R10). */
export function isRecursive(invocation: Invocation): boolean {
  return invocation.args.some((field) => {
    const text = constantOf(field);
    if (text === undefined) return field.pieces[0]?.type === 'unknown';
    return /^-[a-zA-Z]*[rR]/.test(text) || /^--(?:r|re|rec|recu|recur|recurs|recursi|recursiv|recursive)$/.test(text);
  });
}

/** Judges what is removed, each place a field names. */
export function removeEach(
  shell: Shell,
  fields: readonly Field[],
  recursive: boolean,
  state: ShellState,
  context: Context,
): void {
  for (const field of fields) {
    if (recursive) checkCritical(shell, field, state, context, 'removal');
    judgeField(
      shell,
      field,
      state,
      context,
      (path, from) => judgeDelete(shell.report, path, from, recursive),
      'delete',
    );
  }
}

export function readEach(
  shell: Shell,
  fields: readonly Field[],
  recursive: boolean,
  state: ShellState,
  context: Context,
): void {
  for (const field of fields)
    judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from, 'content', recursive));
}

/**
 * Judges a file that is made or replaced; replacing one that exists loses what it held.
 * @param written what it holds afterwards, where that is known.
 */
export function writeEach(
  shell: Shell,
  fields: readonly Field[],
  state: ShellState,
  context: Context,
  writing: 'create' | 'replace' | 'append' | 'folder',
  written: Written = { text: undefined },
): void {
  for (const field of fields)
    judgeField(
      shell,
      field,
      state,
      context,
      (path, from) => {
        const at = judgeWrite(shell.report, path, from, writing);
        if (!at || writing === 'folder') return;
        if (writing === 'replace') judgeLoss(shell.report, at, from, false, 'overwrites');
        // An empty file, or one that stays as it is.
        if (writing === 'create') shell.report.changes.edit(at.real, []);
        if (writing === 'append') shell.report.changes.append(at.real, written);
        else if (writing === 'replace') shell.report.changes.write(at.real, written);
      },
      'write',
    );
}
