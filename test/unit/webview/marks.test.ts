import assert from 'node:assert/strict';
import { markSegments, type TextSpan } from '../../../src/webview/marks';

/** Marked pieces in brackets. */
function shown(text: string, spans: readonly TextSpan[]): string {
  return markSegments(text, spans)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');
}

const span = (start: number, end: number): TextSpan => ({ start, end });

suite('marks', () => {
  const table: readonly [title: string, spans: readonly TextSpan[], expected: string][] = [
    ['nothing is marked without evidence', [], 'rm -rf build'],
    ['a span in the middle is marked', [span(3, 6)], 'rm [-rf] build'],
    ['a span over everything is marked', [span(0, 12)], '[rm -rf build]'],
    ['spans may come in any order', [span(7, 12), span(0, 2)], '[rm] -rf [build]'],
    ['overlapping spans become one', [span(0, 5), span(3, 6)], '[rm -rf] build'],
    ['touching spans become one', [span(0, 2), span(2, 6)], '[rm -rf] build'],
    ['a span inside another adds nothing', [span(0, 12), span(3, 6)], '[rm -rf build]'],
    ['a span that reaches outside is clipped', [span(-4, 2), span(7, 99)], '[rm] -rf [build]'],
    ['empty and reversed spans are ignored', [span(4, 4), span(6, 3)], 'rm -rf build'],
    ['spans that are not whole numbers are ignored', [span(0.5, 3), span(Number.NaN, 3)], 'rm -rf build'],
  ];
  for (const [title, spans, expected] of table) {
    test(title, () => assert.equal(shown('rm -rf build', spans), expected));
  }

  test('the pieces always give the whole text again', () => {
    const text = 'echo "é😀" | sh\n\tx';
    for (let start = -1; start <= text.length; start += 1) {
      for (let end = start; end <= text.length + 1; end += 1) {
        const joined = markSegments(text, [span(start, end), span(2, 5)])
          .map((piece) => piece.text)
          .join('');
        assert.equal(joined, text);
      }
    }
  });
});
