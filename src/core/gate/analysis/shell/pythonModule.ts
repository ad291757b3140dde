import { say } from '../../../say';
import { codeOf } from '../code/language';
import { argumentTexts, loadShadows, runCode } from '../code/runCode';
import { judgeRead, judgeWrite } from '../scope';
import { type Invocation, runWords } from './command';
import { constantOf, describeField, type Field } from './field';
import { followPath, runProject } from './follow';
import { judgeField } from './paths';
import { runScriptFile } from './scripts';
import { type Context, type Flow, type Shell, someFlow } from './shell';
import type { ShellState } from './state';

/** Modules of the standard library that only tell, whatever they are given. */
const telling = new Set(['this', 'platform', 'sysconfig', 'site', 'calendar', 'locale', '__hello__', 'antigravity.x']);
/** Those that read the files they are given and put out what they found in them. */
const reading = new Set(['ast', 'dis', 'tokenize', 'tabnanny', 'symtable', 'pyclbr', 'pickletools', 'pstats']);
/** Those that run a file, given after options of their own. */
const running = new Set(['cProfile', 'profile', 'trace', 'pdb', 'runpy', 'coverage', 'kernprof']);
/** Every other module of the standard library that does something when it is run. */
const standard =
  /^(?:http\.server|pickle|inspect|smtpd|telnetlib|ftplib|poplib|imaplib|nntplib|webbrowser|ensurepip|idlelib.*|code|codeop|pty|asyncio|turtledemo|turtle|xmlrpc\..*|lib2to3.*|fileinput|encodings\..*|quopri|base64|uu|zipapp|zipfile|tarfile|gzip|bz2|lzma|sqlite3|random|uuid|getpass|crypt|netrc|mailcap|mimetypes|filecmp|difflib|shlex|sre_compile|textwrap|cgi|aifc|sndhdr|imghdr|compileall|py_compile|json\.tool|json|pydoc|doctest|unittest|timeit|venv|distutils.*|ctypes.*|multiprocessing.*|concurrent.*|importlib.*|test(?:\..*)?|antigravity|curses.*|tkinter.*|dbm.*|msilib|winreg|os|sys|subprocess|socket|shutil|ssl|socketserver)$/;

/** `python -m module …`: the program of that name, a part of the standard library, or a module of the project. */
export function runModule(
  shell: Shell,
  module: Field,
  rest: readonly Field[],
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const name = constantOf(module);
  const { span } = invocation;
  if (name === undefined || !/^[A-Za-z_][\w.]*$/.test(name)) {
    shell.report.opaque();
    shell.doubt(
      'shell.unknown-program',
      say('which module {0} stands for is not known', describeField(module)),
      module.span,
    );
    return someFlow;
  }
  loadShadows(shell, undefined, state, (found) => {
    if (found !== name)
      shell.doubt(
        'scripts.changed',
        say('{0} of this session may be loaded in place of the library’s', `${found}.py`),
        module.span,
      );
  });
  // A module beside it is loaded in place of the library's (design section 5).
  if (isShadowed(shell, name, state, module, context)) return someFlow;
  const program = name.split('.')[0] === 'pip' ? 'pip' : programOf(name);
  if (program !== undefined && shell.families.find(program)) {
    const words: readonly Field[] = [
      { pieces: [{ type: 'text', text: program }], span: module.span, many: false },
      ...rest,
    ];
    return runWords(shell, words, invocation.node, span, state, {
      ...context,
      through: [...context.through, `${invocation.program} -m`],
    });
  }
  if (telling.has(name)) return someFlow;
  if (reading.has(name)) return readOperands(shell, rest, state, context);
  if (name === 'pdb' || name === 'trace')
    for (const field of rest)
      if ((constantOf(field) ?? '-').startsWith('-'))
        shell.doubt(
          'command.option',
          say('what {1} means to {0} is not known', name, describeField(field)),
          field.span,
        );
  if (running.has(name)) return runFile(shell, rest, invocation, state, context);
  switch (name) {
    case 'unittest':
    case 'doctest':
    case 'test':
      for (const field of rest)
        if (/^[/~]|(?:^|\/)\.\.(?:\/|$)/.test(constantOf(field) ?? '/'))
          shell.doubt('command.script', say('it runs tests from {0}', describeField(field)), field.span);
      runProject(shell, ['python'], [], `python -m ${name}`, state, context, span);
      return someFlow;
    case 'json.tool':
    case 'json':
      return jsonTool(shell, rest, state, context);
    case 'py_compile':
    case 'compileall':
      for (const field of rest)
        if (!(constantOf(field) ?? '-').startsWith('-'))
          judgeField(
            shell,
            field,
            state,
            context,
            (path, from) => judgeWrite(shell.report, `${path}/__pycache__`, from, 'folder'),
            'write',
          );
      return someFlow;
    case 'venv':
      for (const field of rest)
        if (!(constantOf(field) ?? '').startsWith('-'))
          judgeField(
            shell,
            field,
            state,
            context,
            (path, from) => judgeRead(shell.report, path, from, 'look'),
            'write',
          );
      return makeEnvironment(shell, rest, state, context);
    case 'timeit':
      return timeIt(shell, rest, invocation, state, context);
    default:
      break;
  }
  if (standard.test(name)) {
    shell.doubt('command.unknown', say('what {0} does with these words is not known', `python -m ${name}`), span);
    return someFlow;
  }
  // A module of the project or one that was installed before the session began.
  runProject(shell, ['python'], [], `python -m ${name}`, state, context, span);
  return someFlow;
}

/** Programs that are modules under another name. */
function programOf(name: string): string | undefined {
  const named: Readonly<Record<string, string>> = {
    pre_commit: 'pre-commit',
    sphinx: 'sphinx-build',
    'sphinx.cmd.build': 'sphinx-build',
    'sphinx.ext.autodoc': 'sphinx-build',
    django: 'django-admin',
    jupyter: 'jupyter',
    virtualenv: 'virtualenv',
  };
  return named[name] ?? (name.includes('.') ? undefined : name);
}

function isShadowed(shell: Shell, name: string, state: ShellState, module: Field, context: Context): boolean {
  const { report } = shell;
  const path = name.replaceAll('.', '/');
  for (const folder of state.cwd ?? [])
    for (const file of [`${folder}/${path}.py`, `${folder}/${path}/__main__.py`]) {
      const trace = report.changes.of(file);
      if ((trace && trace.state !== 'gone') || report.world.facts.kind(file) === 'file') {
        followPath(shell, file, module.span, state, context, undefined);
        if (codeOf(file) !== undefined || trace?.text !== undefined)
          runProject(shell, ['python'], [], name, state, context, module.span);
        return true;
      }
    }
  return false;
}

function readOperands(shell: Shell, rest: readonly Field[], state: ShellState, context: Context): Flow {
  let secret = false;
  for (const field of rest) {
    if ((constantOf(field) ?? '').startsWith('-')) continue;
    const found = judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from));
    secret ||= found.some((secrecy) => secrecy !== undefined);
  }
  return { ...someFlow, secret };
}

/** `json.tool [in [out]]`. */
function jsonTool(shell: Shell, rest: readonly Field[], state: ShellState, context: Context): Flow {
  const operands = rest.filter((field) => !(constantOf(field) ?? '').startsWith('-'));
  const flow = readOperands(shell, operands.slice(0, 1), state, context);
  for (const field of operands.slice(1)) {
    judgeField(shell, field, state, context, (path, from) => judgeWrite(shell.report, path, from, 'replace'), 'write');
    shell.doubt(
      'command.overwrites',
      say('{0} may exist, and what it holds would be lost', describeField(field)),
      field.span,
    );
  }
  return { ...flow, secret: flow.secret || context.stdin.secret, network: context.stdin.network };
}

function makeEnvironment(shell: Shell, rest: readonly Field[], state: ShellState, context: Context): Flow {
  for (const field of rest) {
    const text = constantOf(field);
    if (text?.startsWith('-')) {
      if (
        !/^--(?:system-site-packages|symlinks|copies|clear|upgrade|without-pip|upgrade-deps|prompt(?:=.*)?)$/.test(text)
      )
        shell.doubt('command.option', say('what {1} means to {0} is not known', 'venv', text), field.span);
      continue;
    }
    judgeField(
      shell,
      field,
      state,
      context,
      (path, from) => {
        const { place } = shell.report.world;
        shell.report.effect('write', { type: 'path', path, real: path, recursive: true }, from.span, from.certainty);
        if (
          ![...place.workspace, ...(place.scratch === undefined ? [] : [place.scratch])].some((each) =>
            path.startsWith(`${each}/`),
          )
        )
          judgeWrite(shell.report, path, from, 'create');
      },
      'write',
    );
  }
  return someFlow;
}

/** `cProfile -s time x.py`: the first word that names a Python file. */
function runFile(
  shell: Shell,
  rest: readonly Field[],
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const at = rest.findIndex((field) => /\.py$/.test(constantOf(field) ?? ''));
  const file = rest[at];
  const before = rest.slice(0, at);
  if (!file || before.some((field) => /^-[mo]|^--(?:outfile|command)/.test(constantOf(field) ?? '-m'))) {
    shell.doubt('command.unknown', say('what {0} does with these words is not known', 'python -m'), invocation.span);
    return someFlow;
  }
  return runScriptFile(shell, file, invocation, 'python', rest.slice(at + 1), state, context);
}

function timeIt(
  shell: Shell,
  rest: readonly Field[],
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  for (const [index, field] of rest.entries()) {
    const text = constantOf(field);
    if (text === undefined)
      shell.doubt('command.inline-code', say('what the code given to {0} does is not known', 'timeit'), field.span);
    else if (/^-[nru]$/.test(constantOf(rest[index - 1] ?? field) ?? '') && /^[\w.]+$/.test(text)) continue;
    else if (!text.startsWith('-') || /^-s./.test(text))
      runCode(
        shell,
        {
          language: 'python',
          text: text.replace(/^-s/, ''),
          path: undefined,
          args: argumentTexts([]),
          span: field.span,
        },
        invocation,
        state,
        context,
      );
  }
  return someFlow;
}
