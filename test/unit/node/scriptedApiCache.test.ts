import assert from 'node:assert/strict';
import {
  countTokens,
  createPromptCache,
  type InputUsage,
  shortestPrefix,
} from '../../../src/node/scriptedApi/promptCache';
import type { MessagesRequest } from '../../../src/node/scriptedApi/requestSchema';

type Message = MessagesRequest['messages'][number];

const mark = { cache_control: { type: 'ephemeral' as const } };
/** About `tokens` tokens of text. */
const long = (tokens: number, letter = 'a'): string => letter.repeat(Math.ceil(tokens * 3.5));
const says = (text: string, marked = false): Message => ({
  role: 'user',
  content: [{ type: 'text', text, ...(marked ? mark : {}) }],
});
const request = (more: Partial<MessagesRequest>): MessagesRequest => ({
  ...{ model: 'claude-sonnet-4-6', max_tokens: 100, messages: [says('Hello')] },
  ...more,
});
const system = (text: string): Partial<MessagesRequest> => ({ system: [{ type: 'text', text, ...mark }] });
const minute = 60_000;

/** Uses one cache at the given minutes. */
function run(...steps: readonly (readonly [minutes: number, body: MessagesRequest])[]): readonly InputUsage[] {
  const cache = createPromptCache();
  return steps.map(([minutes, body]) => cache.use(body, minutes * minute));
}

suite('scriptedApi prompt cache', () => {
  test('Tokens are UTF-8 bytes divided by 3.5, rounded up.', () => {
    assert.deepEqual(['', 'a', 'abcdefg', 'äöü', '世界'].map(countTokens), [0, 1, 2, 2, 2]);
  });

  const least: [string, number][] = [
    ['claude-sonnet-4-6', 1024],
    ['claude-sonnet-4-5-20250929', 1024],
    ['claude-opus-4-8', 1024],
    ['claude-sonnet-5', 1024],
    ['claude-opus-4-7', 2048],
    ['claude-opus-4-6', 4096],
    ['claude-opus-4-5', 4096],
    ['claude-haiku-4-5-20251001', 4096],
    ['claude-opus-5', 512],
    ['claude-sonnet-5-5', 512],
    ['claude-fable-5-2', 512],
  ];
  for (const [model, tokens] of least)
    test(`A prefix for ${model} is cached from ${tokens} tokens on.`, () => {
      assert.equal(shortestPrefix(model), tokens);
      const [under] = run([0, request({ model, ...system(long(tokens - 50)) })]);
      const [over] = run([0, request({ model, ...system(long(tokens)) })]);
      assert.equal(under?.written, 0);
      assert.ok((over?.written ?? 0) >= tokens);
    });

  test('The same prefix is written once and read after that, and every token is counted once.', () => {
    const body = request(system(long(2000)));
    const [first, second] = run([0, body], [1, body]);
    assert.ok(first && second);
    assert.deepEqual([first.read, second.written], [0, 0]);
    assert.equal(second.read, first.written);
    assert.equal(first.fresh + first.written, second.fresh + second.read);
  });

  test('Nothing is cached without a breakpoint.', () => {
    const body = request({ system: [{ type: 'text', text: long(2000) }] });
    const [, second] = run([0, body], [1, body]);
    assert.deepEqual([second?.read, second?.written], [0, 0]);
  });

  const changes: [string, Partial<MessagesRequest>][] = [
    ['another model', { model: 'claude-sonnet-4-5' }],
    ['another system text', system(long(2000, 'b'))],
    ['a tool before it', { tools: [{ name: 'A', input_schema: { type: 'object' } }] }],
  ];
  for (const [what, change] of changes)
    test(`With ${what} the prefix is written anew.`, () => {
      const body = request(system(long(2000)));
      const [, second] = run([0, body], [1, { ...body, ...change }]);
      assert.equal(second?.read, 0);
      assert.ok((second?.written ?? 0) > 0);
    });

  test('A change of thinking keeps tools and system and loses the messages.', () => {
    const body = request({ ...system(long(2000)), messages: [says(long(2000), true)] });
    const [first, second] = run([0, body], [1, { ...body, thinking: { type: 'adaptive' } }]);
    assert.ok(first && second);
    assert.ok(second.read >= 2000 && second.read < first.written - 1000);
    assert.equal(second.read + second.written, first.written);
  });

  test('An entry lives five minutes after its last use, and use starts the time anew.', () => {
    const body = request(system(long(2000)));
    const reads = run([0, body], [4, body], [8, body], [13.1, body]).map(({ read }) => read > 0);
    assert.deepEqual(reads, [false, true, true, false]);
  });

  test('An entry for one hour lives that long.', () => {
    const body = request({
      system: [{ type: 'text', text: long(2000), cache_control: { type: 'ephemeral', ttl: '1h' } }],
    });
    const reads = run([0, body], [59, body], [120, body]).map(({ read }) => read > 0);
    assert.deepEqual(reads, [false, true, false]);
  });

  test('A breakpoint finds an entry that ended up to twenty blocks before it, and none further back.', () => {
    const grown = (blocks: number): MessagesRequest => {
      const more = Array.from({ length: blocks }, (_, index) => says(`${index}`, index === blocks - 1));
      return request({ messages: [says(long(2000), blocks === 0), ...more] });
    };
    assert.ok((run([0, grown(0)], [1, grown(20)])[1]?.read ?? 0) > 0);
    assert.equal(run([0, grown(0)], [1, grown(21)])[1]?.read, 0);
  });

  test('Of several breakpoints the longest prefix that is known is read, and the rest up to the last one is written.', () => {
    const first = request({ ...system(long(2000)), messages: [says(long(500), true)] });
    const next = request({ ...system(long(2000)), messages: [says(long(500), true), says('More', true), says('End')] });
    const [one, two] = run([0, first], [1, next]);
    assert.ok(one && two);
    assert.equal(two.read, one.written);
    assert.ok(two.written > 0 && two.written < 50);
    assert.ok(two.fresh > 0 && two.fresh < 50);
  });

  test('Automatic caching puts the breakpoint on the last block.', () => {
    const body = request({ system: long(2000), ...mark });
    const [first, second] = run([0, body], [1, body]);
    assert.equal(first?.fresh, 0);
    assert.equal(second?.read, first?.written);
  });
});
