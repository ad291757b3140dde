import { diff3Merge } from 'node-diff3';

/** Bytes of a file that is merged; what is larger is text for no one, and comparing its lines takes too long. */
const mergeLimit = 1_000_000;

/**
 * Takes over into `mine` what leads from `base` to `theirs`, line by line.
 * @returns undefined where both changed the same lines, or where it is no text: nobody but the person can merge that.
 */
export function mergeText(base: Uint8Array, mine: Uint8Array, theirs: Uint8Array): Uint8Array | undefined {
  const [one, two, three] = [mine, base, theirs].map(linesOf);
  if (!one || !two || !three) return undefined;
  const merged: string[] = [];
  for (const { conflict, ok } of diff3Merge(one, two, three, { excludeFalseConflicts: true })) {
    if (conflict || !ok) return undefined;
    merged.push(...ok);
  }
  return new TextEncoder().encode(merged.join(''));
}

/** With their ends, so that mixed ones stay as they are; none for nothing. @returns undefined for what is no text. */
export function linesOf(bytes: Uint8Array): string[] | undefined {
  if (bytes.length > mergeLimit || bytes.includes(0)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text === '' ? [] : text.split(/(?<=\n)/);
  } catch {
    return undefined;
  }
}
