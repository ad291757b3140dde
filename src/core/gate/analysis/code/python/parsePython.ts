import { lowerScript } from './lowerStatement';
import { nodesOf } from './nodes';
import type { Statement } from './syntax';

/** Enough for the scripts of one session that come again and again. */
const keptTexts = 64;
const keptLength = 200_000;

const kept = new Map<string, readonly Statement[] | null>();

/**
 * Parses Python; the trees of the last texts are kept.
 * @returns undefined where the text is no Python that is understood here.
 */
export function parsePython(text: string): readonly Statement[] | undefined {
  const known = kept.get(text);
  if (known !== undefined) {
    kept.delete(text);
    kept.set(text, known);
    return known ?? undefined;
  }
  const parsed = read(text);
  if (text.length > keptLength) return parsed;
  kept.set(text, parsed ?? null);
  if (kept.size > keptTexts)
    for (const [oldest] of kept) {
      kept.delete(oldest);
      break;
    }
  return parsed;
}

function read(text: string): readonly Statement[] | undefined {
  try {
    const root = nodesOf(text);
    return root && lowerScript(text, root);
  } catch {
    // A tree that is not as expected, or nested beyond the stack.
    return undefined;
  }
}
