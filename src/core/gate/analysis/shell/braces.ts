/** Characters of the longest word that is expanded here. */
const lengthLimit = 2_000;

/**
 * Brace expansion of a word without quotes, escapes and expansions: lists, nested lists and sequences.
 * @returns undefined when there would be more than `limit` results: then nothing is known of the word.
 */
export function expandBraces(text: string, limit: number): readonly string[] | undefined {
  if (text.length > lengthLimit) return undefined;
  const results = expand(text, limit, 0);
  return results && results.length <= limit ? results : undefined;
}

function expand(text: string, limit: number, depth: number): readonly string[] | undefined {
  if (depth > 20) return undefined;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
    const inner = matching(text, open);
    if (!inner) continue;
    const choices = alternatives(text, open, inner);
    if (!choices) continue;
    const before = text.slice(0, open);
    const after = expand(text.slice(inner.close + 1), limit, depth + 1);
    if (!after) return undefined;
    const results: string[] = [];
    for (const choice of choices) {
      const middles = expand(choice, limit, depth + 1);
      if (!middles) return undefined;
      for (const middle of middles) for (const rest of after) results.push(before + middle + rest);
      if (results.length > limit) return undefined;
    }
    return results;
  }
  return [text];
}

interface Brace {
  readonly close: number;
  readonly commas: readonly number[];
}

function matching(text: string, open: number): Brace | undefined {
  const commas: number[] = [];
  let depth = 0;
  for (let index = open; index < text.length; index += 1) {
    const char = text[index];
    if (char === '{') depth += 1;
    else if (char === ',' && depth === 1) commas.push(index);
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return { close: index, commas };
    }
  }
  return undefined;
}

function alternatives(text: string, open: number, { close, commas }: Brace): readonly string[] | undefined {
  if (commas.length === 0) return sequence(text.slice(open + 1, close));
  const bounds = [open, ...commas, close];
  return bounds.slice(1).map((end, index) => text.slice((bounds[index] ?? open) + 1, end));
}

/** `1..5`, `01..10`, `a..e`, with an optional step. */
function sequence(text: string): readonly string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, first = '', last = '', by = '1'] = match;
  const letters = /^[A-Za-z]$/.test(first) && /^[A-Za-z]$/.test(last);
  if (!letters && !(/\d/.test(first) && /\d/.test(last))) return undefined;
  const from = letters ? first.charCodeAt(0) : Number(first);
  const to = letters ? last.charCodeAt(0) : Number(last);
  const step = Math.abs(Number(by)) || 1;
  const width = /^-?0\d|^-?0\d/.test(first) || /^-?0\d/.test(last) ? Math.max(first.length, last.length) : 0;
  const values: string[] = [];
  for (let at = from; from <= to ? at <= to : at >= to; at += from <= to ? step : -step) {
    if (values.length > 1_000) return values;
    const digits = String(Math.abs(at)).padStart(width - (at < 0 ? 1 : 0), '0');
    values.push(letters ? String.fromCharCode(at) : at < 0 ? `-${digits}` : digits);
  }
  return values;
}
