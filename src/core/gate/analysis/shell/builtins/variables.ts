import { say } from '../../../../say';
import { searchPlace, setVariable } from '../assignments';
import { isHarmlessValue, isInert } from '../environment';
import { constantOf, type Field, textPiece, unknownPiece } from '../field';
import { secondEvaluation } from '../parameters';
import { type Context, type Shell, someFlow } from '../shell';
import { isInteger, type ShellState, scalar } from '../state';
import { type Builtin, identifier, silent } from './builtin';

/** `export`, `declare`, `local`, `readonly`, `typeset`: each word names a variable and may give it a value. */
export const declare: Builtin = (shell, { args, program, span }, state, context) => {
  const operands: Field[] = [];
  let exports = program === 'export';
  for (const field of args) {
    const text = constantOf(field);
    if (text !== undefined && /^[-+]/.test(text)) {
      if (text === '-p' || text === '-f' || text === '-F' || text === '-fF') {
        if (text === '-p') return { ...someFlow, ...dumpsEnvironment(shell, program, span) };
        return someFlow;
      }
      if (!/^[-+](?:[agrxlu]+)$|^--$/.test(text) || /^\+/.test(text))
        shell.doubt(
          'shell.second-evaluation',
          say('{0} with {1} changes how values are evaluated', program, text),
          field.span,
        );
      if (/x/.test(text)) exports = true;
      continue;
    }
    operands.push(field);
  }
  if (operands.length === 0 && args.length === 0) return { ...someFlow, ...dumpsEnvironment(shell, program, span) };
  for (const field of operands) declareOne(shell, field, exports, program, state, context);
  return silent;
};

function declareOne(
  shell: Shell,
  field: Field,
  exports: boolean,
  program: string,
  state: ShellState,
  context: Context,
): void {
  const [first, ...rest] = field.pieces;
  const text = first?.type === 'text' && !field.many ? first.text : undefined;
  const match = text === undefined ? undefined : /^([A-Za-z_]\w*)(\+?=)?/.exec(text);
  const name = match?.[1];
  if (
    !match ||
    name === undefined ||
    text === undefined ||
    (match[2] === undefined && (text !== name || rest.length > 0))
  ) {
    shell.doubt('shell.environment', say('which variable {0} sets is not known', program), field.span);
    return;
  }
  const pieces = [...(text.length > match[0].length ? [textPiece(text.slice(match[0].length))] : []), ...rest];
  const value = constantOf({ pieces, many: false }) ?? (pieces.length === 0 ? '' : undefined);
  if (match[2] !== undefined)
    setVariable(
      shell,
      { name, pieces: pieces.length > 0 ? pieces : [textPiece('')], append: match[2] === '+=', span: field.span },
      state,
    );
  if (
    exports &&
    !isInert(name, value) &&
    !(match[2] === '=' && isHarmlessValue(name, pieces, searchPlace(shell, state)))
  ) {
    shell.report.effect('execute', { type: 'variable', name }, field.span, context.certainty);
    shell.doubt('shell.environment', say('{0} may change what programs do that run after it', name), field.span);
  }
}

/** Puts out every variable there is. */
export function dumpsEnvironment(shell: Shell, program: string, span: Field['span']): { secret: true } {
  shell.report.beyondLooking();
  shell.doubt('secrets.environment', say('{0} puts out the whole environment, which may hold secrets', program), span);
  return { secret: true };
}

/** `read`: sets variables from its input. */
export const read: Builtin = (shell, { args, span, program }, state, context) => {
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    if (!field) break;
    const text = constantOf(field);
    if (text !== undefined && /^-[rs]+$/.test(text)) continue;
    if (text !== undefined && /^-[rs]*[pntdNu]$/.test(text)) {
      index += 1;
      continue;
    }
    if (text === '-a' || text === '-ra') continue;
    if (text !== undefined && /^-[rs]*[dntNup]./.test(text)) continue;
    if (text === undefined || !identifier.test(text)) {
      secondEvaluation(shell, 'subscript', span);
      continue;
    }
    setVariable(
      shell,
      { name: text, pieces: [unknownPiece(`read ${text}`, 'any', context.stdin)], append: false, span: field.span },
      state,
    );
  }
  if (args.length === 0) state.variables.set('REPLY', scalar(unknownPiece('$REPLY', 'any', context.stdin)));
  void program;
  return silent;
};

/** `mapfile`: sets an array from its input, and may run a command for every line. */
export const mapfile: Builtin = (shell, { args, span }, state, context) => {
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    const text = field && constantOf(field);
    if (text === '-t') continue;
    if (text !== undefined && /^-[dnOs]$/.test(text)) {
      index += 1;
      continue;
    }
    if (!field || text === undefined || !identifier.test(text)) {
      shell.doubt('shell.second-evaluation', say('mapfile may run a command for every line'), span);
      return silent;
    }
    setVariable(
      shell,
      { name: text, pieces: [unknownPiece(`read ${text}`, 'any', context.stdin)], append: false, span: field.span },
      state,
    );
  }
  return silent;
};

/** `unset`: takes variables and functions away. */
export const unset: Builtin = (shell, { args, span }, state) => {
  for (const field of args) {
    const text = constantOf(field);
    if (text === '-v' || text === '-f') continue;
    if (text === undefined || !identifier.test(text)) {
      secondEvaluation(shell, 'subscript', span);
      continue;
    }
    setVariable(shell, { name: text, pieces: [textPiece('')], append: false, span: field.span }, state);
    state.functions.delete(text);
  }
  return silent;
};

/** `shift`: moves the arguments along. */
export const shift: Builtin = (_shell, { args }, state) => {
  const count = args[0] ? Number(constantOf(args[0])) : 1;
  state.positional = Number.isInteger(count) ? state.positional?.slice(count) : undefined;
  return silent;
};

/** `wait`: waits for jobs, and may set a variable with `-p`. */
export const wait: Builtin = (shell, { args, span }) => {
  if (!args.every((field) => isInteger(scalar(...field.pieces)) || /^(?:-[nf]|%\d+)$/.test(constantOf(field) ?? '')))
    shell.doubt('shell.environment', say('wait may set a variable'), span);
  return silent;
};
