import { parsePython } from './parsePython';
import type { Statement } from './syntax';

/**
 * Parses a piece of a larger text: it stands as far in as it stood there, may begin in the middle of a statement with several
 * parts, and may end where a body should follow. Offsets in what it gives mean nothing.
 * @returns undefined where it is no sequence of statements even so.
 */
export function parsePiece(text: string): readonly Statement[] | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return undefined;
  const depths = lines.map((line) =>
    line.trim() === '' ? Number.POSITIVE_INFINITY : line.length - line.trimStart().length,
  );
  const later = Math.min(...depths.slice(first + 1));
  for (const [depth, rest] of [
    [Math.min(depths[first] ?? 0, later), Math.min(depths[first] ?? 0, later)],
    // The first line is often given without the space before it.
    [depths[first] ?? 0, later],
  ] as const) {
    const moved = lines.map((line, index) => line.slice(index <= first ? depth : Number.isFinite(rest) ? rest : 0));
    const found = parsePython(completed(moved, first));
    if (found) return found;
  }
  return undefined;
}

/** Puts a beginning before `elif` and the like, and a body behind a colon. */
function completed(lines: readonly string[], first: number): string {
  const head = lines[first] ?? '';
  const before = /^(?:elif|else)\b/.test(head)
    ? 'if x:\n  pass\n'
    : /^(?:except|finally)\b/.test(head)
      ? 'try:\n  pass\n'
      : '';
  const last = lines.findLast((line) => line.trim() !== '') ?? '';
  const after = /:\s*(?:#.*)?$/.test(last) ? `\n${' '.repeat(last.length - last.trimStart().length + 1)}pass` : '';
  return before + lines.join('\n') + after;
}
