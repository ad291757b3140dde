import { say } from '../../../../../say';
import { foldPath, locate } from '../../../../paths';
import { secrecyOf } from '../../../../secretPaths';
import { judgeLoss } from '../../../loss';
import { judgeRead, judgeWrite } from '../../../scope';
import type { Invocation } from '../../command';
import { constantOf, describeField, type Field, mixTaints, type Taint, taintOf, textPiece } from '../../field';
import { judgeField, pathsNamed, readField } from '../../paths';
import type { Context, Shell } from '../../shell';
import type { ShellState } from '../../state';

/** What a program is given beside files: its words and its input. */
export function givenTaint({ words }: Invocation, context: Context): Taint {
  return mixTaints(context.stdin, ...words.map(({ pieces }) => taintOf(pieces)));
}

/** Words longer than this name no file. */
const nameLimit = 4_096;

/**
 * Whether one of the words names a secret file, by itself or after `=`, `@` or `:`. A net under the exact reading of options: for
 * programs that send what they are given.
 */
export function namesSecret(shell: Shell, fields: readonly Field[], state: ShellState): boolean {
  return fields.some((field) => {
    const text = constantOf(field);
    if (text === undefined || text.length > nameLimit) return false;
    const marks = [...text.matchAll(/[=@<]/g)].slice(0, 8).map(({ index }) => text.slice(index + 1));
    return [text, ...marks].some((each) => each !== '' && isSecretFile(shell, each.replace(/;.*$/, ''), field, state));
  });
}

function isSecretFile(shell: Shell, text: string, field: Field, state: ShellState): boolean {
  const { place, facts } = shell.report.world;
  return pathsNamed({ ...field, pieces: [{ type: 'text', text }], many: false }, state.cwd).some((path) => {
    const found = path === undefined ? undefined : locate(path, facts);
    if (!found?.ok) return false;
    if (shell.report.changes.of(found.at.real)?.secret === true) return true;
    const secrecy = secrecyOf(found.at.real, place, facts) ?? secrecyOf(found.at.path, place, facts);
    if (secrecy === 'store') return true;
    if (secrecy !== 'project') return false;
    // `password` and `my/secret` are words as often as files.
    return facts.kind(found.at.real) === 'file' || /(?:^|\/)(?:\.[^/]*|id_\w+|[^/]*\.\w+)$/.test(text);
  });
}

/** Reads a file whose content leaves the machine. @returns whether it is a secret. */
export function readSent(shell: Shell, field: Field, state: ShellState, context: Context): boolean {
  const found = judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from));
  return taintOf(field.pieces).secret || found.some((secrecy) => secrecy !== undefined);
}

/**
 * A `file:` address, which is read and not fetched.
 * @returns whether the field is one; what cannot be read as a plain path has been reported.
 */
export function readLocal(shell: Shell, field: Field, state: ShellState, context: Context): boolean {
  const text = constantOf(field);
  if (!/^file:/i.test(describeField(field))) return false;
  const path = text === undefined ? undefined : /^file:\/\/(?:localhost)?(\/[^?#%\\{}[\]]*)$/i.exec(text)?.[1];
  if (path === undefined)
    shell.doubt('network.address', say('which host {0} stands for cannot be told', describeField(field)), field.span);
  else readField(shell, { ...field, pieces: [textPiece(path)] }, state, context);
  return true;
}

/** Writes a file with what came over the network. @param fetched false for what this machine itself answered. */
export function writeFetched(
  shell: Shell,
  field: Field,
  state: ShellState,
  context: Context,
  fetched: boolean,
  writing: 'replace' | 'append' = 'replace',
): void {
  if (/^(?:-|\/dev\/(?:null|stdout|stderr))$/.test(constantOf(field) ?? '')) return;
  judgeField(
    shell,
    field,
    state,
    context,
    (path, from) => {
      const at = judgeWrite(shell.report, path, from, writing);
      if (fetched) shell.fetched.add(foldPath(path));
      if (!at) return;
      if (writing === 'replace') {
        judgeLoss(shell.report, at, from, false, 'overwrites');
        shell.report.changes.write(at.real, { text: undefined, network: fetched });
      } else shell.report.changes.append(at.real, { text: undefined, network: fetched });
    },
    'write',
  );
}
