import { say } from '../../../../say';
import { judgeRead, judgeWrite } from '../../scope';
import type { Invocation } from '../command';
import { clean, constantOf, describeField, emptiedOf, type Field, mixTaints, type Taint, taintOf } from '../field';
import { followFile } from '../follow';
import { type OptionTable, type Reading, type ReadOption, readOptions, tablesWithout } from '../options';
import { judgeField, pathsNamed, readField } from '../paths';
import { runShellText } from '../scripts';
import { type Context, type Flow, type Shell, someFlow } from '../shell';
import { copyState, type ShellState } from '../state';
import { removeEach, writeEach } from '../touch';
import type { Doing } from './doings';
import type { Family } from './family';
import { doubtOption, judgeOptions } from './looks';

/**
 * What an operand is: `data` means nothing to the file system, `read` and `look` are paths, `recursive` and `tree` the same with
 * everything below (content, or names only), `change` files that are rewritten in place, `write` a file that is made or replaced, `append` one that is added to, `make` a
 * folder, `delete` and `delete-tree` what goes, `run` a file that is run or obeyed, `none` must not be there.
 */
export type OperandKind =
  | 'data'
  | 'read'
  | 'look'
  | 'recursive'
  | 'tree'
  | 'change'
  | 'write'
  | 'append'
  | 'make'
  | 'delete'
  | 'delete-tree'
  | 'run'
  | 'none';

/** What a program, or one of its sub-commands, does. */
export interface Act {
  readonly options?: OptionTable;
  readonly reading?: Reading;
  /** Kinds of the operands in order, separated by blanks; the last one stands for all that follow. `data` when not given. */
  readonly operands?: string;
  /** Operands must look like this; any other is a doubt. */
  readonly shape?: RegExp;
  /** Everything it does beyond its options and operands. Without any it only looks. */
  readonly does?: readonly Doing[];
  /** Sub-commands: names separated by blanks, and what each does. They know the options of the program too. */
  readonly commands?: Readonly<Record<string, Act>>;
  /** Without a sub-command; where it is not given, a missing one is a doubt. */
  readonly bare?: Act;
  /** What it puts out: `content` (of what it read and was given, the default), `network` (fetched), `names` (nothing of it). */
  readonly output?: 'content' | 'network' | 'names';
}

/** A program told by data, sub-commands included. */
export interface Tool extends Act {
  readonly programs: readonly string[];
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

/** Where a doing happens. */
export interface Doings {
  readonly shell: Shell;
  readonly invocation: Invocation;
  /** Program and sub-commands, for messages: `npm run`. */
  readonly name: string;
  readonly options: readonly ReadOption[];
  /** What is left after the sub-commands. */
  readonly operands: readonly Field[];
  readonly state: ShellState;
  readonly context: Context;
}

export function tool(data: Tool): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge: (shell, invocation, state, context) =>
      judgeAct(shell, data, {}, invocation.args, invocation.program, invocation, copyState(state), context),
    without: () =>
      actsWithout(data).map(({ entry, act }) => ({
        entry,
        family: tool({ ...act, programs: data.programs, match: data.match, notMatch: data.notMatch }),
      })),
  };
}

const help = /^(?:--help|--version|-h|-V|help|version)$/;

function judgeAct(
  shell: Shell,
  act: Act,
  inherited: OptionTable,
  args: readonly Field[],
  name: string,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const [only] = args;
  if (args.length === 1 && only && /^--(?:help|version)$/.test(constantOf(only) ?? '')) return someFlow;
  const table = mergeTables(inherited, act.options);
  if (act.commands) {
    const before = readOptions(args, table, { ...act.reading, stopAtOperand: true });
    const [first, ...rest] = before.operands;
    const word = first && constantOf(first);
    const next = word === undefined ? undefined : commandOf(act.commands, word);
    // What is no sub-command is read by the rules of the program alone.
    if (!next && act.bare) return judgeAct(shell, act.bare, table, args, name, invocation, state, context);
    if (before.doubtful) doubtOption(shell, invocation, before.doubtful);
    judgeOptionValues(shell, before.options, state, context);
    const taint = judgeOptions(shell, before, state, context);
    if (!first) {
      if (before.options.every((option) => help.test(option.name))) return someFlow;
      shell.doubt('command.unknown', say('what {0} does is not known here', name), invocation.span);
      return someFlow;
    }
    if (next) {
      const flow = judgeAct(shell, next, table, rest, `${name} ${word}`, invocation, state, context);
      return { ...flow, ...mixTaints(flow, taint) };
    }
    shell.report.effect(
      'execute',
      { type: 'program', name: `${name} ${describeField(first)}` },
      first.span,
      context.certainty,
    );
    shell.doubt(
      'command.unknown',
      say('what {0} does is not known here', `${name} ${describeField(first)}`),
      invocation.span,
    );
    return someFlow;
  }
  return perform(shell, act, readOptions(args, table, act.reading), name, invocation, state, context);
}

function perform(
  shell: Shell,
  act: Act,
  read: ReturnType<typeof readOptions>,
  name: string,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  judgeOptionValues(shell, read.options, state, context);
  const found = mixTaints(
    judgeOptions(shell, read, state, context),
    judgeOperands(shell, act, read.operands, name, state, context),
  );
  const at: Doings = { shell, invocation, name, options: read.options, operands: read.operands, state, context };
  for (const doing of act.does ?? []) doing.run(at);
  const output = act.output ?? 'content';
  if (output === 'names') return someFlow;
  const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  return { ...someFlow, ...mixTaints(taint, found, { secret: false, network: output === 'network' }) };
}

/** Options whose value is more than data. Paths that are only read are judged by {@link judgeOptions}. */
function judgeOptionValues(shell: Shell, options: readonly ReadOption[], state: ShellState, context: Context): void {
  for (const { kind, value, name } of options) {
    if (!value) continue;
    switch (kind) {
      case 'writes':
        if (!isStandardName(value)) writeEach(shell, [value], state, context, 'replace');
        break;
      case 'makes':
        writeEach(shell, [value], state, context, 'folder');
        break;
      case 'moves':
        move(shell, value, state, context);
        break;
      case 'runs':
        if (constantOf(value) === '-')
          shell.doubt('shell.unknown-input', say('{0} runs what it is given, which is not known', name), value.span);
        else followFile(shell, value, state, context);
        break;
      case 'command':
        runShellText(shell, value, name, [], state, context);
        break;
      case 'sends':
        send(shell, value, state, context);
        break;
      case 'flag':
      case 'value':
      case 'optional':
      case 'reads':
      case 'looks':
      case 'names':
        break;
    }
  }
}

function isStandardName(field: Field): boolean {
  return /^(?:-|\/dev\/(?:null|stdout|stderr))$/.test(constantOf(field) ?? '');
}

/** The folder a program works in: `make -C x`, `npm --prefix x`. */
function move(shell: Shell, folder: Field, state: ShellState, context: Context): void {
  const paths = pathsNamed(folder, state.cwd);
  for (const path of paths)
    if (path !== undefined) judgeRead(shell.report, path, { span: folder.span, certainty: context.certainty }, 'look');
  const known = paths.flatMap((path) => (path === undefined ? [] : [path]));
  state.cwd = known.length > 0 && known.length === paths.length ? known : undefined;
  if (!state.cwd)
    shell.doubt('paths.unknown', say('which folder {0} stands for is not known', describeField(folder)), folder.span);
}

/** Data that leaves the machine: a secret in it, or a file that is one. */
function send(shell: Shell, value: Field, state: ShellState, context: Context): void {
  const text = emptiedOf(value.pieces);
  const at = text.indexOf('@');
  let secret = taintOf(value.pieces).secret;
  if (at >= 0) {
    const file: Field = { ...value, pieces: [{ type: 'text', text: text.slice(at + 1) }] };
    if (text.slice(at + 1) === '-') secret ||= context.stdin.secret;
    else
      secret =
        judgeField(shell, file, state, context, (path, from) => judgeRead(shell.report, path, from)).some(
          (secrecy) => secrecy !== undefined,
        ) || secret;
  }
  if (secret) shell.report.harm('secrets.sent', say('it sends a secret out of the machine'), value.span);
}

function judgeOperands(
  shell: Shell,
  act: Act,
  operands: readonly Field[],
  name: string,
  state: ShellState,
  context: Context,
): Taint {
  const kinds = (act.operands ?? 'data').split(' ') as OperandKind[];
  let taint = clean;
  for (const [index, field] of operands.entries()) {
    const kind = kinds[Math.min(index, kinds.length - 1)] ?? 'data';
    if (act.shape && !act.shape.test(constantOf(field) ?? ''))
      shell.doubt(
        'command.operands',
        say('what {1} means to {0} is not known', name, describeField(field)),
        field.span,
      );
    switch (kind) {
      case 'data':
        break;
      case 'none':
        shell.doubt(
          'command.operands',
          say('what {1} means to {0} is not known', name, describeField(field)),
          field.span,
        );
        break;
      case 'read':
      case 'recursive':
      case 'look':
      case 'tree':
        if (isStandardName(field) || isPipe(field)) break;
        taint = mixTaints(
          taint,
          readField(
            shell,
            field,
            state,
            context,
            kind === 'look' || kind === 'tree' ? 'look' : 'content',
            kind === 'recursive' || kind === 'tree',
          ),
        );
        break;
      case 'change':
        if (isStandardName(field)) break;
        readField(shell, field, state, context, 'content', true);
        judgeField(
          shell,
          field,
          state,
          context,
          (path, from) => judgeWrite(shell.report, path, from, 'append'),
          'write',
        );
        break;
      case 'write':
        if (!isStandardName(field)) writeEach(shell, [field], state, context, 'replace');
        break;
      case 'append':
        judgeField(
          shell,
          field,
          state,
          context,
          (path, from) => judgeWrite(shell.report, path, from, 'append'),
          'write',
        );
        break;
      case 'make':
        writeEach(shell, [field], state, context, 'folder');
        break;
      case 'delete':
      case 'delete-tree':
        removeEach(shell, [field], kind === 'delete-tree', state, context);
        break;
      case 'run':
        followFile(shell, field, state, context);
        break;
    }
  }
  return taint;
}

/** The name of a process substitution: what it puts out has been walked. */
function isPipe(field: Field): boolean {
  const [only, ...more] = field.pieces;
  return more.length === 0 && only?.type === 'unknown' && only.what.startsWith('<(');
}

const commandTables = new WeakMap<object, ReadonlyMap<string, Act>>();

function commandOf(commands: Readonly<Record<string, Act>>, word: string): Act | undefined {
  let table = commandTables.get(commands);
  if (!table) {
    table = new Map(
      Object.entries(commands).flatMap(([names, act]) => names.split(' ').map((each) => [each, act] as const)),
    );
    commandTables.set(commands, table);
  }
  return table.get(word);
}

const merged = new WeakMap<OptionTable, WeakMap<OptionTable, OptionTable>>();

/** Options of a sub-command together with those of the program before it; the nearer meaning wins. */
function mergeTables(outer: OptionTable, inner: OptionTable | undefined): OptionTable {
  if (!inner) return outer;
  const known = merged.get(outer)?.get(inner);
  if (known) return known;
  const own = new Set(Object.values(inner).flatMap((names) => names.split(/\s+/)));
  const table: Record<string, string> = { ...inner };
  for (const [kind, names] of Object.entries(outer)) {
    const left = names.split(/\s+/).filter((name) => !own.has(name));
    table[kind] = `${table[kind] ?? ''} ${left.join(' ')}`.trim();
  }
  let row = merged.get(outer);
  if (!row) {
    row = new WeakMap();
    merged.set(outer, row);
  }
  row.set(inner, table);
  return table;
}

/** Every entry of an act's data taken away in turn: each option, each name of a sub-command, each doing, the shape. */
function actsWithout(act: Act): readonly { readonly entry: string; readonly act: Act }[] {
  const list: { readonly entry: string; readonly act: Act }[] = [];
  for (const { entry, table } of act.options ? tablesWithout(act.options) : [])
    list.push({ entry, act: { ...act, options: table } });
  for (const [names, inner] of Object.entries(act.commands ?? {})) {
    for (const name of names.split(' ')) {
      const left = names
        .split(' ')
        .filter((each) => each !== name)
        .join(' ');
      const commands = Object.fromEntries(
        Object.entries(act.commands ?? {}).flatMap(([key, value]): [string, Act][] =>
          key !== names ? [[key, value]] : left === '' ? [] : [[left, value]],
        ),
      );
      list.push({ entry: name, act: { ...act, commands } });
    }
    for (const less of actsWithout(inner))
      list.push({
        entry: `${names} › ${less.entry}`,
        act: { ...act, commands: { ...act.commands, [names]: less.act } },
      });
  }
  for (const [index, doing] of (act.does ?? []).entries())
    list.push({ entry: doing.name, act: { ...act, does: (act.does ?? []).filter((_, at) => at !== index) } });
  if (act.shape) {
    const { shape: _, ...rest } = act;
    list.push({ entry: 'shape', act: rest });
  }
  if (act.bare)
    for (const less of actsWithout(act.bare))
      list.push({ entry: `bare › ${less.entry}`, act: { ...act, bare: less.act } });
  return list;
}
