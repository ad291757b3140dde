import { say } from '../../../../say';
import { judgeRead } from '../../scope';
import { constantOf } from '../field';
import { secondEvaluation } from '../parameters';
import { judgeField } from '../paths';
import { isInteger, scalar } from '../state';
import { fileComparisons, fileTests, numberTests, textTests } from '../test';
import { type Builtin, identifier, silent } from './builtin';

/** `test` and `[`: ask about files, texts and numbers. */
export const test: Builtin = (shell, { args, program, span }, state, context) => {
  const words = program === '[' ? args.slice(0, -1) : args;
  for (const [index, field] of words.entries()) {
    const text = constantOf(field);
    if (text === undefined) continue;
    const next = words[index + 1];
    if (text === '-v' || text === '-R') {
      const name = next && constantOf(next);
      if (next && (name === undefined || !identifier.test(name))) secondEvaluation(shell, 'subscript', span);
    } else if (fileTests.has(text) && next && !(text === '-a' && index > 0))
      judgeField(shell, next, state, context, (path, from) => judgeRead(shell.report, path, from, 'look'));
    else if (
      text.startsWith('-') &&
      !textTests.has(text) &&
      !fileTests.has(text) &&
      !numberTests.has(text) &&
      !fileComparisons.has(text) &&
      /^-[a-zA-Z]+$/.test(text) &&
      index === 0
    )
      shell.doubt('command.option', say('what {1} means to {0} is not known', program, text), field.span);
  }
  // An unknown operator could be `-v`, whose operand is evaluated; an unquoted unknown could be operator and operand.
  const unknown = words.filter((field) => constantOf(field) === undefined && !isInteger(scalar(...field.pieces)));
  const evaluable = words.some((field) => /\[.*(?:\$\(|`)/.test(constantOf(field) ?? ''));
  if (unknown.some(({ many }) => many) || evaluable || (words.length === 2 && words[0] && unknown.includes(words[0])))
    secondEvaluation(shell, 'operator', span);
  return silent;
};
