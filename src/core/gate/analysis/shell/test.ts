import type { TestBinaryExpression, TestUnaryExpression } from 'unbash';
import { judgeRead } from '../scope';
import { constantOf } from './field';
import { secondEvaluation } from './parameters';
import { judgeField } from './paths';
import type { Context, Shell } from './shell';
import { isInteger, type ShellState, scalar } from './state';
import { expandValue } from './words';

/** Tests of `[[ ]]` and `test` that ask the file system about a path. */
export const fileTests = new Set([
  '-a',
  '-b',
  '-c',
  '-d',
  '-e',
  '-f',
  '-g',
  '-h',
  '-k',
  '-p',
  '-r',
  '-s',
  '-u',
  '-w',
  '-x',
  '-G',
  '-L',
  '-N',
  '-O',
  '-S',
]);
/** Tests that look at text, at an option or at a descriptor. */
export const textTests = new Set(['-n', '-z', '-o', '-t']);
/** `[[ ]]` evaluates both sides of these as arithmetic; `[ ]` takes numbers only. */
const numberTests = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge']);
export const textComparisons = new Set(['=', '==', '!=', '=~', '<', '>']);
export const fileComparisons = new Set(['-nt', '-ot', '-ef']);
export { numberTests };

/** One test of `[[ ]]`. */
export function checkTest(
  shell: Shell,
  test: TestUnaryExpression | TestBinaryExpression,
  state: ShellState,
  context: Context,
): void {
  const span = shell.span(test, context);
  if (test.type === 'TestUnary') {
    const pieces = expandValue(shell, test.operand, state, context);
    const field = { pieces, span: shell.span(test.operand, context), many: false };
    if (fileTests.has(test.operator))
      judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from, 'look'));
    else if (!textTests.has(test.operator)) {
      // `-v` and `-R` take a name with a subscript, which is evaluated.
      const name = constantOf(field);
      if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) secondEvaluation(shell, 'subscript', span);
    }
    return;
  }
  const sides = [test.left, test.right].map((word) => expandValue(shell, word, state, context));
  if (numberTests.has(test.operator)) {
    if (!sides.every((pieces) => isInteger(scalar(...pieces)))) secondEvaluation(shell, 'subscript', span);
  } else if (!textComparisons.has(test.operator) && !fileComparisons.has(test.operator)) {
    secondEvaluation(shell, 'operator', span);
  }
}
