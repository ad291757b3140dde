import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBasket } from '../src/basket.js';

test('an empty basket costs nothing', () => {
  assert.equal(createBasket().total(), 0);
});

test('a basket adds up its lines', () => {
  const basket = createBasket();
  basket.add('bread', 320);
  basket.add('milk', 115, 2);
  assert.equal(basket.total(), 550);
});
