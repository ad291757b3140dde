import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { families } from '../../src/core/gate/analysis/shell/families/index';
import { combine } from './combine';

/** A command to try and where it comes from. */
export interface Listed {
  readonly command: string;
  readonly from: 'families' | 'cases' | 'list' | 'combined';
}

/**
 * Every command to try, once each.
 * @param root of the checkout.
 * @param seed of the combinations.
 */
export function listCommands(root: string, seed: number): readonly Listed[] {
  const examples = families.flatMap(({ match, notMatch }) => [...match, ...notMatch]);
  const own = ownCommands(readFileSync(join(root, 'test/oracle/commands.txt'), 'utf8'));
  const all: readonly Listed[] = [
    ...examples.map((command) => ({ command, from: 'families' }) as const),
    ...cases(join(root, 'test/cases')).map((command) => ({ command, from: 'cases' }) as const),
    ...own.map((command) => ({ command, from: 'list' }) as const),
    ...combine(own, seed).map((command) => ({ command, from: 'combined' }) as const),
  ];
  const seen = new Set<string>();
  return all.filter(({ command }) => !seen.has(command) && seen.add(command));
}

/** One a line; `#` starts a comment line, and `\n` in a line that starts with `|` stands for a new line. */
export function ownCommands(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => (line.startsWith('| ') ? line.slice(2).replaceAll('\\n', '\n') : line));
}

/** Shell commands of the hand-written cases that are not to be blocked. */
function cases(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const row: unknown = JSON.parse(line);
      if (typeof row !== 'object' || row === null || !('command' in row) || !('expect' in row)) return [];
      const { command, expect } = row;
      return typeof command === 'string' && (expect === 'allow' || expect === 'unsure') ? [command] : [];
    });
}
