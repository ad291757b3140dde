import { strict as assert } from 'node:assert';
import { fuzz } from '../../fuzz/main';

suite('properties of the analysis', () => {
  test('they hold for three thousand cases', function () {
    this.timeout(60_000);
    const { problems } = fuzz({ root: '.', seed: 1, count: 3_000, seconds: undefined }, () => undefined);
    assert.deepEqual(problems, []);
  });
});
