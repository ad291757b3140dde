/** A range of a text in UTF-16 units, the end excluded. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

export interface Segment {
  readonly text: string;
  readonly marked: boolean;
}

/**
 * Cuts `text` into marked and unmarked pieces that give the whole text again when joined. Spans may overlap, touch, come in
 * any order or reach outside the text; empty, reversed and non-integer ones are ignored.
 */
export function markSegments(text: string, spans: readonly TextSpan[]): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end } of mergeSpans(spans, text.length)) {
    if (start > at) segments.push({ text: text.slice(at, start), marked: false });
    segments.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) segments.push({ text: text.slice(at), marked: false });
  return segments;
}

function mergeSpans(spans: readonly TextSpan[], length: number): readonly TextSpan[] {
  const inside = spans
    .filter(({ start, end }) => Number.isInteger(start) && Number.isInteger(end))
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(length, end) }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start);
  const merged: { start: number; end: number }[] = [];
  for (const span of inside) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
