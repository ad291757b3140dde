import type { ArithmeticExpression } from 'unbash';
import { assertNever } from '../../../assertNever';
import { say } from '../../../say';
import { unknownPiece } from './field';
import type { Context, Shell } from './shell';
import { isInteger, lookUp, type ShellState, scalar } from './state';
import { expandPart, substitute } from './words';

const integer = /^(?:0[xX][0-9a-fA-F]+|\d+(?:#[0-9a-zA-Z@_]+)?)$/;
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;
const assignment = /^(?:[-+*/%&|^]|<<|>>)?=$/;

/**
 * Looks at an arithmetic expression. The shell evaluates the value of every variable in it as an expression again, subscripts
 * and their substitutions included, so that only integers and variables known to hold one are harmless (rule R6).
 */
export function checkArithmetic(
  shell: Shell,
  expression: ArithmeticExpression,
  state: ShellState,
  context: Context,
): void {
  shell.spend();
  switch (expression.type) {
    case 'ArithmeticBinary':
      checkArithmetic(shell, expression.right, state, context);
      if (assignment.test(expression.operator)) assignTo(shell, expression.left, state, context);
      else checkArithmetic(shell, expression.left, state, context);
      if (expression.operator === '=' && expression.left.type === 'ArithmeticWord') return;
      if (assignment.test(expression.operator)) checkArithmetic(shell, expression.left, state, context);
      return;
    case 'ArithmeticUnary':
      checkArithmetic(shell, expression.operand, state, context);
      if (expression.operator === '++' || expression.operator === '--')
        assignTo(shell, expression.operand, state, context);
      return;
    case 'ArithmeticTernary':
      checkArithmetic(shell, expression.test, state, context);
      checkArithmetic(shell, expression.consequent, state, context);
      checkArithmetic(shell, expression.alternate, state, context);
      return;
    case 'ArithmeticGroup':
      checkArithmetic(shell, expression.expression, state, context);
      return;
    case 'ArithmeticWord': {
      if (expression.parts && expression.parts.length > 0) {
        const pieces = expression.parts.flatMap((part) => expandPart(shell, part, state, context, true));
        const known = isInteger(scalar(...pieces));
        if (!known) doubtArithmetic(shell, expression, context);
        return;
      }
      if (integer.test(expression.value)) return;
      if (identifier.test(expression.value)) {
        const variable = lookUp(state, expression.value, shell.report.world.place);
        // A name that nothing has set counts as zero.
        if (
          isInteger(variable) ||
          (variable === undefined && !state.variables.has(expression.value) && isOwnName(expression.value))
        )
          return;
      }
      doubtArithmetic(shell, expression, context);
      return;
    }
    case 'ArithmeticCommandExpansion':
      substitute(shell, expression.script, state, context);
      doubtArithmetic(shell, expression, context);
      return;
    default:
      assertNever(expression);
  }
}

/** Names in lower case are a script's own; the environment that commands start with has none of them. */
function isOwnName(name: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(name);
}

function assignTo(shell: Shell, target: ArithmeticExpression, state: ShellState, context: Context): void {
  if (target.type === 'ArithmeticWord' && !target.parts?.length && isOwnName(target.value)) {
    state.variables.set(target.value, scalar(unknownPiece(`$${target.value}`, 'integer')));
    return;
  }
  doubtArithmetic(shell, target, context);
}

function doubtArithmetic(shell: Shell, at: { readonly pos: number; readonly end: number }, context: Context): void {
  shell.doubt(
    'shell.second-evaluation',
    say('arithmetic evaluates what is not known to be a number, which may run a command'),
    context.frame.within ?? { start: at.pos, end: at.end },
  );
}
