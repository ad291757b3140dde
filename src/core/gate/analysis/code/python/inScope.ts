import type { Reading } from './reading';
import { createScope } from './scope';

/** Runs something in a scope of its own that sees the one around it. */
export function inScope<T>(reading: Reading, kind: 'function' | 'class' | 'inner', run: () => T): T {
  const around = reading.scope;
  reading.scope = createScope(kind, around, reading.ways.depth);
  try {
    return run();
  } finally {
    reading.scope = around;
  }
}
