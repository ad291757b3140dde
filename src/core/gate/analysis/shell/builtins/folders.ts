import { say } from '../../../../say';
import { locate } from '../../../paths';
import { judgeRead } from '../../scope';
import { constantOf, describeField } from '../field';
import { pathsNamed } from '../paths';
import { someFlow } from '../shell';
import { lookUp, mergeFolders, type ShellState } from '../state';
import { type Builtin, silent } from './builtin';

/** `cd`: where the shell is from then on; whether it got there is only known where the folder is known to exist. */
export const cd: Builtin = (shell, { args, span }, state, context) => {
  const { place, facts } = shell.report.world;
  // Links are followed with `-P`, and folded by name without.
  const physical = args.findLast((field) => /^-[LPe]+$/.test(constantOf(field) ?? ''));
  const follows = physical !== undefined && /P[^L]*$/.test(constantOf(physical) ?? '');
  const operands = args.filter((field) => !/^-[LPe@]+$|^--$/.test(constantOf(field) ?? ''));
  const [target] = operands;
  const before = state.cwd;
  if (operands.length > 1 || lookUp(state, 'CDPATH', place) !== undefined) {
    moveTo(state, undefined, before, true);
    shell.doubt('paths.unknown', say('where {0} leads is not known', 'cd'), span);
    return silent;
  }
  if (!target) {
    moveTo(state, [place.home], before, false);
    return silent;
  }
  if (constantOf(target) === '-') {
    moveTo(state, undefined, before, false);
    return someFlow;
  }
  const named = pathsNamed(target, before);
  if (constantOf(target) === '' || named.length === 0) return silent;
  const folders = named.filter((folder) => folder !== undefined);
  if (folders.length < named.length) {
    shell.report.effect('read', { type: 'unknown', what: describeField(target) }, span, context.certainty);
    moveTo(state, undefined, before, true);
    return silent;
  }
  const real: string[] = [];
  let sure = true;
  for (const folder of folders) {
    judgeRead(shell.report, folder, { span: target.span, certainty: context.certainty }, 'look');
    const found = locate(folder, facts);
    if (!found.ok) {
      moveTo(state, undefined, before, true);
      return silent;
    }
    real.push(follows ? found.at.real : found.at.path);
    const kind = facts.kind(found.at.real);
    sure &&= kind === 'folder' || kind === 'unknown';
  }
  moveTo(state, real, before, !sure);
  return silent;
};

function moveTo(
  state: ShellState,
  folders: readonly string[] | undefined,
  before: readonly string[] | undefined,
  mayFail: boolean,
): void {
  state.cwd = folders ? [...new Set(folders)] : undefined;
  state.cwdUnlessMoved = mayFail ? (before ? mergeFolders(before, state.cwdUnlessMoved ?? []) : undefined) : undefined;
}

/** The stack of folders is not followed beyond the folder that is gone to. */
export const pushd: Builtin = (shell, invocation, state, context) => {
  if (invocation.args.length !== 1) {
    state.cwd = undefined;
    return someFlow;
  }
  cd(shell, invocation, state, context);
  return someFlow;
};

export const popd: Builtin = (_shell, _invocation, state) => {
  state.cwd = undefined;
  return someFlow;
};

/** `pwd`: the folder the shell is in. */
export const pwd: Builtin = (_shell, _invocation, state) => {
  const only = state.cwd?.length === 1 && !state.cwdUnlessMoved ? state.cwd[0] : undefined;
  return { ...someFlow, text: only === undefined ? undefined : `${only}\n` };
};
