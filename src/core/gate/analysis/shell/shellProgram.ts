import { say } from '../../../say';
import type { Invocation } from './command';
import { constantOf, type Field } from './field';
import { runScriptFile, runShellText, runUnknownInput } from './scripts';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import { freshState, type ShellState } from './state';

/** Names of shells. */
export const shells = /^(?:ba|da|z|k|a|mk|c|tc|fi|pdk)?sh(?:-?\d[\d.]*)?$/;

/** Options of `-o` and `-O` that change nothing of what its text means; patterns are taken in their widest reading. */
const quietOptions =
  /^(?:errexit|nounset|xtrace|pipefail|verbose|noclobber|errtrace|functrace|nullglob|failglob|inherit_errexit)$/;

/** Another shell: the text it is given is walked, the file it runs is followed. */
export function judgeShellProgram(shell: Shell, invocation: Invocation, state: ShellState, context: Context): Flow {
  const { program, args, span } = invocation;
  shell.startsShell = true;
  let inline = false;
  let fromInput = false;
  let at = 0;
  for (; at < args.length; at += 1) {
    const field = args[at];
    const text = field && constantOf(field);
    if (!field || text === undefined) break;
    if (text === '--version' || text === '--help') return someFlow;
    if (text === '--' || text === '-') {
      at += 1;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    if (/^--(?:norc|noprofile|posix|login|verbose)$/.test(text)) continue;
    if (text === '--rcfile' || text === '--init-file') {
      shell.doubt('command.option', say('what {1} means to {0} is not known', program, text), field.span);
      at += 1;
      continue;
    }
    if (!/^[-+][a-zA-Z]+$/.test(text)) {
      shell.report.opaque();
      shell.doubt('command.option', say('what {1} means to {0} is not known', program, text), field.span);
      continue;
    }
    if (text.includes('c')) inline = true;
    if (text.includes('s')) fromInput = true;
    // A login or interactive shell reads the person's own start-up files first.
    if (/[li]/.test(text))
      shell.doubt('command.option', say('{0} {1} reads start-up files first', program, text), field.span);
    if (/[^-+cseuxvabhmnliCEfToO]/.test(text))
      shell.doubt('shell.options', say('{0} {1} changes how the shell reads what follows', program, text), field.span);
    if (/[oO]/.test(text)) {
      at += 1;
      const value = args[at];
      const option = value && constantOf(value);
      if (option === undefined || !quietOptions.test(option))
        shell.doubt(
          'shell.options',
          say('{0} {1} changes how the shell reads what follows', program, text),
          field.span,
        );
    }
  }
  const [first, ...rest] = args.slice(at);
  if (program !== 'bash' && program !== 'sh' && program !== 'dash')
    shell.doubt('shell.other', say('{0} reads commands in a way of its own', program), span);
  if (inline && first) return runShellText(shell, first, program, rest.slice(1), state, context);
  if (inline) shell.report.opaque();
  if (first && !fromInput && !isInputName(first)) {
    // Other shells read some text in another way than this one.
    return runScriptFile(shell, first, invocation, 'shell', rest, state, context);
  }
  if (context.stdin.text !== undefined)
    return shell.walkText(
      context.stdin.text,
      freshState(state, first && fromInput ? [first, ...rest] : rest),
      { ...context, through: [...context.through, program], stdin: someFlow },
      span,
    );
  if (context.stdin.present || first || inline) runUnknownInput(shell, invocation, context);
  else shell.doubt('shell.unknown-input', say('{0} runs what it is given, which is not known', program), span);
  return someFlow;
}

function isInputName(field: Field): boolean {
  return /^(?:-|\/dev\/stdin|\/proc\/self\/fd\/0|\/dev\/fd\/0)$/.test(constantOf(field) ?? '');
}
