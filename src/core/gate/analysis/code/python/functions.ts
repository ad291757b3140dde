import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { attribute, find } from './attributes';
import { allArguments, type Call, callOf, taintOfCall } from './call';
import { callFor, evaluate } from './evaluate';
import { execute } from './execute';
import { inScope } from './inScope';
import { callKnown, libraryCall } from './library';
import { callMethod } from './methods/method';
import { type Reading, temporary } from './reading';
import { holdsEffect, release } from './release';
import { createScope } from './scope';
import type { Expr, FunctionCode, Statement } from './syntax';
import { type ClassValue, type FunctionValue, join, list, nothing, object, type Value } from './value';

/** A function as it is when its definition runs. */
export function makeFunction(reading: Reading, code: FunctionCode): FunctionValue {
  const standards = new Map<string, Value>();
  for (const { name, standard } of code.parameters) if (standard) standards.set(name, evaluate(reading, standard));
  for (const annotation of code.annotations) evaluate(reading, annotation);
  const made: FunctionValue = {
    kind: 'function',
    code,
    scope: reading.scope,
    standards,
    role: 'plain',
    state: { calls: 0, escaped: false, judged: false, running: 0, returned: undefined, owner: undefined },
  };
  reading.functions.push(made);
  return made;
}

export function defineFunction(reading: Reading, code: FunctionCode, decorators: readonly Expr[]): Value {
  let value: Value = makeFunction(reading, code);
  for (const decorator of [...decorators].reverse())
    value = decorate(reading, evaluate(reading, decorator), value, decorator);
  return value;
}

const roles: Readonly<Record<string, FunctionValue['role']>> = {
  'builtins.property': 'property',
  'functools.cached_property': 'property',
  'builtins.staticmethod': 'static',
  'builtins.classmethod': 'class',
};

function decorate(reading: Reading, decorator: Value, value: Value, span: Span): Value {
  const role = decorator.kind === 'known' ? roles[decorator.name] : undefined;
  if (role) releaseEffect(reading, 'a property', value, span);
  if (role && value.kind === 'function') return { ...value, role };
  const made = callValue(reading, decorator, callOf(span, value));
  // What a library makes of a function is that function with something around it.
  const kinds = made.kind === 'any' ? made.of : [made];
  return kinds.every(({ kind }) => kind === 'object' || kind === 'known') ? value : made;
}

export function defineClass(reading: Reading, statement: Statement & { type: 'class' }): Value {
  const call = callFor(reading, statement.bases, {
    type: 'plain',
    name: '',
    start: statement.start,
    end: statement.end,
  });
  const fields = new Map<string, Value>();
  const made: ClassValue = {
    kind: 'class',
    name: statement.name,
    bases: call.args,
    members: new Map(),
    fields,
    dictionary: { kind: 'dict', entries: fields, rest: undefined },
    escaped: false,
  };
  const first = reading.functions.length;
  inScope(reading, 'class', () => {
    execute(reading, statement.body);
    for (const [name, value] of reading.scope.ever) made.members.set(name, value);
  });
  for (const member of reading.functions.slice(first)) if (member.scope.kind === 'class') member.state.owner ??= made;
  // The interpreter calls these where nothing looks like a call.
  for (const [name, value] of made.members) if (isProtocol(name)) releaseEffect(reading, name, value, statement);
  reading.classes.push(made);
  // A base or metaclass from elsewhere calls what it likes; the names of a class body are given to it.
  if (call.named.size > 0 || call.more || call.args.some(({ kind }) => kind !== 'class'))
    for (const member of made.members.values()) if (member.kind === 'function') member.state.escaped = true;
  for (const [name, value] of call.named) if (name !== 'metaclass') release(reading, value, statement);
  let value: Value = made;
  for (const decorator of [...statement.decorators].reverse()) {
    const decorated = callValue(reading, evaluate(reading, decorator), callOf(decorator, value));
    value = decorated.kind === 'object' || decorated.kind === 'known' ? value : join(value, decorated);
  }
  return value;
}

/** `__getitem__` and its like. */
export const isProtocol = (name: string): boolean => /^__\w+__$/.test(name);

/** A method of a protocol that is no function of the script: what it is called with is not followed. */
export function releaseEffect(reading: Reading, name: string, value: Value, span: Span): void {
  if (holdsEffect(value))
    reading.doubt('code.dynamic', say('{0} is set to something that can have effects', name), span);
}

export function callValue(reading: Reading, callee: Value, call: Call): Value {
  reading.sink.spend(1);
  reading.calls += 1;
  if (reading.calls > mostFollowed) {
    reading.doubt('code.parse', say('the code calls too much to be followed'), {
      start: 0,
      end: reading.source.text.length,
    });
    return object('a result', taintOfCall(call));
  }
  switch (callee.kind) {
    case 'any':
      return callee.of.map((one) => callValue(reading, one, call)).reduce((all, one) => join(all, one));
    case 'known':
      return callKnown(reading, callee.name, call);
    case 'method':
      return callMethod(reading, callee.of, callee.name, call);
    case 'function':
      return callFunction(reading, callee, call, undefined);
    case 'bound':
      return callFunction(reading, callee.code, call, callee.self);
    case 'class':
      return instantiate(reading, callee, call);
    case 'instance': {
      const method = find(callee.class, '__call__');
      if (method?.kind === 'function') return callFunction(reading, method, call, callee);
      return libraryCall(reading, callee.class.name, call);
    }
    case 'partial':
      return callValue(reading, callee.callee, {
        ...call,
        args: [...callee.call.args, ...call.args],
        named: new Map([...callee.call.named, ...call.named]),
        more: callee.call.more ? join(callee.call.more, call.more) : call.more,
      });
    case 'doing':
      return callee.run(call, reading);
    case 'object':
      return libraryCall(reading, callee.of, call);
    default:
      for (const value of allArguments(call)) release(reading, value, call);
      return object('a value', taintOfCall(call));
  }
}

/** `receiver.name(…)`. */
export function callMember(reading: Reading, receiver: Value, name: string, call: Call, span: Span): Value {
  switch (receiver.kind) {
    case 'any':
      return receiver.of.map((one) => callMember(reading, one, name, call, span)).reduce((all, one) => join(all, one));
    case 'text':
    case 'list':
    case 'dict':
    case 'path':
    case 'file':
    case 'number':
      attributeCheck(reading, receiver, name, span);
      return callMethod(reading, receiver, name, call);
    case 'object': {
      const value = attribute(reading, receiver, name, span);
      if (value.kind !== 'object') return callValue(reading, value, call);
      return callMethod(reading, receiver, name, call);
    }
    default:
      return callValue(reading, attribute(reading, receiver, name, span), call);
  }
}

function attributeCheck(reading: Reading, receiver: Value, name: string, span: Span): void {
  if (name.startsWith('__')) attribute(reading, receiver, name, span);
}

/** Calls that are followed in one script, however they nest. */
const mostFollowed = 20_000;

/** Calls into functions of the script. */
const mostEntered = 600;

const deepest = 14;
const mostCalls = 60;

/** Follows a call into a function of the script. */
export function callFunction(reading: Reading, callee: FunctionValue, call: Call, self: Value | undefined): Value {
  const { state } = callee;
  if (
    state.running >= 2 ||
    reading.frames.length >= deepest ||
    state.calls >= mostCalls ||
    reading.entered >= mostEntered
  ) {
    state.escaped = true;
    for (const value of allArguments(call)) if (holdsEffect(value)) release(reading, value, call);
    return state.returned
      ? join(state.returned, object(callee.code.name, taintOfCall(call)))
      : object(callee.code.name, taintOfCall(call));
  }
  state.calls += 1;
  reading.entered += 1;
  if (callee.code.late && !reading.late) reading.lateCalls.push({ function: callee, call, self });
  return enter(reading, callee, call, self, false);
}

/** Judges a function that anybody may call with anything, at any time. */
export function judgeFunction(reading: Reading, callee: FunctionValue): void {
  const owner = callee.state.owner;
  const span = callee.code;
  const self: Value | undefined =
    owner && callee.role !== 'static' ? (callee.role === 'class' ? owner : instancesOf(reading, owner)) : undefined;
  const call: Call = { args: [], named: new Map(), more: object('an argument'), start: span.start, end: span.end };
  callee.state.judged = true;
  const returned = enter(reading, callee, call, self, true);
  if (!isProtocol(callee.code.name) && !callee.state.escaped) return;
  // The interpreter and libraries do with it what they like.
  release(reading, returned, span);
  if (holdsEffect(returned))
    reading.doubt('code.dynamic', say('{0} gives out something that can have effects', callee.code.name), span);
}

/** An instance of a class, or of any of those that come from it. */
function instancesOf(reading: Reading, owner: ClassValue): Value {
  const comesFrom = (one: ClassValue, depth: number): boolean =>
    one === owner || (depth < 8 && one.bases.some((base) => base.kind === 'class' && comesFrom(base, depth + 1)));
  return reading.classes
    .filter((one) => comesFrom(one, 0))
    .map((one): Value => ({ kind: 'instance', class: one }))
    .reduce<Value>((all, one) => join(all, one), { kind: 'instance', class: owner });
}

/** Calls a generator or coroutine again with what its names may have become. */
export function repeatLate(reading: Reading): void {
  for (const { function: callee, call, self } of reading.lateCalls.splice(0)) enter(reading, callee, call, self, false);
}

function enter(reading: Reading, callee: FunctionValue, call: Call, self: Value | undefined, anything: boolean): Value {
  const { state, code } = callee;
  const around = reading.scope;
  const scope = createScope('function', callee.scope, reading.ways.depth);
  bindParameters(reading, callee, call, self, scope.names, anything);
  for (const [name, value] of scope.names) scope.ever.set(name, value);
  const frame = {
    function: callee,
    self,
    returned: undefined as Value | undefined,
    yielded: undefined as Value | undefined,
  };
  reading.frames.push(frame);
  reading.scope = scope;
  state.running += 1;
  try {
    if (Array.isArray(code.body)) execute(reading, code.body as readonly Statement[]);
    else frame.returned = evaluate(reading, code.body as Expr);
  } finally {
    state.running -= 1;
    reading.scope = around;
    reading.frames.pop();
  }
  let result: Value = frame.returned ?? nothing;
  if (frame.yielded)
    result =
      frame.returned && frame.returned !== nothing
        ? join(list([], frame.yielded), frame.returned)
        : list([], frame.yielded);
  state.returned = join(state.returned, result);
  return result;
}

/** What test frameworks give to parameters of these names. */
function fixture(reading: Reading, name: string): Value | undefined {
  if (!/^(?:tmp_path|tmpdir)$/.test(name) || reading.globals.ever.has(name)) return undefined;
  return { kind: 'path', pieces: [temporary] };
}

function bindParameters(
  reading: Reading,
  { code, standards }: FunctionValue,
  call: Call,
  self: Value | undefined,
  names: Map<string, Value>,
  anything: boolean,
): void {
  const args = self ? [self, ...call.args] : call.args;
  const used = new Set<string>();
  let place = 0;
  for (const { name, collects, namedOnly } of code.parameters) {
    if (collects === '*') {
      names.set(name, list(args.slice(place), call.more));
      place = args.length;
    } else if (collects === '**') {
      const entries = new Map<string, Value>();
      for (const [key, value] of call.named) if (!used.has(key)) entries.set(key, value);
      names.set(name, { kind: 'dict', entries, rest: call.more });
    } else {
      used.add(name);
      const positional = namedOnly ? undefined : args[place];
      if (!namedOnly) place += 1;
      const given = positional ?? call.named.get(name);
      const standard = standards.get(name);
      if (given) names.set(name, given);
      else if (anything)
        names.set(name, fixture(reading, name) ?? (standard ? join(standard, object(name)) : object(name)));
      else if (call.more) names.set(name, standard ? join(standard, call.more) : call.more);
      else names.set(name, standard ?? object(name));
    }
  }
}

function instantiate(reading: Reading, of: ClassValue, call: Call): Value {
  const made: Value = { kind: 'instance', class: of };
  const start = find(of, '__init__');
  const create = find(of, '__new__');
  let result: Value = made;
  if (create?.kind === 'function') result = join(made, callFunction(reading, create, call, of));
  if (start?.kind === 'function') callFunction(reading, start, call, made);
  else {
    const fields = [...of.members].filter(([, member]) => member.kind !== 'function').map(([name]) => name);
    // Data classes and their like: the arguments become what is declared.
    for (const [name, value] of call.named) keep(reading, of, name, value);
    for (const [index, value] of call.args.entries()) {
      const name = fields[index];
      if (name !== undefined) keep(reading, of, name, value);
      else if (holdsEffect(value)) release(reading, value, call);
    }
  }
  for (const base of outsideBases(of))
    if (base.kind === 'known') result = join(result, callKnown(reading, base.name, call));
    else if (start === undefined) libraryCall(reading, of.name, call);
  return result;
}

function keep(reading: Reading, of: ClassValue, name: string, value: Value): void {
  const before = of.fields.get(name);
  const after = join(before, value);
  if (after !== before) reading.changes += 1;
  of.fields.set(name, after);
}

function outsideBases(of: ClassValue, depth = 0): Value[] {
  if (depth > 8) return [];
  return of.bases.flatMap((base) => (base.kind === 'class' ? outsideBases(base, depth + 1) : [base]));
}

/** `super()`. */
export function superOf(reading: Reading): Value {
  const frame = [...reading.frames].reverse().find(({ function: running }) => running?.state.owner);
  const owner = frame?.function?.state.owner;
  return owner ? { kind: 'super', of: owner, self: frame?.self ?? object('self') } : object('super()');
}
