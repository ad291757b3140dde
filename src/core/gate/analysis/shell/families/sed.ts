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
import { readSed } from './sedScript';

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
      "sed -i 's/a/b/' src/a.ts",
      "sed --in-place=.bak -e '/x/d' -e '10a\\\\  text' src/a.ts",
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
      "sed -i.b/ 's/a/b/' src/a.ts",
      "sed -i 's/a/b/' .git/config",
      "sed -i 's/x/include evil.mk/' Makefile",
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
  const added: string[] = [];
  for (const script of scripts) {
    const text = script && constantOf(script);
    const plain = text === undefined ? undefined : readSed(text);
    if (plain) added.push(...plain);
    else
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
    if (inPlace) editInPlace(shell, field, inPlace.value, added, state, context);
  }
  const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  return { ...someFlow, ...taint, secret: taint.secret || secret };
}

/** A file that is changed where it lies: what stays is what it was, and the texts that are put in are known. */
function editInPlace(
  shell: Shell,
  field: Field,
  suffix: Field | undefined,
  added: readonly string[],
  state: ShellState,
  context: Context,
): void {
  const kept = suffix && constantOf(suffix);
  const plain = suffix === undefined || (kept !== undefined && /^[\w.~-]*$/.test(kept));
  if (!plain) shell.doubt('paths.unknown', say('where the backup is kept is not known'), suffix.span);
  judgeField(
    shell,
    field,
    state,
    context,
    (path, from) => {
      const at = judgeWrite(shell.report, path, from, 'append');
      if (at) shell.report.changes.edit(at.real, added);
      const backup = plain && kept ? judgeWrite(shell.report, `${path}${kept}`, from, 'replace') : undefined;
      if (at && backup) shell.report.changes.copy(at.real, backup.real);
    },
    'write',
  );
}
