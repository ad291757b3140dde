import { strict as assert } from 'node:assert';
import { leaves } from '../../fuzz/leaves';
import { describeLevel, levelOf } from '../../fuzz/level';
import { fuzz } from '../../fuzz/main';
import { judgeShell } from '../../fuzz/world';

suite('properties of the analysis', () => {
  test('the commands that scripts are put together of have the answers they are known by', () => {
    for (const { text, level } of leaves)
      assert.equal(describeLevel(levelOf(judgeShell(text))), describeLevel(level), text);
  });

  test('they hold for three thousand cases', function () {
    this.timeout(60_000);
    const { problems } = fuzz({ root: '.', seed: 1, count: 3_000, seconds: undefined }, () => undefined);
    assert.deepEqual(problems, []);
  });
});
