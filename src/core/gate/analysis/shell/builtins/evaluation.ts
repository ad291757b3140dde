import { say } from '../../../../say';
import { clean, constantOf, describeField, mixTaints, taintOf } from '../field';
import { secondEvaluation } from '../parameters';
import { someFlow } from '../shell';
import { freshState } from '../state';
import { type Builtin, silent } from './builtin';

/** `eval`: runs its words as a script. */
export const evaluate: Builtin = (shell, { args, span }, state, context) => {
  const texts = args.map(constantOf);
  if (mixTaints(clean, ...args.map(({ pieces }) => taintOf(pieces))).network)
    shell.report.harm('network.download-run', say('it runs what it downloads'), span);
  if (texts.every((text) => text !== undefined))
    return shell.walkText(texts.join(' '), state, { ...context, through: [...context.through, 'eval'] }, span);
  shell.report.opaque();
  shell.report.effect('execute', { type: 'unknown', what: args.map(describeField).join(' ') }, span, context.certainty);
  shell.doubt('shell.second-evaluation', say('eval runs a text that is not known'), span);
  return someFlow;
};

/** A trap's text runs later, in whatever state the script is in then: no variable and no folder is known. */
export const trap: Builtin = (shell, { args, span }, state, context) => {
  const operands = args.filter((field) => constantOf(field) !== '--');
  const [action] = operands;
  if (!action || operands.length === 1) return silent;
  const text = constantOf(action);
  if (text === '' || text === '-' || text === '-p' || text === '-l') return silent;
  if (text !== undefined) {
    const later = freshState(state, undefined);
    later.cwd = undefined;
    later.cwdUnlessMoved = undefined;
    for (const [name, defined] of state.functions) later.functions.set(name, defined);
    shell.walkText(
      text,
      later,
      { ...context, through: [...context.through, 'trap'], certainty: 'possible' },
      action.span,
    );
    return silent;
  }
  shell.report.opaque();
  shell.doubt('shell.second-evaluation', say('trap runs a text that is not known'), span);
  return silent;
};

/** `let`: arithmetic. */
export const letBuiltin: Builtin = (shell, { args, span }, state, context) => {
  const texts = args.map(constantOf);
  for (const text of texts) {
    if (text === undefined || /[`$'"]/.test(text)) secondEvaluation(shell, 'subscript', span);
    else shell.walkText(`((${text}))`, state, context, span);
  }
  return silent;
};
