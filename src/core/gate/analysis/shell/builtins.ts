import { say } from '../../../say';
import { locate } from '../../paths';
import { judgeRead } from '../scope';
import { setVariable } from './assignments';
import type { Invocation } from './command';
import { isInert } from './environment';
import {
  clean,
  constantOf,
  describeField,
  type Field,
  mixTaints,
  type Taint,
  taintOf,
  textPiece,
  unknownPiece,
} from './field';
import { secondEvaluation } from './parameters';
import { judgeField, pathsNamed } from './paths';
import { runSourced } from './scripts';
import { type Context, type Flow, noFlow, type Shell, someFlow } from './shell';
import { freshState, isInteger, lookUp, mergeFolders, type ShellState, scalar } from './state';
import { fileComparisons, fileTests, numberTests, textTests } from './test';

type Builtin = (shell: Shell, invocation: Invocation, state: ShellState, context: Context) => Flow;

const silent: Flow = { ...noFlow, text: '' };
const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

const nothing: Builtin = () => silent;

const echo: Builtin = (shell, { args }, state, context) => {
  lookAtPatterns(shell, args, state, context);
  const texts = args.map(constantOf);
  const taint = shownTaint(shell, args);
  const plain =
    texts.every((text) => text !== undefined) &&
    !/^-[neE]+$/.test(texts[0] ?? '') &&
    !texts.some((text) => text?.includes('\\'));
  return { ...someFlow, ...taint, text: plain ? `${texts.join(' ')}\n` : undefined, paths: undefined };
};

/** A pattern among words that are only put out tells the names it matches. */
function lookAtPatterns(shell: Shell, args: readonly Field[], state: ShellState, context: Context): void {
  for (const field of args)
    if (field.pieces.some(({ type }) => type === 'glob') && field.pieces.every(({ type }) => type !== 'unknown'))
      judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from, 'look'));
}

/** Variables of the environment that hold credentials by their names. */
const secretVariable =
  /^\$\{?\w*(?:TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIAL|_PAT\b|_AUTH\b)/i;

/** What is put out of the arguments; a credential of the environment is one, shown or sent on. */
function shownTaint(shell: Shell, args: readonly Field[]): Taint {
  let taint = mixTaints(clean, ...args.map(({ pieces }) => taintOf(pieces)));
  for (const { pieces, span } of args)
    for (const piece of pieces)
      if (piece.type === 'unknown' && secretVariable.test(piece.what)) {
        taint = { ...taint, secret: true };
        shell.doubt('secrets.environment', say('{0} may hold a secret', piece.what), span);
      }
  return taint;
}

const printf: Builtin = (shell, { args, span }, state, context) => {
  lookAtPatterns(shell, args, state, context);
  const taint = shownTaint(shell, args);
  const [first, second] = args;
  const option = first && (constantOf(first) ?? describeField(first));
  if (first && constantOf(first) === undefined && first.pieces[0]?.type === 'unknown') {
    // The first word may be `-v` and the second the name of any variable.
    shell.doubt('shell.environment', say('printf may set a variable'), span);
  } else if (option?.startsWith('-v')) {
    const name = option === '-v' ? second && constantOf(second) : option.slice(2);
    if (name === undefined || !identifier.test(name)) secondEvaluation(shell, 'subscript', span);
    else setVariable(shell, { name, pieces: [unknownPiece(`$${name}`, 'any', taint)], append: false, span }, state);
    return silent;
  }
  const [format, value, ...more] = args.map(constantOf);
  const text =
    format === '%s\\n' && value !== undefined && more.length === 0
      ? `${value}\n`
      : format === '%s' && value !== undefined && more.length === 0
        ? value
        : undefined;
  const plain = args.length === 1 && format !== undefined && !/[%\\]/.test(format) ? format : undefined;
  return { ...someFlow, ...taint, text: text ?? plain };
};

const test: Builtin = (shell, { args, program, span }, state, context) => {
  const words = program === '[' ? args.slice(0, -1) : args;
  for (const [index, field] of words.entries()) {
    const text = constantOf(field);
    if (text === undefined) continue;
    const next = words[index + 1];
    if (text === '-v' || text === '-R') {
      const name = next && constantOf(next);
      if (next && (name === undefined || !identifier.test(name))) secondEvaluation(shell, 'subscript', span);
    } else if (fileTests.has(text) && next && !(text === '-a' && index > 0))
      judgeField(shell, next, state, context, (path, from) => judgeRead(shell.report, path, from, 'look'));
    else if (
      text.startsWith('-') &&
      !textTests.has(text) &&
      !fileTests.has(text) &&
      !numberTests.has(text) &&
      !fileComparisons.has(text) &&
      /^-[a-zA-Z]+$/.test(text) &&
      index === 0
    )
      shell.doubt('command.option', say('what {1} means to {0} is not known', program, text), field.span);
  }
  // An unknown operator could be `-v`, whose operand is evaluated; an unquoted unknown could be operator and operand.
  const unknown = words.filter((field) => constantOf(field) === undefined && !isInteger(scalar(...field.pieces)));
  const evaluable = words.some((field) => /\[.*(?:\$\(|`)/.test(constantOf(field) ?? ''));
  if (unknown.some(({ many }) => many) || evaluable || (words.length === 2 && words[0] && unknown.includes(words[0])))
    secondEvaluation(shell, 'operator', span);
  return silent;
};

/** `cd`: where the shell is from then on; whether it got there is only known where the folder is known to exist. */
const cd: Builtin = (shell, { args, span }, state, context) => {
  const { place, facts } = shell.report.world;
  const operands = args.filter((field) => !/^-[LPe@]+$|^--$/.test(constantOf(field) ?? ''));
  const [target] = operands;
  const before = state.cwd;
  if (operands.length > 1 || lookUp(state, 'CDPATH', place) !== undefined) {
    moveTo(state, undefined, before, true);
    shell.doubt('paths.unknown', say('where {0} leads is not known', 'cd'), span);
    return silent;
  }
  if (!target) {
    moveTo(state, [place.home], before, false);
    return silent;
  }
  if (constantOf(target) === '-') {
    moveTo(state, undefined, before, false);
    return someFlow;
  }
  const named = pathsNamed(target, before);
  if (constantOf(target) === '' || named.length === 0) return silent;
  const folders = named.filter((folder) => folder !== undefined);
  if (folders.length < named.length) {
    shell.report.effect('read', { type: 'unknown', what: describeField(target) }, span, context.certainty);
    moveTo(state, undefined, before, true);
    return silent;
  }
  const real: string[] = [];
  let sure = true;
  for (const folder of folders) {
    judgeRead(shell.report, folder, { span: target.span, certainty: context.certainty }, 'look');
    const found = locate(folder, facts);
    if (!found.ok) {
      moveTo(state, undefined, before, true);
      return silent;
    }
    real.push(found.at.path);
    const kind = facts.kind(found.at.real);
    sure &&= kind === 'folder' || kind === 'unknown';
  }
  moveTo(state, real, before, !sure);
  return silent;
};

function moveTo(
  state: ShellState,
  folders: readonly string[] | undefined,
  before: readonly string[] | undefined,
  mayFail: boolean,
): void {
  state.cwd = folders ? [...new Set(folders)] : undefined;
  state.cwdUnlessMoved = mayFail ? (before ? mergeFolders(before, state.cwdUnlessMoved ?? []) : undefined) : undefined;
}

/** The stack of folders is not followed beyond the folder that is gone to. */
const pushd: Builtin = (shell, invocation, state, context) => {
  if (invocation.args.length !== 1) {
    state.cwd = undefined;
    return someFlow;
  }
  cd(shell, invocation, state, context);
  return someFlow;
};

const popd: Builtin = (_shell, _invocation, state) => {
  state.cwd = undefined;
  return someFlow;
};

/** `export`, `declare`, `local`, `readonly`, `typeset`: each word names a variable and may give it a value. */
const declare: Builtin = (shell, { args, program, span }, state, context) => {
  const operands: Field[] = [];
  let exports = program === 'export';
  for (const field of args) {
    const text = constantOf(field);
    if (text !== undefined && /^[-+]/.test(text)) {
      if (text === '-p' || text === '-f' || text === '-F' || text === '-fF') {
        if (text === '-p') return { ...someFlow, ...dumpsEnvironment(shell, program, span) };
        return someFlow;
      }
      if (!/^[-+](?:[agrxlu]+)$|^--$/.test(text) || /^\+/.test(text))
        shell.doubt(
          'shell.second-evaluation',
          say('{0} with {1} changes how values are evaluated', program, text),
          field.span,
        );
      if (/x/.test(text)) exports = true;
      continue;
    }
    operands.push(field);
  }
  if (operands.length === 0 && args.length === 0) return { ...someFlow, ...dumpsEnvironment(shell, program, span) };
  for (const field of operands) declareOne(shell, field, exports, program, state, context);
  return silent;
};

function declareOne(
  shell: Shell,
  field: Field,
  exports: boolean,
  program: string,
  state: ShellState,
  context: Context,
): void {
  const [first, ...rest] = field.pieces;
  const text = first?.type === 'text' && !field.many ? first.text : undefined;
  const match = text === undefined ? undefined : /^([A-Za-z_]\w*)(\+?=)?/.exec(text);
  const name = match?.[1];
  if (
    !match ||
    name === undefined ||
    text === undefined ||
    (match[2] === undefined && (text !== name || rest.length > 0))
  ) {
    shell.doubt('shell.environment', say('which variable {0} sets is not known', program), field.span);
    return;
  }
  const pieces = [...(text.length > match[0].length ? [textPiece(text.slice(match[0].length))] : []), ...rest];
  const value = constantOf({ pieces, many: false }) ?? (pieces.length === 0 ? '' : undefined);
  if (match[2] !== undefined)
    setVariable(
      shell,
      { name, pieces: pieces.length > 0 ? pieces : [textPiece('')], append: match[2] === '+=', span: field.span },
      state,
    );
  if (exports && !isInert(name, value)) {
    shell.report.effect('execute', { type: 'variable', name }, field.span, context.certainty);
    shell.doubt('shell.environment', say('{0} may change what programs do that run after it', name), field.span);
  }
}

function dumpsEnvironment(shell: Shell, program: string, span: Field['span']): { secret: true } {
  shell.report.beyondLooking();
  shell.doubt('secrets.environment', say('{0} puts out the whole environment, which may hold secrets', program), span);
  return { secret: true };
}

/** `set -e -u -x -o pipefail` changes nothing of what is run; `set -- a b` gives new arguments. */
const set: Builtin = (shell, { args, span, program }, state) => {
  if (args.length === 0) return { ...someFlow, ...dumpsEnvironment(shell, program, span) };
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    const text = field && constantOf(field);
    if (text === '--') {
      state.positional = args.slice(index + 1);
      return silent;
    }
    if (text === '-o' || text === '+o') {
      const name = args[index + 1] && constantOf(args[index + 1] as Field);
      index += 1;
      if (name !== undefined && /^(?:errexit|nounset|xtrace|pipefail|verbose|noclobber|errtrace)$/.test(name)) continue;
    } else if (text !== undefined && /^[-+][euxvCE]*(?:o)?$/.test(text) && text.length > 1) {
      if (!text.endsWith('o')) continue;
      const name = args[index + 1] && constantOf(args[index + 1] as Field);
      index += 1;
      if (name === 'pipefail' || name === 'errexit' || name === 'nounset') continue;
    }
    state.expansionChanged = true;
    state.positional = undefined;
    shell.doubt('shell.options', say('set changes how the shell reads what follows'), span);
    return silent;
  }
  return silent;
};

const read: Builtin = (shell, { args, span, program }, state, context) => {
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    if (!field) break;
    const text = constantOf(field);
    if (text !== undefined && /^-[rs]+$/.test(text)) continue;
    if (text !== undefined && /^-[rs]*[pntdNu]$/.test(text)) {
      index += 1;
      continue;
    }
    if (text === '-a' || text === '-ra') continue;
    if (text !== undefined && /^-[rs]*[dntNup]./.test(text)) continue;
    if (text === undefined || !identifier.test(text)) {
      secondEvaluation(shell, 'subscript', span);
      continue;
    }
    setVariable(
      shell,
      { name: text, pieces: [unknownPiece(`$${text}`, 'any', context.stdin)], append: false, span: field.span },
      state,
    );
  }
  if (args.length === 0) state.variables.set('REPLY', scalar(unknownPiece('$REPLY', 'any', context.stdin)));
  void program;
  return silent;
};

const mapfile: Builtin = (shell, { args, span }, state, context) => {
  for (let index = 0; index < args.length; index += 1) {
    const field = args[index];
    const text = field && constantOf(field);
    if (text === '-t') continue;
    if (text !== undefined && /^-[dnOs]$/.test(text)) {
      index += 1;
      continue;
    }
    if (!field || text === undefined || !identifier.test(text)) {
      shell.doubt('shell.second-evaluation', say('mapfile may run a command for every line'), span);
      return silent;
    }
    setVariable(
      shell,
      { name: text, pieces: [unknownPiece(`$${text}`, 'any', context.stdin)], append: false, span: field.span },
      state,
    );
  }
  return silent;
};

const unset: Builtin = (shell, { args, span }, state) => {
  for (const field of args) {
    const text = constantOf(field);
    if (text === '-v' || text === '-f') continue;
    if (text === undefined || !identifier.test(text)) {
      secondEvaluation(shell, 'subscript', span);
      continue;
    }
    setVariable(shell, { name: text, pieces: [textPiece('')], append: false, span: field.span }, state);
    state.functions.delete(text);
  }
  return silent;
};

const evaluate: Builtin = (shell, { args, span }, state, context) => {
  const texts = args.map(constantOf);
  if (mixTaints(clean, ...args.map(({ pieces }) => taintOf(pieces))).network)
    shell.report.harm('network.download-run', say('it runs what it downloads'), span);
  if (texts.every((text) => text !== undefined))
    return shell.walkText(texts.join(' '), state, { ...context, through: [...context.through, 'eval'] }, span);
  shell.report.opaque();
  shell.report.effect('execute', { type: 'unknown', what: args.map(describeField).join(' ') }, span, context.certainty);
  shell.doubt('shell.second-evaluation', say('eval runs a text that is not known'), span);
  return someFlow;
};

/** A trap's text runs later, in whatever state the script is in then: no variable and no folder is known. */
const trap: Builtin = (shell, { args, span }, state, context) => {
  const operands = args.filter((field) => constantOf(field) !== '--');
  const [action] = operands;
  if (!action || operands.length === 1) return silent;
  const text = constantOf(action);
  if (text === '' || text === '-' || text === '-p' || text === '-l') return silent;
  if (text !== undefined) {
    const later = freshState(state, undefined);
    later.cwd = undefined;
    later.cwdUnlessMoved = undefined;
    for (const [name, defined] of state.functions) later.functions.set(name, defined);
    shell.walkText(
      text,
      later,
      { ...context, through: [...context.through, 'trap'], certainty: 'possible' },
      action.span,
    );
    return silent;
  }
  shell.report.opaque();
  shell.doubt('shell.second-evaluation', say('trap runs a text that is not known'), span);
  return silent;
};

const letBuiltin: Builtin = (shell, { args, span }, state, context) => {
  const texts = args.map(constantOf);
  for (const text of texts) {
    if (text === undefined || /[`$'"]/.test(text)) secondEvaluation(shell, 'subscript', span);
    else shell.walkText(`((${text}))`, state, context, span);
  }
  return silent;
};

const leave: Builtin = (shell, { args, span }, state) => {
  const [code] = args;
  if (code && !isInteger(scalar(...code.pieces)) && constantOf(code) === undefined) void state;
  void shell;
  void span;
  return silent;
};

const shift: Builtin = (_shell, { args }, state) => {
  const count = args[0] ? Number(constantOf(args[0])) : 1;
  state.positional = Number.isInteger(count) ? state.positional?.slice(count) : undefined;
  return silent;
};

const pwd: Builtin = (_shell, _invocation, state) => {
  const only = state.cwd?.length === 1 && !state.cwdUnlessMoved ? state.cwd[0] : undefined;
  return { ...someFlow, text: only === undefined ? undefined : `${only}\n` };
};

const wait: Builtin = (shell, { args, span }) => {
  if (!args.every((field) => isInteger(scalar(...field.pieces)) || /^(?:-[nf]|%\d+)$/.test(constantOf(field) ?? '')))
    shell.doubt('shell.environment', say('wait may set a variable'), span);
  return silent;
};

const changesShell: Builtin = (shell, { program, args, span }, state) => {
  if (
    program === 'shopt' &&
    args.every((field) =>
      /^-[suq]+$|^(?:nullglob|failglob|globstar|extglob|inherit_errexit|nocasematch)$/.test(constantOf(field) ?? '?'),
    ) &&
    args.length > 0
  ) {
    // What a pattern matches is taken in its widest reading either way.
    return silent;
  }
  state.expansionChanged = true;
  shell.doubt('shell.options', say('{0} changes what the shell does with what follows', program), span);
  return silent;
};

const tells: Builtin = (shell, { args, program, span }) => {
  for (const field of args) {
    const text = constantOf(field);
    if (text?.startsWith('-') && !/^-[aftpP]+$|^-l$/.test(text))
      shell.doubt('command.option', say('what {1} means to {0} is not known', program, text), span);
  }
  return someFlow;
};

/** `command`, `builtin` and `exec` are wrappers; they are opened with the programs that wrap. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', nothing],
  ['true', nothing],
  ['false', nothing],
  ['echo', echo],
  ['printf', printf],
  ['test', test],
  ['[', test],
  ['cd', cd],
  ['chdir', cd],
  ['pushd', pushd],
  ['popd', popd],
  ['dirs', () => someFlow],
  ['pwd', pwd],
  ['export', declare],
  ['declare', declare],
  ['typeset', declare],
  ['local', declare],
  ['readonly', declare],
  ['set', set],
  ['unset', unset],
  ['read', read],
  ['mapfile', mapfile],
  ['readarray', mapfile],
  ['eval', evaluate],
  ['trap', trap],
  ['let', letBuiltin],
  ['exit', leave],
  ['return', leave],
  ['break', leave],
  ['continue', leave],
  ['wait', wait],
  ['times', () => someFlow],
  ['shift', shift],
  ['type', tells],
  ['jobs', tells],
  ['source', (shell, invocation, state, context) => runSourced(shell, invocation, state, context)],
  ['.', (shell, invocation, state, context) => runSourced(shell, invocation, state, context)],
  ['alias', changesShell],
  ['unalias', changesShell],
  ['shopt', changesShell],
  ['hash', changesShell],
  ['enable', changesShell],
  ['bind', changesShell],
  ['complete', changesShell],
  ['compgen', changesShell],
  ['compopt', changesShell],
  ['getopts', changesShell],
  ['umask', changesShell],
  ['ulimit', changesShell],
  ['history', changesShell],
  ['fc', changesShell],
  ['caller', tells],
  ['fg', changesShell],
  ['bg', changesShell],
  ['disown', changesShell],
  ['suspend', changesShell],
  ['logout', changesShell],
]);
