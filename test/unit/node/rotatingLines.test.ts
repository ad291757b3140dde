import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAudit, verifyAudit } from '../../../src/core/gate/audit';
import type { DecisionRecord } from '../../../src/core/gate/record';
import { nodeDigest } from '../../../src/node/nodeDigest';
import { createRotatingLines } from '../../../src/node/rotatingLines';

suite('lines in several files', () => {
  let folder: string;
  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'lines-'));
  });
  teardown(() => rmSync(folder, { recursive: true, force: true }));

  test('a large file is put aside, and reading gives all lines in order', async () => {
    const store = createRotatingLines(join(folder, 'a.audit.jsonl'), 20);
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    await Promise.all(lines.map((line) => store.append(line)));
    assert.deepEqual(await store.read(), lines);
    const files = readdirSync(folder);
    assert.ok(files.length > 10 && files.includes('a.audit.1.jsonl') && files.includes('a.audit.jsonl'), files.join());
    assert.deepEqual(
      await createRotatingLines(join(folder, 'a.audit.jsonl'), 20).read(),
      lines,
      'as another window reads it',
    );
  });

  test('files of other names are not taken for its own', async () => {
    writeFileSync(join(folder, 'b.audit.1.jsonl'), 'other\n');
    writeFileSync(join(folder, 'a.audit.x.jsonl'), 'other\n');
    const store = createRotatingLines(join(folder, 'a.audit.jsonl'));
    assert.deepEqual(await store.read(), []);
    await store.append('mine');
    assert.deepEqual(await store.read(), ['mine']);
  });

  test('the chain of the audit log goes on from file to file, and a file that is missing shows', async () => {
    const store = createRotatingLines(join(folder, 'a.audit.jsonl'), 200);
    const audit = createAudit({ store, digest: nodeDigest, onFailure: assert.ifError });
    for (let at = 0; at < 12; at += 1)
      audit.append({ version: 1, id: `${at}`, title: 'x'.repeat(80) } as DecisionRecord);
    await audit.flushed();
    const lines = await store.read();
    assert.equal(lines.length, 12);
    assert.deepEqual(verifyAudit(lines, nodeDigest), { ok: true });
    const second = join(folder, 'a.audit.2.jsonl');
    const text = readFileSync(second, 'utf8');
    rmSync(second);
    assert.equal(verifyAudit(await store.read(), nodeDigest).ok, false);
    appendFileSync(second, text);
    assert.equal(verifyAudit(await store.read(), nodeDigest).ok, true);
  });
});
