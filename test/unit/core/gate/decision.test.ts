import assert from 'node:assert/strict';
import { createBreaker, defaultBreakerLimits } from '../../../../src/core/gate/breaker';
import { decisions, isStricter, type LiftedBy, type Opinion, strictest } from '../../../../src/core/gate/decision';
import { say } from '../../../../src/core/say';

const opinion = (decision: Opinion['decision'], liftedBy: LiftedBy = 'consent'): Opinion => ({
  ...{
    decision,
    liftedBy,
    step: 'mode',
    rule: `${decision}.${liftedBy}`,
    source: 'built-in',
    evidence: [],
    block: false,
  },
  reason: say('x'),
});

suite('decision', () => {
  test('the strictest opinion wins whatever the order, and adding one never loosens', () => {
    const all = decisions.flatMap((decision) =>
      (['consent', 'person', 'nothing'] as const).map((by) => opinion(decision, by)),
    );
    for (const a of all)
      for (const b of all) {
        const ab = strictest([a, b]);
        assert.equal(ab.rule, strictest([b, a]).rule);
        assert.ok(!isStricter(a.decision, ab.decision) && !isStricter(b.decision, ab.decision));
      }
  });

  test('among equals the one that is hardest to lift wins', () => {
    assert.equal(strictest([opinion('ask'), opinion('ask', 'person')]).liftedBy, 'person');
  });
});

suite('breaker', () => {
  const limits = defaultBreakerLimits;

  test('over the total every further block escalates, even after answers', () => {
    const breaker = createBreaker();
    for (let n = 1; n <= limits.inTotal; n += 1) {
      breaker.block(`action ${n}`, limits);
      breaker.allowed();
    }
    assert.equal(breaker.block('one more', limits), 'escalate');
    breaker.answered('one more');
    assert.equal(breaker.block('and another', limits), 'escalate');
  });

  test('an answer resets the counter of its action and the row, not the total', () => {
    const breaker = createBreaker();
    for (let n = 0; n < 3; n += 1) breaker.block('a', limits);
    breaker.answered('a');
    assert.equal(breaker.block('a', limits), 'tell-the-model');
    assert.equal(breaker.total, 4);
  });
});
