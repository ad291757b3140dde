import { say } from '../../../say';
import { baseName } from '../../paths';
import type { Context, Shell } from '../shell/shell';
import type { ShellState } from '../shell/state';

/** Judges text in a file that is obeyed rather than run: what it adds that runs later. */
export function judgeSettings(
  shell: Shell,
  path: string,
  _text: string,
  _fragment: boolean,
  _state: ShellState,
  context: Context,
): void {
  shell.doubt(
    'edits.executed-later',
    say('{0} runs or takes effect later, so what it says decides', baseName(path)),
    context.frame.within,
  );
}
