/** All amounts are whole cents. */

/** Price after a discount of `percent` per cent, rounded to whole cents. */
export function discounted(cents, percent) {
  return Math.round(cents - (cents * percent) / 10);
}

/** `1234` becomes `12.34 €`. */
export function format(cents) {
  return `${(cents / 100).toFixed(2)} €`;
}
