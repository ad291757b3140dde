import { say } from '../../../../../say';
import { constantOf, textPiece } from '../../../shell/field';
import type { CodeText } from '../../code';
import { argument, type Call, callOf, taintOfCall } from '../call';
import { setVariables } from '../environment';
import { callValue } from '../functions';
import { itemsOf } from '../iterate';
import { type Reading, temporary } from '../reading';
import { calculates, dynamic, each, effect, pure, type Rules, unknownCall } from '../rule';
import {
  alternatives,
  constantText,
  describe,
  isAbsent,
  known,
  nothing,
  object,
  piecesOf,
  text,
  type Value,
} from '../value';

/** Programs that only look at what comes on their input. */
const readers = new Set(
  'cat wc sort uniq head tail grep egrep fgrep tr cut md5sum sha1sum sha256sum base64 jq diff cmp nl rev fold fmt column od xxd hexdump less more tee-not true'.split(
    ' ',
  ),
);

function wordsOf(value: Value): readonly (CodeText | undefined)[] {
  if (value.kind !== 'list') return [value.kind === 'object' ? undefined : piecesOf(value)];
  const items = itemsOf(value);
  return [
    ...value.items.map((item) => (item.kind === 'any' || item.kind === 'object' ? undefined : piecesOf(item))),
    ...(items ? [] : [undefined]),
  ];
}

/** `subprocess.run` and everything like it. */
export function start(call: Call, reading: Reading, name: string): Value {
  const command = argument(call, 0, 'args') ?? argument(call, 0, 'cmd') ?? object('a command');
  reading.shellStarted = call;
  reading.checkReverseShell();
  options(call, reading, command);
  const shell = call.named.get('shell') ?? call.args[8];
  const folder = folderOf(call, reading);
  for (const one of alternatives(command)) {
    // Whatever is not surely without a shell may have one.
    const inShell = !isAbsent(shell) || /getoutput|getstatusoutput|create_subprocess_shell/.test(name);
    const line = inShell && one.kind === 'list' ? (one.items[0] ?? object('a command')) : one;
    if (folder !== undefined) {
      const words = inShell ? constantText(line) : quoted(wordsOf(one));
      if (words === undefined) reading.doubt('code.unknown-call', say('what runs in {0} is not known', folder), call);
      else reading.shell(text([textPiece(`cd ${quote(folder)} && ${words}`)]), call);
    } else if (inShell) reading.shell(line, call);
    else reading.run(wordsOf(one), call);
  }
  return known('subprocess.Popen()');
}

function options(call: Call, reading: Reading, command: Value): void {
  const { named } = call;
  const environment = named.get('env');
  if (environment && !isAbsent(environment)) setVariables(reading, environment, call);
  for (const name of ['executable', 'user', 'group', 'extra_groups'])
    if (!isAbsent(named.get(name)))
      reading.doubt('code.unknown-call', say('the code sets {0} for a program', name), call);
  const before = named.get('preexec_fn');
  if (before && !isAbsent(before)) callValue(reading, before, callOf(call));
  if (call.more) reading.doubt('code.unknown-call', say('how the code starts a program is not known'), call);
  for (const name of ['stdout', 'stderr'])
    for (const one of alternatives(named.get(name) ?? nothing))
      if (one.kind === 'file') reading.put(one, piecesOf(object('what a program puts out')));
  for (const name of ['stdin', 'stdout'])
    if (
      reading.socket &&
      named.get(name)?.kind !== 'file' &&
      !isAbsent(named.get(name)) &&
      !/PIPE|DEVNULL/.test(describe(named.get(name) ?? nothing))
    )
      reading.redirected = call;
  reading.checkReverseShell();
  const input = named.get('input') ?? named.get('stdin');
  if (isAbsent(input) || (input?.kind === 'known' && input.name === 'subprocess.DEVNULL')) return;
  const first = command.kind === 'list' ? command.items[0] : command;
  const program = constantText(first)?.trim().split(/\s/)[0]?.split('/').at(-1);
  if (program === undefined || !readers.has(program))
    reading.doubt('code.unknown-call', say('the code gives a program its input'), call);
}

/** The folder a program runs in, where it is another one. */
function folderOf(call: Call, reading: Reading): string | undefined {
  const folder = call.named.get('cwd');
  if (isAbsent(folder) || !folder) return undefined;
  const pieces = piecesOf(folder);
  const constant = constantOf({ pieces, many: false });
  if (constant === '.' || constant === './') return undefined;
  if (constant === undefined) {
    reading.doubt(
      'code.unknown-call',
      pieces[0] === temporary
        ? say('the code starts a program in a temporary folder')
        : say('the folder where the code starts a program is not known'),
      call,
    );
    return undefined;
  }
  return constant;
}

function quoted(words: readonly (CodeText | undefined)[]): string | undefined {
  const out: string[] = [];
  for (const word of words) {
    const constant = word && constantOf({ pieces: word, many: false });
    if (constant === undefined) return undefined;
    out.push(quote(constant));
  }
  return out.join(' ');
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

const inShell = effect((call, reading) => {
  reading.shellStarted = call;
  reading.checkReverseShell();
  reading.shell(argument(call, 0, 'command') ?? argument(call, 0, 'cmd') ?? object('a command'), call);
  return object('what a program puts out');
});

const replace = effect((call, reading, name) => {
  reading.shellStarted = call;
  reading.checkReverseShell();
  const spawns = name.includes('spawn');
  const rest = call.args.slice(spawns && !name.includes('posix') ? 1 : 0);
  const [program, second, ...others] = rest;
  const words =
    /[vV]/.test(name.slice(name.lastIndexOf('.') + 1).replace('posix_spawn', 'v')) || name.includes('posix_spawn')
      ? second
        ? wordsOf(second)
        : []
      : [second, ...others].map((one) => one && piecesOf(one));
  reading.doubt('code.unknown-call', say('the code becomes another program'), call);
  reading.run([program && program.kind !== 'object' ? piecesOf(program) : undefined, ...words.slice(1)], call);
  return nothing;
});

export const processRules: Rules = {
  ...each('subprocess', 'run call check_call check_output Popen getoutput getstatusoutput', effect(start)),
  ...each('subprocess', 'CalledProcessError TimeoutExpired CompletedProcess SubprocessError list2cmdline', calculates),
  ...each(
    'subprocess.Popen()',
    'communicate wait poll kill terminate send_signal check_returncode decode read readline readlines close',
    pure((call, reading, name) => {
      if (
        name.endsWith('.communicate') &&
        call.args.length + call.named.size > 0 &&
        !(call.named.size === 1 && call.named.has('timeout'))
      )
        reading.doubt('code.unknown-call', say('the code gives a program its input'), call);
      return name.endsWith('communicate')
        ? {
            kind: 'list',
            items: [
              object('what a program puts out', undefined, 'text'),
              object('what a program puts out', undefined, 'text'),
            ],
            rest: undefined,
          }
        : object('what a program puts out', taintOfCall(call), 'text');
    }),
  ),
  ...each('os', 'system popen popen2 popen3 popen4 startfile', inShell),
  ...each('commands', 'getoutput getstatusoutput', inShell),
  ...each(
    'os',
    'execl execle execlp execlpe execv execve execvp execvpe spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe posix_spawn posix_spawnp',
    replace,
  ),
  'pty.spawn': effect((call, reading) => {
    reading.shellStarted = call;
    if (reading.socket) reading.redirected ??= call;
    reading.checkReverseShell();
    reading.doubt('code.unknown-call', say('the code starts a program at a terminal of its own'), call);
    const [argv] = call.args;
    if (argv) reading.run(wordsOf(argv), call);
    return nothing;
  }),
  ...each('pty', 'fork openpty', unknownCall),
  ...each('asyncio', 'create_subprocess_shell', effect(start)),
  ...each(
    'asyncio',
    'create_subprocess_exec',
    effect((call, reading) => {
      start(
        { ...call, args: [{ kind: 'list', items: [...call.args], rest: call.more }], more: undefined },
        reading,
        'exec',
      );
      return known('subprocess.Popen()');
    }),
  ),
  ...each('sh', 'bash sh rm sudo Command', unknownCall),
  ...each(
    'pexpect',
    'spawn run spawnu',
    effect((call, reading) => {
      reading.shell(call.args[0] ?? object('a command'), call);
      reading.doubt('code.unknown-call', say('the code drives another program'), call);
      return object('a program');
    }),
  ),
  ...each('invoke', 'run', inShell),
  ...each('platform', 'popen', inShell),
  ...each('pip', 'main', dynamic),
  ...each('mako.template', 'Template', dynamic),
  ...each('dotenv', 'dotenv_values', unknownCall),
  ...each('plumbum', 'local cmd', unknownCall),
};

export const processValues: Readonly<Record<string, () => Value>> = Object.fromEntries([
  ...'PIPE STDOUT DEVNULL'
    .split(' ')
    .map((name) => [`subprocess.${name}`, () => (name === 'DEVNULL' ? known('subprocess.DEVNULL') : object(name))]),
  ...'stdout stderr returncode pid args'
    .split(' ')
    .map((name) => [
      `subprocess.Popen().${name}`,
      () => object('what a program puts out', undefined, name === 'returncode' || name === 'pid' ? 'integer' : 'text'),
    ]),
  ['subprocess.Popen().stdin', () => object('the input of a program')],
]);
