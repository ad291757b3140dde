import { isDirective, wordOf } from './clauses';
import { consentFrames } from './consent';
import type { English, Frame, Hit } from './frame';
import { orderFrames } from './orderFrames';
import { placeFrames } from './placeFrames';
import { subjectFrames } from './subjectFrames';

/** By the word with which they begin, so that a sentence is gone through once. */
const frames = new Map<string, Frame[]>();
for (const [words, frame] of [...orderFrames, ...placeFrames, ...consentFrames])
  for (const word of words.split(' ')) frames.set(word, [...(frames.get(word) ?? []), frame]);

/** All orders not to do something in one English sentence. */
export function readEnglish(said: Omit<English, 'listed'>): readonly Hit[] {
  const { tokens, question } = said;
  const sight: English = { ...said, listed: { until: 0 } };
  // "Should src/legacy be left alone?" asks; "could you leave it alone?" and "…, but don't push, ok?" do not.
  const asks = question && !isDirective(tokens, true);
  const hits: Hit[] = [];
  for (let at = 0; at < tokens.length; ) {
    const begins = !asks || /^(?:don't|dont|do|never)$/.test(wordOf(tokens[at]));
    const found = begins ? hitAt(sight, at) : undefined;
    if (found) hits.push(found);
    at = found ? Math.max(found.end, at + 1) : at + 1;
  }
  return hits;
}

function hitAt(sight: English, at: number): Hit | undefined {
  for (const frame of [...(frames.get(wordOf(sight.tokens[at])) ?? []), ...subjectFrames]) {
    const found = frame(sight, at);
    if (found) return found;
  }
  return undefined;
}
