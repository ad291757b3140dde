import { type Said, say } from '../../say';
import { hiddenCharacters } from './characters';
import type { Finding, Region } from './finding';
import { hiddenMarkup } from './markup';
import type { Order } from './orders';
import { hiddenByTerminal } from './terminal';

/** What of a text a person does not see: characters, escape sequences, and orders in parts that are not shown. */
export function hiddenParts(text: string, orders: readonly Order[]): readonly Finding[] {
  const terminal = hiddenByTerminal(text);
  const regions = [...hiddenMarkup(text), ...terminal.regions];
  return [...hiddenCharacters(text), ...terminal.parts, ...ordersIn(regions, orders)];
}

/** Orders where nobody sees them. */
function ordersIn(regions: readonly Region[], orders: readonly Order[]): readonly Finding[] {
  if (orders.length === 0) return [];
  return regions.flatMap(({ start, end, why }) => {
    const inside: Order[] = [];
    for (let at = firstFrom(orders, start); at < orders.length; at += 1) {
      const order = orders[at];
      if (!order || order.span.start >= end) break;
      if (order.span.end <= end + 1) inside.push(order);
    }
    return isOrdered(inside, why) ? [{ said: sentences[why], span: { start, end } }] : [];
  });
}

/** How near to each other two sentences must stand to belong together. */
const near = 300;

/**
 * There, sentences count that are ordinary elsewhere; the most ordinary (`Run npx …`) only when two of different topics come
 * together. A screen that is cleared held ordinary output.
 */
function isOrdered(inside: readonly Order[], why: Region['why']): boolean {
  if (why === 'cleared') return inside.some(({ counts }) => counts === 'always');
  return inside.some(({ counts, topic, span }, at) => {
    const before = inside[at - 1];
    return counts !== 'together' || (before && before.topic !== topic && span.start - before.span.end < near);
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
  cleared: say('A part that a terminal clears away gives orders to an agent.'),
  instruction: say('A terminal sequence holds orders to an agent.'),
};
