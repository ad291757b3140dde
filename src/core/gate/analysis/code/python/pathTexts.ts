import { type Piece, textPiece, unknownPiece } from '../../shell/field';
import type { CodeText } from '../code';
import { below } from './reading';
import { concat } from './value';

/** `os.path.join`: a rooted second part replaces the first. */
export function joinPaths(first: CodeText, second: CodeText): CodeText {
  const [head] = second;
  if (head?.type === 'text' && head.text.startsWith('/')) return second;
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  // An unknown name may be rooted or climb: then the first part does not bound it, and the piece is unknown to the sink as well.
  const last = first.at(-1);
  if (last === below && second.length === 1 && head === below) return first;
  const slash = last?.type === 'text' && last.text.endsWith('/') ? [] : [textPiece('/')];
  return concat(first, slash, second);
}

/** `os.path.dirname`, or `Path.parent` for whole paths (where the folder above `.` is `..`). */
export function parentOfText(path: CodeText, climbs: boolean): CodeText {
  const pieces = [...path];
  const last = pieces.pop();
  if (last === undefined) return [textPiece(climbs ? '..' : '.')];
  if (last.type === 'glob') return pieces.length === 0 ? [textPiece('.')] : trimmed(pieces);
  if (last === below) return path;
  if (last.type === 'unknown') return [unknownPiece(`the folder of ${last.what}`, 'any', last)];
  const text = last.text.length > 1 ? last.text.replace(/\/+$/, '') : last.text;
  const slash = text.lastIndexOf('/');
  if (slash < 0) {
    const before = pieces.at(-1);
    if (before !== undefined) return parentOfText(pieces, climbs);
    if (climbs && (text === '.' || text === '..' || text === '')) return [textPiece(text === '..' ? '../..' : '..')];
    return climbs ? [textPiece('.')] : [];
  }
  if (text.slice(slash + 1) === '..' && climbs) return [...pieces, textPiece(`${text}/..`)];
  if (slash === 0 && pieces.length === 0) return [textPiece('/')];
  return slash === 0 ? pieces : [...pieces, textPiece(text.slice(0, slash))];
}

function trimmed(pieces: Piece[]): CodeText {
  const last = pieces.at(-1);
  if (last?.type !== 'text') return pieces;
  const text = last.text.length > 1 ? last.text.replace(/\/+$/, '') : last.text;
  return [...pieces.slice(0, -1), textPiece(text)];
}

/** The last part of a path. */
export function nameOfText(path: CodeText): CodeText {
  for (let index = path.length - 1; index >= 0; index -= 1) {
    const piece = path[index];
    if (piece?.type !== 'text') continue;
    const slash = piece.text.lastIndexOf('/');
    if (slash >= 0) return concat([textPiece(piece.text.slice(slash + 1))], path.slice(index + 1));
  }
  return path;
}

/** A glob pattern of Python: `**` goes down, the rest stays within one part. */
export function globText(pattern: CodeText): CodeText {
  const out: Piece[] = [];
  for (const piece of pattern) {
    if (piece.type !== 'text' || !/[*?[]/.test(piece.text)) {
      out.push(piece);
      continue;
    }
    for (const part of piece.text.split(/(?<=\/)|(?=\/)/)) {
      if (part === '**') {
        if (out.at(-1) !== below) out.push(below);
      } else if (/[*?[]/.test(part)) out.push({ type: 'glob', pattern: part });
      else out.push(textPiece(part));
    }
  }
  return concat(out);
}
