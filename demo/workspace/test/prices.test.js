import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discounted, format } from '../src/prices.js';

test('no discount leaves the price as it is', () => {
  assert.equal(discounted(1000, 0), 1000);
});

test('a discount of 20 per cent takes a fifth off', () => {
  assert.equal(discounted(1000, 20), 800);
});

test('a price is shown with two decimals', () => {
  assert.equal(format(1234), '12.34 €');
});
