import assert from 'node:assert/strict';
import { modes } from '../../../../src/core/gate/modes';
import type { Question } from '../../../../src/core/gate/prompter';
import { readRules } from '../../../../src/core/gate/ruleSyntax';
import {
  analysisOf,
  bash,
  command,
  factsOf,
  finding,
  gateWorld,
  pathEffect,
  verdict,
  write,
} from '../../../fakes/gateWorld';

const rules = (lists: Partial<Record<'allow' | 'ask' | 'deny', string[]>>) =>
  readRules({ allow: [], ask: [], deny: [], ...lists }, 'user settings').rules;

const allowed = () => analysisOf([finding('allow')]);
const unsure = () => analysisOf([finding('unsure')]);
const harmful = () => analysisOf([finding('block')]);
const looks = () => analysisOf([finding('allow')], { looksOnly: true, effects: [pathEffect('read', '/ws/a')] });
const critical = () => analysisOf([finding('unsure')], { critical: finding('block', 'critical.removal') });

suite('gate: what each mode does with each answer of analysis', () => {
  const rows: readonly [
    mode: (typeof modes)[number],
    name: string,
    analysis: () => ReturnType<typeof unsure>,
    expected: string,
  ][] = [
    ['normal', 'looks', looks, 'approved'],
    ['normal', 'changes inside the workspace', allowed, 'approved'],
    [
      'normal',
      'a write',
      () => analysisOf([finding('allow')], { effects: [pathEffect('write', '/ws/a')] }),
      'asked card',
    ],
    ['normal', 'unsure', unsure, 'asked card'],
    ['normal', 'harmful', harmful, 'asked card'],
    ['normal', 'critical', critical, 'asked modal'],
    ['auto', 'looks', looks, 'approved'],
    ['auto', 'allow', allowed, 'approved'],
    ['auto', 'unsure', unsure, 'classified'],
    ['auto', 'harmful', harmful, 'blocked'],
    ['auto', 'critical', critical, 'asked modal'],
    ['skip', 'looks', looks, 'approved'],
    ['skip', 'unsure', unsure, 'approved'],
    ['skip', 'harmful', harmful, 'approved'],
    ['skip', 'critical', critical, 'asked modal'],
  ];
  for (const [mode, name, analysis, expected] of rows) {
    test(`${mode}: ${name} → ${expected}`, async () => {
      const { world, review, questions, classified } = gateWorld({ analysis, answer: { choice: 'deny' } });
      world.state = { ...world.state, mode };
      const result = await review(bash('x'));
      const question = questions[0];
      const seen = question
        ? `asked ${question.style}`
        : classified.length > 0
          ? 'classified'
          : result.outcome === 'approved'
            ? 'approved'
            : result.record.outcome;
      assert.equal(seen, expected);
    });
  }
});

suite('gate: invariants', () => {
  test('deny rules hold in every mode and nothing lifts them', async () => {
    for (const mode of modes) {
      const { world, review, questions } = gateWorld({
        analysis: () => analysisOf([finding('allow')], { commands: [command(['git', 'push'])] }),
      });
      world.state = { ...world.state, mode, rules: rules({ deny: ['Bash(git push:*)'], allow: ['Bash(git push:*)'] }) };
      const result = await review(bash('git push'));
      assert.equal(result.outcome, 'refused', mode);
      assert.equal(result.record.step, 'deny-rule');
      assert.equal(questions.length, 0);
    }
  });

  test('a call that cannot be opened asks in every mode while a deny rule covers its tool', async () => {
    for (const mode of modes) {
      const { world, review, questions } = gateWorld({
        analysis: () => analysisOf([finding('unsure')], { opaque: true }),
      });
      world.state = { ...world.state, mode, rules: rules({ deny: ['Bash(git push:*)'] }) };
      assert.equal((await review(bash('$X'))).outcome, 'refused');
      assert.equal(questions.length, 1, mode);
      assert.deepEqual(questions[0]?.offers, [{ type: 'once' }]);
    }
  });

  test('a deny rule for one path binds every tool that reaches it, also a removal of a folder above it', async () => {
    const { world, review } = gateWorld({
      analysis: () =>
        analysisOf([finding('allow')], {
          effects: [
            {
              kind: 'delete',
              target: { type: 'path', path: '/ws/src', real: '/ws/src', recursive: true },
              certainty: 'certain',
              span: undefined,
            },
          ],
        }),
    });
    world.state = { ...world.state, mode: 'skip', rules: rules({ deny: ['Edit(src/legacy/**)'] }) };
    assert.equal((await review(bash('rm -r src'))).outcome, 'refused');
  });

  test('ask rules ask in every mode', async () => {
    for (const mode of modes) {
      const { world, review, questions } = gateWorld({ analysis: allowed });
      world.state = { ...world.state, mode, rules: rules({ ask: ['Bash'] }) };
      await review(bash('x'));
      assert.equal(questions.length, 1, mode);
    }
  });

  test('without trust only looking tools that only look get through', async () => {
    for (const mode of modes) {
      const { world, review } = gateWorld({ analysis: looks });
      world.state = { ...world.state, mode, trusted: false };
      assert.equal((await review({ ...bash('x'), tool: 'Read' })).outcome, 'approved');
      assert.equal((await review(bash('ls'))).outcome, 'refused');
      world.analysis = unsure;
      assert.equal((await review({ ...bash('x'), tool: 'Read' })).outcome, 'refused');
    }
  });

  test('where nobody can be asked, every ask is a denial', async () => {
    for (const analysis of [critical, unsure]) {
      const { world, review } = gateWorld({ analysis, verdict: verdict.none }, true);
      const result = await review(bash('x'));
      assert.equal(result.outcome, 'refused');
      assert.equal(result.record.outcome, 'denied');
      world.state = { ...world.state, mode: 'normal' };
      assert.equal((await review(bash('x'))).outcome, 'refused');
    }
  });

  test('a classifier that always allows lowers neither block, deny, ask nor critical', async () => {
    for (const analysis of [harmful, critical]) {
      const { review, classified } = gateWorld({ analysis, verdict: verdict.allow });
      assert.equal((await review(bash('x'))).outcome, 'refused');
      assert.equal(classified.length, 0);
    }
  });

  test('an allow rule lifts what is unsure about the command, never a block, a protected path or an unknown', async () => {
    const at = { start: 0, end: 5 };
    const doubt = { ...finding('unsure', 'command.unknown'), evidence: [at] };
    const call = {
      commands: [command(['npm', 'test'], 0, 8)],
      effects: [{ ...pathEffect('execute', '/ws'), span: at }],
    };
    const rows: readonly [name: string, analysis: ReturnType<typeof unsure>, allowed: boolean][] = [
      ['unknown command', analysisOf([doubt], call), true],
      ['block', analysisOf([doubt, finding('block')], call), false],
      ['protected', analysisOf([doubt, { ...doubt, rule: 'paths.protected' }], call), false],
      ['outside', analysisOf([doubt, { ...doubt, rule: 'paths.outside' }], call), false],
      ['opaque', analysisOf([doubt], { ...call, opaque: true }), false],
      [
        'a second command',
        analysisOf([doubt, { ...doubt, evidence: [{ start: 10, end: 12 }] }], {
          ...call,
          commands: [...call.commands, command(['x'], 10, 12)],
        }),
        false,
      ],
    ];
    for (const [name, analysis, expected] of rows) {
      const { world, review } = gateWorld({ analysis: () => analysis, verdict: verdict.soft });
      world.state = { ...world.state, rules: rules({ allow: ['Bash(npm test:*)'] }) };
      assert.equal((await review(bash('npm test'))).outcome === 'approved', expected, name);
    }
  });

  test('broad allow rules are suspended in Auto and hold in Normal', async () => {
    const at = { start: 0, end: 3 };
    const analysis = () =>
      analysisOf([{ ...finding('unsure', 'command.unknown'), evidence: [at] }], {
        commands: [command(['python3', 'x.py'], 0, 9)],
      });
    const { world, review, classified } = gateWorld({ analysis, verdict: verdict.soft });
    world.state = { ...world.state, rules: rules({ allow: ['Bash(python3:*)', 'Bash'] }) };
    assert.equal((await review(bash('python3 x.py'))).outcome, 'refused');
    assert.equal(classified.length, 1);
    world.state = { ...world.state, mode: 'normal' };
    assert.equal((await review(bash('python3 x.py'))).outcome, 'approved');
  });
});

suite('gate: what the classifier is shown', () => {
  test('a script that cannot be shown whole is not put before the classifier; a person is asked', async () => {
    const rests = { restsOn: [{ path: '/ws/huge.sh', sha256: 'x' }] };
    const w = gateWorld({ analysis: () => analysisOf([finding('unsure')], rests), verdict: verdict.allow });
    assert.equal((await w.review(bash('./huge.sh'))).outcome, 'refused');
    assert.equal(w.classified.length, 0);
    assert.equal(w.questions[0]?.opinion.step, 'outage');
  });

  test('the bodies it sees are the bytes the decision rests on', async () => {
    const facts = factsOf(new Map([['/ws/s.sh', 'echo hi']]));
    const rests = { restsOn: [{ path: '/ws/s.sh', sha256: 'x' }] };
    const w = gateWorld({ analysis: () => analysisOf([finding('unsure')], rests) }, false, facts);
    await w.review(bash('./s.sh'));
    assert.deepEqual(w.classified[0]?.bodies, [{ path: '/ws/s.sh', text: 'echo hi', provenance: 'baseline' }]);
  });
});

suite('gate: approvals', () => {
  test('an approval is used once', async () => {
    const { gate, review } = gateWorld({ analysis: allowed });
    const result = await review(bash('x'));
    assert.ok(result.outcome === 'approved');
    assert.equal(gate.redeem(result.approved), true);
    assert.equal(gate.redeem(result.approved), false);
  });

  test('a copy of an approval is not an approval', async () => {
    const { gate, review } = gateWorld({ analysis: allowed });
    const result = await review(bash('x'));
    assert.ok(result.outcome === 'approved');
    assert.equal(gate.redeem({ ...result.approved } as typeof result.approved), false);
  });

  const finds = (w: ReturnType<typeof gateWorld>, more: Parameters<typeof analysisOf>[1]): void => {
    w.world.analysis = () => analysisOf([finding('allow')], more);
  };
  const changes: readonly [string, (w: ReturnType<typeof gateWorld>) => void][] = [
    ['the mode', (w) => w.change({ mode: 'normal' })],
    ['the rules', (w) => w.change({ rules: rules({ ask: ['Read(x)'] }) })],
    ['the folder', (w) => w.change({ place: { ...w.world.state.place, cwd: '/ws/other' } })],
    ['trust', (w) => w.change({ trusted: false })],
    ['a script body', (w) => finds(w, { restsOn: [{ path: '/ws/s.sh', sha256: 'other' }] })],
    ['where a path leads', (w) => finds(w, { effects: [pathEffect('write', '/etc/passwd')] })],
  ];
  for (const [name, apply] of changes) {
    test(`an approval dies when ${name} changes before the run`, async () => {
      const w = gateWorld({
        analysis: () => analysisOf([finding('allow')], { restsOn: [{ path: '/ws/s.sh', sha256: 'one' }] }),
      });
      const result = await w.review(bash('./s.sh'));
      assert.ok(result.outcome === 'approved');
      apply(w);
      assert.equal(w.gate.redeem(result.approved), false);
    });
  }

  test('a mode switch while the classifier thinks discards its verdict', async () => {
    let release: () => void = () => {};
    const w = gateWorld({
      verdict: () =>
        new Promise((resolve) => {
          release = () => resolve(verdict.allow);
        }),
    });
    const reviewing = w.review(bash('x'));
    await Promise.resolve();
    w.change({ mode: 'normal' });
    release();
    assert.equal((await reviewing).outcome, 'refused');
    assert.equal(w.questions.length, 1, 'Normal asks the person');
  });

  test('a question is withdrawn when the mode changes, and its listener goes with it', async () => {
    const w = gateWorld({
      answer: (_question, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve({ choice: 'once' }), { once: true })),
    });
    w.world.state = { ...w.world.state, mode: 'normal' };
    const reviewing = w.review(bash('x'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    w.change({ mode: 'skip' });
    const result = await reviewing;
    assert.equal(result.record.step, 'mode');
    assert.equal(result.record.mode, 'skip');
    assert.equal(w.listening(), 0);
  });

  test('an abort while a person is asked ends the review without a decision', async () => {
    const w = gateWorld({
      answer: (_question, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve({ choice: 'once' }))),
    });
    w.world.state = { ...w.world.state, mode: 'normal' };
    const controller = new AbortController();
    const reviewing = w.gate.review(bash('x'), controller.signal, () => {});
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort(new Error('stopped'));
    await assert.rejects(reviewing, /stopped/);
    assert.equal(w.records.length, 0);
  });
});

suite('gate: what a person may lift', () => {
  const ask = async (w: ReturnType<typeof gateWorld>): Promise<Question> => {
    await w.review(bash('x'));
    const question = w.questions.at(-1);
    assert.ok(question);
    return question;
  };

  test('critical calls offer only once', async () => {
    assert.deepEqual((await ask(gateWorld({ analysis: critical }))).offers, [{ type: 'once' }]);
  });

  test('an answer that was not offered is a no', async () => {
    for (const answer of [{ choice: 'session' }, { choice: 'always', rule: 'Bash' }] as const) {
      const { review } = gateWorld({ analysis: critical, answer });
      assert.equal((await review(bash('x'))).outcome, 'refused');
    }
  });

  test('a prompter that throws is a no', async () => {
    const { review } = gateWorld({ analysis: critical, answer: () => Promise.reject(new Error('closed')) });
    assert.equal((await review(bash('x'))).outcome, 'refused');
  });

  test('Allow for this session covers the same call and nothing wider', async () => {
    const w = gateWorld({ analysis: unsure, answer: { choice: 'session' } });
    w.world.state = { ...w.world.state, mode: 'normal' };
    await w.review(bash('npm test'));
    await w.review(bash('npm test'));
    assert.equal(w.questions.length, 1);
    assert.equal(w.records.at(-1)?.step, 'session');
    await w.review(bash('npm test -- --update'));
    assert.equal(w.questions.length, 2);
  });

  test('a revoked grant asks again', async () => {
    const w = gateWorld({ analysis: unsure, answer: { choice: 'session' } });
    w.world.state = { ...w.world.state, mode: 'normal' };
    await w.review(bash('npm test'));
    w.ledger.revoke(w.ledger.entries[0]?.id ?? '');
    await w.review(bash('npm test'));
    assert.equal(w.questions.length, 2);
  });

  test('hard rules of the classifier offer only once, soft ones also the session', async () => {
    for (const [found, offers] of [
      [verdict.hard, ['once']],
      [verdict.soft, ['once', 'session']],
    ] as const) {
      const w = gateWorld({ verdict: found });
      w.world.state = { ...w.world.state, breaker: { inARow: 1, inTotal: 20, ofSameAction: 3, unattended: 5 } };
      assert.deepEqual(
        (await ask(w)).offers.map(({ type }) => type),
        offers,
      );
    }
  });

  test('Always saves exactly the rule that was shown', async () => {
    const analysis = () =>
      analysisOf([{ ...finding('unsure', 'command.unknown'), evidence: [{ start: 0, end: 8 }] }], {
        commands: [command(['npm', 'test'], 0, 8)],
      });
    const w = gateWorld({ analysis, answer: { choice: 'always', rule: 'Bash(npm test)' } });
    w.world.state = { ...w.world.state, mode: 'normal' };
    assert.equal((await w.review(bash('npm test'))).outcome, 'approved');
    assert.deepEqual(w.savedRules, ['Bash(npm test)']);
  });

  test('no rule is offered for a wrapper, a compound, an unknown word or an interpreter with a script', async () => {
    const rows = [
      { commands: [{ ...command(['rm', 'x']), through: ['sudo'] }] },
      { commands: [command(['ls']), command(['rm', 'x'])] },
      { commands: [command(['rm', undefined])] },
      { commands: [command(['python3', 's.py'])], restsOn: [{ path: '/ws/s.py', sha256: 'x' }] },
      { commands: [command(['bash', '-c', 'echo a'])] },
    ];
    for (const row of rows) {
      const w = gateWorld({ analysis: () => analysisOf([finding('unsure', 'command.unknown')], row) });
      w.world.state = { ...w.world.state, mode: 'normal' };
      assert.ok(!(await ask(w)).offers.some(({ type }) => type === 'always'), JSON.stringify(row));
    }
  });
});

suite('gate: breaker', () => {
  test('three blocks in a row become one modal question that shows them', async () => {
    const w = gateWorld({ analysis: harmful, answer: { choice: 'once' } });
    assert.equal((await w.review(bash('a'))).record.outcome, 'blocked');
    assert.equal((await w.review(bash('b'))).record.outcome, 'blocked');
    const third = await w.review(bash('c'));
    assert.equal(third.outcome, 'approved');
    assert.equal(w.questions.length, 1);
    assert.equal(w.questions[0]?.style, 'modal');
    assert.equal(w.questions[0]?.blocks.length, 3);
    assert.deepEqual(w.questions[0]?.offers, [{ type: 'once' }]);
  });

  test('an allowed call resets the row', async () => {
    const w = gateWorld({
      analysis: (call) => ((call.input as { command: string }).command === 'ok' ? allowed() : harmful()),
    });
    const distinct = (n: number) => bash(`bad ${n}`);
    w.world.analysis = (call) => {
      const text = (call.input as { command: string }).command;
      return text === 'ok' ? allowed() : analysisOf([finding('block', `rule.${text}`)]);
    };
    await w.review(distinct(1));
    await w.review(distinct(2));
    await w.review(bash('ok'));
    await w.review(distinct(3));
    assert.equal(w.questions.length, 0);
  });

  test('the third block of the same action escalates, however it is spelled and whatever runs in between', async () => {
    const w = gateWorld({
      analysis: (call) =>
        (call.input as { command: string }).command === 'ok'
          ? allowed()
          : analysisOf([finding('block', 'paths.outside')], { effects: [pathEffect('delete', '/etc/x')] }),
    });
    for (const text of ['rm /etc/x', 'ok', 'unlink /etc/x', 'ok', "r'm' /etc/x"]) await w.review(bash(text));
    assert.equal(w.questions.length, 1);
  });

  test('denials by rule and outages are not blocks', async () => {
    const w = gateWorld({ analysis: allowed });
    w.world.state = { ...w.world.state, rules: rules({ deny: ['Bash'] }) };
    for (let i = 0; i < 5; i += 1) await w.review(bash('x'));
    assert.equal(w.questions.length, 0);
    w.change({ rules: rules({}) });
    w.world.analysis = unsure;
    w.world.verdict = verdict.none;
    for (let i = 0; i < 5; i += 1) await w.review(bash('x'));
    assert.ok(w.questions.every(({ style }) => style === 'card'));
  });
});

suite('gate: records and refusals', () => {
  test('every outcome leaves one record with step, rule, reason, hash and the gate’s own time', async () => {
    const w = gateWorld({ analysis: harmful });
    await w.review(bash('x'));
    w.world.analysis = allowed;
    await w.review(write('/ws/a'));
    assert.equal(w.records.length, 2);
    for (const record of w.records) {
      assert.ok(record.rule !== '' && record.reason !== '' && /^[0-9a-f]{64}$/.test(record.hash));
      assert.ok(record.cost.micros >= 0 && record.cost.micros < 1_000_000);
    }
    assert.deepEqual(w.records[0]?.proof, []);
    assert.ok((w.records[1]?.proof.length ?? 0) > 0, 'an allow carries its proof');
  });

  test('a block names the rule, what would be acceptable, and forbids the detour', async () => {
    const w = gateWorld({
      analysis: () => analysisOf([finding('block', 'paths.outside')], { effects: [pathEffect('delete', '/etc/x')] }),
    });
    const result = await w.review(bash('rm /etc/x'));
    assert.ok(result.outcome === 'refused');
    assert.match(result.text, /paths\.outside/);
    assert.match(result.text, /What would be acceptable/);
    assert.match(result.text, /another route/);
  });

  test('why the person said no reaches the model as quoted words', async () => {
    const w = gateWorld({ analysis: critical, answer: { choice: 'deny', why: 'use "build" only' } });
    const result = await w.review(bash('x'));
    assert.ok(result.outcome === 'refused');
    assert.match(result.text, /use \\"build\\" only/);
  });
});
