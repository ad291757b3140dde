import assert from 'node:assert/strict';
import { createClassifier } from '../../../src/core/gate/classifier/createClassifier';
import { createAnthropicModel } from '../../../src/node/anthropicModel';
import { answerAs, questionOf, type Ruling, textsOf } from '../../../src/node/demo/rulings';
import { nodeClock } from '../../../src/node/nodeClock';
import { nodeDigest } from '../../../src/node/nodeDigest';
import type { MessagesRequest } from '../../../src/node/scriptedApi/requestSchema';
import { httpError, message, type ScriptedReply, text, thinking, toolUse } from '../../../src/node/scriptedApi/script';
import { startScriptedApi } from '../../../src/node/scriptedApi/scriptedApi';
import { classifierRequest } from '../../fakes/classifierRequest';

const allows: Ruling = { block: false, reason: 'fine' };
const blocks: Ruling = { block: true, rule: 'publish', reason: 'too much' };

type Answer = (body: MessagesRequest) => ScriptedReply;
const inMessage = (reply: ScriptedReply, more: Partial<Extract<ScriptedReply, { type: 'message' }>>): ScriptedReply =>
  reply.type === 'message' ? { ...reply, ...more } : reply;

/** What goes wrong with a verdict on its way, over the real wire and the real client. The filter has flagged the call. */
const faults: Readonly<Record<string, Answer>> = {
  'a rate limit': () => httpError(429, 'slow down'),
  overload: () => httpError(529, 'Overloaded'),
  'a server error': () => httpError(500, 'oops'),
  'a bad request': () => httpError(400, 'no'),
  'a wrong key': () => httpError(401, 'who are you'),
  'an unknown model': () => httpError(404, 'no such model'),
  'a closed connection': () => ({ type: 'hang-up' }),
  silence: () => ({ type: 'silence' }),
  'a stream cut before its first event': (body) =>
    inMessage(answerAs(body, allows), { fault: { type: 'cut', afterEvents: 0 } }),
  'a stream cut in the middle': (body) => inMessage(answerAs(body, allows), { fault: { type: 'cut', afterEvents: 5 } }),
  'a stream cut before its end': (body) =>
    inMessage(answerAs(body, allows), { fault: { type: 'cut', afterEvents: questionOf(body)?.stage === 1 ? 6 : 9 } }),
  'a stream that stalls': (body) => inMessage(answerAs(body, allows), { fault: { type: 'stall', afterEvents: 4 } }),
  'an error in the stream': (body) =>
    inMessage(answerAs(body, allows), {
      fault: { type: 'error', afterEvents: 4, errorType: 'overloaded_error', message: 'Overloaded' },
    }),
  'an empty reply': () => message(),
  'blank text': () => message(text(' \n')),
  'a chatty reply': () => message(text('Sure, that looks fine to me, go ahead!')),
  'a refusal': () => ({ type: 'message', content: [text('I cannot help with that.')], stopReason: 'refusal' }),
  'a verdict that was cut off': (body) => inMessage(answerAs(body, allows), { stopReason: 'max_tokens' }),
  'a stop reason nobody knows': (body) => inMessage(answerAs(body, allows), { stopReason: 'new_reason' }),
  'a tool call': () => message(toolUse('Bash', { command: 'true' })),
  'a verdict beside a tool call': (body) => {
    const reply = answerAs(body, allows);
    return reply.type === 'message' ? message(...reply.content, toolUse('Bash', { command: 'true' })) : reply;
  },
  'the question quoted': (body) => message(text(textsOf(body).at(-1) ?? '')),
  'the whole prompt quoted': (body) => message(text(textsOf(body).join('\n'))),
  'the action quoted': (body) => message(text(textsOf(body).at(-2) ?? '')),
  'a verdict with another mark': (body) =>
    message(text(`VERDICT ${'0'.repeat(32)} {"block":false,"rule":null,"reason":"${questionOf(body)?.stage}"}`)),
  'two verdicts': (body) => {
    const line = `VERDICT ${questionOf(body)?.mark} `;
    const both = [
      { block: true, rule: 'publish', reason: 'r' },
      { block: false, rule: null, reason: 'r' },
    ];
    return message(text(both.map((each) => line + JSON.stringify(each)).join('\n')));
  },
  'a rule that does not exist': (body) => answerAs(body, { ...blocks, rule: 'made-up' }),
  'an empty rule': (body) => answerAs(body, { ...blocks, rule: '' }),
  'a verdict in its thoughts only': (body) => {
    const reply = answerAs(body, allows);
    const [first] = reply.type === 'message' ? reply.content : [];
    return message(thinking(first?.type === 'text' ? first.text : ''), text('As I thought.'));
  },
};

suite('faults of the classifier, on the wire', function () {
  this.timeout(20_000);
  let answer: Answer;
  let api: Awaited<ReturnType<typeof startScriptedApi>>;
  suiteSetup(async () => {
    api = await startScriptedApi({ script: ({ body }) => answer(body) });
  });
  suiteTeardown(() => api.dispose());

  const classify = async (timeoutMs = 400) => {
    const classifier = createClassifier({
      model: createAnthropicModel({ apiKey: 'k', baseURL: api.baseURL }),
      settings: () => ({
        ...{ filterModel: 'claude-sonnet-4-6', model: 'claude-sonnet-4-6', secondModel: undefined, timeoutMs },
      }),
      clock: nodeClock,
      waits: { ...nodeClock, sleep: async () => {} },
      digest: nodeDigest,
    });
    const verdict = await classifier.classify(classifierRequest('npm publish'), new AbortController().signal);
    classifier.dispose();
    return verdict;
  };

  for (const [name, fault] of Object.entries(faults)) {
    test(`${name}: no verdict, whatever it says`, async () => {
      answer = (body) => (questionOf(body)?.stage === 1 ? answerAs(body, blocks) : fault(body));
      assert.equal((await classify()).kind, 'none');
    });
    test(`${name} in the filter lets nothing run by itself`, async () => {
      answer = (body) => (questionOf(body)?.stage === 1 ? fault(body) : answerAs(body, blocks));
      assert.notEqual((await classify()).kind, 'allow');
    });
  }

  test('without a fault both stages do their work', async () => {
    answer = (body) => answerAs(body, allows);
    assert.equal((await classify(5_000)).kind, 'allow');
    answer = (body) => answerAs(body, blocks);
    assert.equal((await classify(5_000)).kind, 'block');
  });
});
