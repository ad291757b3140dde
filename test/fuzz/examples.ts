import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { families } from '../../src/core/gate/analysis/shell/families/index';

/**
 * Every command of the families' examples and of the hand-written cases, once each, the shortest first.
 * @param root of the checkout.
 */
export function readExamples(root: string): readonly string[] {
  const own = families.flatMap(({ match, notMatch }) => [...match, ...notMatch]);
  return [...new Set([...own, ...readCases(join(root, 'test', 'cases'))])].sort(
    (one, other) => one.length - other.length || (one < other ? -1 : 1),
  );
}

function readCases(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const row: unknown = JSON.parse(line);
      return typeof row === 'object' && row !== null && 'command' in row && typeof row.command === 'string'
        ? [row.command]
        : [];
    });
}
