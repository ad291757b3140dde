import { say } from '../../../../say';
import { constantOf, type Field } from '../field';
import { someFlow } from '../shell';
import { type Builtin, silent } from './builtin';
import { dumpsEnvironment } from './variables';

/** `set -e -u -x -o pipefail` changes nothing of what is run; `set -- a b` gives new arguments. */
export const set: Builtin = (shell, { args, span, program }, state) => {
  if (args.length === 0) return { ...someFlow, ...dumpsEnvironment(shell, program, span) };
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    const text = field && constantOf(field);
    if (text === '--') {
      state.positional = args.slice(index + 1);
      return silent;
    }
    if (text === '-o' || text === '+o') {
      const name = args[index + 1] && constantOf(args[index + 1] as Field);
      index += 1;
      if (name !== undefined && /^(?:errexit|nounset|xtrace|pipefail|verbose|noclobber|errtrace)$/.test(name)) continue;
    } else if (text !== undefined && /^[-+][euxvCE]*(?:o)?$/.test(text) && text.length > 1) {
      if (!text.endsWith('o')) continue;
      const name = args[index + 1] && constantOf(args[index + 1] as Field);
      index += 1;
      if (name === 'pipefail' || name === 'errexit' || name === 'nounset') continue;
    }
    state.expansionChanged = true;
    state.positional = undefined;
    shell.doubt('shell.options', say('set changes how the shell reads what follows'), span);
    return silent;
  }
  return silent;
};

/** Builtins that change how the shell reads or runs what follows. */
export const changesShell: Builtin = (shell, { program, args, span }, state) => {
  if (
    program === 'shopt' &&
    args.every((field) =>
      /^-[suq]+$|^(?:nullglob|failglob|globstar|extglob|inherit_errexit|nocasematch)$/.test(constantOf(field) ?? '?'),
    ) &&
    args.length > 0
  ) {
    // What a pattern matches is taken in its widest reading either way; only the depth makes more of it.
    state.globstar ||= args.some((field) => constantOf(field) === 'globstar');
    return silent;
  }
  state.expansionChanged = true;
  shell.doubt('shell.options', say('{0} changes what the shell does with what follows', program), span);
  return silent;
};

/** Builtins that tell about the shell. */
export const tells: Builtin = (shell, { args, program, span }) => {
  for (const field of args) {
    const text = constantOf(field);
    if (text?.startsWith('-') && !/^-[aftpP]+$|^-l$/.test(text))
      shell.doubt('command.option', say('what {1} means to {0} is not known', program, text), span);
  }
  return someFlow;
};
