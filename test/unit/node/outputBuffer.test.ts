import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOutputBuffer } from '../../../src/node/outputBuffer';
import { createWorkbench, type Workbench } from '../../fakes/workbench';

suite('output buffer', () => {
  let bench: Workbench;
  let log: string;
  setup(() => {
    bench = createWorkbench();
    log = join(bench.root, 'logs', 'log');
  });
  teardown(() => bench.dispose());

  test('up to the limit nothing is left out and no log is made', () => {
    const buffer = createOutputBuffer(10, log);
    for (const part of ['123', '4567', '890']) buffer.add(part);
    assert.deepEqual(buffer.end(), { output: '1234567890', omitted: 0, logPath: undefined });
    assert.ok(!existsSync(log));
  });

  test('above it head and tail are kept, and the log has everything', () => {
    const buffer = createOutputBuffer(4, log);
    const text = Array.from({ length: 100 }, (_, n) => `${n},`).join('');
    for (const part of text.match(/.{1,7}/g) ?? []) buffer.add(part);
    const { output, omitted, logPath } = buffer.end();
    assert.equal(output, `0,\n… (${text.length - 4} characters left out) …\n9,`);
    assert.equal(omitted, text.length - 4);
    assert.equal(logPath, log);
    assert.equal(readFileSync(log, 'utf8'), text);
  });

  test('a character of two halves is kept whole or not at all', () => {
    for (const limit of [4, 5, 6, 7]) {
      const buffer = createOutputBuffer(limit, join(bench.root, `log-${limit}`));
      buffer.add('a😀😀😀😀b');
      const { output, omitted } = buffer.end();
      assert.doesNotThrow(() => encodeURIComponent(output), `limit ${limit}`);
      assert.equal(omitted + output.replace(/\n… .* …\n/, '').length, 10, `limit ${limit}`);
    }
  });

  test('the log is cut at its limit and says so', () => {
    const buffer = createOutputBuffer(10, log, 1_000);
    for (let n = 0; n < 100; n += 1) buffer.add('x'.repeat(50));
    buffer.end();
    const text = readFileSync(log, 'utf8');
    assert.ok(text.startsWith('x'.repeat(1_000)) && /limited to/.test(text) && text.length < 1_100);
  });
});
