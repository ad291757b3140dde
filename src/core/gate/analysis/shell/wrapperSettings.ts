import { say } from '../../../say';
import { locate } from '../../paths';
import { judgeEnvironment } from './assignments';
import { constantOf, type Field, textPiece } from './field';
import type { ReadOptions } from './options';
import { pathsNamed } from './paths';
import type { Context, Shell } from './shell';
import type { ShellState } from './state';

/** `env -C folder NAME=value command`: what `env` and `sudo` set before they run the command. @returns the command. */
export function applyWrapperSetting(
  shell: Shell,
  program: string,
  { options }: ReadOptions,
  operands: readonly Field[],
  state: ShellState,
  context: Context,
): readonly Field[] {
  for (const { name, value } of options) {
    if ((name === '-u' || name === '--unset') && program === 'env' && value)
      shell.doubt(
        'shell.environment',
        say('{0} without {1} may do something else', 'the command', constantOf(value) ?? '?'),
        value.span,
      );
    if ((name === '-C' || name === '--chdir' || name === '-D') && value) moveInto(shell, value, state);
    if (program === 'env' && (name === '-i' || name === '--ignore-environment'))
      shell.doubt(
        'shell.environment',
        say('{0} without its environment may do something else', 'the command'),
        context.frame.within,
      );
  }
  let at = 0;
  for (const field of operands) {
    const [first, ...rest] = field.pieces;
    const match = first?.type === 'text' && !field.many ? /^([A-Za-z_][^=\s/]*)=/.exec(first.text) : undefined;
    if (!match || first?.type !== 'text') break;
    const pieces = [textPiece(first.text.slice(match[0].length)), ...rest];
    judgeEnvironment(shell, [{ name: match[1] ?? '', pieces, append: false, span: field.span }], state, context);
    at += 1;
  }
  return operands.slice(at);
}

function moveInto(shell: Shell, folder: Field, state: ShellState): void {
  const paths = pathsNamed(folder, state.cwd);
  const found = paths.map((path) => (path === undefined ? undefined : locate(path, shell.report.world.facts)));
  state.cwd = found.every((each) => each?.ok) ? found.flatMap((each) => (each?.ok ? [each.at.path] : [])) : undefined;
}
