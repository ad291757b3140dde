import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { assign, patternParts } from './assign';
import { allArguments, type Call, callOf } from './call';
import { instantiate } from './classes';
import { evaluate } from './evaluate';
import { declareFunction, executeAll } from './execute';
import { giveAway, holdsEffect } from './giveAway';
import { libraryCall } from './handing';
import { join } from './join';
import { callKnown } from './library/index';
import { getMember, knownMember } from './members';
import { callMethod } from './methods';
import { has, kid, type Node } from './nodes';
import type { Reading } from './reading';
import { createCell, createScope, type Scope } from './scope';
import { taintOfValue } from './taint';
import {
  alternatives,
  type BoundValue,
  describe,
  type FunctionValue,
  known,
  list,
  nothing,
  object,
  type Value,
} from './value';

/** The function that an expression makes; there is one of it over the whole run. */
export function makeFunction(reading: Reading, node: Node, self?: Value): FunctionValue {
  const made = reading.site<FunctionValue>(node, () => {
    const parameters = patternParts(kid(node, 'ParamList')?.kids ?? []);
    const name = node.kids.find(({ name: what }) => /^(?:VariableDefinition|PropertyDefinition)$/.test(what))?.text;
    return {
      kind: 'function',
      name: name ?? 'a function',
      node,
      scope: reading.scope,
      role: has(node, 'get') ? 'get' : has(node, 'set') ? 'set' : 'plain',
      parameters,
      given: parameters.map(() => createCell()),
      more: createCell(),
      returned: createCell(),
      self: node.name === 'ArrowFunction' ? undefined : createCell(),
      least: Number.POSITIVE_INFINITY,
      pass: 0,
      called: false,
      escaped: false,
      start: node.start,
      end: node.end,
    };
  });
  if (self && made.self) reading.put(made.self, self);
  reading.functions.push(made);
  return made;
}

export function callValue(reading: Reading, callee: Value, call: Call): Value {
  reading.sink.spend(1);
  switch (callee.kind) {
    case 'any': {
      let result: Value | undefined;
      for (const one of callee.of) result = join(result, callValue(reading, one, call));
      return result ?? nothing;
    }
    case 'known':
      return callKnown(reading, callee.name, call);
    case 'function':
      return callFunction(reading, callee, call);
    case 'bound':
      return callValue(reading, callee.callee, { ...call, args: [...callee.args, ...call.args] });
    case 'class':
      return instantiate(reading, callee, call);
    case 'method':
      return callMember(reading, callee.of, callee.name, call, call);
    case 'object':
      if (callee.risk === 2) reading.doubt('code.dynamic', say('{0} may be the maker of functions', callee.of), call);
      return libraryCall(reading, callee.of, call);
    default:
      for (const value of allArguments(call)) giveAway(reading, value, call);
      return nothing;
  }
}

/** `new callee(…)`. */
export function construct(reading: Reading, callee: Value, call: Call): Value {
  switch (callee.kind) {
    case 'any': {
      let result: Value | undefined;
      for (const one of callee.of) result = join(result, construct(reading, one, call));
      return result ?? nothing;
    }
    case 'class':
      return instantiate(reading, callee, call);
    case 'function': {
      const returned = callFunction(reading, callee, { ...call, self: known('this') });
      return join(object(callee.name), returned);
    }
    case 'bound':
      return construct(reading, callee.callee, { ...call, args: [...callee.args, ...call.args] });
    default:
      return callValue(reading, callee, call);
  }
}

/** `receiver.name(…)`. */
export function callMember(reading: Reading, receiver: Value, name: string, call: Call, span: Span): Value {
  switch (receiver.kind) {
    case 'any': {
      let result: Value | undefined;
      for (const one of receiver.of)
        result = join(result, callMember(reading, one, name, call.self ? { ...call, self: one } : call, span));
      return result ?? nothing;
    }
    case 'known': {
      if (isPromise(name)) return settle(reading, receiver, name, call);
      if (name === 'bind' || name === 'call' || name === 'apply') return indirectly(reading, receiver, name, call);
      return callValue(reading, knownMember(reading, receiver.name, name, span), call);
    }
    case 'function':
    case 'bound':
    case 'method':
    case 'class':
      if (name === 'call' || name === 'apply' || name === 'bind') return indirectly(reading, receiver, name, call);
      return callValue(reading, getMember(reading, receiver, name, span), call);
    case 'dict': {
      const entry = receiver.entries.get(name);
      if (entry || receiver.rest) return callValue(reading, getMember(reading, receiver, name, span), call);
      if (isPromise(name)) return settle(reading, receiver, name, call);
      return callValue(reading, getMember(reading, receiver, name, span), call);
    }
    case 'instance':
      return callValue(reading, getMember(reading, receiver, name, span), call);
    case 'text':
    case 'number':
    case 'list':
      if (/^\d+$/.test(name)) return callValue(reading, getMember(reading, receiver, name, span), call);
      if (isPromise(name)) return settle(reading, receiver, name, call);
      return callMethod(reading, receiver, name, call, span);
    case 'object': {
      if (isPromise(name)) return settle(reading, receiver, name, call);
      if (receiver.risk === 2 && /^(?:call|apply|bind)$/.test(name)) return callValue(reading, receiver, call);
      const value = getMember(reading, receiver, name, span);
      let result: Value | undefined;
      for (const one of alternatives(value))
        result = join(
          result,
          one.kind === 'object' ? callMethod(reading, receiver, name, call, span) : callValue(reading, one, call),
        );
      return result ?? nothing;
    }
  }
}

function isPromise(name: string): boolean {
  return name === 'then' || name === 'catch' || name === 'finally';
}

/** Values stand for the promises of them as well. */
function settle(reading: Reading, value: Value, name: string, call: Call): Value {
  let result: Value = value;
  const taken = name === 'then' ? [value] : name === 'catch' ? [object('an error', taintOfValue(value))] : [];
  const [first, second] = call.args;
  if (first) {
    const given = callValue(reading, first, callOf(call, taken));
    if (name === 'then') result = given;
    else if (name === 'catch') result = join(value, given);
  }
  if (second)
    result = join(result, callValue(reading, second, callOf(call, [object('an error', taintOfValue(value))])));
  if (call.more) giveAway(reading, call.more, call);
  return result;
}

function indirectly(reading: Reading, callee: Value, name: string, call: Call): Value {
  const [self, ...args] = call.args;
  // `[].map.call(list, f)` is `list.map(f)`.
  if (callee.kind === 'method' && self && name === 'call')
    return callMember(reading, self, callee.name, { ...call, args, self }, call);
  if (callee.kind === 'method' && self && name === 'apply')
    return callMember(reading, self, callee.name, { ...call, args: [], more: args[0], self }, call);
  if (name === 'call') return callValue(reading, callee, { ...call, args, self });
  if (name === 'bind') {
    if (args.length === 0) return callee;
    if (!call.node) return { kind: 'bound', callee, args };
    const made = reading.site<BoundValue>(call.node, () => ({ kind: 'bound', callee, args }));
    if (made.kind !== 'bound') return made;
    made.callee = reading.merge(made.callee, callee);
    made.args = args.map((value, index) => reading.merge(made.args[index], value));
    return made;
  }
  const given = args[0];
  if (given?.kind === 'list') return callValue(reading, callee, { ...call, args: given.items, more: given.rest, self });
  return callValue(reading, callee, {
    ...call,
    args: [],
    more: given ? object('arguments', taintOfValue(given)) : undefined,
    self,
  });
}

/** Nesting of calls that is followed at once; what lies deeper is followed in a later pass. */
const deepest = 60;

/** Follows a call into a function of the script. */
export function callFunction(reading: Reading, callee: FunctionValue, call: Call): Value {
  callee.called = true;
  give(reading, callee, call.args, call.more);
  if (callee.self && call.self) reading.put(callee.self, call.self);
  if (call.args.length < callee.least) {
    callee.least = call.more ? Math.min(callee.least, call.args.length) : call.args.length;
    if (callee.pass > 0) reading.dirty = true;
  }
  follow(reading, callee);
  return reading.get(callee.returned);
}

function give(reading: Reading, callee: FunctionValue, args: readonly Value[], more: Value | undefined): void {
  for (const [index, cell] of callee.given.entries()) {
    const value = args[index] ?? more;
    if (value) reading.put(cell, value);
  }
  for (const value of args.slice(callee.given.length)) reading.put(callee.more, value);
  if (more) reading.put(callee.more, more);
}

/** Judges a function that anybody may call with anything, at any time. */
export function judgeFunction(reading: Reading, callee: FunctionValue): void {
  give(
    reading,
    callee,
    callee.parameters.map(({ target }) => object(target?.name === 'VariableDefinition' ? target.text : 'an argument')),
    object('an argument'),
  );
  if (callee.least > 0) {
    callee.least = 0;
    if (callee.pass > 0) reading.dirty = true;
  }
  follow(reading, callee);
  if (callee.escaped && holdsEffect(callee.returned.value))
    reading.doubt('code.unknown-call', say('{0} gives out something that can have effects', describe(callee)), callee);
}

/** Follows the body, once in a pass. */
function follow(reading: Reading, callee: FunctionValue): void {
  if (callee.pass === reading.pass) return;
  if (reading.depth >= deepest) {
    reading.dirty = true;
    return;
  }
  callee.pass = reading.pass;
  const { node } = callee;
  const around = { scope: reading.scope, running: reading.running };
  reading.scope = scopeOf(reading, callee);
  reading.running = callee;
  reading.depth += 1;
  reading.inside += 1;
  try {
    bindParameters(reading, callee);
    const body = node.kids.at(-1);
    if (body?.name === 'Block') executeAll(reading, body.kids);
    else if (node.name === 'ArrowFunction') reading.put(callee.returned, evaluate(reading, body));
  } finally {
    reading.depth -= 1;
    reading.inside -= 1;
    reading.scope = around.scope;
    reading.running = around.running;
  }
}

function scopeOf(reading: Reading, callee: FunctionValue): Scope {
  const before = reading.scopes.get(callee.node);
  if (before) return before;
  const made = createScope(callee.scope, callee.self);
  reading.scopes.set(callee.node, made);
  const own = callee.node.name === 'FunctionExpression' ? kid(callee.node, 'VariableDefinition') : undefined;
  if (own) made.cells.set(own.text, createCell(callee));
  declareFunction(reading, made, callee.node);
  return made;
}

function bindParameters(reading: Reading, callee: FunctionValue): void {
  for (const [index, part] of callee.parameters.entries()) {
    const cell = callee.given[index];
    if (!part.target || !cell) continue;
    let value = cell.value === undefined ? nothing : reading.get(cell);
    cell.read = true;
    if (part.spread) {
      callee.more.read = true;
      const rest = join(cell.value, callee.more.value);
      value = list([], cell.value || callee.more.value ? rest : undefined);
    } else if (part.standard) {
      const standard = evaluate(reading, part.standard);
      value =
        cell.value === undefined
          ? standard
          : callee.least <= index || value === nothing
            ? join(value, standard)
            : value;
    }
    assign(reading, part.target, value, part.target);
  }
}
