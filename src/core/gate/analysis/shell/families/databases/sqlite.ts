import { say } from '../../../../../say';
import { locate } from '../../../../paths';
import { unknownTarget } from '../../../report';
import { judgeRead, judgeWrite } from '../../../scope';
import type { Invocation } from '../../command';
import { constantOf, describeField, type Field, textPiece } from '../../field';
import { type OptionTable, readOptions, tablesWithout } from '../../options';
import { judgeField } from '../../paths';
import { type Context, type Shell, someFlow } from '../../shell';
import type { ShellState } from '../../state';
import type { Family } from '../family';
import { doubtOption } from '../looks';
import { judgeSql, type SqlEffect } from './sql';

/** What names a file or a library (`-init`, `-vfs`, `-A`) is left out. */
const table: OptionTable = {
  flag: '-ascii -bail -batch -box -column -csv -echo -header -html -json -line -list -markdown -noheader -quote -readonly -safe -stats -table -tabs',
  value: '-cmd -newline -nullvalue -separator',
};

/** Commands of the shell that only show or set how things are shown. */
const shows =
  /^\.(?:tables|schema|fullschema|indexes|indices|databases|dump|headers?|mode|width|separator|nullvalue|show|help|quit|exit|echo|timer|stats|eqp|explain|print|changes|bail|dbinfo|version|sha3sum)(?:\s|$)/;

export function sqlite(options: OptionTable = table): Family {
  return {
    programs: ['sqlite3', 'sqlite'],
    match: [
      'sqlite3 data/app.db ".tables"',
      'sqlite3 app.db "select count(*) from users where name like \'a%\'"',
      'sqlite3 app.db',
      'sqlite3 app.db <<< "select 1;"',
      'sqlite3 -ascii -bail -batch -box -column -csv -echo -header -html -json -line -list -markdown -noheader -quote -readonly -safe -stats -table -tabs -cmd ".headers on" -newline x -nullvalue x -separator , app.db "PRAGMA table_info(users)"',
      'sqlite3 --json app.db "with recent as (select * from t order by at desc limit 5) select * from recent"',
      'sqlite3 :memory: "create table t(a); insert into t values (1); select a from t"',
      'sqlite3 app.db ".schema users" ".dump"',
      'sqlite3 --version',
    ],
    notMatch: [
      'sqlite3 app.db "drop table users"',
      'sqlite3 app.db "delete from users"',
      'sqlite3 app.db "update users set a=1 where b=2"',
      'sqlite3 app.db ".shell ls"',
      'sqlite3 app.db ".output /tmp/x" "select 1"',
      'sqlite3 app.db "select writefile(\'x\', a) from t"',
      'sqlite3 app.db "select load_extension(\'./x\')"',
      'sqlite3 app.db "attach \'/srv/other.db\' as o"',
      'sqlite3 app.db ".import a.csv t"',
      'sqlite3 -init x.sql app.db',
      'sqlite3 -cmd ".shell ls" app.db',
      'sqlite3 app.db < changes.sql',
      'sqlite3 app.db "$SQL"',
      'sqlite3 app.db "pragma journal_mode=delete"',
      'sqlite3 ~/.mozilla/firefox/x/logins.db .dump',
      'sqlite3 "file:app.db?mode=rwc" .tables',
    ],
    judge(shell, invocation, state, context) {
      const { args, span } = invocation;
      if (args.length === 1 && /^--?(?:version|help)$/.test(constantOf(args[0] as Field) ?? '')) return someFlow;
      const read = readOptions(args.map(withOneDash), options, { noClusters: true });
      if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
      const [file, ...statements] = read.operands;
      const said = [
        ...read.options.flatMap(({ name, value }) => (name === '-cmd' && value ? [value] : [])),
        ...statements,
      ];
      let worst: SqlEffect = 'reads';
      for (const field of said) worst = worseOf(worst, judgeInput(constantOf(field)));
      if (statements.length === 0 && context.stdin.present) worst = worseOf(worst, judgeInput(context.stdin.text));
      const readOnly = read.options.some(({ name }) => name === '-readonly');
      judgeFile(shell, invocation, file, worst, readOnly, state, context);
      if (!file && worst !== 'reads')
        shell.doubt('command.unknown', say('what the statements do is not known here'), span);
      return someFlow;
    },
    without: () => tablesWithout(options).map(({ entry, table: less }) => ({ entry, family: sqlite(less) })),
  };
}

/** `--json` is `-json`. */
function withOneDash(field: Field): Field {
  const [first, ...rest] = field.pieces;
  return first?.type === 'text' && /^--\w/.test(first.text)
    ? { ...field, pieces: [textPiece(first.text.slice(1)), ...rest] }
    : field;
}

const rank: Record<SqlEffect, number> = { reads: 0, writes: 1, unknown: 2, destroys: 3 };

function worseOf(one: SqlEffect, other: SqlEffect): SqlEffect {
  return rank[other] > rank[one] ? other : one;
}

/** Statements, and lines that begin with a dot for the shell itself. */
function judgeInput(text: string | undefined): SqlEffect {
  if (text === undefined) return 'unknown';
  const lines = text.split('\n');
  const commands = lines.filter((line) => /^\s*\./.test(line));
  if (commands.some((line) => !shows.test(line.trim()))) return 'unknown';
  const sql = lines.filter((line) => !/^\s*\./.test(line)).join('\n');
  return sql.trim() === '' ? 'reads' : judgeSql(sql, 'sqlite');
}

function judgeFile(
  shell: Shell,
  { span }: Invocation,
  file: Field | undefined,
  effect: SqlEffect,
  readOnly: boolean,
  state: ShellState,
  context: Context,
): void {
  if (!file || constantOf(file) === ':memory:') {
    if (effect === 'unknown') shell.doubt('command.unknown', say('what the statements do is not known here'), span);
    return;
  }
  if (/^file:/i.test(describeField(file))) {
    shell.report.effect('write', unknownTarget(describeField(file)), file.span, context.certainty);
    shell.doubt('paths.strange', say('{0} is not a plain path', describeField(file)), file.span);
    return;
  }
  const { facts } = shell.report.world;
  let own = true;
  let makes = false;
  judgeField(shell, file, state, context, (path, from) => {
    judgeRead(shell.report, path, from);
    const found = locate(path, facts);
    const change = found.ok ? shell.report.changes.of(found.at.real) : undefined;
    own &&= change?.state === 'made';
    // A database that is not there is made when it is opened.
    makes ||= found.ok && !change && facts.kind(found.at.real) === 'missing';
  });
  if (effect === 'reads' && (!makes || readOnly)) return;
  judgeField(
    shell,
    file,
    state,
    context,
    (path, from) => {
      const at = judgeWrite(shell.report, path, from, 'append');
      if (at) shell.report.changes.append(at.real, { text: undefined });
    },
    'write',
  );
  if (effect === 'reads') return;
  if (effect === 'destroys') shell.doubt('remote.destroys', say('the statements lose data of a database'), span);
  else if (effect === 'unknown') shell.doubt('command.unknown', say('what the statements do is not known here'), span);
  else if (!own) shell.doubt('remote.changes', say('the statements change a database'), span);
}
