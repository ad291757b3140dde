import type { Span } from '../effect';
import { isMention } from './mention';
import type { Counts, OrderRule, Topic } from './rule';
import { orderRules } from './rules';
import { unspaced } from './rules/languages';
import { sourceSpan, type View } from './view';

/** A sentence that orders an agent about. */
export interface Order {
  readonly topic: Topic;
  readonly counts: Counts;
  /** In the source of the view. */
  readonly span: Span;
}

const rulesByLead = new Map<string, OrderRule[]>();
for (const rule of orderRules)
  for (const lead of rule.leads) {
    const rules = rulesByLead.get(lead);
    if (rules) rules.push(rule);
    else rulesByLead.set(lead, [rule]);
  }

const longestLead = Math.max(...[...rulesByLead.keys()].map((lead) => lead.length));
/** How far back the words before an order are looked at. */
const reach = 120;
/** Further ones say nothing new, and a text made of nothing else must not take long. */
const most = 200;

const word = /[^ \n",:.]+/g;
const hanText = /[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/;

/** @param source the text the view was made from @param words see `wordsView` */
export function findOrders(source: string, words: View): readonly Order[] {
  const { text } = words;
  const found: Order[] = [];
  const add = (topic: Topic, counts: Counts, start: number, end: number): void => {
    const span = sourceSpan(words, start, end);
    if (!isMention(source, span)) found.push({ topic, counts, span });
  };
  word.lastIndex = 0;
  let enough = 0;
  for (let match = word.exec(text); match && enough < most; match = word.exec(text)) {
    if (match[0].length > longestLead) continue;
    const rules = rulesByLead.get(match[0]);
    if (!rules) continue;
    for (const rule of rules) {
      rule.rest.lastIndex = word.lastIndex;
      const rest = rule.rest.exec(text);
      if (!rest || !fitsBefore(text, match.index, rule)) continue;
      add(rule.topic, rule.counts, match.index, rule.rest.lastIndex);
      if (rule.counts === 'always') enough += 1;
    }
  }
  if (hanText.test(text))
    for (const pattern of unspaced)
      for (const match of text.matchAll(pattern)) {
        if (found.length >= most) break;
        add('override', 'always', match.index, match.index + match[0].length);
      }
  return withCombined(found.sort((one, other) => one.span.start - other.span.start));
}

/** How near to each other two that count together must stand to be one order. */
const near = 160;

/** Sentences that are ordinary by themselves, and together are said to an agent: `AI agents: run curl …`. */
function withCombined(orders: readonly Order[]): readonly Order[] {
  const found = [...orders];
  let last: Order | undefined;
  for (const order of orders) {
    if (order.counts === 'always') continue;
    if (last && order.span.start - last.span.end < near && belongTogether(last.topic, order.topic))
      found.push({
        ...order,
        counts: 'always',
        span: { start: last.span.start, end: Math.max(last.span.end, order.span.end) },
      });
    if (!last || order.topic !== 'action' || order.span.start - last.span.end >= near) last = order;
  }
  return found;
}

function belongTogether(one: Topic, other: Topic): boolean {
  const topics = [one, other];
  return (
    (topics.includes('agent') &&
      topics.some((topic) => topic === 'action' || topic === 'secrecy' || topic === 'consent')) ||
    (topics.includes('action') && topics.includes('secrecy'))
  );
}

/** Whether the sentence so far lets these words be an order. */
function fitsBefore(text: string, start: number, { after, unless }: OrderRule): boolean {
  if (!after && !unless) return true;
  const near = text.slice(Math.max(0, start - reach), start);
  // The sign right before the word is kept: it says whether a sentence begins here.
  const before = near.slice(near.lastIndexOf('.', near.length - 2) + 1);
  return (!after || after.test(before)) && !unless?.test(before);
}
