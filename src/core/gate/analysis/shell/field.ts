import type { Span } from '../../effect';

/**
 * A piece of a word after expansion (rule R5: constant, bounded or unknown). `glob` matches within one path component;
 * `unknown` may be anything, or at least one character (`nonempty`), or digits (`integer`).
 */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'glob'; readonly pattern: string }
  | {
      readonly type: 'unknown';
      /** The source it came from, for messages. */
      readonly what: string;
      readonly as: 'any' | 'nonempty' | 'integer';
      readonly secret: boolean;
      readonly network: boolean;
    };

/** One argument as the program gets it, as far as it is known. */
export interface Field {
  readonly pieces: readonly Piece[];
  readonly span: Span;
  /** An unquoted unknown: it may be no argument at all, or several. */
  readonly many: boolean;
}

export function textPiece(text: string): Piece {
  return { type: 'text', text };
}

export function unknownPiece(what: string, as: 'any' | 'nonempty' | 'integer' = 'any', taint: Taint = clean): Piece {
  return { type: 'unknown', what, as, secret: taint.secret, network: taint.network };
}

/** What data carries with it: something secret, something fetched. */
export interface Taint {
  readonly secret: boolean;
  readonly network: boolean;
}

export const clean: Taint = { secret: false, network: false };

export function mixTaints(...taints: readonly Taint[]): Taint {
  return { secret: taints.some(({ secret }) => secret), network: taints.some(({ network }) => network) };
}

export function taintOf(pieces: readonly Piece[]): Taint {
  let taint = clean;
  for (const piece of pieces) if (piece.type === 'unknown') taint = mixTaints(taint, piece);
  return taint;
}

export function constantField(text: string, span: Span): Field {
  return { pieces: [textPiece(text)], span, many: false };
}

/** The text of a field that is known in full. */
export function constantOf({ pieces, many }: Pick<Field, 'pieces' | 'many'>): string | undefined {
  if (many) return undefined;
  if (pieces.length === 1) return pieces[0]?.type === 'text' ? pieces[0].text : undefined;
  let text = '';
  for (const piece of pieces) {
    if (piece.type !== 'text') return undefined;
    text += piece.text;
  }
  return text;
}

/** How the field would read with its unknowns empty and its patterns as written: the worst case of a path (rule R24). */
export function emptiedOf(pieces: readonly Piece[]): string {
  return pieces.map(emptiedPiece).join('');
}

function emptiedPiece(piece: Piece): string {
  switch (piece.type) {
    case 'text':
      return piece.text;
    case 'glob':
      return piece.pattern;
    case 'unknown':
      return piece.as === 'any' ? '' : piece.as === 'integer' ? '0' : unknownMark;
  }
}

/** Stands for at least one unknown character where a text is needed; no path can hold it. */
export const unknownMark = '\u0001';

/** For messages: the field as a person would write it. */
export function describeField({ pieces }: Pick<Field, 'pieces'>): string {
  return pieces
    .map((piece) => (piece.type === 'text' ? piece.text : piece.type === 'glob' ? piece.pattern : piece.what))
    .join('');
}

/** The known text before the first glob or unknown. */
export function knownStart(pieces: readonly Piece[]): string {
  let text = '';
  for (const piece of pieces) {
    if (piece.type !== 'text') break;
    text += piece.text;
  }
  return text;
}

/** Whether the program could take the field for an option: it begins with a dash, or nobody knows with what. */
export function mayBeOption(field: Field): boolean {
  const [first] = field.pieces;
  if (!first) return false;
  switch (first.type) {
    case 'text':
      return first.text.startsWith('-');
    case 'glob':
      return /^[*?[]/.test(first.pattern);
    case 'unknown':
      return first.as !== 'integer';
  }
}
