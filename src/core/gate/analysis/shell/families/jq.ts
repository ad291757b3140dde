import { say } from '../../../../say';
import { judgeRead } from '../../scope';
import { constantOf, mixTaints, taintOf } from '../field';
import { type OptionTable, readOptions, tablesWithout } from '../options';
import { judgeField } from '../paths';
import { someFlow } from '../shell';
import type { Family } from './family';
import { doubtOption } from './looks';

const table: OptionTable = {
  flag: '-a -c -C -e -j -M -n -r -R -s -S --ascii-output --color-output --compact-output --exit-status --join-output --monochrome-output --null-input --raw-input --raw-output --slurp --sort-keys --tab --seq --stream --args --jsonargs',
  value: '--indent',
};

/** Words of the language that reach beyond the input: the environment, other files, modules. */
const beyond =
  /(?:\$ENV|\benv\b|\binput_filename\b|\bimport\b|\binclude\b|\bget_search_list\b|\$__prog_args|\bmodulemeta\b)/;

function jqFamily(options: OptionTable): Family {
  return {
    programs: ['jq'],
    match: [
      "jq '.scripts' package.json",
      "jq -acCejMnrRsS '.x' a.json",
      'jq --ascii-output --color-output --compact-output --exit-status --join-output --monochrome-output --null-input . a.json',
      'jq --raw-input --raw-output --slurp --sort-keys --tab --seq --stream --args --jsonargs --indent 2 . a.json',
      "cat a.json | jq -r '.[] | select(.a > 1) | .b'",
    ],
    notMatch: [
      'jq -n env',
      'jq -n $ENV',
      "jq -n '$ENV.PATH'",
      'jq -f x.jq a.json',
      'jq --rawfile k .env . a',
      'jq . .env',
      'jq "$f" a.json',
      'jq \'import "x" as x; .\' a.json',
      'jq -L x . a',
      'jq --arg a b . a.json',
    ],
    judge(shell, invocation, state, context) {
      const read = readOptions(invocation.args, options);
      if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
      const [filter, ...files] = read.operands;
      const text = filter && constantOf(filter);
      if (filter && (text === undefined || beyond.test(text)))
        shell.doubt('command.jq', say('this jq filter may read the environment or other files'), filter.span);
      let secret = text === undefined || /\benv\b|\$ENV/.test(text);
      for (const field of files) {
        const found = judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from));
        secret ||= found.some((secrecy) => secrecy !== undefined);
      }
      const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
      return { ...someFlow, ...taint, secret: taint.secret || (secret && filter !== undefined) };
    },
    without: () => tablesWithout(options).map(({ entry, table: less }) => ({ entry, family: jqFamily(less) })),
  };
}

export const querying: readonly Family[] = [jqFamily(table)];
