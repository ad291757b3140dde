import type { Span } from '../../../effect';
import type { Reading } from './reading';
import { alternatives, constantText, piecesOf, text, type Value } from './value';

/** Modules are looked for in a further folder: harmless below the folder of the process, or where the script lies. */
export function searchIn(reading: Reading, place: Value, span: Span): void {
  for (const one of alternatives(place)) {
    if (one.kind === 'known' && (one.name === '__file__' || one.name === 'sys.path')) continue;
    if (one.kind === 'list') {
      for (const item of one.items) searchIn(reading, item, span);
      if (one.rest && !(one.rest.kind === 'object' && one.rest.of === 'an item')) searchIn(reading, one.rest, span);
      continue;
    }
    const pieces = piecesOf(one);
    const whole = constantText(text(pieces));
    if (whole === undefined || /^(?:\/|~|\.\.)|\/\.\./.test(whole)) reading.hand(pieces, span);
  }
}
