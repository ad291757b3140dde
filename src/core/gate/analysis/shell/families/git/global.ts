import { say } from '../../../../../say';
import { foldPath, isAbsolutePath, joinPath, locate } from '../../../../paths';
import { judgeRead } from '../../../scope';
import { constantOf, describeField, type Field, knownStart } from '../../field';
import { pathsNamed } from '../../paths';
import type { Context, Shell } from '../../shell';
import type { ShellState } from '../../state';
import { parseKey } from './configText';
import { isPlainSetting } from './settings';

/** Options before the sub-command that change nothing but where and how output is shown. */
const plain = new Set([
  '--no-pager',
  '-P',
  '--no-optional-locks',
  '--literal-pathspecs',
  '--glob-pathspecs',
  '--noglob-pathspecs',
  '--icase-pathspecs',
  '--no-replace-objects',
  '--no-lazy-fetch',
  '--no-advice',
]);

/** Options that only say something of git itself. */
const only = new Set(['--version', '-v', '--help', '-h', '--exec-path', '--html-path', '--man-path', '--info-path']);

/**
 * Reads what stands before the sub-command (rule R18).
 * @param state moves to where git works.
 * @returns how many words that is, and whether git does nothing more.
 */
export function readGlobal(
  shell: Shell,
  args: readonly Field[],
  state: ShellState,
  context: Context,
): { readonly used: number; readonly only: boolean } {
  let folder: Field | undefined;
  let tree: Field | undefined;
  let at = 0;
  for (; at < args.length; at += 1) {
    const field = args[at];
    const start = field && knownStart(field.pieces);
    if (!field || !start?.startsWith('-')) break;
    const text = constantOf(field);
    if (text !== undefined && plain.has(text)) continue;
    if (text !== undefined && only.has(text)) return { used: at + 1, only: true };
    const value = args[at + 1];
    const equals = start.indexOf('=');
    const name = equals < 0 ? start : start.slice(0, equals);
    if (name === '--git-dir' || name === '--work-tree') {
      const given = equals < 0 ? value : after(field, equals + 1);
      if (name === '--git-dir') folder = given;
      else tree = given;
      if (equals < 0) at += 1;
    } else if (text === '-C' && value) {
      moveInto(shell, value, state, context);
      at += 1;
    } else if (text === '-c' && value) {
      judgeSetting(shell, value);
      at += 1;
    } else {
      shell.doubt('command.option', say('what {1} means to {0} is not known', 'git', describeField(field)), field.span);
      if (/^--(?:namespace|config-env|super-prefix|attr-source)$/.test(text ?? '')) at += 1;
    }
  }
  if (folder || tree) judgePlaces(shell, folder, tree, state);
  return { used: at, only: false };
}

function after(field: Field, count: number): Field {
  const [first, ...rest] = field.pieces;
  if (first?.type !== 'text') return field;
  return { ...field, pieces: [{ type: 'text', text: first.text.slice(count) }, ...rest] };
}

/** A setting for one call: only one that names no program, host or place. */
function judgeSetting(shell: Shell, field: Field): void {
  const text = constantOf(field);
  const equals = text?.indexOf('=') ?? -1;
  const key = text === undefined ? undefined : parseKey(equals < 0 ? text : text.slice(0, equals));
  const value = text === undefined || equals < 0 ? undefined : text.slice(equals + 1);
  if (!key || !isPlainSetting({ ...key, value }))
    shell.doubt('git.configuration', say('the setting {0} may run a program', describeField(field)), field.span);
}

function moveInto(shell: Shell, folder: Field, state: ShellState, context: Context): void {
  const paths = pathsNamed(folder, state.cwd);
  const found = paths.map((path) => (path === undefined ? undefined : locate(path, shell.report.world.facts)));
  for (const path of paths)
    if (path !== undefined) judgeRead(shell.report, path, { span: folder.span, certainty: context.certainty }, 'look');
  state.cwd =
    found.length > 0 && found.every((each) => each?.ok)
      ? found.flatMap((each) => (each?.ok ? [each.at.path] : []))
      : undefined;
  if (!state.cwd) shell.doubt('paths.unknown', say('in which repository git works is not known'), folder.span);
}

/** The repository and its work tree, named: in bounds where git would find the same by itself. */
function judgePlaces(shell: Shell, folder: Field | undefined, tree: Field | undefined, state: ShellState): void {
  const [cwd, ...more] = state.cwd ?? [];
  const place = (field: Field | undefined): string | undefined => {
    const text = field && constantOf(field);
    return cwd === undefined || text === undefined
      ? undefined
      : foldPath(isAbsolutePath(text) ? text : joinPath(cwd, text));
  };
  const git = place(folder);
  const top = tree ? place(tree) : cwd;
  if (more.length === 0 && top !== undefined && git === `${top}/.git`) {
    state.cwd = [top];
    return;
  }
  state.cwd = undefined;
  shell.doubt('git.repository', say('in which repository git works is not known'), (folder ?? tree)?.span);
}
