import { type BoundaryPatterns, type Exists, eitherOf } from './boundary';
import { ahead, clauseEnd, lengthOf, wordOf } from './clauses';
import { compile } from './compile';
import { listEnd } from './lists';
import { speaksOf } from './nouns';
import { type Item, itemsAt, linkAt, type Read, spotsAt } from './objects';
import type { Spot } from './places';
import { commandAt } from './programs';
import { isConsent, leadOf, type Tail, tailOf } from './tails';
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
  'ever even yet please actually accidentally automatically directly go ahead try attempt to start begin dare now by any means currently manually again silently also still - , under circumstances unnecessarily'.split(
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
  // "Don't start coding"
  if (form === 'base' && /^(?:start|begin|keep)$/.test(wordOf(tokens[start])) && verbAt(tokens, start + 1, 'gerund'))
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
  // "The generated code (src/gen)"
  const named = next < end && listed === next ? inBrackets(sight, end) : undefined;
  const [only] = parts;
  if (named && only && parts.length === 1 && only.items.length === 0)
    return settle(
      sight,
      from,
      [{ verb: only.verb, items: [{ type: 'spots', spots: named.value, of: new Set() }] }],
      named.next,
      address,
    );
  const rest = tokens.slice(next, end);
  const outward = parts.every(({ verb }) => outwards.has(verb.deed));
  const tail =
    listed > next
      ? 'unknown'
      : tailOf(
          rest.map((token) => wordOf(token) || '?'),
          outward,
        );
  const conditional = tail === 'condition' || leadBefore(tokens, from) === 'condition';
  // What waits for the user's word is said to the agent.
  const waits = isConsent(rest.map((token) => wordOf(token) || '?'));
  const judged = parts.map(({ verb, items }) => {
    const meant = items.map((item) => (item.type === 'it' ? (itIs(sight, from, verb, item.several) ?? item) : item));
    const patterns = compile(verb, meant);
    if (patterns && tail === 'plain' && !conditional) return patterns;
    const compiles = patterns !== undefined && tail !== 'unknown';
    return isOrder(verb, items, rest, { compiles, conditional, address: waits ? 'told' : address });
  });
  if (judged.every((part) => part === false)) return undefined;
  const compiled = judged.filter((part) => typeof part === 'object');
  return { patterns: compiled.length === judged.length ? eitherOf(compiled) : undefined, end };
}

/** What goes to a remote by its nature, so that "to the server" narrows nothing. */
const outwards: ReadonlySet<Deed> = new Set(['push', 'forcePush', 'publish', 'release', 'commit']);

/** Places in brackets, which say what the words before them mean. */
function inBrackets({ tokens, exists }: Sight, at: number): Read<readonly Spot[]> | undefined {
  if (wordOf(tokens[at]) !== '(') return undefined;
  const spots = spotsAt(tokens, at + (wordOf(tokens[at + 1]) === 'i.e.' ? 2 : 1), exists);
  return spots && wordOf(tokens[spots.next]) === ')' ? { value: spots.value, next: spots.next + 1 } : undefined;
}

/** `it`, where exactly one place was named before. */
function itIs(sight: Sight, at: number, { deed }: Verb, several: boolean): Item | undefined {
  if (deed !== 'touch' && deed !== 'change') return undefined;
  const spots = sight.before(at);
  return spots.length === 1 || (several && spots.length > 0) ? { type: 'spots', spots, of: new Set() } : undefined;
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
  switch (sort) {
    case 'agent':
      if (address !== 'bare' || compiles || places || about.code) return true;
      return !conditional && (deed === 'touch' ? !rest.some((token) => wordOf(token) === 'dom') : !about.data);
    case 'git':
      return (compiles || places || about.git) && !about.data;
    case 'code': {
      if (about.data || (conditional && !(deed === 'change' && places))) return false;
      const speaks = places || about.code || items.some(({ type }) => type !== 'it' && type !== 'host');
      return speaks || (address !== 'bare' && rest.length > 0) || (address === 'told' && items.length > 0);
    }
    case 'never':
      return (address === 'told' && places) || (deed === 'reach' && about.live);
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
