import { say } from '../../../../say';
import { judgeRead } from '../../scope';
import { setVariable } from '../assignments';
import { clean, constantOf, describeField, type Field, mixTaints, type Taint, taintOf, unknownPiece } from '../field';
import { secondEvaluation } from '../parameters';
import { judgeField } from '../paths';
import { type Context, type Shell, someFlow } from '../shell';
import type { ShellState } from '../state';
import { type Builtin, identifier, silent } from './builtin';

/** `echo`: puts out its words. */
export const echo: Builtin = (shell, { args }, state, context) => {
  lookAtPatterns(shell, args, state, context);
  const [option, ...rest] = args.map(constantOf);
  const flags = option !== undefined && /^-[neE]+$/.test(option) ? option : '';
  const texts = flags === '' ? [option, ...rest].slice(0, args.length) : rest;
  const taint = shownTaint(shell, args);
  const joined = texts.every((text) => text !== undefined) ? texts.join(' ') : undefined;
  const text = joined === undefined ? undefined : flags.includes('e') ? unescapeText(joined) : joined;
  // Some shells read escapes without being asked.
  const plain = flags !== '' || !joined?.includes('\\');
  return {
    ...someFlow,
    ...taint,
    text: plain && text !== undefined ? `${text}${flags.includes('n') ? '' : '\n'}` : undefined,
    paths: undefined,
  };
};

/** The escapes of `echo -e` and of a format; undefined when there is one that is not plain. */
function unescapeText(text: string): string | undefined {
  if (!text.includes('\\')) return text;
  let known = true;
  const plain = text.replace(/\\(.)/gs, (_, char: string) => {
    const means = escapes[char];
    if (means === undefined) known = false;
    return means ?? '';
  });
  return known && !text.endsWith('\\') ? plain : undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', "'": "'", '"': '"', r: '\r' };

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

/** `printf`: puts out its words, or sets a variable with `-v`. */
export const printf: Builtin = (shell, { args, span }, state, context) => {
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
    else
      setVariable(
        shell,
        { name, pieces: [unknownPiece(`printf -v ${name}`, 'any', taint)], append: false, span },
        state,
      );
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
