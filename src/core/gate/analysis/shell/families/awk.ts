import { say } from '../../../../say';
import { judgeWrite } from '../../scope';
import type { Invocation } from '../command';
import { constantOf, describeField, mixTaints, taintOf, textPiece } from '../field';
import { followFile } from '../follow';
import { type OptionTable, readOptions, tablesWithout } from '../options';
import { judgeField, readField } from '../paths';
import { type Context, type Flow, type Shell, someFlow } from '../shell';
import type { ShellState } from '../state';
import type { Family } from './family';
import { doubtOption } from './looks';

const table: OptionTable = {
  flag: '-b -c -n -r -s -t -P --posix --sandbox --re-interval --characters-as-bytes --traditional --non-decimal-data --csv --version --help',
  value: '-F -v --field-separator --assign',
};

/** What a program in awk does beyond printing. */
interface AwkProgram {
  /** It starts programs, reads what nobody named, or loads code. */
  readonly reaches: boolean;
  /** It looks at the environment. */
  readonly environment: boolean;
  /** Files it writes; undefined for one whose name is not written out. */
  readonly writes: readonly (string | undefined)[];
}

/** Texts, expressions and comments out of the way: what is left of them means nothing. */
function withoutTexts(program: string): { readonly code: string; readonly texts: readonly string[] } {
  const texts: string[] = [];
  const code = program.replace(
    /"((?:[^"\\\n]|\\.)*)"|#[^\n]*|(^|[(,;{}!~&|\n]\s*|\b(?:return|in)\s+)\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g,
    (_whole, text: string | undefined, before: string | undefined) => {
      if (text !== undefined) {
        texts.push(text);
        return `"${texts.length - 1}"`;
      }
      return before === undefined ? ' ' : `${before} r `;
    },
  );
  return { code, texts };
}

/** Reads a program; anything it does not know makes it reach. */
export function readAwk(program: string): AwkProgram {
  const { code, texts } = withoutTexts(program);
  const reaches =
    /\bsystem\s*\(|\bgetline\b\s*(?:[\w$]+\s*)?<|\|(?!\|)(?<!\|\|)|@|\bENDFILE\b|\bnextfile\b\s*<|\bFUNCTAB\b|\bSYMTAB\b|\bARG[VC]\b|\bPROCINFO\b|\bextension\s*\(|\bload\s*\(/.test(
      code.replace(/\|\|/g, ' '),
    ) || texts.some((text) => /^\/inet[46]?\/|^\/dev\//.test(text) && !/^\/dev\/(?:stderr|stdout|null)$/.test(text));
  const writes: (string | undefined)[] = [];
  // After `print` and `printf` a bare `>` is no comparison.
  for (const statement of code.matchAll(/\bprintf?\b([^;}\n]*)/g)) {
    const target = outsideParentheses(statement[1] ?? '');
    if (target === undefined) continue;
    const named = /^\s*"(\d+)"\s*$/.exec(target)?.[1];
    const text = named === undefined ? undefined : texts[Number(named)];
    if (text === undefined || !/^\/dev\/(?:stderr|stdout|null)$/.test(text))
      writes.push(text?.includes('\\') ? undefined : text);
  }
  return { reaches, environment: /\bENVIRON\b/.test(code), writes };
}

/** What stands after the first `>` or `>>` that is in no parentheses. */
function outsideParentheses(text: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') depth -= 1;
    else if (char === '>' && depth <= 0) return text.slice(text[at + 1] === '>' ? at + 2 : at + 1);
  }
  return undefined;
}

function awkFamily(options: OptionTable): Family {
  return {
    programs: ['awk', 'gawk', 'mawk', 'nawk', 'original-awk'],
    match: [
      "awk '{print $1}' a.txt",
      'awk -F: -v n=3 \'/a|b/ && $3 > n {printf "%s\\n", $1}\' a.txt',
      "awk -b -c -n -r -s -t -P --posix --sandbox --re-interval --characters-as-bytes --traditional --non-decimal-data --csv --field-separator=, --assign=a=b '{s += $1} END {print s}' a.txt",
      'awk \'NR==1, /x\\/y/ {print FILENAME": "FNR}\' src/a.ts',
      'awk \'{print > "out.txt"}\' a.txt',
      'awk \'{print > "/dev/stderr"}\' a.txt; awk --version; awk --help',
      "awk 'BEGIN { while ((getline line) > 0) n++; print n }' a.txt",
    ],
    notMatch: [
      'awk \'BEGIN{system("touch x")}\'',
      'awk \'{print | "sh"}\' a.txt',
      'awk \'BEGIN{"id" | getline x}\'',
      "awk '{print > $1}' a.txt",
      'awk \'{print > "/srv/x"}\' a.txt',
      'awk \'{print >> "Makefile"}\' a.txt',
      'awk \'BEGIN{while((getline l < "/etc/shadow")>0) print l}\'',
      "awk '{print}' .env",
      'awk -f /srv/x.awk a.txt',
      'awk "$P" a.txt',
      'awk \'BEGIN{print ENVIRON["TOKEN"]}\'',
      'awk \'@load "x"; {print}\' a.txt',
      "awk -l filefuncs '{print}' a.txt",
      'awk \'BEGIN{s="/inet/tcp/0/x.example/80"; print 1 |& s}\'',
    ],
    judge: (shell, invocation, state, context) => judgeAwk(shell, options, invocation, state, context),
    without: () => tablesWithout(options).map(({ entry, table: less }) => ({ entry, family: awkFamily(less) })),
  };
}

export const awk: readonly Family[] = [awkFamily(table)];

function judgeAwk(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const read = readOptions(invocation.args, { ...options, runs: '-f --file' }, { stopAtOperand: true });
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const files = read.options.filter(({ kind }) => kind === 'runs').flatMap(({ value }) => (value ? [value] : []));
  for (const file of files) followFile(shell, file, state, context);
  const [program] = files.length > 0 ? [] : read.operands;
  if (program) judgeProgram(shell, constantOf(program), program, state, context);
  let taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  for (const field of files.length > 0 ? read.operands : read.operands.slice(1)) {
    // `name=value` among the files sets a variable.
    if (/^(?:-|[A-Za-z_]\w*=.*)$/s.test(constantOf(field) ?? describeField(field))) continue;
    taint = mixTaints(taint, readField(shell, field, state, context));
  }
  return { ...someFlow, ...taint };
}

function judgeProgram(
  shell: Shell,
  text: string | undefined,
  field: Invocation['args'][number],
  state: ShellState,
  context: Context,
): void {
  const found = text === undefined ? undefined : readAwk(text);
  if (!found || found.reaches) {
    shell.report.opaque();
    shell.report.effect('execute', { type: 'unknown', what: 'code for awk' }, field.span, context.certainty);
    shell.doubt('command.inline-code', say('what the code given to {0} does is not known', 'awk'), field.span);
    return;
  }
  if (found.environment) shell.doubt('secrets.environment', say('{0} looks at the environment', 'awk'), field.span);
  for (const name of found.writes) {
    if (name === undefined) shell.doubt('paths.unknown', say('which file {0} writes is not known', 'awk'), field.span);
    else
      judgeField(
        shell,
        { ...field, pieces: [textPiece(name)] },
        state,
        context,
        (path, from) => {
          const at = judgeWrite(shell.report, path, from, 'replace');
          if (at) shell.report.changes.write(at.real, { text: undefined });
        },
        'write',
      );
  }
}
