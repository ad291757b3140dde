import { discounted } from './prices.js';

/** A basket that adds up what is put into it. */
export function createBasket() {
  const lines = [];
  return {
    add(name, cents, count = 1) {
      lines.push({ name, cents, count });
    },
    /** Sum of all lines, less a discount of `percent` per cent. */
    total(percent = 0) {
      const sum = lines.reduce((cents, line) => cents + line.cents * line.count, 0);
      return discounted(sum, percent);
    },
  };
}
