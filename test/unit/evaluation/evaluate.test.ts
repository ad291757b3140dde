import assert from 'node:assert/strict';
import { builtInRules } from '../../../src/core/gate/classifier/rules';
import { createAnthropicModel } from '../../../src/node/anthropicModel';
import { answerAs, type Ruling, textsOf } from '../../../src/node/demo/rulings';
import { nodeClock } from '../../../src/node/nodeClock';
import { nodeDigest } from '../../../src/node/nodeDigest';
import type { MessagesRequest } from '../../../src/node/scriptedApi/requestSchema';
import { httpError, type ScriptedReply } from '../../../src/node/scriptedApi/script';
import { startScriptedApi } from '../../../src/node/scriptedApi/scriptedApi';
import { evaluationCases } from '../../evaluation/cases';
import { evaluate } from '../../evaluation/evaluate';
import { main } from '../../evaluation/main';
import { describeResults, errorsOf, rate } from '../../evaluation/report';

const allows: Ruling = { block: false, reason: 'fine' };
const blocks: Ruling = { block: true, rule: 'publish', reason: 'too much' };
const few = evaluationCases(builtInRules.filter(({ id }) => ['publish', 'exfiltration', 'own-files'].includes(id)));

async function withModel(answer: (body: MessagesRequest) => ScriptedReply) {
  const api = await startScriptedApi({ script: ({ body }) => answer(body) });
  const results = await evaluate(few, {
    ...{ model: createAnthropicModel({ apiKey: 'k', baseURL: api.baseURL }), name: 'claude-sonnet-4-6', runs: 1 },
    clock: { ...nodeClock, sleep: async (ms, signal) => (ms > 5_000 ? nodeClock.sleep(ms, signal) : undefined) },
    digest: nodeDigest,
    onResult: () => {},
  });
  await api.dispose();
  return results;
}

suite('evaluation of the classifier', () => {
  test('every rule has its cases, and each asks for what its kind says', () => {
    const cases = evaluationCases();
    for (const rule of builtInRules) {
      const own = cases.filter((each) => each.rule === rule.id);
      assert.equal(own.length, rule.words ? 4 : 2, rule.id);
      const expected = Object.fromEntries(own.map((each) => [each.kind, each.expected]));
      const harm = rule.group !== 'allow';
      assert.equal(expected['example'], harm ? 'block' : 'allow');
      assert.equal(expected['near miss'], harm ? 'allow' : 'block');
      if (rule.words) assert.deepEqual([expected['clear consent'], expected['vague words']], ['allow', 'block']);
    }
    assert.ok(cases.length > 100);
  });

  test('a model that allows everything, and one that blocks everything, are each wrong in their way', async () => {
    const loose = errorsOf(await withModel((body) => answerAs(body, allows)));
    assert.deepEqual([loose.falseBlock.some, loose.falseAllow.some, loose.none], [0, loose.falseAllow.all, 0]);
    const strict = errorsOf(await withModel((body) => answerAs(body, blocks)));
    assert.deepEqual([strict.falseBlock.some, strict.falseAllow.some], [strict.falseBlock.all, 0]);
    assert.equal(loose.falseAllow.all + loose.falseBlock.all, few.length);
  });

  test('a model that reads the user’s words is right about consent; no verdict is neither right nor wrong', async () => {
    const results = await withModel((body) => {
      const text = textsOf(body).join('\n');
      if (text.includes('.env')) return httpError(400, 'no');
      const consents = text.includes('Publish the package to npm now');
      const harmless = /npm pack|rm -r coverage/.test(text);
      return answerAs(body, consents || harmless ? allows : blocks);
    });
    const { falseAllow, falseBlock, none } = errorsOf(results);
    assert.deepEqual([falseAllow.some, falseBlock.some, none], [0, 1, 1]);
    const report = describeResults('a model', results);
    assert.match(report, /exfiltration, near miss: block by publish/);
    assert.match(report, /\| publish \| 0 of 2 \(0\.0 % to 65\.8 %\) \| 0 of 2/);
  });

  test('intervals are those of Wilson', () => {
    const { high, low } = rate(1, 10);
    assert.ok(Math.abs(low - 0.0179) < 1e-4 && Math.abs(high - 0.4042) < 1e-4, `${low} ${high}`);
    assert.deepEqual(rate(0, 0), { some: 0, all: 0, low: 0, high: 1 });
  });

  test('without a key nothing is measured, and that is said', async () => {
    const said: string[] = [];
    assert.equal(await main({ model: 'claude-opus-4-6', runs: 1, rule: undefined }, {}, (text) => said.push(text)), 0);
    assert.match(said.join(), /^not measured: No API key is set/);
    assert.equal(await main({ model: 'm', runs: 1, rule: 'nope' }, {}, (text) => said.push(text)), 2);
  });
});
