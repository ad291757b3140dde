import assert from 'node:assert/strict';
import { createAudit, verifyAudit } from '../../../../src/core/gate/audit';
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
});
