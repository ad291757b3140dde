import type { Command } from 'unbash';
import { say } from '../../../say';
import { baseName, joinPath, locate } from '../../paths';
import { isForeignName, mixesAlphabets } from '../hygiene';
import { unknownTarget } from '../report';
import { applyAssignment, judgeEnvironment, type Setting } from './assignments';
import { builtins } from './builtins/index';
import { constantField, constantOf, describeField, type Field, mixTaints, taintOf } from './field';
import { followFile } from './follow';
import { callFunction } from './functions';
import { judgeInterpreter } from './interpreters';
import { applyRedirections } from './redirections';
import { judgeSender } from './senders';
import { type Context, type Flow, noFlow, type Shell, someFlow } from './shell';
import type { ShellState } from './state';
import { judgeUnknown } from './unknown';
import { expandWord } from './words';
import { openWrapper } from './wrappers';

/** A command whose words are known as far as they can be. */
export interface Invocation {
  /** All words, the program first. */
  readonly words: readonly Field[];
  /** The first word. */
  readonly name: string;
  /** Base name of the program. */
  readonly program: string;
  readonly args: readonly Field[];
  readonly span: Field['span'];
  /** The syntax it comes from, for calls of functions. */
  readonly node: Command;
}

/** Folders of the system whose programs are what their names say. */
const systemPrograms = /^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$|^\/opt\/homebrew\/(?:bin|opt\/[^/]+\/bin)\/[^/]+$/;

/** Runs one simple command: redirections, assignments, then what its first word names. */
export function runCommand(shell: Shell, node: Command, state: ShellState, context: Context): Flow {
  const settings: Setting[] = [];
  for (const item of node.prefix)
    if (item.type === 'Assignment')
      settings.push(applyAssignment(shell, item, state, context, node.name === undefined));
  const words = [
    ...(node.name ? expandWord(shell, node.name, state, context) : []),
    ...node.args.flatMap((argument) => expandArgument(shell, argument, state, context)),
  ];
  const redirected = applyRedirections(shell, node.redirects, state, context);
  if (words.length === 0) return redirected.output({ ...noFlow, text: '' });
  const span = shell.span(node, context);
  judgeEnvironment(shell, settings, state, context);
  return redirected.output(runWords(shell, words, node, span, state, { ...context, stdin: redirected.stdin }));
}

/** An argument that has the shape of an assignment is a word to every program but the declaring builtins, which see its text. */
function expandArgument(
  shell: Shell,
  argument: Command['args'][number],
  state: ShellState,
  context: Context,
): readonly Field[] {
  if (argument.type === 'Word') return expandWord(shell, argument, state, context);
  const setting = applyAssignment(shell, argument, state, context, false);
  return [
    {
      pieces: [{ type: 'text', text: `${setting.name}${setting.append ? '+' : ''}=` }, ...setting.pieces],
      span: setting.span,
      many: false,
    },
  ];
}

/** Words that are looked through in the time of one step: a wrapper in front of a wrapper looks through all of them again. */
const wordsPerStep = 8;

/** Runs words as a command, wherever they come from: the line itself, a wrapper, `xargs`, `find -exec`. */
export function runWords(
  shell: Shell,
  words: readonly Field[],
  node: Command,
  span: Field['span'],
  state: ShellState,
  context: Context,
): Flow {
  shell.spend(1 + words.length / wordsPerStep);
  const [first, ...args] = words;
  if (!first) return noFlow;
  const name = constantOf(first);
  const program = name === undefined ? undefined : baseName(name);
  shell.report.command({ words: words.map(constantOf), program, span, through: context.through });
  for (const field of words) checkScript(shell, field);
  const taint = mixTaints(context.stdin, ...words.map(({ pieces }) => taintOf(pieces)));
  if (name === undefined || program === undefined) {
    shell.startsShell = true;
    shell.report.opaque();
    shell.report.effect('execute', unknownTarget(describeField(first)), span, context.certainty);
    if (taintOf(first.pieces).network)
      shell.report.harm('network.download-run', say('it runs what it downloads'), first.span);
    shell.doubt(
      'shell.unknown-program',
      say('which program {0} stands for is not known', describeField(first)),
      first.span,
    );
    return { ...someFlow, ...taint };
  }
  const invocation: Invocation = { words, name, program, args, span, node };
  if (isForeignName(name)) {
    shell.doubt('hygiene.name', say('the name {0} holds characters that look like others', name), first.span);
    return { ...someFlow, ...taint };
  }
  const defined = state.functions.get(name);
  if (defined) return callFunction(shell, name, defined, args, node, state, context);
  return {
    ...runProgram(shell, invocation, state, context),
    ...keepTaint(taint, invocation),
    ...keepText(invocation, context),
    ...keepPaths(invocation, state, context),
  };
}

/** Programs whose output says nothing of what is in their input. */
const tellNothing = new Set([
  'true',
  'false',
  ':',
  'test',
  '[',
  'wc',
  'cmp',
  'mkdir',
  'touch',
  'rm',
  'cd',
  'export',
  'sleep',
  'exit',
  'wait',
  'kill',
]);

/** Taint goes through a program unless it is known to put out nothing of its input. */
function keepTaint(
  taint: { secret: boolean; network: boolean },
  { program }: Invocation,
): { secret?: boolean; network?: boolean } {
  if (tellNothing.has(program)) return {};
  return { ...(taint.secret && { secret: true }), ...(taint.network && { network: true }) };
}

/** Filters that put out some of the lines that come in, and no part of one. */
const filters: Readonly<Record<string, RegExp>> = {
  grep: /^-[vivEFwxzP]+$|^--(?:invert-match|ignore-case|extended-regexp|fixed-strings|null-data)$/,
  rg: /^-[vivFwx0]+$/,
  sort: /^-[rnuzfV]+$|^-k\d*$/,
  head: /^-n?\d*$/,
  tail: /^-n?\d*$/,
  uniq: /^-u$/,
  shuf: /^-n\d*$/,
  tac: /^$/,
};

/** A list of paths stays one through a filter; git lists what lies below the folder it is in, or below those it is given. */
function keepPaths({ program, args }: Invocation, state: ShellState, { stdin }: Context): { paths?: Flow['paths'] } {
  const words = args.map((field) => constantOf(field));
  if (program === 'git' && words[0] === 'ls-files' && state.cwd) {
    const below = words.slice(1).filter((word) => word === undefined || !word.startsWith('-'));
    if (below.some((word) => word === undefined || /[*?[:]|\.\./.test(word) || word.startsWith('/'))) return {};
    const folders = state.cwd.flatMap((cwd) =>
      below.length > 0 ? below.map((word) => joinPath(cwd, word ?? '')) : [cwd],
    );
    return { paths: folders.map((path) => ({ path, pattern: '*' })) };
  }
  const known = filters[program];
  if (!known || !stdin.paths) return {};
  const operands = words.filter((word) => word === undefined || !known.test(word));
  const most =
    program === 'grep' || program === 'rg' ? 1 : program === 'head' || program === 'tail' || program === 'shuf' ? 1 : 0;
  return operands.length <= most ? { paths: stdin.paths } : {};
}

/** Programs that pass on what comes in as it is. */
function keepText({ program, args }: Invocation, { stdin }: Context): { text?: string } {
  const passes = program === 'tee' || (program === 'cat' && args.every((field) => constantOf(field) === '-'));
  return passes && stdin.text !== undefined ? { text: stdin.text } : {};
}

function runProgram(shell: Shell, invocation: Invocation, state: ShellState, context: Context): Flow {
  const { name, program } = invocation;
  const plain = !name.includes('/');
  const builtin = plain ? builtins.get(name) : undefined;
  if (builtin) return builtin(shell, invocation, state, context);
  if (!plain && !systemPrograms.test(name) && !isInstalled(shell, invocation, state))
    return followFile(shell, invocation.words[0] ?? constantField(name, invocation.span), state, context, {
      language: undefined,
      args: invocation.args,
      invocation,
    });
  const wrapped = openWrapper(shell, invocation, state, context);
  if (wrapped) return wrapped;
  const family = shell.families.find(program);
  if (family) return family.judge(shell, invocation, state, context);
  return (
    judgeInterpreter(shell, invocation, state, context) ??
    judgeSender(shell, invocation, state, context) ??
    judgeUnknown(shell, invocation, state, context)
  );
}

/** Where package managers put the programs of a project. */
const installedPrograms =
  /(?:^|\/)(?:node_modules\/\.bin|vendor\/bin|\.?(?:uv)?(?:v|virtual)?env[\w.-]*\/(?:bin|Scripts)|\.(?:tox|nox)\/[^/]+\/bin)\/[^/]+$/;

/** A program that was installed into the project before the session began is what its name says. */
function isInstalled(shell: Shell, { name }: Invocation, state: ShellState): boolean {
  if (!installedPrograms.test(name) || !state.cwd) return false;
  const { place, facts } = shell.report.world;
  return state.cwd.every((folder) => {
    const found = locate(joinPath(folder, name), facts);
    if (!found.ok || shell.report.changes.of(found.at.path) || shell.report.changes.of(found.at.real)) return false;
    // A virtual environment's interpreter is a link to the system's.
    return (
      place.workspace.some((each) => found.at.path.startsWith(`${each}/`)) &&
      facts.provenance(found.at.path) === 'baseline'
    );
  });
}

/** Letters of two alphabets in one word, and foreign letters in an option, are how one name is made to look like another. */
function checkScript(shell: Shell, field: Field): void {
  const text = constantOf(field);
  if (text === undefined) return;
  if (mixesAlphabets(text) || (text.startsWith('-') && isForeignName(text.split('=', 1)[0] ?? '')))
    shell.doubt('hygiene.alphabets', say('{0} mixes letters that look alike', text), field.span);
}
