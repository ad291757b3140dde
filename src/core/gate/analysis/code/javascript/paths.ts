import { type Piece, textPiece, unknownPiece } from '../../shell/field';
import type { CodeText } from '../code';
import { below } from './reading';
import { concat } from './value';

/** `path.join`. */
export function joinPaths(parts: readonly CodeText[]): CodeText {
  let all: CodeText = [];
  for (const part of parts) {
    if (part.length === 0) continue;
    const last = all.at(-1);
    if (all.length === 0) all = part;
    else if (last === below && part.length === 1 && part[0] === below) continue;
    else all = concat(all, last?.type === 'text' && last.text.endsWith('/') ? [] : [textPiece('/')], part);
  }
  return all.length === 0 ? [textPiece('.')] : normal(all);
}

/** `path.resolve`: what is rooted replaces what stands before it. */
export function resolvePaths(parts: readonly CodeText[]): CodeText {
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const [first] = part;
    if (first?.type === 'text' && first.text.startsWith('/')) from = index;
  }
  return joinPaths(parts.slice(from));
}

/** Leaves out `.` and `x/..` where everything is known; of what is partly known, the beginning and the end. */
export function normal(path: CodeText): CodeText {
  const [only] = path;
  if (path.length !== 1 || only?.type !== 'text') {
    const first = only?.type === 'text' ? only.text.replace(/^(?:\.\/)+(?=.)/, '') : undefined;
    return first === undefined ? path : concat(first === './' || first === '' ? [] : [textPiece(first)], path.slice(1));
  }
  const rooted = only.text.startsWith('/');
  const out: string[] = [];
  for (const part of only.text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (part !== '..' || !rooted) out.push(part);
  }
  const joined = `${rooted ? '/' : ''}${out.join('/')}${out.length > 0 && only.text.endsWith('/') ? '/' : ''}`;
  return [textPiece(joined === '' ? '.' : joined)];
}

/** `path.dirname`. */
export function parentOf(path: CodeText): CodeText {
  const pieces = [...path];
  const last = pieces.pop();
  if (!last) return [textPiece('.')];
  if (last.type === 'glob') return pieces.length === 0 ? [textPiece('.')] : trimmed(pieces);
  if (last === below) return path;
  if (last.type === 'unknown') return [unknownPiece(`the folder of ${last.what}`, 'any', last)];
  const text = last.text.length > 1 ? last.text.replace(/\/+$/, '') : last.text;
  const slash = text.lastIndexOf('/');
  if (slash < 0) return pieces.length === 0 ? [textPiece('.')] : parentOf(pieces);
  if (slash === 0 && pieces.length === 0) return [textPiece('/')];
  return slash === 0 ? pieces : [...pieces, textPiece(text.slice(0, slash))];
}

function trimmed(pieces: Piece[]): CodeText {
  const last = pieces.at(-1);
  if (last?.type !== 'text') return pieces;
  const text = last.text.length > 1 ? last.text.replace(/\/+$/, '') : last.text;
  return text === '' ? pieces.slice(0, -1) : [...pieces.slice(0, -1), textPiece(text)];
}

/** `path.basename`. */
export function nameOf(path: CodeText, end: string): CodeText {
  let out: CodeText = path;
  for (let index = path.length - 1; index >= 0; index -= 1) {
    const piece = path[index];
    if (piece?.type !== 'text') continue;
    const slash = piece.text.lastIndexOf('/');
    if (slash < 0) continue;
    out = concat([textPiece(piece.text.slice(slash + 1))], path.slice(index + 1));
    break;
  }
  const last = out.at(-1);
  if (last === below) return [{ type: 'glob', pattern: '*' }];
  if (end !== '' && last?.type === 'text' && last.text.endsWith(end) && last.text !== end)
    return concat(out.slice(0, -1), [textPiece(last.text.slice(0, -end.length))]);
  return out;
}

/** A pattern for many files: `**` goes down, the rest stays within one part. */
export function globText(pattern: CodeText): CodeText {
  const out: Piece[] = [];
  for (const piece of pattern) {
    if (piece.type !== 'text' || !/[*?[{]/.test(piece.text)) {
      out.push(piece);
      continue;
    }
    for (const part of piece.text.split(/(?<=\/)|(?=\/)/)) {
      if (part === '**' || /[{}]/.test(part)) {
        if (out.at(-1) !== below) out.push(below);
      } else if (/[*?[]/.test(part)) out.push({ type: 'glob', pattern: part });
      else out.push(textPiece(part));
    }
  }
  return concat(out);
}
