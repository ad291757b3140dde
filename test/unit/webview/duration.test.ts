import assert from 'node:assert/strict';
import { formatDuration } from '../../../src/webview/duration';

suite('duration', () => {
  const table: readonly [ms: number, expected: string][] = [
    [0, '0ms'],
    [999, '999ms'],
    [1240, '1.2s'],
    [9949, '9.9s'],
    [9990, '10s'],
    [59_400, '59s'],
    [59_600, '1m 0s'],
    [125_000, '2m 5s'],
  ];
  for (const [ms, expected] of table)
    test(`${ms} ms reads ${expected}`, () => assert.equal(formatDuration(ms, 'en'), expected));
});
