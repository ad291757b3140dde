import { say } from '../../../say';
import { judgeRead } from '../scope';
import { type Invocation, runWords } from './command';
import { constantField, constantOf, type Field, textPiece, unknownPiece } from './field';
import type { ReadOptions } from './options';
import { judgeField } from './paths';
import { type Context, type Flow, noFlow, type Shell } from './shell';
import type { ShellState } from './state';

/** `xargs command`: the command runs with the words of the input, known ones or not. */
export function runListed(
  shell: Shell,
  { options }: ReadOptions,
  command: readonly Field[],
  { span, node }: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const fileOption = options.find(({ name }) => name === '-a' || name === '--arg-file');
  if (fileOption?.value)
    judgeField(shell, fileOption.value, state, context, (path, from) => judgeRead(shell.report, path, from));
  if (options.some(({ name }) => name === '-p' || name === '-o' || name === '--open-tty' || name === '--interactive'))
    shell.doubt('command.option', say('{0} would wait for an answer', 'xargs'), span);
  const replaceOption = options.find(({ name }) => name === '-I' || name === '-i' || name === '--replace');
  const mark = replaceOption ? (replaceOption.value ? constantOf(replaceOption.value) : '{}') : undefined;
  const { text, paths } = fileOption ? noFlow : context.stdin;
  const inner: Context = { ...context, stdin: noFlow, certainty: 'possible' };
  const unknown = {
    ...unknownList(span),
    pieces: [unknownPiece('what xargs reads', 'any', fileOption ? undefined : context.stdin)],
  };
  const lists: readonly Field[] = listedFields(text, paths, span) ?? [unknown];
  if (replaceOption) {
    let flow: Flow = noFlow;
    for (const item of lists.length > replaceLimit ? [unknownList(span)] : lists)
      flow = runWords(
        shell,
        command.map((field) => replaceMark(field, mark, item)),
        node,
        span,
        state,
        inner,
      );
    return { ...flow, text: undefined };
  }
  return { ...runWords(shell, [...command, ...lists], node, span, state, inner), text: undefined };
}

function listedFields(
  text: string | undefined,
  paths: Flow['paths'],
  span: Field['span'],
): readonly Field[] | undefined {
  if (paths) {
    return paths.flatMap(({ path, pattern }) => [
      ...(pattern === undefined ? [constantField(path, span)] : []),
      {
        pieces: [
          textPiece(path === '/' ? '/' : `${path}/`),
          { type: 'glob' as const, pattern: `**/${pattern ?? '*'}` },
        ],
        span,
        many: false,
      },
    ]);
  }
  if (text === undefined || /["'\\]/.test(text)) return undefined;
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.length > listLimit ? undefined : words.map((word) => constantField(word, span));
}

/** Words of a known input that are passed on one by one; of a longer one nothing counts as known. */
const listLimit = 200;
const replaceLimit = 20;

function unknownList(span: Field['span']): Field {
  return { pieces: [unknownPiece('what xargs reads')], span, many: true };
}

/** Puts an argument in place of the mark, wherever it stands in a word. */
function replaceMark(field: Field, mark: string | undefined, item: Field): Field {
  if (mark === undefined || mark === '') return { ...field, pieces: [unknownPiece('what xargs puts in', 'any')] };
  const pieces = field.pieces.flatMap((piece) => {
    if (piece.type !== 'text' || !piece.text.includes(mark)) return [piece];
    const parts = piece.text.split(mark);
    return parts.flatMap((part, index) => [
      ...(index > 0 ? item.pieces : []),
      ...(part === '' ? [] : [textPiece(part)]),
    ]);
  });
  return { ...field, pieces: pieces.length > 0 ? pieces : [textPiece('')] };
}
