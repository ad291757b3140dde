import { say } from '../../../say';
import { foldPath, isAbsolutePath, joinPath } from '../../paths';
import { takesEverything } from '../globs';
import { judgeCritical } from '../scope';
import { constantOf, describeField, emptiedOf, type Field, unknownMark } from './field';
import type { Context, Shell } from './shell';
import type { ShellState } from './state';

/** Whether a target of a sweeping change could be a place no mode may destroy silently, unknowns taken for empty (rule R24). */
export function checkCritical(
  shell: Shell,
  field: Field,
  state: ShellState,
  context: Context,
  what: 'removal' | 'permissions' | 'move',
): void {
  const known = constantOf(field) !== undefined || field.pieces.every(({ type }) => type !== 'unknown');
  const text = emptiedOf(field.pieces);
  if (text === '' || text.includes(unknownMark)) return;
  const certain = known && context.certainty === 'certain';
  const relative = !isAbsolutePath(text);
  if (relative && !state.cwd) {
    // The folder may be any: what takes all of it may take all of home.
    if (takesAllOfFolder(text))
      shell.report.critical(
        'critical.removal',
        say('{0} takes everything in a folder that is not known', describeField(field)),
        false,
        field.span,
      );
    return;
  }
  const folders = relative ? (state.cwd ?? []) : ['/'];
  const several = folders.length > 1 || (relative && state.cwdUnlessMoved !== undefined);
  const all = relative ? [...folders, ...(state.cwdUnlessMoved ?? [])] : folders;
  for (const folder of all) {
    const path = joinPath(folder, text);
    const sure = certain && !several;
    if (judgeCritical(shell.report, path, sure, what, field.span)) return;
    const slash = text.lastIndexOf('/');
    const last = text.slice(slash + 1);
    // All of a folder's content is the folder.
    if (
      takesEverything(last) &&
      judgeCritical(shell.report, foldPath(joinPath(folder, `${text.slice(0, slash + 1)}.`)), sure, what, field.span)
    )
      return;
    if (
      /^\.[*?]+$/.test(last) &&
      judgeCritical(shell.report, foldPath(joinPath(folder, `${text.slice(0, slash + 1)}..`)), false, what, field.span)
    )
      return;
    // A pattern before the end stands for every child: `/*/x` and `~/.*/`.
    if (last === '' && slash > 0) {
      const before = text.slice(0, slash);
      if (
        takesEverything(before.slice(before.lastIndexOf('/') + 1)) &&
        judgeCritical(
          shell.report,
          foldPath(joinPath(folder, `${before.slice(0, before.lastIndexOf('/') + 1)}.`)),
          sure,
          what,
          field.span,
        )
      )
        return;
    }
  }
}

function takesAllOfFolder(text: string): boolean {
  const folded = text.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  return folded === '' || folded === '.' || folded === '..' || takesEverything(folded);
}
