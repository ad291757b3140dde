import { type Said, say } from '../../say';
import { type HiddenPart, hiddenCharacters } from './characters';
import type { Region } from './finding';
import { hiddenMarkup } from './markup';
import type { Order } from './orders';
import { hiddenByTerminal } from './terminal';

/** What of a text a person does not see: characters, escape sequences, and orders in parts that are not shown. */
export function hiddenParts(text: string, orders: readonly Order[]): readonly HiddenPart[] {
  const terminal = hiddenByTerminal(text);
  const regions = [...hiddenMarkup(text), ...terminal.regions];
  return [...hiddenCharacters(text), ...terminal.parts, ...ordersIn(regions, orders)];
}

/**
 * Orders where nobody sees them. There, sentences count that are ordinary elsewhere; the most ordinary (`Run npx …`) only when two
 * of different topics come together.
 */
function ordersIn(regions: readonly Region[], orders: readonly Order[]): readonly HiddenPart[] {
  if (orders.length === 0) return [];
  return regions.flatMap(({ start, end, why }) => {
    const inside: Order[] = [];
    for (let at = firstFrom(orders, start); at < orders.length; at += 1) {
      const order = orders[at];
      if (!order || order.span.start >= end) break;
      if (order.span.end <= end + 1) inside.push(order);
    }
    const [first] = inside;
    const counts =
      inside.some(({ counts }) => counts !== 'together') || new Set(inside.map(({ topic }) => topic)).size > 1;
    return first && counts ? [{ said: sentences[why], span: { start, end } }] : [];
  });
}

/** Where the orders begin that start there or later: there may be thousands, and as many regions. */
function firstFrom(orders: readonly Order[], start: number): number {
  let [low, high] = [0, orders.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((orders[middle]?.span.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

const sentences: Readonly<Record<Region['why'], Said>> = {
  comment: say('A comment that a page does not show gives orders to an agent.'),
  style: say('A part that a page does not show gives orders to an agent.'),
  concealed: say('A part that a terminal does not show gives orders to an agent.'),
  overwritten: say('A part that a terminal writes over gives orders to an agent.'),
  instruction: say('A terminal sequence holds orders to an agent.'),
};
