import { type Said, say } from '../../../../../say';
import { locate } from '../../../../paths';
import { secrecyOf } from '../../../../secretPaths';
import type { Invocation } from '../../command';
import { clean, constantOf, describeField, type Field, mixTaints, taintOf } from '../../field';
import { type OptionTable, type ReadOption, readOptions, tablesWithout } from '../../options';
import { pathsNamed } from '../../paths';
import { type Context, type Flow, type Shell, someFlow } from '../../shell';
import { copyState, type ShellState } from '../../state';
import { asks } from '../doings';
import type { Family } from '../family';
import { doubtOption } from '../looks';
import type { Doings } from '../tool';

/** Sub-commands of a forge's program that only read. */
export interface ForgeRead {
  /** Words after the program, several of them separated by commas: `pr view,issue view`. */
  readonly commands: string;
  readonly options?: OptionTable;
  /** How operands must look; without it there are none. */
  readonly operands?: RegExp;
  /** It asks nobody: it tells of the program itself. */
  readonly local?: boolean;
  readonly check?: (at: Doings) => void;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

/** The command-line program of a forge. */
export interface Forge {
  readonly program: string;
  readonly host: string;
  readonly reads: readonly ForgeRead[];
  /** Options that every reading sub-command has. */
  readonly options: OptionTable;
  /** How another repository is named. */
  readonly repository: RegExp;
  /** Sub-commands that change something there or here, by their first word, and what that is. */
  readonly writes: Readonly<Record<string, Said>>;
  /** Sub-commands that give out a credential. */
  readonly tells?: RegExp;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

export function forge(data: Forge): Family {
  const table = new Map(data.reads.flatMap((read) => read.commands.split(',').map((name) => [name, read] as const)));
  return {
    programs: [data.program],
    match: [...data.match, ...data.reads.flatMap(({ match }) => match)],
    notMatch: [...data.notMatch, ...data.reads.flatMap(({ notMatch }) => notMatch)],
    judge: (shell, invocation, state, context) => judgeForge(shell, data, table, invocation, copyState(state), context),
    without: () => [
      ...tablesWithout(data.options).map(({ entry, table: options }) => ({
        entry,
        family: forge({ ...data, options }),
      })),
      ...data.reads.flatMap((read) => {
        const replaced = (by: ForgeRead): Family =>
          forge({ ...data, reads: data.reads.map((each) => (each === read ? by : each)) });
        const names = read.commands.split(',');
        return [
          ...names.map((entry) => ({
            entry,
            family: replaced({ ...read, commands: names.filter((name) => name !== entry).join(',') }),
          })),
          ...tablesWithout(read.options ?? {}).map(({ entry, table: options }) => ({
            entry: `${names[0] ?? ''} ${entry}`,
            family: replaced({ ...read, options }),
          })),
        ];
      }),
    ],
  };
}

function judgeForge(
  shell: Shell,
  data: Forge,
  reads: ReadonlyMap<string, ForgeRead>,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const { args, span } = invocation;
  if (isHelp(data, args)) return someFlow;
  const { words, rest } = commandOf(args, reads);
  const command = words.join(' ');
  const read = reads.get(command);
  const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  const name = `${data.program} ${command}`;
  if (!read) {
    judgeWrite(shell, data, words, invocation, state, context);
    return {
      ...someFlow,
      ...taint,
      secret: taint.secret || (data.tells?.test(args.map(describeField).join(' ')) ?? false),
    };
  }
  const table = read.local ? (read.options ?? {}) : join(data.options, read.options ?? {});
  const web = rest.find((field) => constantOf(field) === '--web');
  if (web) shell.doubt('forge.browser', say('it opens a browser'), web.span);
  const found = readOptions(web ? rest.filter((field) => field !== web) : rest, table);
  if (found.doubtful) doubtOption(shell, { ...invocation, program: name }, found.doubtful);
  for (const field of found.operands)
    if (!read.operands?.test(constantOf(field) ?? ''))
      shell.doubt(
        'command.operands',
        say('what {1} means to {0} is not known', name, describeField(field)),
        field.span,
      );
  judgeValues(shell, data, found.options);
  const at: Doings = { shell, invocation, name, options: found.options, operands: found.operands, state, context };
  read.check?.(at);
  if (read.local) return { ...someFlow, ...taint };
  asks(data.host).run(at);
  if (context.stdin.secret) shell.doubt('network.reach', say('{0} sends something out of the machine', name), span);
  return { ...someFlow, ...taint, network: true };
}

/** `gh pr view --help`: nothing but words before it, so that it is no value of an option. */
function isHelp({ writes }: Forge, args: readonly Field[]): boolean {
  const texts = args.map(constantOf);
  if (texts.length === 0) return true;
  const last = texts.at(-1);
  if (texts.length === 1) return /^(?:--help|--version|-h|version|help)$/.test(last ?? '');
  if (texts[0] === 'help') return texts.every((text) => text !== undefined && /^(?:[a-z-]+|--help)$/.test(text));
  return (
    last === '--help' &&
    texts.length <= 4 &&
    (texts[0] ?? '') in writes &&
    texts.slice(0, -1).every((text) => text !== undefined && /^[a-z][a-z-]*$/.test(text))
  );
}

/** Up to three words that name a sub-command; the option that names a repository may stand before the last of them. */
function commandOf(
  args: readonly Field[],
  reads: ReadonlyMap<string, ForgeRead>,
): { readonly words: readonly string[]; readonly rest: readonly Field[] } {
  const texts = args.map(constantOf);
  const before = texts[1] === '-R' || texts[1] === '--repo' ? 2 : 0;
  const plain = [texts[0], ...texts.slice(1 + before)];
  for (let count = 3; count > 0; count -= 1) {
    const words = plain.slice(0, count);
    if (words.every((word) => word !== undefined) && words.length === count && reads.has(words.join(' ')))
      return {
        words: words.filter((word) => word !== undefined),
        rest: count === 1 ? args.slice(1) : [...args.slice(1, 1 + before), ...args.slice(count + before)],
      };
  }
  const words: string[] = [];
  for (const text of plain.slice(0, 2)) {
    if (text === undefined || text.startsWith('-')) break;
    words.push(text);
  }
  return { words, rest: args.slice(words.length) };
}

function judgeValues(shell: Shell, { repository }: Forge, options: readonly ReadOption[]): void {
  for (const { name, value } of options) {
    if (!value) continue;
    const text = constantOf(value);
    if (/^(?:-R|--repo)$/.test(name) && !repository.test(text ?? ''))
      shell.doubt('forge.elsewhere', say('{0} may be on another server', describeField(value)), value.span);
    // A filter can read the environment, where tokens are.
    if (
      /^(?:-q|--jq|-t|--template)$/.test(name) &&
      (text === undefined || /\benv\b|\$ENV|\binput_line|@sh\b/.test(text))
    )
      shell.doubt(
        'secrets.environment',
        say('{0} may put out secrets of the environment', describeField(value)),
        value.span,
      );
  }
}

/** Anything that is not reading: what it changes is at the forge, and what it is given is sent there. */
function judgeWrite(
  shell: Shell,
  { program, writes, tells, host }: Forge,
  words: readonly string[],
  { words: all, args, span }: Invocation,
  state: ShellState,
  context: Context,
): void {
  const { report } = shell;
  const [first] = words;
  const name = [program, ...words].join(' ');
  const what = first === undefined ? undefined : writes[first];
  if (tells?.test(args.map(describeField).join(' '))) {
    report.beyondLooking();
    report.holdsSecret(name);
    shell.doubt('secrets.store', say('{0} puts out a credential', name), span);
    return;
  }
  if (!what) {
    report.effect('execute', { type: 'program', name }, span, context.certainty);
    shell.doubt('command.unknown', say('what {0} does is not known here', name), span);
  }
  report.effect('remote', { type: 'host', host, port: undefined }, span, context.certainty);
  report.effect('send', { type: 'host', host, port: undefined }, span, context.certainty);
  if (mixTaints(context.stdin, ...all.map(({ pieces }) => taintOf(pieces)), sentFiles(shell, args, state)).secret)
    report.harm('secrets.sent', say('{0} sends a secret out of the machine', name), span);
  if (what) shell.doubt('forge.writes', what, span);
}

/** Words that name a file, by themselves or after `=` or `@`: it may be what is sent. */
function sentFiles(shell: Shell, args: readonly Field[], state: ShellState): { secret: boolean; network: boolean } {
  const { place, facts } = shell.report.world;
  const isSecret = (text: string, field: Field): boolean =>
    pathsNamed({ ...field, pieces: [{ type: 'text', text }], many: false }, state.cwd).some((path) => {
      const found = path === undefined ? undefined : locate(path, facts);
      if (!found?.ok) return false;
      const trace = shell.report.changes.of(found.at.real);
      return (
        trace?.secret === true ||
        (secrecyOf(found.at.real, place, facts) ?? secrecyOf(found.at.path, place, facts)) !== undefined
      );
    });
  for (const field of args) {
    const text = constantOf(field);
    if (text === undefined || text.length > 4_096) continue;
    const marks = [...text.matchAll(/[=@]/g)].slice(0, 8).map(({ index }) => text.slice(index + 1));
    for (const each of [text, ...marks])
      if (each !== '' && isSecret(each.replace(/#[^/]*$/, ''), field)) return { ...clean, secret: true };
  }
  return clean;
}

const joined = new WeakMap<OptionTable, WeakMap<OptionTable, OptionTable>>();

/** Options of a sub-command with those that all of them have. */
function join(common: OptionTable, own: OptionTable): OptionTable {
  const known = joined.get(common)?.get(own);
  if (known) return known;
  const names = new Set(Object.values(own).flatMap((list) => list.split(' ')));
  const table: Record<string, string> = { ...own };
  for (const [kind, list] of Object.entries(common))
    table[kind] = [...(table[kind]?.split(' ') ?? []), ...list.split(' ').filter((name) => !names.has(name))].join(' ');
  const row = joined.get(common) ?? new WeakMap<OptionTable, OptionTable>();
  joined.set(common, row);
  row.set(own, table);
  return table;
}
