import { say } from '../../../../../say';
import { isInfluential } from '../../../shell/environment';
import { textPiece } from '../../../shell/field';
import type { CodeText } from '../../code';
import { argument, argumentOr, type Call, callOf } from '../call';
import { callValue } from '../functions';
import type { Reading } from '../reading';
import { taintOfValue } from '../taint';
import { alternatives, concat, constantText, nothing, object, piecesOf, text, textsOf, type Value } from '../value';
import { each, effect, option, type Rule, type Rules } from './rule';

const shells = /^(?:\/(?:usr\/)?(?:local\/)?bin\/)?(?:ba|z|da|k|a|fi)?sh$|^(?:cmd|powershell|pwsh)(?:\.exe)?$/;
const interpreters =
  /^(?:\/(?:usr\/)?(?:local\/)?bin\/)?(?:(?:ba|z|da|k|a|fi)?sh|python[\d.]*|node|perl|ruby|php|bun|deno|cmd|powershell|pwsh)(?:\.exe)?$/;

function started(reading: Reading, call: Call, program: string | undefined, alone: boolean): void {
  if (program === undefined || !alone) return;
  if (shells.test(program)) {
    reading.shellStarted ??= { start: call.start, end: call.end };
    checkReverseShell(reading);
  }
  if (interpreters.test(program))
    reading.doubt('code.dynamic', say('{0} runs what it is given on its input', program), call);
}

/** A connection and a shell that waits for input: somebody else's shell. */
export function checkReverseShell(reading: Reading): void {
  const { socket, shellStarted } = reading;
  if (socket && shellStarted)
    reading.harm('network.reverse-shell', say('the code gives a shell to another machine'), socket, shellStarted);
}

/** Environment, working folder and the like of a program that is started. */
function settings(reading: Reading, call: Call): { cwd: Value | undefined; shell: boolean } {
  const environment = option(call, 'env');
  for (const one of environment ? alternatives(environment) : [])
    if (one.kind === 'dict') {
      for (const name of one.entries.keys())
        if (isInfluential(name))
          reading.doubt('shell.environment', say('{0} changes what other programs do', name), call);
    }
  const shell = option(call, 'shell');
  const known = constantText(shell);
  if (known !== undefined && known !== '' && !shells.test(known))
    reading.doubt('code.dynamic', say('{0} runs what it is given on its input', known), call);
  if (option(call, 'uid') || option(call, 'gid'))
    reading.doubt('command.permissions', say('the code starts a program as somebody else'), call);
  return {
    cwd: option(call, 'cwd'),
    shell: shell !== undefined && !(shell.kind === 'object' && shell.of === 'undefined'),
  };
}

function quoted(pieces: CodeText): CodeText {
  return pieces.flatMap((piece) =>
    piece.type === 'text' ? [textPiece(`'${piece.text.replaceAll("'", "'\\''")}'`)] : [piece],
  );
}

/** A command as it reads when it starts in another folder. */
function inFolder(cwd: Value | undefined, command: CodeText): readonly CodeText[] {
  if (!cwd) return [command];
  return textsOf(cwd).map((folder) => {
    const only = constantText(text(folder));
    return only === '.' || only === ''
      ? command
      : concat([textPiece('cd ')], quoted(folder), [textPiece(' && ')], command);
  });
}

function output(reading: Reading, call: Call): Value {
  const result = object('what a program puts out', undefined, 'text');
  for (const value of call.args.slice(1))
    if (value.kind === 'function' || value.kind === 'bound')
      callValue(reading, value, callOf(call, [nothing, result, result]));
  return object('what a program puts out');
}

function runsShell(reading: Reading, call: Call, command: Value): void {
  const { cwd } = settings(reading, call);
  for (const one of textsOf(command)) {
    const known = constantText(text(one));
    started(reading, call, known?.trim().replace(/\s+-i$/, ''), true);
    if (taintOfValue(text(one)).network)
      reading.harm('network.download-run', say('the code runs what it downloads'), call);
    for (const whole of inFolder(cwd, one)) reading.shell(text(whole), call);
  }
}

const shellCommand: Rule = effect((call, reading) => {
  runsShell(reading, call, argumentOr(call, 0));
  return output(reading, call);
});

/** The words after the program. */
function wordsOf(value: Value | undefined): readonly (CodeText | undefined)[] {
  if (!value || value.kind === 'dict' || value.kind === 'function') return [];
  if (value.kind === 'list') return [...value.items.map(wordOf), ...(value.rest ? [undefined] : [])];
  return value === nothing || (value.kind === 'object' && value.of === 'undefined') ? [] : [undefined];
}

function wordOf(value: Value): CodeText | undefined {
  return value.kind === 'any' || value.kind === 'list' || value.kind === 'dict' ? undefined : piecesOf(value);
}

/** Each way to choose the words where one of them is one of few. */
function choices(value: Value | undefined): readonly (readonly (CodeText | undefined)[])[] {
  if (value?.kind === 'any') return value.of.flatMap(choices);
  if (value?.kind !== 'list') return [wordsOf(value)];
  let all: (readonly (CodeText | undefined)[])[] = [[]];
  for (const item of value.items) {
    const texts = item.kind === 'any' ? item.of.map(wordOf) : [wordOf(item)];
    if (all.length * texts.length > 40) return [wordsOf(value)];
    all = all.flatMap((words) => texts.map((word) => [...words, word]));
  }
  return value.rest ? all.map((words) => [...words, undefined]) : all;
}

function runs(reading: Reading, call: Call, program: Value, args: Value | undefined): void {
  const { cwd, shell } = settings(reading, call);
  for (const name of textsOf(program))
    for (const words of choices(args)) {
      const known = constantText(text(name));
      const bare =
        words.length === 0 || (words.length === 1 && words[0] !== undefined && constantText(text(words[0])) === '-i');
      started(reading, call, known, bare);
      if (shell || cwd) {
        const parts: CodeText[] = [shell ? name : quoted(name)];
        for (const word of words)
          parts.push([textPiece(' ')], word ? (shell ? word : quoted(word)) : piecesOf(object('unknown words')));
        for (const whole of inFolder(cwd, concat(...parts))) reading.shell(text(whole), call);
      } else reading.run([name, ...words], call);
    }
}

const program: Rule = effect((call, reading) => {
  if (call.more) reading.doubt('code.dynamic', say('which program runs is not known'), call);
  runs(reading, call, argumentOr(call, 0), call.args[1]);
  return output(reading, call);
});

const forks: Rule = effect((call, reading) => {
  const args = call.args[1];
  const words = choices(args);
  settings(reading, call);
  for (const file of textsOf(argumentOr(call, 0)))
    for (const more of words) reading.run([[textPiece('node')], file, ...more], call);
  return object('a process');
});

/** `execa('git', ['status'])`, `execaCommand('git status')`. */
const execaCommand: Rule = effect((call, reading) => {
  for (const one of textsOf(argumentOr(call, 0))) {
    const known = constantText(text(one));
    if (known === undefined) reading.run([undefined], call);
    else
      reading.run(
        known
          .split(/\s+/)
          .filter(Boolean)
          .map((word) => [textPiece(word)]),
        call,
      );
  }
  return output(reading, call);
});

const options: Rule = effect((_call, _reading, name) => ({ kind: 'known', name }));

/** `Bun.spawn(['ls'])`, `Bun.spawn({ cmd: ['ls'] })`, `new Deno.Command('ls', { args: [] })`, `Deno.run({ cmd: [] })`. */
const wordList: Rule = effect((call, reading) => {
  const first = argument(call, 0);
  const words = first?.kind === 'dict' ? first.entries.get('cmd') : first;
  const [one, ...rest] = words?.kind === 'list' ? words.items : [];
  if (!one || words?.kind !== 'list') reading.run([undefined], call);
  else runs(reading, call, one, { kind: 'list', items: rest, rest: words.rest });
  return output(reading, call);
});

const denoCommand: Rule = effect((call, reading) => {
  runs(reading, call, argumentOr(call, 0), option(call, 'args'));
  return output(reading, call);
});

export const processes: Rules = {
  ...each('child_process', 'exec execSync', shellCommand),
  ...each('child_process', 'spawn spawnSync execFile execFileSync call sync', program),
  'child_process.fork': forks,
  ...each('execa', 'call execa execaSync execaNode sync', program),
  ...each('execa', 'execaCommand execaCommandSync command commandSync', execaCommand),
  ...each(
    '',
    'execa` execa.execa` execa.$` execa.$.sync` zx` zx.$` zx.$.sync` zx.call` Bun.$` zx.quiet`',
    shellCommand,
  ),
  ...each('zx', 'exec', shellCommand),
  ...each('', 'zx.$ execa.$ Bun.$', options),
  ...each('shelljs', 'exec', shellCommand),
  ...each('Bun', 'spawn spawnSync', wordList),
  'Deno.run': wordList,
  'Deno.Command': denoCommand,
};
