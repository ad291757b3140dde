import type { Taint } from '../../shell/field';
import type { CodeText } from '../code';
import { allArguments, type Call, callOf, holdsEnvironment } from './call';
import { callFunction } from './functions';
import { giveAway } from './giveAway';
import { looksLikeCommand } from './library/commands';
import { type Reading, taintOfAll } from './reading';
import { alternatives, constantText, type ObjectValue, object, type Value } from './value';

/** Texts that name a file wherever they turn up: rooted in a folder that systems have, in a home, or above the folder. */
const path =
  /^(?:~(?:\/|$)|\.\.(?:\/|$)|\/(?:etc|usr|var|home|root|tmp|opt|bin|sbin|dev|proc|sys|mnt|media|srv|lib|lib64|boot|run|snap|private|Users|Library|System|Applications|Volumes)(?:\/|$)|file:)/;
const url = /^(?:https?|wss?|ftp|ssh|git|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|redis|amqps?):\/\//i;
/** Keys under which libraries look for where to connect to. */
const urlKey = /url|uri|host|endpoint|server|proxy|connection|broker|webhook|dsn/i;

/** Calls that only compare, show or describe what they are given. */
const harmless =
  /^(?:expect|describe|it|test|suite|context|specify|assert|chai|should|console|logger|log|debug|z|yup|Joi|joi|t|i18n|cors|helmet|Error|TypeError|RangeError|chalk|pc|kleur|css|clsx|cn|cva|styled|sql|gql|html|svg)\b|\.(?:toBe|toEqual|toStrictEqual|toMatch|toContain|toHave\w*|toThrow\w*|equal|deepEqual|strictEqual|deepStrictEqual|notEqual|match|includes?|startsWith|endsWith|error|warn|info|debug|trace|log|setAttribute|getAttribute|querySelector(?:All)?|closest|redirect|navigate|describe|default|url|addEventListener|on|emit|once|off|dispatch|createElement|append|setHeader|header|matches|literal)$/;
/** Calls that take routes rather than files. */
const routes =
  /(?:^|\.)(?:get|post|put|patch|delete|del|head|options|all|use|route|push|replace|navigate|goto|visit|redirect|Link|path|test|it)$/;

/** Calls code that is not looked into: a library, a module of the project. */
export function libraryCall(reading: Reading, of: string, call: Call, receiver?: Value): Value {
  const values = allArguments(call);
  if (holdsEnvironment(call.args)) reading.environment(undefined, call);
  const taint = taintOfAll(receiver ? [receiver, ...values] : values);
  for (const value of values) give(reading, value, call, taint);
  handTexts(reading, of, call, taint);
  if (/\.listen$/.test(of) && call.args.length > 0) listens(reading, call);
  const command = call.args[0];
  if (command && /(?:^|[.$])(?:exec|run|sh|shell|cmd|command|spawn|system|bash|execute|\$)\w{0,12}$/i.test(of))
    for (const one of alternatives(command)) {
      const known = constantText(one);
      if (known !== undefined && looksLikeCommand(known)) reading.shell(one, call);
    }
  return object(`${of.length > 60 ? 'a library' : of}()`, taint, 'any', result(values));
}

/** What a library makes of something risky is as risky: it may give back what it was given. */
function result(values: readonly Value[]): ObjectValue['risk'] {
  let risk: ObjectValue['risk'] = 0;
  for (const value of values) {
    if (value.kind === 'object' && value.risk > 0) risk = risk === 2 ? 2 : 1;
    if (value.kind === 'dict')
      for (const entry of value.entries.values()) if (entry.kind === 'known' && entry.name === 'Function') risk = 2;
  }
  return risk;
}

/** Functions are called with what the library has. */
function give(reading: Reading, value: Value, call: Call, taint: Taint): void {
  if (value.kind === 'function' && (taint.secret || taint.network)) {
    value.escaped = true;
    callFunction(reading, value, callOf(call, [], object('an argument', taint)));
  } else giveAway(reading, value, call);
}

function listens(reading: Reading, call: Call): void {
  const host = call.args.find((value) => value.kind === 'text' && !/^\d+$/.test(constantText(value) ?? ''));
  const [first] = call.args;
  const options = first?.kind === 'dict' ? first.entries.get('host') : undefined;
  reading.listen(host ?? options ?? object('every address'), call);
}

/** Gives paths and addresses among the arguments to the sink. */
export function handTexts(reading: Reading, of: string, call: Call, taint: Taint): void {
  if (reading.muted || harmless.test(of)) return;
  let left = 40;
  const walk = (value: Value, key: string, depth: number): void => {
    if (depth > 3 || left <= 0) return;
    switch (value.kind) {
      case 'text': {
        left -= 1;
        handText(value.pieces, key, depth);
        return;
      }
      case 'list':
        for (const item of value.items.slice(0, 40)) walk(item, key, depth + 1);
        if (value.rest) walk(value.rest, key, depth + 1);
        return;
      case 'dict':
        for (const [name, item] of value.entries) walk(item, name, depth + 1);
        return;
      case 'any':
        for (const one of value.of) walk(one, key, depth);
        return;
      default:
        return;
    }
  };
  const handText = (pieces: CodeText, key: string, depth: number): void => {
    const [first] = pieces;
    if (first?.type !== 'text') return;
    if (url.test(first.text)) {
      if (depth === 0 || urlKey.test(key))
        reading.connect({ kind: 'text', pieces }, taint.secret || call.args.length > 1 ? 'send' : 'get', taint, call);
    } else if (path.test(first.text) && !(routes.test(of) && /^\/(?:home|root|run|media|lib|opt)\b/.test(first.text)))
      reading.hand(pieces, call);
  };
  for (const value of allArguments(call)) walk(value, '', 0);
}
