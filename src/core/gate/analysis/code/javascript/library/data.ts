import { say } from '../../../../../say';
import { allArguments, argument, argumentOr, callOf } from '../call';
import { keyOf } from '../execute';
import { callValue } from '../functions';
import { giveAway, holdsEffect } from '../giveAway';
import { anyItem, element } from '../iterate';
import { join } from '../join';
import { getComputed, setMember } from '../members';
import { taintOfAll } from '../reading';
import { taintOfValue } from '../taint';
import { alternatives, constant, constantText, integer, known, list, nothing, object, type Value } from '../value';
import { calculated, constantArgument, each, effect, pure, type Rule, type Rules } from './rule';

const first: Rule = pure((call) => argumentOr(call, 0));

/** Text worked out from constant text. */
function folds(make: (of: string) => string): Rule {
  return pure((call) => {
    const of = constantArgument(call, 0);
    if (of !== undefined && of.length < 20_000)
      try {
        return constant(make(of));
      } catch {
        return nothing;
      }
    return object('a text', taintOfAll(call.args), 'text');
  });
}

const entries: Rule = pure((call, reading, name) => {
  const of = argumentOr(call, 0);
  let all: Value | undefined;
  const items: Value[] = [];
  for (const one of alternatives(of)) {
    if (one.kind === 'dict' && name !== 'Object.keys') {
      for (const [key, value] of one.entries)
        items.push(name === 'Object.values' ? value : list([constant(key), value]));
      if (one.rest)
        all = join(all, name === 'Object.values' ? one.rest : list([object('a key', undefined, 'text'), one.rest]));
    } else if (name === 'Object.keys') {
      const key = keyOf(one);
      all = join(all, key);
    } else {
      giveAway(reading, one, call);
      const item = one.kind === 'list' ? anyItem(one) : object('an entry', taintOfValue(one));
      all = join(all, name === 'Object.values' ? item : list([object('a key', undefined, 'text'), item]));
    }
  }
  return list(items, all);
});

const assigns: Rule = pure((call, reading) => {
  const [target, ...sources] = call.args;
  if (!target) return nothing;
  for (const source of sources)
    for (const one of alternatives(source)) {
      if (one.kind === 'dict') {
        for (const [key, value] of one.entries) setMember(reading, target, key, value, call);
        if (one.rest) setMember(reading, target, object('a key', undefined, 'text'), one.rest, call);
      } else if (one.kind === 'known' || one.kind === 'instance') giveAway(reading, one, call);
      else if (target.kind === 'dict')
        setMember(reading, target, object('a key'), object('a value', taintOfValue(one)), call);
      else if (target.kind === 'known' && /^(?:fs|child_process|process|global|Module|require)/.test(target.name))
        reading.doubt('code.dynamic', say('which member of {0} is set is not known', target.name), call);
    }
  if (call.more) giveAway(reading, call.more, call);
  return target;
});

const defines: Rule = pure((call, reading) => {
  const [target, key, description] = call.args;
  const given = description?.kind === 'dict' ? description : undefined;
  for (const one of alternatives(target ?? nothing))
    if (one.kind === 'known' && !/^(?:exports|module\.exports|window|global|this)$/.test(one.name))
      reading.doubt('code.dynamic', say('{0} is replaced, so that other code does something else', one.name), call);
  const value = given?.entries.get('value');
  if (value && target && key) setMember(reading, target, constantText(key) ?? key, value, call);
  giveAway(reading, description, call);
  return target ?? nothing;
});

/** Objects that look through to others. */
const reflects: Rule = pure((call, reading, name) => {
  const [target, second, third] = call.args;
  if (name === 'Reflect.get' && target && second) return getComputed(reading, target, second, call);
  if (name === 'Reflect.set' && target && second && third) {
    setMember(reading, target, constantText(second) ?? second, third, call);
    return nothing;
  }
  if (holdsEffect(target)) reading.doubt('code.dynamic', say('{0} reaches what can have effects', name), call);
  if (name === 'Reflect.apply' && target) {
    const args = third?.kind === 'list' ? third : list([], third && object('arguments', taintOfValue(third)));
    return callValue(reading, target, callOf(call, args.items, args.rest, second));
  }
  if (name === 'Reflect.construct' && target) {
    const args = second?.kind === 'list' ? second : list([], second && object('arguments', taintOfValue(second)));
    return callValue(reading, target, callOf(call, args.items, args.rest));
  }
  for (const value of call.args) giveAway(reading, value, call);
  return object(`${name}()`, taintOfAll(call.args));
});

const prototypes: Rule = pure((call, reading) => {
  const of = argumentOr(call, 0);
  if (holdsEffect(of))
    reading.doubt('code.dynamic', say('{0} reaches what can have effects', 'Object.getPrototypeOf'), call);
  return known('__proto__');
});

const changesPrototype: Rule = pure((call, reading) => {
  for (const one of alternatives(argumentOr(call, 0)))
    if (one.kind === 'known')
      reading.doubt('code.dynamic', say('{0} is replaced, so that other code does something else', one.name), call);
  giveAway(reading, call.args[1], call);
  return argumentOr(call, 0);
});

const makesList: Rule = pure((call, reading, name) => {
  const [from, by] = call.args;
  if (name === 'Array.from') {
    const items = from?.kind === 'list' ? from : list([], from ? element(reading, from, call) : undefined);
    if (!by) return items;
    const length = from?.kind === 'dict' && from.entries.has('length');
    return list([], callValue(reading, by, callOf(call, [length ? nothing : anyItem(items), integer])));
  }
  if (name === 'Set')
    return list(
      from?.kind === 'list' ? [...from.items] : [],
      from?.kind === 'list' ? from.rest : from && element(reading, from, call),
    );
  if (name === 'Array' && call.args.length === 1 && from && (from.kind === 'number' || from.kind === 'object'))
    return list([], nothing);
  return list([...call.args], call.more);
});

const promises: Rule = pure((call, reading) => {
  const body = argumentOr(call, 0);
  callValue(reading, body, callOf(call, [object('resolve'), object('reject')]));
  return object('a promised value');
});

const settled: Rule = pure((call, reading, name) => {
  const of = argumentOr(call, 0);
  if (name === 'Promise.all') return of.kind === 'object' ? list([], element(reading, of, call)) : of;
  if (name === 'Promise.allSettled') return list([], object('a result', taintOfValue(of)));
  if (name === 'Promise.resolve') return of;
  return element(reading, of, call);
});

const characters: Rule = pure((call) => {
  const codes = call.args.map((value) => (value.kind === 'number' ? value.value : Number.NaN));
  if (!call.more && codes.every((code) => code >= 0 && code <= 0x10ffff))
    return constant(String.fromCodePoint(...codes.map(Math.floor)));
  return object('a text', taintOfAll(allArguments(call)), 'text');
});

const buffers: Rule = pure((call) => {
  const [given, encoding] = call.args;
  const of = constantText(given);
  const known = encoding === undefined ? 'utf8' : constantText(encoding);
  if (of !== undefined && of.length < 20_000 && known !== undefined && given?.kind === 'text') {
    // What another encoding hides stays unknown, and running it a doubt.
    if (/^utf-?8$/i.test(known)) return constant(of);
  }
  if (
    given?.kind === 'list' &&
    !given.rest &&
    given.items.length < 5_000 &&
    given.items.every((item) => item.kind === 'number' && item.value >= 0 && item.value < 128)
  )
    return constant(String.fromCharCode(...given.items.map((item) => (item.kind === 'number' ? item.value : 0))));
  return object('bytes', taintOfAll(call.args), 'text');
});

const raw: Rule = pure((call) => argumentOr(call, 0));

/** What carries a function on: the function, whatever is made of it. */
const same: Rule = pure((call) => argumentOr(call, 0));

const maps: Rule = pure((call, reading) => {
  const of = argument(call, 0);
  if (of) giveAway(reading, of, call);
  return object('a map', of ? taintOfValue(of) : undefined);
});

const proxies: Rule = effect((call, reading) => {
  const [target, handler] = call.args;
  if (holdsEffect(target) || target?.kind === 'known')
    reading.doubt('code.dynamic', say('{0} reaches what can have effects', 'Proxy'), call);
  giveAway(reading, target, call);
  giveAway(reading, handler, call);
  return object('a proxy', taintOfAll(call.args));
});

const parses: Rule = pure((call, reading) => {
  for (const value of call.args.slice(1)) giveAway(reading, value, call);
  return object('parsed data', taintOfAll(call.args));
});

/** Mocks of test frameworks stand in for what they replace. */
const mocks: Rule = pure((call, reading) => {
  for (const value of allArguments(call)) if (value.kind !== 'known') giveAway(reading, value, call);
  return object('a mock');
});

export const data: Rules = {
  ...each('Object', 'keys values entries', entries),
  'Object.assign': assigns,
  ...each('Object', 'freeze seal preventExtensions', first),
  ...each('Object', 'defineProperty defineProperties', defines),
  ...each('Object', 'getPrototypeOf', prototypes),
  ...each('Object', 'setPrototypeOf', changesPrototype),
  ...each(
    'Object',
    'fromEntries create getOwnPropertyNames getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertySymbols is isFrozen isSealed isExtensible hasOwn groupBy call',
    calculated(),
  ),
  Object: calculated(),
  ...each(
    'Reflect',
    'get set apply construct has ownKeys getPrototypeOf setPrototypeOf defineProperty deleteProperty getOwnPropertyDescriptor defineMetadata getMetadata',
    reflects,
  ),
  Proxy: proxies,
  ...each('Array', 'from of fromAsync', makesList),
  ...each('', 'Array Set WeakSet', makesList),
  ...each('', 'Map WeakMap', maps),
  'Array.isArray': calculated(),
  Promise: promises,
  ...each('Promise', 'all allSettled resolve race any', settled),
  ...each('Promise', 'reject withResolvers try', calculated()),
  ...each('JSON', 'parse', parses),
  ...each('JSON', 'stringify', calculated('text')),
  String: pure((call) => call.args[0] ?? constant('')),
  ...each('String', 'fromCharCode fromCodePoint', characters),
  ...each('', 'String.raw`', raw),
  ...each(
    '',
    'Number parseInt parseFloat Number.parseInt Number.parseFloat Date.now performance.now Date.parse Date.UTC',
    calculated('integer'),
  ),
  ...each(
    'Math',
    'abs ceil floor round trunc sign max min random sqrt cbrt pow exp log log2 log10 sin cos tan asin acos atan atan2 hypot clz32 imul fround sinh cosh tanh log1p expm1',
    calculated('integer'),
  ),
  ...each(
    '',
    'Boolean Symbol BigInt Date RegExp isNaN isFinite Number.isInteger Number.isFinite Number.isNaN Number.isSafeInteger Error TypeError RangeError SyntaxError EvalError ReferenceError URIError AggregateError Intl structuredClone Symbol.for WeakRef FinalizationRegistry Uint8Array Uint16Array Uint32Array Int8Array Int16Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array Uint8ClampedArray ArrayBuffer SharedArrayBuffer DataView TextEncoder TextDecoder AbortController AbortSignal.timeout URLSearchParams FormData Headers Blob File Event CustomEvent EventTarget MessageChannel RegExp.escape Error.captureStackTrace crypto.randomUUID crypto.getRandomValues Atomics.wait Intl.DateTimeFormat Intl.NumberFormat',
    calculated(),
  ),
  decodeURIComponent: folds(decodeURIComponent),
  decodeURI: folds(decodeURI),
  encodeURIComponent: folds(encodeURIComponent),
  encodeURI: folds(encodeURI),
  unescape: folds((of) => decodeURIComponent(of)),
  escape: folds(encodeURIComponent),
  atob: calculated('text'),
  btoa: calculated('text'),
  ...each('Buffer', 'from', buffers),
  ...each('Buffer', 'alloc allocUnsafe concat isBuffer byteLength compare', calculated('text')),
  Buffer: buffers,
  ...each('util', 'promisify callbackify deprecate', same),
  ...each(
    'util',
    'inspect format inherits isDeepStrictEqual parseArgs stripVTControlCharacters styleText debuglog types.isPromise TextEncoder TextDecoder toUSVString getSystemErrorName',
    calculated(),
  ),
  ...each(
    '',
    'jest.spyOn vi.spyOn sinon.stub sinon.spy sinon.mock jest.mocked vi.mocked mock.method td.replace jest.replaceProperty',
    mocks,
  ),
};
