import { say } from '../../../../../say';
import { judgeRead } from '../../../scope';
import type { Invocation } from '../../command';
import { clean, constantOf, describeField, type Field, mixTaints, taintOf } from '../../field';
import { type OptionTable, readOptions, tablesWithout } from '../../options';
import { repositoryDoubt, repositoryOf } from '../../repository';
import { type Context, type Flow, type Shell, someFlow } from '../../shell';
import { copyState, type ShellState } from '../../state';
import { writeEach } from '../../touch';
import type { Family } from '../family';
import { doubtOption, judgeOptions } from '../looks';
import { runHooks } from './acts';
import type { GitCall, GitCommand } from './command';
import { readGlobal } from './global';
import { losesWork } from './lossOfWork';
import { judgeNamedPaths } from './namedPaths';

/** A sub-command ready to be looked up: the options that are refused are read with the others. */
interface Known {
  readonly command: GitCommand;
  readonly options: OptionTable;
}

interface Table {
  /** By one word, or two. */
  readonly known: ReadonlyMap<string, Known>;
  /** Sub-commands that have further ones, with the names of these. */
  readonly second: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The family of git with these sub-commands; whatever is not among them is a doubt. */
export function gitFamily(list: readonly GitCommand[]): Family {
  const table = tableOf(list);
  return {
    programs: ['git'],
    match: [
      ...list.flatMap(({ match }) => match),
      'git -C src status',
      'git --no-pager log -1',
      'git -c color.ui=never diff',
      'git --git-dir=.git --work-tree=. status',
      'git status -h',
      'git merge --help',
    ],
    notMatch: [
      ...list.flatMap(({ notMatch }) => notMatch),
      'git frobnicate',
      'git frobnicate --help',
      'git -C /srv status',
      'git -C "$X" status',
      'git --bare status',
      'git -p log',
      'git --exec-path=./x status',
      'git --git-dir=./sub status',
      'git --git-dir=/srv/x/.git status',
      'git --config-env=core.pager=X log',
      'git -c alias.x=!y x',
    ],
    judge: (shell, invocation, state, context) => judgeGit(shell, table, invocation, state, context),
    without: () =>
      list.flatMap((command) =>
        commandWithout(command).map(({ entry, less }) => ({
          entry: `${command.names[0] ?? ''}: ${entry}`,
          family: gitFamily(list.map((each) => (each === command ? less : each))),
        })),
      ),
  };
}

/** Every entry of a sub-command's data taken away in turn. */
function commandWithout(command: GitCommand): readonly { readonly entry: string; readonly less: GitCommand }[] {
  const { names, options = {}, does = [], refuses = [] } = command;
  return [
    // One that is never decided is as unknown without its name.
    ...(command.match.length === 0 ? [] : names).map((entry) => ({
      entry,
      less: { ...command, names: names.filter((name) => name !== entry) },
    })),
    ...tablesWithout(options).map(({ entry, table }) => ({ entry, less: { ...command, options: table } })),
    ...does.map((doing) => ({ entry: doing.name, less: { ...command, does: does.filter((each) => each !== doing) } })),
    ...refuses.map((refusal) => ({
      entry: JSON.stringify(refusal.options),
      less: { ...command, refuses: refuses.filter((each) => each !== refusal) },
    })),
  ];
}

const merged = new WeakMap<GitCommand, OptionTable>();

/** All options that are read, the refused ones among them. */
function optionsOf(command: GitCommand): OptionTable {
  let options = merged.get(command);
  if (!options) {
    const table: Record<string, string> = { ...command.options };
    for (const more of [command.known ?? {}, ...(command.refuses ?? []).map((refusal) => refusal.options)])
      for (const [kind, names] of Object.entries(more)) table[kind] = `${table[kind] ?? ''} ${names}`.trim();
    options = table;
    merged.set(command, options);
  }
  return options;
}

function tableOf(list: readonly GitCommand[]): Table {
  const known = new Map<string, Known>();
  const second = new Map<string, Set<string>>();
  for (const command of list) {
    const options = optionsOf(command);
    for (const name of command.names) {
      known.set(name, { command, options });
      const [first = '', more] = name.split(' ');
      if (more !== undefined) second.set(first, (second.get(first) ?? new Set()).add(more));
    }
  }
  return { known, second };
}

function judgeGit(shell: Shell, table: Table, invocation: Invocation, state: ShellState, context: Context): Flow {
  const { args } = invocation;
  const inner = copyState(state);
  const global = readGlobal(shell, args, inner, context);
  const [first, ...rest] = args.slice(global.used);
  if (global.only || !first) return someFlow;
  const taint = mixTaints(context.stdin, ...invocation.words.map(({ pieces }) => taintOf(pieces)));
  const name = constantOf(first);
  const found = name === undefined ? undefined : lookUp(table, name, rest);
  if (name === undefined || !found) {
    judgeUnknown(shell, first, rest, invocation, context);
    return { ...someFlow, ...taint };
  }
  const [only] = rest;
  if (rest.length === 1 && only && /^(?:-h|--help)$/.test(constantOf(only) ?? '')) return someFlow;
  const { command, options } = found.known;
  const own = found.words === 2 ? rest.slice(1) : rest;
  const read = readOptions(own, options, {
    digits: command.digits === true,
    stopAtOperand: command.wraps === true,
  });
  const dashes = own.findIndex((field) => constantOf(field) === '--');
  const after = dashes < 0 ? undefined : own.slice(dashes + 1);
  const call: GitCall = {
    shell,
    invocation,
    name: `git ${found.name}`,
    options: read.options,
    operands: read.operands,
    paths: after,
    words: after ? read.operands.slice(0, read.operands.length - after.length) : read.operands,
    state: inner,
    context,
    repositories: (inner.cwd ?? []).map((folder) => repositoryOf(shell.report, folder)),
  };
  const before = shell.report.doubts();
  const odd = (): void => {
    if (read.doubtful) doubtOption(shell, { ...invocation, program: call.name }, read.doubtful);
  };
  const decided = command.match.length > 0;
  if (decided) odd();
  judgeShape(call, command);
  judgeRefused(call, command);
  judgeRepository(call, command, name);
  const named = judgeOptions(shell, read, inner, context);
  for (const { kind, value } of read.options)
    if (value && kind === 'writes') writeEach(shell, [value], inner, context, 'replace');
  for (const doing of command.does ?? []) doing.run(call);
  // Of what is never decided the reason says more than an option that is not known.
  if (!decided && shell.report.doubts() === before) odd();
  if (command.hooks !== undefined) runHooks(call, command.hooks);
  const shown = command.does ? clean : judgeNamedPaths(call, name);
  const all = mixTaints(taint, named, shown);
  // Addresses of remotes and headers may hold credentials.
  const text = isTopQuestion(call) ? topOf(call) : undefined;
  return { ...someFlow, ...all, secret: all.secret || tellsSettings(call, name), text };
}

/** `rev-parse --show-toplevel`, which scripts use to find their way. */
function isTopQuestion({ name, options, operands }: GitCall): boolean {
  return (
    name === 'git rev-parse' && operands.length === 0 && options.length === 1 && options[0]?.name === '--show-toplevel'
  );
}

function topOf({ repositories: [repository, ...more] }: GitCall): string | undefined {
  return repository && more.length === 0 && !repository.doubt ? `${repository.root}\n` : undefined;
}

/** Addresses of remotes and headers in the settings may hold credentials; who makes a commit and how it is shown does not. */
function tellsSettings({ operands }: GitCall, command: string): boolean {
  if (command !== 'config' && command !== 'var') return false;
  const [only, ...more] = operands;
  const name = only && constantOf(only);
  return (
    more.length > 0 || name === undefined || !/^(?:(?:user|author|committer|core|init|pull)\.\w+|GIT_\w+)$/.test(name)
  );
}

function lookUp(
  { known, second }: Table,
  name: string,
  [next, ...more]: readonly Field[],
): { readonly name: string; readonly words: 1 | 2; readonly known: Known } | undefined {
  const seconds = second.get(name);
  const word = next && constantOf(next);
  if (seconds && word !== undefined && seconds.has(word)) {
    const both = known.get(`${name} ${word}`);
    if (both) return { name: `${name} ${word}`, words: 2, known: both };
  }
  const one = known.get(name);
  // `stash` alone is known, `stash clear` is not; neither is what a word that is not known makes of it.
  if (!one || (seconds && [next, ...more].some((field) => field && seconds.has(constantOf(field) ?? ''))))
    return undefined;
  return { name, words: 1, known: one };
}

function judgeShape({ shell, name, operands }: GitCall, { operands: shape, most }: GitCommand): void {
  const extra = most === undefined ? undefined : operands[most];
  if (extra)
    shell.doubt('command.operands', say('what {1} means to {0} is not known', name, describeField(extra)), extra.span);
  if (shape === undefined) return;
  for (const field of operands)
    if (shape === 'none' || !shape.test(constantOf(field) ?? ''))
      shell.doubt(
        'command.operands',
        say('what {1} means to {0} is not known', name, describeField(field)),
        field.span,
      );
}

function judgeRefused(call: GitCall, { refuses }: GitCommand): void {
  const { shell, options, invocation } = call;
  for (const { options: table, rule, reason, loses } of refuses ?? []) {
    const names = new Set(Object.values(table).flatMap((list) => list.split(' ')));
    if (!options.some(({ name }) => names.has(name))) continue;
    if (loses) losesWork(call, loses, rule, reason);
    else shell.doubt(rule, reason, invocation.span);
  }
}

function judgeRepository(call: GitCall, command: GitCommand, name: string): void {
  const { shell, state, invocation, context, repositories } = call;
  if (!state.cwd) {
    shell.doubt('git.repository', say('in which repository git works is not known'), invocation.span);
    return;
  }
  if (command.anywhere) return;
  for (const repository of repositories) {
    judgeRead(shell.report, repository.root, { span: undefined, certainty: context.certainty }, 'look', true);
    const doubt = repositoryDoubt(shell.report, repository, { command: name, network: command.network === true });
    if (doubt) shell.doubt('git.repository', doubt, invocation.span);
    else if (command.does && !repository.inside)
      shell.doubt(
        'git.repository',
        say('the repository {0} reaches out of the workspace', repository.root),
        invocation.span,
      );
  }
}

function judgeUnknown(
  shell: Shell,
  command: Field,
  rest: readonly Field[],
  { span }: Invocation,
  context: Context,
): void {
  const { report } = shell;
  const words = [command, ...rest.slice(0, 1)].map(describeField).join(' ');
  if (constantOf(command) === undefined) report.opaque();
  report.effect('execute', { type: 'program', name: `git ${words}` }, span, context.certainty);
  shell.doubt('command.unknown', say('what {0} does is not known here', `git ${words}`), span);
}
