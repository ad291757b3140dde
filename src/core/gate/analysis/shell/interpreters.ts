import { say } from '../../../say';
import type { Code } from '../code/language';
import { argumentTexts, runCode } from '../code/runCode';
import type { Invocation } from './command';
import { constantOf, describeField, type Field, mixTaints, taintOf } from './field';
import { runProject } from './follow';
import { type OptionTable, type ReadOptions, readOptions } from './options';
import { runModule } from './pythonModule';
import { runScriptFile } from './scripts';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import { judgeShellProgram, shells } from './shellProgram';
import type { ShellState } from './state';

/** A program that runs code: which of its options give code, and which are only data. */
interface Interpreter {
  readonly name: RegExp;
  readonly language: Code;
  /** Options by kind; `command` ones give code, `runs` ones load a file or a module first. */
  readonly options: OptionTable;
  /** Options that only tell something and end the program. */
  readonly tells: RegExp;
  /** Options whose value is a library that is loaded first, and how the language would say so. */
  readonly loads?: { readonly options: RegExp; statement(name: string): string };
  /** The option whose value is a module that is run as the program. */
  readonly module?: string;
}

const interpreters: readonly Interpreter[] = [
  {
    name: /^(?:python|pypy)[\d.]*$/,
    language: 'python',
    options: { flag: '-u -B -E -s -S -I -O -OO -v -q -b -bb -d -x -P', value: '-W', command: '-c -m' },
    tells: /^(?:--version|-V|-VV|--help|-h|--help-env|--help-xoptions|--help-all)$/,
    module: '-m',
  },
  {
    name: /^(?:node|nodejs)$/,
    language: 'javascript',
    options: {
      flag: '--test --trace-warnings --trace-deprecation --trace-uncaught --no-warnings --no-deprecation --throw-deprecation --enable-source-maps --experimental-vm-modules --experimental-strip-types --experimental-transform-types --experimental-modules --experimental-specifier-resolution=node --experimental-test-coverage --experimental-fetch --preserve-symlinks --expose-gc --check -c --test-only --watch --use-strict --unhandled-rejections=strict --experimental-sqlite --experimental-websocket --no-experimental-fetch --input-type=module --input-type=commonjs',
      value:
        '--max-old-space-size --stack-size --stack-trace-limit --unhandled-rejections --input-type --test-name-pattern --test-reporter --test-concurrency --test-timeout --conditions -C --title --max-semi-space-size --experimental-specifier-resolution --test-isolation --test-shard --test-coverage-include --test-coverage-exclude',
      reads: '--env-file',
      writes: '--test-reporter-destination',
      runs: '-r --require --import --loader --experimental-loader',
      command: '-e -p --eval --print -pe -ep',
    },
    tells: /^(?:--version|-v|--help|-h|--v8-options)$/,
  },
  {
    name: /^perl[\d.]*$/,
    language: 'perl',
    options: {
      flag: '-n -p -l -a -w -W -s -t -T -u -U -c -0',
      optional: '-F -0 -l',
      value: '-M -m -C',
      looks: '-I',
      command: '-e -E',
    },
    loads: { options: /^-[mM]$/, statement: (name) => `use ${name.replace(/=.*$/, '').replace(/^-/, '')};\n` },
    tells: /^(?:-v|-V|--version|-h|--help)$/,
  },
  {
    name: /^ruby[\d.]*$/,
    language: 'ruby',
    options: {
      flag: '-n -p -l -a -w -W -c -s -y --verbose --yjit --disable-gems',
      value: '-r -E -K -F',
      looks: '-I',
      command: '-e',
    },
    loads: { options: /^-r$/, statement: (name) => `require '${name}'\n` },
    tells: /^(?:-v|--version|-h|--help)$/,
  },
  {
    name: /^php[\d.]*$/,
    language: 'php',
    options: { flag: '-n -q -l -s -w', value: '-d -c -z', reads: '-f', command: '-r -B -R -E' },
    tells: /^(?:-v|--version|-h|--help|-m|-i|--ini)$/,
  },
];

/** Programs that run code in languages of which nothing is known here. */
const otherLanguages =
  /^(?:ipython|lua|luajit|tclsh|Rscript|R|julia|elixir|iex|erl|ghc|runghc|groovy|scala|clojure|racket|guile|gdb|lldb|expect|pwsh|powershell|emacs|vim|vi|nvim|ex|ed|osascript|irb|pry)[\d.]*$/;

/** Runs of many processes out of a one-liner. */
const forkLoop =
  /\bfork\s+(?:while|until)\s+|while\s*\(?\s*1?\s*\)?\s*\{?\s*fork|os\.fork\(\)\s*(?:while|;?\s*while)|while\s+(?:True|1)\s*:\s*os\.fork/;

/** Judges a program that runs code given to it (rule R49): read where the language is known, a doubt where not. */
export function judgeInterpreter(
  shell: Shell,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow | undefined {
  if (shells.test(invocation.program)) return judgeShellProgram(shell, invocation, state, context);
  const kind = interpreters.find(({ name }) => name.test(invocation.program));
  if (kind) return judgeCode(shell, kind, invocation, state, context);
  return otherLanguages.test(invocation.program) ? judgeOther(shell, invocation, context) : undefined;
}

function judgeCode(shell: Shell, kind: Interpreter, invocation: Invocation, state: ShellState, context: Context): Flow {
  const { program, args, span } = invocation;
  const [only] = args;
  if (args.length === 1 && only && kind.tells.test(constantOf(only) ?? '')) return someFlow;
  shell.report.effect('execute', { type: 'program', name: program }, span, context.certainty);
  // Everything after the code, the module or the script belongs to it.
  const at = startOfProgram(args, kind);
  const read = readOptions(args.slice(0, at.options), kind.options, { longWithOneDash: true });
  if (read.doubtful)
    shell.doubt(
      'command.option',
      say('what {1} means to {0} is not known', program, describeField(read.doubtful)),
      read.doubtful.span,
    );
  for (const { kind: option, value } of read.options)
    if (option === 'runs' && value) loadFirst(shell, value, kind, invocation, state, context);
  const rest = args.slice(at.rest);
  const loaded = librariesOf(shell, kind, read, invocation);
  switch (at.what) {
    case 'code':
      return inline(shell, kind, loaded, at.field, rest, invocation, state, context);
    case 'module':
      return runModule(shell, at.field, rest, invocation, state, context);
    case 'file':
      return isInputName(at.field)
        ? fromInput(shell, kind, rest, invocation, state, context)
        : runScriptFile(shell, at.field, invocation, kind.language, rest, state, context);
    case 'nothing':
      if (read.options.some(({ name }) => name === '--test')) return runTests(shell, kind, state, context, span);
      return fromInput(shell, kind, rest, invocation, state, context);
  }
}

type Start =
  | {
      readonly what: 'code' | 'module' | 'file';
      readonly field: Field;
      readonly options: number;
      readonly rest: number;
    }
  | { readonly what: 'nothing'; readonly options: number; readonly rest: number };

/** Where the options of the interpreter end, and what stands there. */
function startOfProgram(args: readonly Field[], { options, module }: Interpreter): Start {
  const codes = new Set((options.command ?? '').split(' '));
  const values = new Set(
    [options.value, options.reads, options.looks, options.runs, options.writes].flatMap((names) =>
      (names ?? '').split(' '),
    ),
  );
  const takesMore = new Set([...values, ...(options.optional ?? '').split(' '), ...(options.looks ?? '').split(' ')]);
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    const text = field && constantOf(field);
    if (!field || text === undefined)
      return field
        ? { what: 'file', field, options: index, rest: index + 1 }
        : { what: 'nothing', options: index, rest: index };
    if (text === '-' || !text.startsWith('-')) return { what: 'file', field, options: index, rest: index + 1 };
    if (text === '--') {
      const next = args[index + 1];
      return next
        ? { what: 'file', field: next, options: index, rest: index + 2 }
        : { what: 'nothing', options: index, rest: index + 1 };
    }
    const equals = text.startsWith('--') ? text.indexOf('=') : -1;
    if (equals > 0 && codes.has(text.slice(0, equals)))
      return {
        what: 'code',
        field: { ...field, pieces: [{ type: 'text', text: text.slice(equals + 1) }] },
        options: index,
        rest: index + 1,
      };
    const code = codes.has(text) ? text : clusteredCode(text, codes, takesMore);
    if (code !== undefined) {
      const attached = text.startsWith('--') ? '' : text.slice(text.indexOf(code.slice(1)) + 1);
      const what = code === module ? 'module' : 'code';
      if (attached !== '' && !codes.has(text))
        return {
          what,
          field: { ...field, pieces: [{ type: 'text', text: attached }] },
          options: index,
          rest: index + 1,
        };
      const next = args[index + 1];
      // `node -p` and `perl -e` without code.
      return next
        ? { what, field: next, options: index, rest: index + 2 }
        : { what: 'nothing', options: index + 1, rest: index + 1 };
    }
    if (values.has(text)) index += 1;
  }
  return { what: 'nothing', options: args.length, rest: args.length };
}

/** The option that gives code, at the end of a cluster: `-uc`, `-ne`. */
function clusteredCode(text: string, codes: ReadonlySet<string>, takesMore: ReadonlySet<string>): string | undefined {
  if (text.startsWith('--')) return undefined;
  for (let at = 1; at < text.length; at += 1) {
    const name = `-${text[at]}`;
    if (codes.has(name)) return name;
    // What follows is its value: `-rsocket`, `-MFile::Path`.
    if (takesMore.has(name)) return undefined;
    if (!/[a-zA-Z]/.test(text[at] ?? '')) return undefined;
  }
  return undefined;
}

function isInputName(field: Field): boolean {
  return /^(?:-|\/dev\/stdin|\/proc\/self\/fd\/0|\/dev\/fd\/0)$/.test(constantOf(field) ?? '');
}

/** What loading libraries by option would be in the language itself, so that it is judged with the code. */
function librariesOf(shell: Shell, { loads }: Interpreter, { options }: ReadOptions, { program }: Invocation): string {
  if (!loads) return '';
  let text = '';
  for (const { name, value } of options) {
    if (!loads.options.test(name) || !value) continue;
    const library = constantOf(value);
    if (library === undefined || !/^-?[\w:]+(?:\/[\w-]+)*(?:=[\w,:]*)?$/.test(library))
      shell.doubt(
        'command.option',
        say('what {1} means to {0} is not known', program, describeField(value)),
        value.span,
      );
    else text += loads.statement(library);
  }
  return text;
}

/** A module or file that is loaded before the program: one of the project, or the plain name of a package. */
function loadFirst(
  shell: Shell,
  value: Field,
  kind: Interpreter,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): void {
  const text = constantOf(value);
  if (text !== undefined && /^(?:@[\w.-]+\/)?[\w.-]+(?:\/[\w.-]+)*$/.test(text) && !text.startsWith('.')) return;
  runScriptFile(shell, value, invocation, kind.language, [], state, context);
}

function runTests(shell: Shell, kind: Interpreter, state: ShellState, context: Context, span: Field['span']): Flow {
  runProject(shell, [kind.language], [], 'node --test', state, context, span);
  return someFlow;
}

/** Code that comes on standard input. */
function fromInput(
  shell: Shell,
  kind: Interpreter,
  args: readonly Field[],
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const { program, span } = invocation;
  const { stdin } = context;
  if (stdin.network) shell.report.harm('network.download-run', say('{0} runs what is downloaded', program), span);
  if (stdin.text === undefined) {
    shell.report.opaque();
    shell.report.effect('execute', { type: 'unknown', what: `code for ${program}` }, span, context.certainty);
    shell.doubt('command.inline-code', say('what the code given to {0} does is not known', program), span);
    return someFlow;
  }
  const text = stdin.text;
  return {
    ...someFlow,
    ...runCode(
      shell,
      { language: kind.language, text, path: undefined, args: argumentTexts(args), span: wholeSpan(shell, span) },
      invocation,
      state,
      { ...context, stdin: { ...stdin, text: undefined } },
    ),
  };
}

/** A here-document stands after the command it belongs to. */
function wholeSpan(shell: Shell, span: Field['span']): Field['span'] {
  return { start: span.start, end: shell.source.length };
}

function inline(
  shell: Shell,
  kind: Interpreter,
  loaded: string,
  code: Field,
  args: readonly Field[],
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const { program, span } = invocation;
  const text = constantOf(code);
  const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  if (taintOf(code.pieces).network) shell.report.harm('network.download-run', say('it runs what it downloads'), span);
  checkForks(shell, describeField(code), invocation);
  if (text === undefined) {
    shell.report.opaque();
    shell.report.effect('execute', { type: 'unknown', what: `code for ${program}` }, span, context.certainty);
    shell.doubt('command.inline-code', say('what the code given to {0} does is not known', program), code.span);
    return { ...someFlow, ...taint };
  }
  const flow = runCode(
    shell,
    { language: kind.language, text: loaded + text, path: undefined, args: argumentTexts(args), span: code.span },
    invocation,
    state,
    context,
  );
  return { ...someFlow, ...mixTaints(flow, taint) };
}

function checkForks(shell: Shell, code: string, { program, span }: Invocation): void {
  if (forkLoop.test(code))
    shell.report.critical(
      'critical.fork-bomb',
      say('{0} starts itself again and again until the machine stands still', program),
      true,
      span,
    );
}

function judgeOther(shell: Shell, invocation: Invocation, context: Context): Flow {
  const { program, args, span } = invocation;
  const [only] = args;
  if (args.length === 1 && only && /^--?version$/.test(constantOf(only) ?? '')) return someFlow;
  const taint = mixTaints(context.stdin, ...args.map(({ pieces }) => taintOf(pieces)));
  shell.report.opaque();
  if (taint.network) shell.report.harm('network.download-run', say('{0} runs what is downloaded', program), span);
  for (const field of args) checkForks(shell, describeField(field), invocation);
  shell.report.effect('execute', { type: 'unknown', what: `code for ${program}` }, span, context.certainty);
  shell.doubt('command.inline-code', say('what the code given to {0} does is not known', program), span);
  return { ...someFlow, ...taint };
}
