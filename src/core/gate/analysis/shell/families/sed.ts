import { say } from '../../../../say';
import { judgeRead, judgeWrite } from '../../scope';
import type { Invocation } from '../command';
import { constantOf, type Field, mixTaints, taintOf } from '../field';
import { type OptionTable, readOptions } from '../options';
import { judgeField } from '../paths';
import { type Context, type Flow, type Shell, someFlow } from '../shell';
import type { ShellState } from '../state';
import type { Family } from './family';
import { doubtOption } from './looks';

const table: OptionTable = {
  flag: '-n -E -r -s -u -z --quiet --silent --regexp-extended --separate --unbuffered --null-data --debug --posix --help --version',
  value: '-e -l --expression --line-length',
  optional: '-i --in-place',
};

function sedFamily(options: OptionTable): Family {
  return {
    programs: ['sed', 'gsed'],
    match: [
      "sed -n '1,20p' a.txt",
      'sed -n -E -r -s -u -z 5p a.txt',
      "sed --quiet --silent --regexp-extended --separate --unbuffered --null-data --debug --posix -e 's/a/b/g' -l 3 --expression=p --line-length=3 a.txt",
      "sed 's#/etc/passwd#/dev/null#' a.txt",
      "sed '/^$/d; s/x/y/; 10q' a.txt",
      "sed -n '/foo/,/bar/{p;=}' a.txt",
      'sed --help; sed --version',
      "cat a.txt | sed 's/[^,]*,//2' | sed 'y/abc/xyz/'",
    ],
    notMatch: [
      "sed 's/x/touch a/e' a.txt",
      "sed 's/x/y/w out' a.txt",
      "sed 'w out' a.txt",
      "sed '1e touch x' a.txt",
      'sed e a.txt',
      "sed 'r .env' a.txt",
      'sed -f script.sed a.txt',
      "sed -i 's/a/b/' ~/.bashrc",
      'sed -n 1p .env',
      'sed "$script" a.txt',
      "sed --in-place=.bak 's/a/b/' /srv/x",
    ],
    judge: (shell, invocation, state, context) => judgeSed(shell, options, invocation, state, context),
    without: () =>
      ['flag', 'value'].flatMap((kind) =>
        (options[kind as 'flag' | 'value'] ?? '').split(' ').map((entry) => ({
          entry,
          family: sedFamily({
            ...options,
            [kind]: (options[kind as 'flag' | 'value'] ?? '')
              .split(' ')
              .filter((name) => name !== entry)
              .join(' '),
          }),
        })),
      ),
  };
}

export const editing: readonly Family[] = [sedFamily(table)];

function judgeSed(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const read = readOptions(invocation.args, options);
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const given = read.options.filter(({ name }) => name === '-e' || name === '--expression');
  const scripts = given.length > 0 ? given.map(({ value }) => value) : read.operands.slice(0, 1);
  const files = given.length > 0 ? read.operands : read.operands.slice(1);
  const inPlace = read.options.find(({ kind }) => kind === 'optional');
  for (const script of scripts) {
    const text = script && constantOf(script);
    if (text === undefined || !isPlainSed(text))
      shell.doubt(
        'command.sed',
        say('this sed script may run programs or read and write files'),
        script?.span ?? invocation.span,
      );
  }
  let secret = false;
  for (const field of files) {
    if (constantOf(field) === '-') continue;
    const found = judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from));
    secret ||= found.some((secrecy) => secrecy !== undefined);
    if (inPlace) editInPlace(shell, field, inPlace.value, state, context);
  }
  const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  return { ...someFlow, ...taint, secret: taint.secret || secret };
}

function editInPlace(shell: Shell, field: Field, suffix: Field | undefined, state: ShellState, context: Context): void {
  judgeField(shell, field, state, context, (path, from) => judgeWrite(shell.report, path, from, 'replace'), 'write');
  const kept = suffix && constantOf(suffix);
  if (suffix && (kept === undefined || kept.includes('/') || kept.includes('*')))
    shell.doubt('paths.unknown', say('where the backup is kept is not known'), suffix.span);
  shell.doubt('command.edits', say('{0} changes files in place', 'sed -i'), field.span);
}

/**
 * Whether a sed script only selects, deletes, substitutes and prints: no `e`, `r`, `R`, `w`, `W`, no `e` or `w` flag, no `a i c`,
 * whose text runs on to the end of the line.
 */
export function isPlainSed(script: string): boolean {
  let at = 0;
  const skipBlanks = (): void => {
    while (/[\s;{}]/.test(script[at] ?? '')) at += 1;
  };
  const delimited = (delimiter: string): boolean => {
    for (let inClass = false; at < script.length; at += 1) {
      const char = script[at];
      if (char === '\n') return false;
      if (char === '\\') at += 1;
      else if (char === '[' && !inClass && delimiter !== '[') {
        inClass = true;
        // `[]x]` and `[^]x]`: a bracket that comes first is a member.
        if (script[at + 1] === '^') at += 1;
        if (script[at + 1] === ']') at += 1;
      } else if (char === ']' && inClass) inClass = false;
      else if (char === delimiter) {
        // Whether a delimiter inside a class ends the expression differs between programs.
        if (inClass) return false;
        at += 1;
        return true;
      }
    }
    return false;
  };
  const address = (): boolean | undefined => {
    const start = at;
    const number = /^(?:\d+(?:~\d+)?|\$|\+\d+|~\d+)/.exec(script.slice(at));
    if (number) at += number[0].length;
    else if (script[at] === '/') {
      at += 1;
      if (!delimited('/')) return undefined;
      while (/[IM]/.test(script[at] ?? '')) at += 1;
    } else if (script[at] === '\\') return undefined;
    return at > start;
  };
  for (skipBlanks(); at < script.length; skipBlanks()) {
    if (script[at] === '#') {
      while (at < script.length && script[at] !== '\n') at += 1;
      continue;
    }
    const first = address();
    if (first === undefined) return false;
    while (script[at] === ' ') at += 1;
    if (first && script[at] === ',') {
      at += 1;
      while (script[at] === ' ') at += 1;
      if (!address()) return false;
    }
    while (/[ !]/.test(script[at] ?? '')) at += 1;
    const command = script[at] ?? '';
    at += 1;
    if (command === '{') continue;
    if (/^[pdDgGhHnNPxlF=z]$/.test(command)) {
      if (!/^\s*(?:[;}\n#]|$)/.test(script.slice(at))) return false;
    } else if (/^[qQ]$/.test(command)) {
      const rest = /^\s*\d*\s*(?=[;}\n#]|$)/.exec(script.slice(at));
      if (!rest) return false;
      at += rest[0].length;
    } else if (/^[btT:]$/.test(command)) {
      const label = /^\s*[A-Za-z0-9_]*\s*(?=[;}\n]|$)/.exec(script.slice(at));
      if (!label) return false;
      at += label[0].length;
    } else if (command === 's' || command === 'y') {
      const delimiter = script[at] ?? '';
      if (delimiter === '' || /[\s\\\w]/.test(delimiter)) return false;
      at += 1;
      if (!delimited(delimiter)) return false;
      while (at < script.length && script[at] !== delimiter) at += script[at] === '\\' ? 2 : 1;
      if (at >= script.length) return false;
      at += 1;
      const flags = /^[gpiIM0-9]*\s*(?=[;}\n#]|$)/.exec(script.slice(at));
      if (!flags) return false;
      at += flags[0].length;
    } else return false;
  }
  return true;
}
