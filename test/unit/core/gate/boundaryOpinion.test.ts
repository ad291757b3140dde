import assert from 'node:assert/strict';
import type { Analysis } from '../../../../src/core/gate/analysis/analysis';
import type { Boundary } from '../../../../src/core/gate/ledger';
import { readRules } from '../../../../src/core/gate/ruleSyntax';
import type { GateState } from '../../../../src/core/gate/state';
import { english, say } from '../../../../src/core/say';
import { analysisOf, bash, command, finding, gateWorld, pathEffect, verdict } from '../../../fakes/gateWorld';

const rules = (lists: Partial<Record<'allow' | 'ask' | 'deny', string[]>>) =>
  readRules({ allow: [], ask: [], deny: [], ...lists }, 'user settings').rules;

suite('gate: boundaries', () => {
  const pushing = { rules: ['Bash(git push:*)'], kinds: [], only: undefined };
  const boundary = (patterns?: Boundary['patterns']): Boundary => ({
    ...{ id: 'b', type: 'boundary', words: 'do not push', until: 'session', at: 0 },
    ...(patterns && { patterns }),
  });
  const push = analysisOf([finding('allow')], {
    commands: [command(['git', 'push'])],
    effects: [pathEffect('write', '/ws/x')],
  });
  const other = analysisOf([finding('allow')], {
    commands: [command(['make'])],
    effects: [pathEffect('write', '/ws/x')],
  });
  const look = analysisOf([finding('allow')], { commands: [command(['ls'])], looksOnly: true });
  const worldWith = (analysis: Analysis, mode: GateState['mode'], patterns?: Boundary['patterns']) => {
    const w = gateWorld({ analysis: () => analysis, verdict: verdict.soft });
    w.world.state = { ...w.world.state, mode, boundaries: [boundary(patterns)] };
    return w;
  };

  test('in Auto what falls under one goes to the classifier, whatever analysis and allow rules say', async () => {
    const w = worldWith(push, 'auto', pushing);
    w.world.state = { ...w.world.state, rules: rules({ allow: ['Bash(git push:*)'] }) };
    assert.equal((await w.review(bash('git push'))).outcome, 'refused');
    assert.match(english(w.classified[0]?.boundary ?? say('')), /do not push/);
    const free = worldWith(other, 'auto', pushing);
    assert.equal((await free.review(bash('make'))).outcome, 'approved');
    assert.equal(free.classified.length, 0);
  });

  test('in Normal and in Skip it asks; in Skip only when it plainly falls under it', async () => {
    for (const mode of ['normal', 'skip'] as const) {
      const w = worldWith(push, mode, pushing);
      await w.review(bash('git push'));
      assert.equal(w.questions.length, 1, mode);
      assert.equal(w.questions[0]?.opinion.rule, 'ledger.boundary');
    }
    const w = worldWith(other, 'skip');
    assert.equal((await w.review(bash('make'))).outcome, 'approved');
  });

  test('while it cannot be told what one covers, only looks are free', async () => {
    const looks = worldWith(look, 'auto');
    assert.equal((await looks.review(bash('ls'))).outcome, 'approved');
    assert.equal(looks.classified.length, 0);
    const works = worldWith(other, 'auto');
    await works.review(bash('make'));
    assert.equal(works.classified.length, 1);
  });

  test('it lowers nothing: a block stays a block, a deny rule a denial', async () => {
    const blocked = worldWith(
      analysisOf([finding('block')], { commands: [command(['git', 'push'])] }),
      'auto',
      pushing,
    );
    const found = await blocked.review(bash('git push'));
    assert.equal(found.record.outcome, 'blocked');
    assert.equal(blocked.classified.length, 0);
    const denied = worldWith(push, 'auto', pushing);
    denied.world.state = { ...denied.world.state, rules: rules({ deny: ['Bash(git push:*)'] }) };
    assert.equal((await denied.review(bash('git push'))).record.step, 'deny-rule');
  });
});
