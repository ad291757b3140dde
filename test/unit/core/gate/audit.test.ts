import assert from 'node:assert/strict';
import { auditLine, createAudit, verifyAudit } from '../../../../src/core/gate/audit';
import type { DecisionRecord } from '../../../../src/core/gate/record';
import type { LineStore } from '../../../../src/core/ports';
import { nodeDigest } from '../../../../src/node/nodeDigest';
import { analysisOf, bash, finding, gateWorld } from '../../../fakes/gateWorld';

function memory(lines: string[] = []): LineStore & { lines: string[]; broken: boolean } {
  const store = {
    lines,
    broken: false,
    async append(line: string) {
      if (store.broken) throw new Error('disk full');
      lines.push(line);
    },
    read: async () => lines,
  };
  return store;
}

async function recordOf(command: string) {
  const { review } = gateWorld({ analysis: () => analysisOf([finding('allow')]) });
  return (await review(bash(command))).record;
}

suite('audit', () => {
  test('lines follow from each other, also over a restart, and a change is found', async () => {
    const store = memory();
    const first = createAudit({ store, digest: nodeDigest, onFailure: assert.fail });
    first.append(await recordOf('a'));
    first.append(await recordOf('b'));
    await first.flushed();
    const second = createAudit({ store, digest: nodeDigest, onFailure: assert.fail });
    second.append(await recordOf('c'));
    await second.flushed();
    assert.deepEqual(verifyAudit(store.lines, nodeDigest), { ok: true });
    const changed = store.lines.with(1, store.lines[1]?.replace('"b"', '"x"') ?? '');
    assert.deepEqual(verifyAudit(changed, nodeDigest), { ok: false, line: 3 });
    assert.deepEqual(verifyAudit(store.lines.toSpliced(1, 1), nodeDigest), { ok: false, line: 2 });
    assert.deepEqual(verifyAudit(['no JSON'], nodeDigest), { ok: false, line: 1 });
  });

  test('secrets are masked before anything is written', async () => {
    const store = memory();
    const audit = createAudit({ store, digest: nodeDigest, onFailure: assert.fail });
    audit.append(await recordOf('curl -H "Authorization: Bearer abcdefghijklmnop1234" x'));
    await audit.flushed();
    assert.ok(!store.lines[0]?.includes('abcdefghijklmnop1234'));
    assert.match(store.lines[0] ?? '', /masked/);
  });

  test('a failure is reported, and the chain holds when the disk comes back', async () => {
    const store = memory();
    let failures = 0;
    const audit = createAudit({ store, digest: nodeDigest, onFailure: () => void failures++ });
    audit.append(await recordOf('a'));
    await audit.flushed();
    store.broken = true;
    audit.append(await recordOf('b'));
    await audit.flushed();
    store.broken = false;
    audit.append(await recordOf('c'));
    await audit.flushed();
    assert.equal(failures, 1);
    assert.deepEqual(verifyAudit(store.lines, nodeDigest), { ok: true });
  });

  test('decisions are written in the order in which they were made, however slow the disk is', async () => {
    const store = memory();
    let waits = 3;
    const slow = {
      ...store,
      async append(line: string) {
        for (let ticks = waits--; ticks > 0; ticks -= 1) await Promise.resolve();
        await store.append(line);
      },
    };
    const audit = createAudit({ store: slow, digest: nodeDigest, onFailure: assert.fail });
    for (const command of ['a', 'b', 'c']) audit.append(await recordOf(command));
    await audit.flushed();
    assert.deepEqual(
      store.lines.map((line) => JSON.parse(line).input.command),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(verifyAudit(store.lines, nodeDigest), { ok: true });
  });

  test('it never throws into the gate, not even when the report of a failure fails', async () => {
    const store = memory();
    const onFailure = () => assert.fail('the log is gone too');
    const audit = createAudit({ store, digest: nodeDigest, onFailure });
    store.broken = true;
    audit.append(await recordOf('a'));
    await audit.flushed();
    store.broken = false;
    audit.append(await recordOf('b'));
    await audit.flushed();
    assert.equal(store.lines.length, 1, 'later decisions are still written');
  });

  test('no text of a record escapes masking, whatever field it is in', async () => {
    const secret = `gh${'p'}_${'Zx81Kq'.repeat(6)}`;
    const record = await recordOf('x');
    const text = `curl -H "Authorization: Bearer ${secret}" https://me:${secret}@h`;
    const full: DecisionRecord = {
      ...record,
      ...{ title: text, cwd: `/ws/${secret}`, rule: `Bash(${secret})`, reason: text, source: text, person: text },
      ...{ input: { command: text, deep: [{ token: 'short' }] }, effects: [text], proof: [text] },
    };
    const line = auditLine(full, '0'.repeat(64));
    assert.ok(!line.includes('Zx81Kq') && !line.includes('short'), line);
    assert.equal(JSON.parse(line).previous, '0'.repeat(64));
  });

  test('lines in another order and a line put in are found', async () => {
    const store = memory();
    const audit = createAudit({ store, digest: nodeDigest, onFailure: assert.fail });
    for (const command of ['a', 'b', 'c']) audit.append(await recordOf(command));
    await audit.flushed();
    const [a = '', b = '', c = ''] = store.lines;
    const check = (...lines: string[]) => verifyAudit(lines, nodeDigest);
    assert.deepEqual(check(b, a, c), { ok: false, line: 1 });
    assert.deepEqual(check(a, c, b), { ok: false, line: 2 });
    assert.deepEqual(check(a, a, b, c), { ok: false, line: 2 });
    assert.deepEqual(check(a, '[]', b, c), { ok: false, line: 2 });
    assert.deepEqual(check(a, 'null', b, c), { ok: false, line: 2 });
  });
});
