import { say } from '../../../../say';
import { evaluate } from './evaluate';
import { makeFunction } from './functions';
import { giveAway, holdsEffect } from './giveAway';
import { element } from './iterate';
import { lookUp } from './names';
import type { Node } from './nodes';
import type { Reading } from './reading';
import { taintOfValue } from './taint';
import { alternatives, constantText, type DictValue, list, nothing, object, type Value } from './value';

/** Names may be written with escapes. */
export function unescapedName(name: string): string {
  if (!name.includes('\\')) return name;
  return name.replace(
    /\\u(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{4}))/g,
    (_whole, wide: string | undefined, four: string | undefined) =>
      String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(wide ?? four ?? '0', 16))),
  );
}

/** `[a, ...b]`. */
export function listOf(reading: Reading, node: Node): Value {
  const made = reading.site(node, () => list([]));
  if (made.kind !== 'list') return made;
  let place = 0;
  let counted = true;
  const { kids } = node;
  let filled = false;
  for (let index = 0; index < kids.length; index += 1) {
    const one = kids[index];
    if (!one || one.name === '[') continue;
    if (one.name === ',') {
      if (!filled && counted) place += 1;
      filled = false;
      continue;
    }
    filled = true;
    if (one.name === 'Spread') {
      index += 1;
      const given = evaluate(reading, kids[index]);
      if (given.kind === 'list') reading.sink.spend(given.items.length);
      if (counted && given.kind === 'list' && !given.rest && given.items.length < 60) {
        for (const item of given.items) made.items[place] = mergeQuietly(reading, made.items[place++], item);
      } else {
        counted = false;
        made.rest = mergeQuietly(reading, made.rest, element(reading, given, one));
      }
      continue;
    }
    const value = evaluate(reading, one);
    if (counted) {
      made.items[place] = mergeQuietly(reading, made.items[place], value);
      place += 1;
    } else made.rest = mergeQuietly(reading, made.rest, value);
  }
  for (let index = 0; index < made.items.length; index += 1) made.items[index] ??= nothing;
  return made;
}

/** The first time something is put into what was only just made, nobody has looked at it yet. */
function mergeQuietly(reading: Reading, before: Value | undefined, value: Value): Value {
  return before === undefined ? value : reading.merge(before, value);
}

/** `{ a, b: c, ...d, e() {} }`. */
export function dictOf(reading: Reading, node: Node): Value {
  const made = reading.site<Value>(node, () => ({ kind: 'dict', entries: new Map(), rest: undefined }));
  if (made.kind !== 'dict') return made;
  for (const property of node.kids) if (property.name === 'Property') putProperty(reading, made, property);
  return made;
}

function putProperty(reading: Reading, made: DictValue, property: Node): void {
  const { kids } = property;
  const put = (name: string | undefined, value: Value): void => {
    if (name === undefined) made.rest = mergeQuietly(reading, made.rest, value);
    else made.entries.set(name, mergeQuietly(reading, made.entries.get(name), value));
  };
  if (kids[0]?.name === 'Spread') {
    const given = evaluate(reading, kids[1]);
    for (const one of alternatives(given))
      if (one.kind === 'dict') {
        for (const [name, item] of one.entries) put(name, item);
        if (one.rest) put(undefined, one.rest);
      } else if (one.kind === 'known') {
        if (one.name === 'process.env')
          put(undefined, object('a variable', reading.environment(undefined, property), 'text'));
        else if (/^(?:module\.)?exports$/.test(one.name)) put(undefined, object('an export'));
        else giveAway(reading, one, property);
      } else if (one.kind === 'instance') {
        for (const [name, item] of one.of.fields) put(name, item);
      } else put(undefined, object('a spread value', taintOfValue(one)));
    return;
  }
  const { name, rest } = propertyName(reading, property);
  if (kids.some(({ name: what }) => what === 'ParamList')) {
    const method = makeFunction(reading, property);
    put(method.role === 'set' && name !== undefined ? `set ${name}` : name, method);
    return;
  }
  const computed = kids.some((kid) => kid.name === '[');
  // `{ a }` stands for `{ a: a }`.
  const value = rest ? evaluate(reading, rest) : lookUp(reading, name ?? '', property);
  if (name === '__proto__') giveAway(reading, value, property);
  // What the language calls by itself: symbols, and what is awaited.
  if (
    (computed || name === 'then' || name === 'toString' || name === 'valueOf' || name === 'toJSON') &&
    holdsEffect(value)
  )
    reading.doubt('code.dynamic', say('{0} is set to something that can have effects', name ?? 'a symbol'), property);
  put(name, value);
}

/** The name of a property or member, undefined where it is computed; and what comes after it. */
export function propertyName(reading: Reading, property: Node): { name: string | undefined; rest: Node | undefined } {
  const { kids } = property;
  const bracket = kids.findIndex(({ name }) => name === '[');
  const plainName = kids.findIndex(({ name }) =>
    /^(?:PropertyDefinition|PropertyName|PrivatePropertyDefinition|String|Number)$/.test(name),
  );
  const colon = kids.findIndex(({ name }) => name === ':' || name === 'Equals');
  const rest = colon >= 0 ? kids[colon + 1] : undefined;
  if (bracket >= 0 && (plainName < 0 || bracket < plainName)) {
    const key = evaluate(reading, kids[bracket + 1]);
    return { name: constantText(key), rest };
  }
  const at = kids[plainName];
  if (!at) return { name: undefined, rest };
  return { name: at.name === 'Number' ? String(Number(at.text)) : unescapedName(at.text), rest };
}
