import { diffIndices } from 'node-diff3';
import { linesOf } from './mergeText';

/** How many lines a change adds and removes; undefined where one of the two is no text. */
export function countLines(
  before: Uint8Array,
  after: Uint8Array,
): { readonly added: number; readonly removed: number } | undefined {
  const [one, two] = [linesOf(before), linesOf(after)];
  if (!one || !two) return undefined;
  let added = 0;
  let removed = 0;
  for (const { buffer1, buffer2 } of diffIndices(one, two)) {
    removed += buffer1[1];
    added += buffer2[1];
  }
  return { added, removed };
}
