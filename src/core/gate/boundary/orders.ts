import { type BoundaryPatterns, type Exists, eitherOf } from './boundary';
import { ahead, clauseEnd, lengthOf, wordOf } from './clauses';
import { compile } from './compile';
import { listEnd } from './lists';
import { speaksOf } from './nouns';
import { type Item, itemsAt, linkAt, type Read, spotsAt } from './objects';
import type { Spot } from './places';
import { commandAt } from './programs';
import { isConsent, isSoft, leadOf, type Tail, tailOf } from './tails';
import type { Token } from './tokens';
import { couldBeOrder, type Deed, type Form, type Verb, verbAt } from './verbs';

/** What an order not to do something says. */
export interface Order {
  /** Undefined: what it covers cannot be told exactly. */
  readonly patterns: BoundaryPatterns | undefined;
  /** The token after its last one. */
  readonly end: number;
}

export interface Sight {
  readonly tokens: readonly Token[];
  readonly exists: Exists;
  /** The places that were named before, which `it` may mean. */
  readonly before: (at: number) => readonly Spot[];
}

/** How sure it is that the agent is spoken to: `told` with "you", `asked` with "please", `bare` by the mood of the verb alone. */
export type Address = 'told' | 'asked' | 'bare';

const adverbs = new Set(
  'ever even yet please actually accidentally automatically directly currently manually again silently also still unnecessarily now to ,'.split(
    ' ',
  ),
);
/** After these, "don't" asks for more or for other, not for nothing. */
const turns = new Set(['just', 'only', 'simply', 'always', 'merely', 'necessarily', 'solely']);

interface Part {
  readonly verb: Verb;
  readonly items: readonly Item[];
}

/** Reads what follows "don't" or "without": one verb or several, what they are about, and how the clause goes on. */
export function orderAt(sight: Sight, from: number, form: Form, address: Address): Order | undefined {
  const { tokens, exists } = sight;
  const start = pastAdverbs(tokens, from, form);
  if (start === undefined) return undefined;
  const command = form === 'base' ? commandAt(tokens, start) : undefined;
  if (command && !verbAt(tokens, start, form))
    return settle(
      sight,
      from,
      [{ verb: runs, items: [{ type: 'command', command: command.value }] }],
      command.next,
      address,
    );
  // "Don't start coding", "don't go installing things"
  if (form === 'base' && /^(?:start|begin|keep|go)$/.test(wordOf(tokens[start])) && verbAt(tokens, start + 1, 'gerund'))
    return orderAt(sight, start + 1, 'gerund', address);
  const parts: Part[] = [];
  let at = start;
  for (;;) {
    const verbs = verbsAt(tokens, at, form);
    if (!verbs) break;
    const items = itemsAt(tokens, verbs.next, exists);
    // "commit or push to …": what follows belongs to the last one, and to the others as far as they take it.
    for (const [index, verb] of verbs.value.entries()) {
      const shared = index === verbs.value.length - 1 || compile(verb, items.value) !== undefined;
      parts.push({ verb, items: shared ? items.value : [] });
    }
    at = items.next;
    const link = linkAt(tokens, at);
    const word = wordOf(tokens[at + link - 1]);
    if (link === 0 || !/^(?:or|nor|and\/or|\/)$/.test(word) || !verbAt(tokens, at + link, form)) break;
    at += link;
  }
  if (parts.length > 0) return settle(sight, from, parts, at, address);
  const unknown = wordOf(tokens[start]);
  const told = address === 'told' || (address === 'asked' && form === 'base');
  if (!told || tokens[start]?.type !== 'word' || !couldBeOrder(unknown)) return undefined;
  const end = clauseEnd(tokens, start + 1);
  const rest = tokens.slice(start + 1, end);
  if (speaksOf(rest).data || tailOf(rest.map(wordOf)) === 'condition') return undefined;
  return { patterns: undefined, end };
}

const runs: Verb = { deed: 'run', sort: 'agent', name: 'run' };

/** Past "ever", "try to", "go ahead and"; undefined where the order asks for something else than for nothing. */
function pastAdverbs(tokens: readonly Token[], from: number, form: Form): number | undefined {
  for (let at = from; at < tokens.length; at += 1) {
    const word = wordOf(tokens[at]);
    if (turns.has(word)) return undefined;
    const length = lengthOf(
      /^(?:try to|attempt to|start to|begin to|dare to|go ahead and|trying to|going ahead and) /,
      ahead(tokens, at, 3),
    );
    if (length > 0) at += length - 1;
    else if (verbAt(tokens, at, form) || !adverbs.has(word)) return at;
  }
  return undefined;
}

/** One verb, or several that share what they are about: `add, change or delete`. */
function verbsAt(
  tokens: readonly Token[],
  from: number,
  form: Form,
): { readonly value: readonly Verb[]; readonly next: number } | undefined {
  const first = verbAt(tokens, from, form);
  if (!first) return undefined;
  const value = [first.verb];
  let next = first.next;
  // A list is only one when its last part is joined by a word: "don't push, commit when you are done" is none.
  const pending: Verb[] = [];
  for (let at = next; ; ) {
    const link = linkAt(tokens, at);
    if (link === 0) break;
    const word = wordOf(tokens[at + link - 1]);
    const verb = verbAt(tokens, at + link, form);
    if (!verb) break;
    pending.push(verb.verb);
    at = verb.next;
    if (word === ',') continue;
    value.push(...pending.splice(0));
    next = at;
  }
  return { value, next };
}

/** Puts the parts together, and judges what is not understood. */
function settle(sight: Sight, from: number, parts: readonly Part[], next: number, address: Address): Order | undefined {
  const { tokens } = sight;
  const listed = listEnd(tokens, next);
  const end = Math.max(listed, clauseEnd(tokens, listed));
  const named = listed === next ? spelledOut(sight, end) : undefined;
  const [only] = parts;
  if (named && only && parts.length === 1 && /^(?:touch|change)$/.test(only.verb.deed) && only.items.every(isIt)) {
    const items: readonly Item[] = [{ type: 'spots', spots: named.value, of: new Set() }];
    return settle(sight, from, [{ verb: only.verb, items }], named.next, address);
  }
  const rest = tokens.slice(next, end);
  const outward = parts.every(({ verb }) => outwards.has(verb.deed));
  const words = rest.map((token) => wordOf(token) || '?');
  const tail = listed > next ? 'unknown' : tailOf(words, outward);
  const conditional = (tail === 'condition' && !isSoft(words)) || leadBefore(tokens, from) === 'condition';
  // What waits for the user's word is said to the agent.
  const waits = isConsent(words);
  const judged = parts.map(({ verb, items }) => {
    const places = verb.deed === 'touch' || verb.deed === 'change';
    const meant = places ? items.map((item) => meaningOf(sight, from, item)) : items;
    const patterns = compile(verb, meant);
    if (patterns && tail === 'plain' && !conditional) return patterns;
    const compiles = patterns !== undefined && tail !== 'unknown';
    const order = isOrder(verb, items, rest, { compiles, conditional, address: waits ? 'told' : address });
    // A boundary asks, and who answers reads how it was narrowed: covering more than was said costs a question now and then,
    // covering nothing exactly costs one for every call.
    return order && patterns && (conditional || narrows(words)) ? patterns : order;
  });
  if (judged.every((part) => part === false)) return undefined;
  const compiled = judged.filter((part) => typeof part === 'object');
  return { patterns: compiled.length === judged.length ? eitherOf(compiled) : undefined, end };
}

/** Whether the rest only makes an order smaller: "to main", "from this branch", and no second thing. */
const narrows = (words: readonly string[]): boolean =>
  /^(?:to|on|onto|into|from|at|in|with|without|before|until|till|unless|if|when|while|by|for|during)$/.test(
    words[0] ?? '',
  ) && !words.some((word) => /^(?:or|and|nor|,|;|also|plus)$/.test(word));

/** What goes to a remote by its nature, so that "to the server" narrows nothing. */
const outwards: ReadonlySet<Deed> = new Set(['push', 'forcePush', 'publish', 'release', 'commit']);

const isIt = ({ type }: Item): boolean => type === 'it';

/** "The generated code (src/gen)", "these files: a.ts and b.ts": places that say what the words before them mean. */
function spelledOut({ tokens, exists }: Sight, at: number): Read<readonly Spot[]> | undefined {
  const sign = wordOf(tokens[at]);
  if (sign !== '(' && sign !== ':') return undefined;
  const spots = spotsAt(tokens, at + (wordOf(tokens[at + 1]) === 'i.e.' ? 2 : 1), exists);
  if (!spots) return undefined;
  if (sign === '(')
    return wordOf(tokens[spots.next]) === ')' ? { value: spots.value, next: spots.next + 1 } : undefined;
  return spots.next === tokens.length ? spots : undefined;
}

/** `it`, where exactly one place was named before; `them`, where any was. */
export function meaningOf(sight: Sight, at: number, item: Item): Item {
  if (item.type !== 'it') return item;
  const spots = sight.before(at);
  return spots.length === 1 || (item.several && spots.length > 0) ? { type: 'spots', spots, of: new Set() } : item;
}

interface Manner {
  /** It is understood but for a condition. */
  readonly compiles: boolean;
  readonly conditional: boolean;
  readonly address: Address;
}

/** Whether what cannot be compiled is still an order to the agent, rather than a sentence about the program. */
function isOrder({ sort, deed }: Verb, items: readonly Item[], rest: readonly Token[], manner: Manner): boolean {
  const { compiles, conditional, address } = manner;
  const about = speaksOf(rest);
  const places = items.some(({ type }) => type === 'spots' || type === 'outside');
  const outer = rest.some((token) => /^(?:outside|beyond)$/.test(wordOf(token)));
  switch (sort) {
    case 'agent':
      if (address !== 'bare' || compiles || places || about.code) return true;
      return (
        !conditional &&
        (deed === 'touch' ? !rest.some((token) => wordOf(token) === 'dom') : deed === 'kill' || !about.data)
      );
    case 'git':
      return (compiles || places || about.git) && !about.data;
    case 'code': {
      if (about.data || (conditional && !(deed === 'change' && places))) return false;
      // "Don't change it" and no more, "don't fix anything else".
      const works = /^(?:change|delete|reshape|add|create|write)$/.test(deed);
      const whole = works && (rest.length === 0 || rest.some((token) => /^(?:any|every)thing$/.test(wordOf(token))));
      const named = items.some((item) => (item.type === 'it' ? item.noun || whole : item.type !== 'host'));
      if (places || outer || about.code || named || (whole && rest.length > 0)) return true;
      return (address !== 'bare' && rest.length > 0) || (address === 'told' && items.length > 0);
    }
    case 'never':
      return (address === 'told' && places) || (deed === 'reach' && about.live) || outer;
  }
}

/** The clause before an order, when it is one on which the order depends: "if the tests fail, …". */
function leadBefore(tokens: readonly Token[], at: number): Tail {
  let end = at;
  while (end > 0 && at - end < 4 && !/^(?:,|then)$/.test(wordOf(tokens[end - 1]))) end -= 1;
  if (end === 0 || !/^(?:,|then)$/.test(wordOf(tokens[end - 1]))) return 'plain';
  let start = end - 1;
  while (start > 0 && end - start < 40 && tokens[start - 1]?.type !== 'mark') start -= 1;
  return leadOf(tokens.slice(start, end - 1).map((token) => wordOf(token) || '?'));
}
