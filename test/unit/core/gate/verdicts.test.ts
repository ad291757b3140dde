import assert from 'node:assert/strict';
import type { Verdict } from '../../../../src/core/gate/classifier/classifier';
import type { Effect } from '../../../../src/core/gate/effect';
import { say } from '../../../../src/core/say';
import { analysisOf, bash, finding, gateWorld, pathEffect, verdict } from '../../../fakes/gateWorld';

suite('gate: side by side', () => {
  const asks = (path: string) =>
    ({
      kind: 'fetch',
      target: { type: 'host', host: path, port: 443 },
      certainty: 'certain',
      span: undefined,
    }) as const;
  const fetches = { analysis: () => analysisOf([finding('unsure')], { effects: [asks('a.example')] }) };
  const signal = new AbortController().signal;

  test('calls that change nothing here are put before the classifier at once, and each verdict counts for its call', async () => {
    const open: ((found: Verdict) => void)[] = [];
    const w = gateWorld({ ...fetches, verdict: () => new Promise((resolve) => open.push(resolve)) });
    const [one, two] = [bash('one'), bash('two')];
    w.gate.foresee([one, two], signal);
    await Promise.resolve();
    assert.equal(w.classified.length, 2);
    open[1]?.(verdict.soft);
    open[0]?.(verdict.allow);
    assert.equal((await w.review(one)).outcome, 'approved');
    assert.equal((await w.review(two)).outcome, 'refused');
    assert.equal(w.classified.length, 2, 'nobody is asked twice');
  });

  test('what comes after a call that may change something waits for its turn', () => {
    const effects: Readonly<Record<string, readonly Effect[]>> = {
      writes: [pathEffect('write', '/ws/a')],
      runs: [{ kind: 'execute', target: { type: 'program', name: 'x' }, certainty: 'certain', span: undefined }],
    };
    for (const [name, list] of Object.entries(effects)) {
      const w = gateWorld({ analysis: () => analysisOf([finding('unsure')], { effects: list }) });
      w.gate.foresee([bash('one'), bash('two')], signal);
      assert.equal(w.classified.length, 0, name);
    }
    const hidden = gateWorld({ analysis: () => analysisOf([finding('unsure')], { opaque: true }) });
    hidden.gate.foresee([bash('one'), bash('two')], signal);
    assert.equal(hidden.classified.length, 0);
  });

  test('a verdict from before does not count when an alarm was raised, or the rules changed, meanwhile', async () => {
    for (const change of ['alarm', 'rules'] as const) {
      const w = gateWorld({ ...fetches, verdict: verdict.allow });
      const [one, two] = [bash('one'), bash('two')];
      w.gate.foresee([one, two], signal);
      await w.review(one);
      if (change === 'alarm') w.world.alarms = [say('a secret was read')];
      else w.world.state = { ...w.world.state, version: 2 };
      await w.review(two);
      assert.equal(w.classified.length, 3, change);
    }
  });
});
