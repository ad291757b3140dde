import type { Span } from '../../../effect';
import { declareBlock, executeAll } from './execute';
import { parseJavaScript } from './parseJavaScript';
import type { Reading } from './reading';
import { createScope } from './scope';

const longest = 20_000;
const deepest = 4;

/** Follows code that the code evaluates, for what harm it may do; that it is evaluated is a doubt already. */
export function evaluateText(reading: Reading, code: string, span: Span): void {
  if (code.length > longest || reading.nested >= deepest) return;
  reading.sink.spend(1 + code.length / 50);
  const around = { scope: reading.scope, within: reading.within };
  reading.within ??= { start: span.start, end: span.end };
  reading.scope = createScope(reading.scope);
  reading.nested += 1;
  const { root } = parseJavaScript(code);
  declareBlock(reading, reading.scope, root.kids);
  executeAll(reading, root.kids);
  reading.nested -= 1;
  reading.scope = around.scope;
  reading.within = around.within;
}
