import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { callOf } from './call';
import { setVariable } from './environment';
import { callFunction, callValue, isProtocol, releaseEffect } from './functions';
import { isCapabilityModule, isRiskyMethod, knownAttribute, shapesPaths } from './library';
import { pathAttribute } from './methods/path';
import type { Reading } from './reading';
import { holdsEffect, release } from './release';
import { searchIn } from './searchPaths';
import { type ClassValue, type FunctionValue, join, known, object, taintOfValue, type Value } from './value';

/** Ways from any object to everything the interpreter has. */
const inner = new Set(
  `__builtins__ __globals__ __code__ __closure__ __subclasses__ __self__ __reduce__ __reduce_ex__ __import__
  __getattribute__ __getattr__ __kwdefaults__ __defaults__ f_globals f_locals f_back f_builtins f_code gi_frame gi_code cr_frame
  cr_code ag_frame ag_code tb_frame func_globals func_code func_closure im_func co_code co_consts`.split(/\s+/),
);

/** `of.name`. */
export function attribute(reading: Reading, of: Value, name: string, span: Span): Value {
  if (
    inner.has(name) &&
    !(
      of.kind === 'super' ||
      ((of.kind === 'instance' || of.kind === 'class') && find(of.kind === 'class' ? of : of.class, name))
    )
  ) {
    reading.doubt('code.dynamic', say('the code reaches into the interpreter with {0}', name), span);
    return object(name);
  }
  switch (of.kind) {
    case 'known':
      return knownAttribute(reading, of.name, name, span);
    case 'any':
      return of.of.map((one) => attribute(reading, one, name, span)).reduce((all, one) => join(all, one));
    case 'class': {
      const member = find(of, name);
      if (member) return member.kind === 'function' && member.role === 'class' ? bind(of, member) : member;
      return inherited(reading, of, name, span);
    }
    case 'instance':
      return instanceAttribute(reading, of, name, span);
    case 'super': {
      const access = builtinAccess(of.self, name);
      if (access) return access;
      for (const base of of.of.bases) {
        if (base.kind === 'class') {
          const member = find(base, name);
          if (member) return member.kind === 'function' && member.role !== 'static' ? bind(of.self, member) : member;
        } else if (base.kind === 'known' && /^__(?:init|new)__$/.test(name)) return base;
      }
      return inherited(reading, of.of, name, span);
    }
    case 'path':
      return pathAttribute(of, name) ?? { kind: 'method', of, name };
    case 'partial':
      return name === 'func' ? of.callee : name === '__call__' ? of : object(name);
    case 'bound':
      return name === '__func__' ? of.code : name === '__call__' ? of : object(name);
    case 'method':
      return name === '__call__' ? of : object(name);
    case 'function':
      if (name === '__get__') of.state.escaped = true;
      return /^__(?:wrapped|call|get)__$/.test(name) ? of : object(name);
    case 'text':
      // Members of enumerations.
      return name === 'value' ? of : { kind: 'method', of, name };
    case 'list':
    case 'dict':
    case 'file':
      return { kind: 'method', of, name };
    case 'object': {
      const plain = name.replace(/^_+/, '');
      if (isCapabilityModule(plain)) return join(known(plain), object(`${of.of}.${name}`, of.taint));
      if (isRiskyMethod(name)) return { kind: 'method', of, name };
      return object(`${of.of}.${name}`, of.taint, of.as === 'text' ? 'any' : of.as);
    }
    case 'doing':
      return of.what === computedAttribute || name === '__call__' ? of : object(name);
    default:
      return object(name, taintOfValue(of));
  }
}

/** What `getattr` with an unknown name gives: data unless somebody calls it. */
export const computedAttribute = 'getattr()';

/** A member of a class or of the classes of the script it comes from. */
export function find(of: ClassValue, name: string, depth = 0): Value | undefined {
  const own = of.members.get(name);
  if (own || depth > 8) return own;
  for (const base of of.bases)
    if (base.kind === 'class') {
      const found = find(base, name, depth + 1);
      if (found) return found;
    }
  return undefined;
}

function inherited(reading: Reading, of: ClassValue, name: string, span: Span): Value {
  let value: Value = isRiskyMethod(name) ? { kind: 'method', of: object(of.name), name } : object(`${of.name}.${name}`);
  const dunder = name.startsWith('__');
  for (const base of of.bases)
    if (base.kind === 'known' && !dunder && hasKnownMember(reading, base.name, name))
      value = join(value, knownAttribute(reading, base.name, name, span));
    else if (base.kind === 'class') value = join(value, inherited(reading, base, name, span));
  return value;
}

function hasKnownMember(_reading: Reading, _base: string, name: string): boolean {
  return isCapabilityModule(name.replace(/^_+/, ''));
}

function bind(self: Value, code: FunctionValue): Value {
  return { kind: 'bound', self, code };
}

function instanceAttribute(reading: Reading, of: Value & { kind: 'instance' }, name: string, span: Span): Value {
  if (name === '__dict__') return of.class.dictionary;
  const own = of.class.fields.get(name);
  const { rest } = of.class.dictionary;
  const field = own && rest ? join(own, rest) : (own ?? rest);
  const member = find(of.class, name);
  let value: Value | undefined = field;
  for (const one of member?.kind === 'any' ? member.of : member ? [member] : [])
    if (one.kind === 'function') {
      if (one.role === 'property') value = join(value, callFunction(reading, one, callOf(span), of));
      else value = join(value, one.role === 'static' ? one : bind(one.role === 'class' ? of.class : of, one));
    } else if (one.kind === 'instance' && find(one.class, '__get__'))
      value = join(value, callValue(reading, attribute(reading, one, '__get__', span), callOf(span, of, of.class)));
    else value = join(value, one);
  if (value) return value;
  if (!name.startsWith('__'))
    for (const way of ['__getattr__', '__getattribute__']) {
      const asked = find(of.class, way);
      if (asked?.kind === 'function')
        value = join(
          value,
          callFunction(reading, asked, callOf(span, { kind: 'text', pieces: [{ type: 'text', text: name }] }), of),
        );
    }
  return value ?? builtinAccess(of, name) ?? inherited(reading, of.class, name, span);
}

/** `self.__setattr__` where the class has none of its own. */
function builtinAccess(self: Value, name: string): Value | undefined {
  const callee = { __setattr__: 'setattr', __getattribute__: 'getattr', __getattr__: 'getattr' }[name];
  if (callee === undefined) return undefined;
  return { kind: 'partial', callee: known(`builtins.${callee}`), call: callOf({ start: 0, end: 0 }, self) };
}

/** Attributes that decide what objects are and do. */
const deciding = new Set(
  '__class__ __code__ __defaults__ __kwdefaults__ __dict__ __bases__ __builtins__ __globals__ __closure__ __import__'.split(
    ' ',
  ),
);

/** `of.name = value`. */
export function setAttribute(reading: Reading, of: Value, name: string, value: Value, span: Span): void {
  if (deciding.has(name)) {
    reading.doubt('code.dynamic', say('the code sets {0}, which decides what an object does', name), span);
    return;
  }
  switch (of.kind) {
    case 'instance': {
      const own = find(of.class, '__setattr__');
      if (own?.kind === 'function' && own.state.running === 0)
        callFunction(reading, own, callOf(span, { kind: 'text', pieces: [{ type: 'text', text: name }] }, value), of);
      put(reading, of.class.fields, name, value);
      return;
    }
    case 'class':
      if (isProtocol(name)) releaseEffect(reading, name, value, span);
      put(reading, of.members, name, value);
      return;
    case 'any':
      for (const one of of.of) setAttribute(reading, one, name, value, span);
      return;
    case 'known': {
      const full = `${of.name}.${name}`;
      if (of.name === '__main__') reading.ways.set(reading.globals, name, join(reading.globals.names.get(name), value));
      else if (full === 'sys.path') searchIn(reading, value, span);
      else if (full === 'os.environ') setVariable(reading, undefined, value, span);
      else if (shapesPaths(full)) reading.doubt('code.dynamic', say('the code replaces {0}', full), span);
      else if (/^sys\.(?:stdout|stderr|stdin)$/.test(full) && !holdsEffect(value)) release(reading, value, span);
      else release(reading, value, span);
      return;
    }
    default:
      release(reading, value, span);
  }
}

function put(reading: Reading, into: Map<string, Value>, name: string, value: Value): void {
  const before = into.get(name);
  const after = join(before, value);
  if (after !== before) reading.changes += 1;
  into.set(name, after);
}
