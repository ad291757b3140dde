/** Longer calls are folded, and nobody can allow what they have not unfolded or opened (design section 7, rule R21). */
const maxLines = 20;
const maxCharacters = 2000;

/** How much of a text is shown before it is unfolded. */
export type Fold =
  | { readonly folded: false }
  /** `head` is a prefix of the text; `total` counts the whole text in the unit that made it too long. */
  | { readonly folded: true; readonly head: string; readonly unit: 'lines' | 'characters'; readonly total: number };

/** Folds what is over 20 lines or 2,000 characters. A final line break does not count as a line. */
export function foldText(text: string): Fold {
  const lines = countLines(text);
  if (lines > maxLines) {
    const head = text.split('\n', maxLines).join('\n');
    return { folded: true, head: clip(head), unit: 'lines', total: lines };
  }
  if (text.length > maxCharacters) return { folded: true, head: clip(text), unit: 'characters', total: text.length };
  return { folded: false };
}

/** Lines of a text as an editor would number them; a final line break does not start a new one. */
export function countLines(text: string): number {
  let lines = text.length > 0 && !text.endsWith('\n') ? 1 : 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Never cuts a surrogate pair in two. */
function clip(text: string): string {
  if (text.length <= maxCharacters) return text;
  const last = text.charCodeAt(maxCharacters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxCharacters - 1 : maxCharacters);
}
