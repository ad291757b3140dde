import type { Word, WordPart } from 'unbash';
import { assertNever } from '../../../assertNever';
import { say } from '../../../say';
import type { Span } from '../../effect';
import { checkArithmetic } from './arithmetic';
import { expandBraces } from './braces';
import { clean, type Field, type Piece, textPiece, unknownPiece } from './field';
import { expandParameter, expandSimple } from './parameters';
import { type Context, type Flow, noFlow, type Shell } from './shell';
import { copyState, lookUp, type ShellState } from './state';

/** Fields that one word may expand to before it counts as unknown. */
const fieldLimit = 256;

/** A run of pieces with the quoting they stood in: only unquoted ones are split and matched against files. */
interface Chunk {
  readonly pieces: readonly Piece[];
  readonly quoted: boolean;
  /** Set by `"$@"` and `"${a[@]}"`: each is a field of its own. */
  readonly fields: readonly Field[] | undefined;
}

/**
 * Expands a word to the arguments it becomes: tilde, variables, substitutions (which are walked), splitting, patterns.
 * Braces come first, as in the shell.
 */
export function expandWord(shell: Shell, word: Word, state: ShellState, context: Context): readonly Field[] {
  shell.spend();
  const span = shell.span(word, context);
  if (!word.parts) return [{ pieces: [plainText(shell, word, state, false)], span, many: false }];
  if (word.parts.some((part) => part.type === 'BraceExpansion'))
    return expandBraced(shell, word, word.parts, state, context, span);
  return toFields(chunksOf(shell, word.parts, state, context, 'word'), state, span);
}

/** Expands a word where the shell neither splits nor makes several of it: values, here-strings, `case` words, `[[ ]]`. */
export function expandValue(
  shell: Shell,
  word: Word,
  state: ShellState,
  context: Context,
  as: 'assignment' | 'text' = 'text',
): readonly Piece[] {
  shell.spend();
  if (!word.parts) return [plainText(shell, word, state, as === 'assignment')];
  const chunks = chunksOf(shell, word.parts, state, context, as);
  return joinText(
    chunks.flatMap(({ pieces, fields }, at) => {
      if (fields) return fields.flatMap((field, index) => [...(index > 0 ? [textPiece(' ')] : []), ...field.pieces]);
      const written = word.parts?.[at]?.type === 'Glob';
      return written ? pieces.map((piece) => (piece.type === 'glob' ? textPiece(piece.pattern) : piece)) : pieces;
    }),
  );
}

function plainText(shell: Shell, word: Word, state: ShellState, assignment: boolean): Piece {
  return expandTilde(shell, word.text, word.value, state, assignment);
}

/**
 * Tilde at the start of a word, after the `=` of a word shaped like an assignment, and after each colon of an assignment.
 * Quoted or escaped tildes stay.
 */
function expandTilde(shell: Shell, source: string, value: string, state: ShellState, assignment: boolean): Piece {
  if (!source.includes('~')) return textPiece(value);
  const lead = /^~([\w.+-]*)(?=\/|$|:)/.exec(source);
  if (lead) {
    if (source === value && assignment) return manyTildes(shell, source, state);
    return tilde(shell, lead[1] ?? '', value.slice(lead[0].length), state);
  }
  if (source === value && (assignment || /^[A-Za-z_]\w*=(?:.*:)?~/.test(source)))
    return manyTildes(shell, source, state);
  return textPiece(value);
}

function tilde(shell: Shell, name: string, rest: string, state: ShellState): Piece {
  const home = folderOf(shell, name, state);
  return home === undefined ? unknownPiece(`~${name}${rest}`, 'nonempty') : textPiece(home + rest);
}

function manyTildes(shell: Shell, text: string, state: ShellState): Piece {
  let known = true;
  const expanded = text.replace(/(^|[:=])~([\w.+-]*)(?=[/:]|$)/g, (whole, before: string, name: string) => {
    const folder = folderOf(shell, name, state);
    if (folder === undefined) known = false;
    return folder === undefined ? whole : before + folder;
  });
  return known ? textPiece(expanded) : unknownPiece(text, 'nonempty');
}

function folderOf(shell: Shell, name: string, state: ShellState): string | undefined {
  const { place } = shell.report.world;
  if (name === '') {
    const home = lookUp(state, 'HOME', place);
    const [only, ...more] = home?.type === 'scalar' ? home.pieces : [];
    return only?.type === 'text' && more.length === 0 ? only.text : undefined;
  }
  if (name === '+') return state.cwd?.length === 1 && !state.cwdUnlessMoved ? state.cwd[0] : undefined;
  if (name === 'root') return '/root';
  return name === place.user ? place.home : undefined;
}

function chunksOf(
  shell: Shell,
  parts: readonly WordPart[],
  state: ShellState,
  context: Context,
  as: 'word' | 'assignment' | 'text',
): readonly Chunk[] {
  return parts.map((part, index): Chunk => {
    if (part.type === 'Literal') {
      // A name before the tilde that ends in a quote or an expansion is no tilde prefix.
      const whole =
        index === 0 && (parts.length === 1 || /^~[\w.+-]*[/:]/.test(part.text) || !part.text.startsWith('~'));
      const piece =
        whole || as === 'assignment'
          ? expandTilde(shell, part.text, part.value, state, as === 'assignment')
          : textPiece(part.value);
      return { pieces: [piece], quoted: true, fields: undefined };
    }
    if (part.type === 'SimpleExpansion' || part.type === 'ParameterExpansion') {
      const expanded =
        part.type === 'SimpleExpansion'
          ? expandSimple(shell, part, state, context)
          : expandParameter(shell, part, state, context);
      return { pieces: expanded.pieces, quoted: false, fields: expanded.fields };
    }
    if (part.type === 'DoubleQuoted' || part.type === 'LocaleString')
      return quotedChunk(shell, part.parts, state, context);
    const quoted = part.type !== 'CommandExpansion' && part.type !== 'ArithmeticExpansion';
    return { pieces: expandPart(shell, part, state, context, false), quoted, fields: undefined };
  });
}

/** `"…"`: one field, except that `"$@"` by itself is as many as it has. */
function quotedChunk(shell: Shell, parts: readonly WordPart[], state: ShellState, context: Context): Chunk {
  const pieces: Piece[] = [];
  for (const part of parts) {
    if (part.type === 'SimpleExpansion' || part.type === 'ParameterExpansion') {
      const expanded =
        part.type === 'SimpleExpansion'
          ? expandSimple(shell, part, state, context)
          : expandParameter(shell, part, state, context);
      if (expanded.each && parts.length === 1)
        return {
          pieces: expanded.pieces,
          quoted: true,
          fields: expanded.fields ?? unknownFields(expanded.pieces, shell.span(part, context)),
        };
      pieces.push(
        ...(expanded.fields
          ? expanded.fields.flatMap((field, index) => [...(index > 0 ? [textPiece(' ')] : []), ...field.pieces])
          : expanded.pieces),
      );
    } else pieces.push(...expandPart(shell, part, state, context, true));
  }
  return { pieces: pieces.length > 0 ? pieces : [textPiece('')], quoted: true, fields: undefined };
}

function unknownFields(pieces: readonly Piece[], span: Span): readonly Field[] {
  return [{ pieces, span, many: true }];
}

/** Pieces of one part, whatever it stands in. Substitutions inside it are walked. */
export function expandPart(
  shell: Shell,
  part: WordPart,
  state: ShellState,
  context: Context,
  quoted: boolean,
): readonly Piece[] {
  shell.spend();
  switch (part.type) {
    case 'Literal':
      return [textPiece(part.value)];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [textPiece(part.value)];
    case 'DoubleQuoted':
    case 'LocaleString':
      return quotedChunk(shell, part.parts, state, context).pieces;
    case 'SimpleExpansion':
    case 'ParameterExpansion': {
      const expanded =
        part.type === 'SimpleExpansion'
          ? expandSimple(shell, part, state, context)
          : expandParameter(shell, part, state, context);
      return expanded.fields ? expanded.fields.flatMap(({ pieces }) => pieces) : expanded.pieces;
    }
    case 'CommandExpansion': {
      const flow = substitute(shell, part.script, state, context);
      const text = flow.text?.replace(/\n+$/, '');
      return [text === undefined ? unknownPiece(part.text, 'any', flow) : textPiece(text)];
    }
    case 'ProcessSubstitution': {
      const flow = substitute(shell, part.script, state, context);
      // The name of a pipe: what is read from it is what the command inside puts out.
      return [unknownPiece(part.text, 'nonempty', part.operator === '<' ? flow : clean)];
    }
    case 'ArithmeticExpansion':
      if (part.expression) checkArithmetic(shell, part.expression, state, context);
      else
        shell.doubt(
          'shell.second-evaluation',
          say('an arithmetic expression could not be read'),
          shell.span(part, context),
        );
      return [unknownPiece(part.text, 'integer')];
    case 'Glob':
      for (const inner of part.parts ?? []) expandPart(shell, inner, state, context, quoted);
      return [
        part.value.includes('/') ? unknownPiece(part.text) : { type: 'glob', pattern: starsOf(part.text, state) },
      ];
    case 'ExtendedGlob':
      // Without the option `extglob` the shell does not read these at all.
      shell.doubt(
        'shell.parse',
        say('whether the shell reads {0} as a pattern is not known', part.text),
        shell.span(part, context),
      );
      for (const inner of part.parts ?? []) expandPart(shell, inner, state, context, quoted);
      return [part.text.includes('/') ? unknownPiece(part.text) : { type: 'glob', pattern: '*' }];
    case 'BraceExpansion':
      for (const inner of part.parts ?? []) expandPart(shell, inner, state, context, quoted);
      return [unknownPiece(part.text)];
    default:
      return assertNever(part);
  }
}

/** Walks a substitution in a shell of its own. @returns what it puts out. */
export function substitute(
  shell: Shell,
  script: Parameters<Shell['walkScript']>[0] | undefined,
  state: ShellState,
  context: Context,
): Flow {
  if (!script) {
    shell.report.opaque();
    shell.doubt('shell.parse', say('a substitution could not be read'), context.frame.within);
    return noFlow;
  }
  return shell.walkScript(script, copyState(state), { ...context, depth: context.depth + 1 });
}

function expandBraced(
  shell: Shell,
  word: Word,
  parts: readonly WordPart[],
  state: ShellState,
  context: Context,
  span: Span,
): readonly Field[] {
  const simple = parts.every(
    (part) =>
      part.type === 'Literal' || part.type === 'Glob' || part.type === 'BraceExpansion' || part.type === 'SingleQuoted',
  );
  const texts = simple && !/["'\\$`(]/.test(word.text) ? expandBraces(word.text, fieldLimit) : undefined;
  if (texts)
    return texts.flatMap((text): Field[] => {
      if (text === '') return [];
      const pieces = globPieces(expandTilde(shell, text, text, state, false), state);
      return [{ pieces, span, many: false }];
    });
  const pieces = parts.flatMap((part) => expandPart(shell, part, state, context, false));
  return [{ pieces, span, many: true }];
}

/** Text that is matched against files after expansion: patterns in it count. */
function globPieces(piece: Piece, state: ShellState): readonly Piece[] {
  if (piece.type !== 'text' || !/[*?[]/.test(piece.text)) return [piece];
  return piece.text
    .split(/([^/]*[*?[][^/]*)/)
    .filter((text) => text !== '')
    .map((text): Piece => (/[*?[]/.test(text) ? { type: 'glob', pattern: starsOf(text, state) } : textPiece(text)));
}

/** Without `globstar` two stars are one; with it, a component of its own. */
function starsOf(pattern: string, { globstar }: ShellState): string {
  return globstar && pattern === '**' ? pattern : pattern.replace(/\*{2,}/g, '*');
}

/** Splits what is unquoted at blanks and puts neighbours together, as the shell makes arguments of a word. */
function toFields(chunks: readonly Chunk[], state: ShellState, span: Span): readonly Field[] {
  const fields: Field[] = [];
  let pieces: Piece[] = [];
  let many = false;
  let open = false;
  const close = (): void => {
    if (open) fields.push({ pieces: joinText(pieces), span, many });
    pieces = [];
    many = false;
    open = false;
  };
  for (const chunk of chunks) {
    if (chunk.fields) {
      for (const [index, field] of chunk.fields.entries()) {
        if (index > 0) close();
        pieces.push(...field.pieces);
        many ||= field.many;
        open = true;
      }
      continue;
    }
    if (chunk.quoted) {
      pieces.push(...chunk.pieces);
      open = true;
      continue;
    }
    for (const piece of chunk.pieces) {
      if (piece.type === 'unknown') {
        pieces.push(piece);
        many ||= piece.as !== 'integer';
        open = true;
      } else if (piece.type === 'glob') {
        pieces.push(piece);
        open = true;
      } else {
        const words = piece.text.split(/[ \t\n]+/);
        for (const [index, text] of words.entries()) {
          if (index > 0) close();
          if (text === '') continue;
          pieces.push(...globPieces(textPiece(text), state));
          open = true;
        }
      }
    }
  }
  close();
  return fields;
}

function joinText(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length < 2) return pieces;
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.type === 'text' && last?.type === 'text') joined[joined.length - 1] = textPiece(last.text + piece.text);
    else joined.push(piece);
  }
  return joined;
}
