import { findOrders, type Order } from './orders';
import { plainView } from './plain';
import { respelled } from './respelled';
import { spelledOut } from './spelled';
import { asItIs, type View } from './view';
import { wordsView } from './words';

/** A text, read once for every detector. */
export interface Reading {
  readonly text: string;
  /** See `plainView`. */
  readonly plain: View;
  /** In the order in which they begin. */
  readonly orders: readonly Order[];
}

export function read(text: string): Reading {
  const plain = plainView(asItIs(text));
  const words = wordsView(plain);
  const put = respelled(words);
  const orders = [...findOrders(text, words), ...(put ? findOrders(text, put) : []), ...spelledOut(plain)];
  return { text, plain, orders: orders.sort((one, other) => one.span.start - other.span.start) };
}
