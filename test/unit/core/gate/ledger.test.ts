import assert from 'node:assert/strict';
import { type Boundary, createLedger, type Grant, type LedgerEntry } from '../../../../src/core/gate/ledger';

const grant = (id: string, until: Grant['until']): Grant => ({
  ...{ id, type: 'grant', words: 'Allow this', hash: `hash-${id}`, about: id, until, at: 0 },
});
const boundary = (id: string): Boundary => ({ id, type: 'boundary', words: id, until: 'session', at: 0 });

suite('ledger', () => {
  test('a grant for one use is gone when it was used, one for the session stays', () => {
    const ledger = createLedger([grant('once', 'used'), grant('all', 'session')]);
    const [once, all] = [ledger.grantFor('hash-once'), ledger.grantFor('hash-all')];
    assert.ok(once && all);
    ledger.use(once);
    ledger.use(all);
    assert.equal(ledger.grantFor('hash-once'), undefined);
    assert.ok(ledger.grantFor('hash-all'));
    assert.equal(ledger.grantFor('hash-other'), undefined);
  });

  test('every change is saved and told; boundaries are never grants', () => {
    const saved: (readonly LedgerEntry[])[] = [];
    const ledger = createLedger([], (entries) => saved.push(entries));
    let told = 0;
    const watching = ledger.onChange(() => {
      told += 1;
    });
    ledger.add(boundary('a'));
    ledger.add(grant('g', 'session'));
    ledger.replace({ ...boundary('a'), words: 'changed' });
    assert.deepEqual(
      ledger.boundaries.map(({ words }) => words),
      ['changed'],
    );
    ledger.revoke('a');
    watching.dispose();
    ledger.revoke('g');
    assert.deepEqual(
      saved.map((entries) => entries.length),
      [1, 2, 2, 1, 0],
    );
    assert.equal(told, 4);
  });
});
