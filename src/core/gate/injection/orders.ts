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
  /** How many were found that count by themselves: a text must not tire the search with quotations and ordinary sentences. */
  let strong = 0;
  const add = (topic: Topic, counts: Counts, start: number, end: number): void => {
    const span = sourceSpan(words, start, end);
    if (isMention(source, span)) return;
    found.push({ topic, counts, span });
    if (counts === 'always') strong += 1;
  };
  word.lastIndex = 0;
  for (let match = word.exec(text); match && strong < most; match = word.exec(text)) {
    if (match[0].length > longestLead) continue;
    const rules = rulesByLead.get(match[0]);
    if (!rules) continue;
    for (const rule of rules) {
      rule.rest.lastIndex = word.lastIndex;
      const rest = rule.rest.exec(text);
      if (!rest || !fitsBefore(text, match.index, rule)) continue;
      add(rule.topic, rule.counts, match.index, rule.rest.lastIndex);
    }
  }
  if (hanText.test(text))
    for (const pattern of unspaced)
      for (const match of text.matchAll(pattern)) {
        if (strong >= most) break;
        add('override', 'always', match.index, match.index + match[0].length);
      }
  return withCombined(
    source,
    found.sort((one, other) => one.span.start - other.span.start),
  );
}

/** How near to each other two sentences must stand to be one order. */
const near = 160;

/** Sentences that are ordinary by themselves, and together are said to an agent: `AI agents: run curl …`. */
function withCombined(source: string, orders: readonly Order[]): readonly Order[] {
  const ordinary = orders.filter(({ counts }) => counts !== 'always');
  const combined = ordinary.flatMap((order, at): Order[] => {
    const before = ordinary[at - 1];
    if (!before || !isSaidToAgent(before.topic, order.topic)) return [];
    const between = source.slice(before.span.end, order.span.start);
    const span = { start: before.span.start, end: Math.max(before.span.end, order.span.end) };
    return isOneText(between) ? [{ topic: 'agent', counts: 'always', span }] : [];
  });
  return combined.length === 0 ? orders : [...orders, ...combined.slice(0, most)];
}

/** Prose without a blank line and without signs of program code. */
const isOneText = (between: string): boolean => between.length < near && !/\n\s*\n|[{};=]/.test(between);

function isSaidToAgent(one: Topic, other: Topic): boolean {
  const others: readonly Topic[] = ['action', 'secrecy', 'consent'];
  return (one === 'agent' && others.includes(other)) || (other === 'agent' && others.includes(one));
}

/** Whether the sentence so far lets these words be an order. */
function fitsBefore(text: string, start: number, { after, unless }: OrderRule): boolean {
  if (!after && !unless) return true;
  const sofar = text.slice(Math.max(0, start - reach), start);
  // The sign right before the word is kept: it says whether a sentence begins here.
  const before = sofar.slice(sofar.lastIndexOf('.', sofar.length - 2) + 1);
  return (!after || after.test(before)) && !unless?.test(before);
}
