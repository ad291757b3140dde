import type { Span } from '../../../effect';
import { allArguments, argumentOr, type Call, callOf } from './call';
import { callValue } from './functions';
import { giveAway } from './giveAway';
import { libraryCall } from './handing';
import { anyItem } from './iterate';
import { join } from './join';
import { addTexts } from './operators';
import { type Reading, taintOfAll } from './reading';
import { taintOfValue } from './taint';
import {
  alternatives,
  constant,
  constantText,
  describe,
  integer,
  isNumber,
  type ListValue,
  list,
  nothing,
  object,
  piecesOf,
  text,
  type Value,
} from './value';

/** Calls a method of data. Functions that are given to it are called with what it holds. */
export function callMethod(reading: Reading, receiver: Value, name: string, call: Call, span: Span): Value {
  switch (receiver.kind) {
    case 'list':
      return listMethod(reading, receiver, name, call);
    case 'text':
    case 'number':
      return textMethod(reading, receiver, name, call);
    case 'object':
      if (receiver.as === 'text' || ofTexts.test(name)) return textMethod(reading, receiver, name, call);
      return libraryCall(reading, `${receiver.of}.${name}`, { ...call, start: span.start }, receiver);
    default:
      return libraryCall(reading, `${describe(receiver)}.${name}`, { ...call, start: span.start }, receiver);
  }
}

/** Names that only texts have. */
const ofTexts =
  /^(?:replace|replaceAll|trim|trimStart|trimEnd|padStart|padEnd|toLowerCase|toUpperCase|charAt|charCodeAt|codePointAt|startsWith|endsWith|localeCompare|matchAll|substring|substr|normalize)$/;

function textMethod(reading: Reading, receiver: Value, name: string, call: Call): Value {
  const taint = taintOfAll([receiver, ...call.args]);
  for (const value of call.args) {
    // `replace` calls what it is given with parts of the text.
    if (value.kind === 'function')
      callValue(reading, value, callOf(call, [], object('a part of a text', taint, 'text')));
    else giveAway(reading, value, call);
  }
  const of = constantText(receiver);
  const args = call.args.map((value) => (value.kind === 'number' ? value.value : constantText(value)));
  if (name === 'concat') return call.args.reduce((sum, value) => addTexts(sum, value), receiver);
  if (name === 'split') {
    const parts = of !== undefined && typeof args[0] === 'string' && of.length < 5_000 ? of.split(args[0]) : undefined;
    return parts && parts.length <= 200
      ? list(parts.map(constant))
      : list([], object('a part of a text', taint, 'text'));
  }
  if (
    of !== undefined &&
    of.length < 20_000 &&
    args.every((one) => one !== undefined) &&
    !(name === 'toString' && args.length > 0 && receiver.kind === 'text') &&
    foldable.has(name)
  ) {
    const made = fold(of, name, args as readonly (string | number)[], receiver.kind === 'number');
    if (typeof made === 'string') return constant(made);
    if (typeof made === 'number') return { kind: 'number', value: made };
  }
  if (name === 'toString' && args.length > 0 && !/^utf-?8$/i.test(String(args[0])) && receiver.kind === 'text')
    return object('a text', taint, 'text');
  if (
    name === 'toString' ||
    name === 'valueOf' ||
    name === 'normalize' ||
    name === 'trim' ||
    name === 'trimEnd' ||
    name === 'toLocaleString'
  ) {
    if (name.startsWith('trim')) return trimmed(receiver);
    return receiver;
  }
  if (
    name === 'toFixed' ||
    name === 'charCodeAt' ||
    name === 'codePointAt' ||
    /^(?:indexOf|lastIndexOf|search|localeCompare)$/.test(name)
  )
    return object('a number', taint, 'integer');
  if (/^(?:match|matchAll)$/.test(name)) return list([], object('a part of a text', taint, 'text'));
  if (name === 'replace' || name === 'replaceAll') return replaced(receiver, call);
  if (/^(?:includes|startsWith|endsWith)$/.test(name)) return nothing;
  return object(`${name}()`, taint, 'text');
}

const foldable = new Set([
  'slice',
  'substring',
  'substr',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'trimStart',
  'trimEnd',
  'replace',
  'replaceAll',
  'repeat',
  'charAt',
  'at',
  'padStart',
  'padEnd',
  'toString',
  'charCodeAt',
  'codePointAt',
]);

function fold(of: string, name: string, args: readonly (string | number)[], isNumeric: boolean): unknown {
  if (isNumeric)
    return name === 'toString' ? Number(of).toString(Math.min(36, Math.max(2, Number(args[0] ?? 10)))) : undefined;
  if (/^(?:repeat|padStart|padEnd)$/.test(name) && Number(args[0]) * Math.max(1, of.length) > 20_000) return undefined;
  const method = (
    String.prototype as unknown as Readonly<Record<string, (...given: readonly (string | number)[]) => unknown>>
  )[name];
  try {
    return method?.apply(of, [...args]);
  } catch {
    return undefined;
  }
}

function trimmed(value: Value): Value {
  const pieces = [...piecesOf(value)];
  const last = pieces.at(-1);
  if (last?.type === 'text') pieces[pieces.length - 1] = { type: 'text', text: last.text.trimEnd() };
  const [first] = pieces;
  if (first?.type === 'text') pieces[0] = { type: 'text', text: first.text.trimStart() };
  return text(pieces);
}

/** What is put in its place stays known: the file that gets the text is this text with these words added. */
function replaced(receiver: Value, call: Call): Value {
  const by = argumentOr(call, 1);
  const unknown = object('a changed text', taintOfAll([receiver, by]), 'text');
  const known = piecesOf(by).filter(({ type }) => type === 'text');
  return known.length > 0 ? text([...piecesOf(unknown), ...known, ...piecesOf(unknown)]) : unknown;
}

/** Where each item stands, and whether it is still there, is not known any more. */
function shuffle(reading: Reading, of: ListValue): void {
  for (const item of of.items.splice(0)) of.rest = reading.merge(of.rest, item);
}

function listMethod(reading: Reading, receiver: ListValue, name: string, call: Call): Value {
  const [first] = call.args;
  reading.sink.spend(receiver.items.length / 4);
  const item = (): Value => anyItem(receiver);
  const each = (): Value =>
    callValue(reading, first ?? nothing, callOf(call, [item(), integer, receiver], undefined, call.args[1]));
  switch (name) {
    case 'push':
    case 'unshift':
    case 'add':
      for (const value of allArguments(call)) receiver.rest = reading.merge(receiver.rest, value);
      return integer;
    case 'fill':
    case 'copyWithin':
      if (name === 'fill') receiver.rest = reading.merge(receiver.rest, first ?? nothing);
      shuffle(reading, receiver);
      return receiver;
    case 'splice':
      for (const value of call.args.slice(2)) receiver.rest = reading.merge(receiver.rest, value);
      shuffle(reading, receiver);
      return list([], item());
    case 'pop':
    case 'shift':
    case 'at':
    case 'find':
    case 'findLast':
      if (name.startsWith('find')) each();
      if (name === 'pop' || name === 'shift') shuffle(reading, receiver);
      return item();
    case 'forEach':
      reading.inside += 1;
      each();
      reading.inside -= 1;
      return nothing;
    case 'map':
    case 'flatMap': {
      reading.inside += 1;
      const made = mapped(reading, receiver, first ?? nothing, call);
      reading.inside -= 1;
      if (name === 'map') return made;
      let all: Value | undefined;
      for (const one of alternatives(anyItem(made))) all = join(all, one.kind === 'list' ? anyItem(one) : one);
      return list([], all);
    }
    case 'filter':
      if (!(first?.kind === 'known' && first.name === 'Boolean')) each();
      return receiver.items.length > 0 ? list([], item()) : receiver;
    case 'some':
    case 'every':
    case 'findIndex':
      each();
      return name === 'findIndex' ? integer : nothing;
    case 'reduce':
    case 'reduceRight': {
      const start = call.args[1];
      let sum: Value = start ?? item();
      for (let round = 0; round < 2; round += 1)
        sum = join(sum, callValue(reading, first ?? nothing, callOf(call, [sum, item(), integer, receiver])));
      return sum;
    }
    case 'slice':
    case 'reverse':
    case 'toReversed':
    case 'sort':
    case 'toSorted':
    case 'flat':
    case 'values':
    case 'keys':
      if (first && /ort(?:ed)?$/.test(name)) callValue(reading, first, callOf(call, [item(), item()]));
      if (name === 'sort' || name === 'reverse') {
        shuffle(reading, receiver);
        return receiver;
      }
      return reordered(receiver, name, call);
    case 'concat': {
      let rest: Value | undefined = receiver.rest;
      const items = [...receiver.items];
      for (const value of call.args) {
        if (value.kind === 'list' && !value.rest && rest === undefined) items.push(...value.items);
        else rest = join(rest, value.kind === 'list' ? anyItem(value) : value);
      }
      return list(items, rest);
    }
    case 'entries':
      return list([], list([integer, item()]));
    case 'join':
    case 'toString':
      return joined(receiver, first);
    case 'includes':
    case 'has':
    case 'indexOf':
    case 'lastIndexOf':
      return name.startsWith('i') && name !== 'includes' ? integer : nothing;
    case 'next':
      return { kind: 'dict', entries: new Map([['value', item()]]), rest: undefined };
    default:
      giveAway(reading, receiver, call);
      for (const value of allArguments(call)) giveAway(reading, value, call);
      return object(`${name}()`, taintOfValue(receiver));
  }
}

/** Each item on its own where a function of texts is all there is; one for all where the script's own function is called. */
function mapped(reading: Reading, receiver: ListValue, callee: Value, call: Call): ListValue {
  if (callee.kind === 'known' && !receiver.rest && receiver.items.length <= 60)
    return list(receiver.items.map((item) => callValue(reading, callee, callOf(call, [item]))));
  return list([], callValue(reading, callee, callOf(call, [anyItem(receiver), integer, receiver])));
}

function reordered(receiver: ListValue, name: string, call: Call): Value {
  if (name === 'keys') return list([], integer);
  if (name === 'slice' && !receiver.rest && call.args.every(({ kind }) => kind === 'number')) {
    const [from, to] = call.args.map((value) => (value.kind === 'number' ? value.value : 0));
    return list(receiver.items.slice(from ?? 0, to));
  }
  if ((name === 'reverse' || name === 'toReversed') && !receiver.rest) return list([...receiver.items].reverse());
  if (name === 'slice' && call.args.length === 0) return receiver;
  if (name === 'flat') {
    let all: Value | undefined;
    for (const one of alternatives(anyItem(receiver))) all = join(all, one.kind === 'list' ? anyItem(one) : one);
    return list([], all);
  }
  return receiver.items.length > 0 || receiver.rest ? list([], anyItem(receiver)) : receiver;
}

function joined(receiver: ListValue, by: Value | undefined): Value {
  const between: Value = by ?? constant(',');
  if (receiver.rest) {
    const taint = taintOfValue(receiver);
    const known = receiver.items.flatMap((item) => piecesOf(item)).filter(({ type }) => type === 'text');
    const numbers = alternatives(receiver.rest).every(isNumber);
    const rest = piecesOf(object('joined texts', taint, 'text'));
    return numbers && receiver.items.length === 0 ? object('joined numbers', taint, 'text') : text([...known, ...rest]);
  }
  let sum: Value = constant('');
  for (const [index, item] of receiver.items.entries()) {
    if (index > 0) sum = addTexts(sum, between);
    sum = addTexts(sum, item);
  }
  return sum;
}
