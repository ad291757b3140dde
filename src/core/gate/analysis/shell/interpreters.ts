import { say } from '../../../say';
import type { Invocation } from './command';
import { constantOf, describeField, type Field, taintOf } from './field';
import { runScriptFile, runShellText, runUnknownInput } from './scripts';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import { freshState, type ShellState } from './state';

const shells = /^(?:ba|da|z|k|a|mk|c|tc|fi|pdk)?sh(?:-?\d[\d.]*)?$/;

/** Programs that run code: the options that give it inline, and those that take a value. */
interface Interpreter {
  readonly name: RegExp;
  readonly inline: RegExp;
  readonly values: RegExp;
  /** Options after which standard input or another thing is the program's data, not its code. */
  readonly elsewhere: RegExp;
}

const interpreters: readonly Interpreter[] = [
  {
    name: /^(?:python|pypy|ipython)[\d.]*$/,
    inline: /^-[a-zA-Z]*c/,
    values: /^-[WXQ]$/,
    elsewhere: /^-[a-zA-Z]*m|^--version|^-V/,
  },
  {
    name: /^(?:node|nodejs|bun|deno|tsx|ts-node)$/,
    inline: /^(?:-e|-p|-pe|--eval|--print|eval)/,
    values: /^(?:-r|--require|--import|--loader|--env-file)$/,
    elsewhere: /^(?:--version|-v|run|test|--test|install|i|add)$/,
  },
  { name: /^perl[\d.]*$/, inline: /^-[a-zA-Z0-9]*[eE]/, values: /^-[IMm]$/, elsewhere: /^-v$|^--version$/ },
  { name: /^ruby[\d.]*$/, inline: /^-[a-zA-Z]*e/, values: /^-[IrCEW]$/, elsewhere: /^-v$|^--version$/ },
  { name: /^php[\d.]*$/, inline: /^-[rBRE]/, values: /^-[cdz]$/, elsewhere: /^-v$|^--version$|^-m$|^-i$/ },
  {
    name: /^(?:lua|luajit|tclsh|osascript|Rscript|R|julia|elixir|erl|ghc|runghc|swift|groovy|scala|clojure|racket|guile|awk|gawk|mawk|nawk|sqlite3|gdb|lldb|expect|pwsh|powershell|emacs|vim|vi|nvim|ex|ed)[\d.]*$/,
    inline: /^-(?:e|-eval|E|ex|c|-command|Command)/,
    values: /^-l$/,
    elsewhere: /^--?version$/,
  },
];

/** Runs of many processes out of a one-liner. */
const forkLoop =
  /\bfork\s+(?:while|until)\s+|while\s*\(?\s*1?\s*\)?\s*\{?\s*fork|os\.fork\(\)\s*(?:while|;?\s*while)|while\s+(?:True|1)\s*:\s*os\.fork/;

/** Judges a program that runs code given to it: another shell is opened, other languages are not known here (rule R49). */
export function judgeInterpreter(
  shell: Shell,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow | undefined {
  if (shells.test(invocation.program)) return judgeShell(shell, invocation, state, context);
  const kind = interpreters.find(({ name }) => name.test(invocation.program));
  return kind && judgeOther(shell, kind, invocation, state, context);
}

function judgeShell(shell: Shell, invocation: Invocation, state: ShellState, context: Context): Flow {
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
    if (/[oO]/.test(text)) at += 1;
  }
  const [first, ...rest] = args.slice(at);
  if (program !== 'bash' && program !== 'sh' && program !== 'dash')
    shell.doubt('shell.other', say('{0} reads commands in a way of its own', program), span);
  if (inline && first) return runShellText(shell, first, program, rest.slice(1), state, context);
  if (inline) shell.report.opaque();
  if (first && !fromInput && !isInputName(first)) {
    runScriptFile(shell, first, program, state, context);
    return { ...someFlow, ...taintOf(first.pieces) };
  }
  if (context.stdin.text !== undefined)
    return shell.walkText(
      context.stdin.text,
      freshState(state, rest),
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

function judgeOther(
  shell: Shell,
  kind: Interpreter,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const { program, args, span } = invocation;
  const taint = {
    secret: context.stdin.secret || args.some(({ pieces }) => taintOf(pieces).secret),
    network: context.stdin.network,
  };
  shell.report.effect('execute', { type: 'program', name: program }, span, context.certainty);
  for (const [index, field] of args.entries()) {
    const text = constantOf(field) ?? (field.pieces[0]?.type === 'text' ? field.pieces[0].text : undefined);
    if (text === undefined) break;
    if (kind.inline.test(text)) {
      inlineCode(shell, invocation, [field, args[index + 1]], context);
      return { ...someFlow, ...taint };
    }
    if (kind.elsewhere.test(text)) {
      shell.doubt('command.unknown', say('what {0} does with these words is not known', program), span);
      return { ...someFlow, ...taint };
    }
    if (kind.values.test(text) || (text.startsWith('-') && text !== '-')) continue;
    if (args[index - 1] && kind.values.test(constantOf(args[index - 1] as Field) ?? '')) continue;
    if (isInputName(field)) break;
    if (/^(?:awk|gawk|mawk|nawk|sqlite3|emacs|vim|vi|nvim|ex|ed|gdb|lldb|expect)$/.test(program)) {
      if (/awk$/.test(program)) inlineCode(shell, invocation, [field], context);
      else {
        shell.report.opaque();
        shell.doubt('command.inline-code', say('what the code given to {0} does is not known', program), span);
      }
      return { ...someFlow, ...taint };
    }
    runScriptFile(shell, field, program, state, context);
    return { ...someFlow, ...taint };
  }
  shell.report.opaque();
  if (context.stdin.network)
    shell.report.harm('network.download-run', say('{0} runs what is downloaded', program), span);
  inlineCode(shell, invocation, [], context);
  return { ...someFlow, ...taint };
}

function inlineCode(
  shell: Shell,
  { program, span }: Invocation,
  fields: readonly (Field | undefined)[],
  context: Context,
): void {
  shell.report.opaque();
  const code = fields.map((field) => (field ? describeField(field) : '')).join(' ');
  if (fields.some((field) => field && taintOf(field.pieces).network))
    shell.report.harm('network.download-run', say('it runs what it downloads'), span);
  if (forkLoop.test(code))
    shell.report.critical(
      'critical.fork-bomb',
      say('{0} starts itself again and again until the machine stands still', program),
      true,
      span,
    );
  shell.report.effect('execute', { type: 'unknown', what: `code for ${program}` }, span, context.certainty);
  shell.doubt('command.inline-code', say('what the code given to {0} does is not known', program), span);
}
