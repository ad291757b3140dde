import assert from 'node:assert/strict';
import { createRegistry } from '../../../../src/core/tools/registry';
import type { ToolContext } from '../../../../src/core/tools/tool';
import { approve } from '../../../fakes/approve';
import { offline } from '../../../fakes/offline';

const registry = createRegistry();
const asked = (questions: unknown) =>
  registry.validate({ id: 'toolu_1', name: 'AskUserQuestion', input: { questions } });
const one = { header: 'H', question: 'Q?', options: [{ label: 'a' }, { label: 'b' }] };

suite('AskUserQuestion', () => {
  test('one to four questions with two to four options that differ', () => {
    assert.equal(asked([one]).ok, true);
    const wrong: unknown[] = [
      [],
      [one, one, one, one, one],
      [{ ...one, options: [{ label: 'a' }] }],
      [{ ...one, options: [{ label: 'a' }, { label: 'a' }] }],
      [{ ...one, question: ' ' }],
    ];
    for (const questions of wrong) assert.equal(asked(questions).ok, false, JSON.stringify(questions));
  });

  test('tells what was chosen and what was typed apart', async () => {
    const call = asked([one, { ...one, question: 'R?', multiSelect: true }, { ...one, question: 'S?' }]);
    assert.ok(call.ok);
    const run = async (asker: ToolContext['asker']) =>
      registry.run(await approve(call.call), {
        ...offline,
        ...{ asker, signal: new AbortController().signal, limits: { outputChars: 10_000 } },
      } as ToolContext);
    const result = await run({
      ask: async () => [
        { chosen: [1], typed: '' },
        { chosen: [0, 1], typed: ' both ' },
        { chosen: [], typed: '' },
      ],
    });
    assert.equal(
      result.text,
      'Q?\n→ b\nR?\n→ a; b; in their own words: both\nS?\n→ (no answer)\n(An answer here is no permission for a call.)',
    );
    const refused = await run({ ask: async () => undefined });
    assert.ok(refused.isError && /did not want to answer/.test(refused.text));
    const nobody = await run(undefined);
    assert.ok(nobody.isError && /Nobody can be asked/.test(nobody.text));
  });
});
