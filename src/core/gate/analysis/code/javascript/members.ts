import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { isInfluential } from '../../shell/environment';
import { callOf } from './call';
import { instanceOf } from './classes';
import { callFunction } from './functions';
import { giveAway, holdsEffect } from './giveAway';
import { anyItem } from './iterate';
import { join } from './join';
import { capabilityNamed } from './library/effects';
import { memberOf } from './library/index';
import type { Reading } from './reading';
import { createCell } from './scope';
import { taintOfValue } from './taint';
import {
  alternatives,
  type ClassValue,
  constantTexts,
  describe,
  integer,
  isNumber,
  known,
  nothing,
  type ObjectValue,
  object,
  piecesOf,
  type Value,
} from './value';

const maker = known('Function.maker');

/** A member of a known name, and what the script itself put there. */
export function knownMember(reading: Reading, name: string, property: string, span: Span): Value {
  const value = memberOf(reading, name, property, span);
  const cell = reading.pool.get(`${name}.${property}`) ?? (name === 'this' ? reading.pool.get(property) : undefined);
  return cell?.value ? join(value, reading.get(cell)) : value;
}

export function getMember(reading: Reading, value: Value, name: string, span: Span): Value {
  switch (value.kind) {
    case 'any': {
      let all: Value | undefined;
      for (const one of value.of) all = join(all, getMember(reading, one, name, span));
      return all ?? nothing;
    }
    case 'known':
      return knownMember(reading, value.name, name, span);
    case 'dict': {
      const entry = value.entries.get(name);
      const found = entry && value.rest ? join(entry, value.rest) : (entry ?? value.rest);
      if (!found) return builtin(name) ?? object(name);
      return got(reading, found, value, span);
    }
    case 'instance':
      return instanceMember(reading, value.of, name, value, span);
    case 'class': {
      for (let at: Value | undefined = value; at; at = at.kind === 'class' ? at.base : undefined) {
        const found = at.kind === 'class' ? at.statics.get(name) : undefined;
        if (found) return got(reading, found, value, span);
        if (at.kind === 'known') return knownMember(reading, at.name, name, span);
      }
      if (name === 'prototype') return instanceOf(value);
      return builtin(name) ?? pooled(reading, object(`${value.name}.${name}`), name);
    }
    case 'list': {
      if (name === 'length') return integer;
      if (/^\d+$/.test(name)) return itemOf(value, Number(name));
      return builtin(name) ?? { kind: 'method', of: value, name };
    }
    case 'text':
    case 'number':
      if (name === 'length') return integer;
      return builtin(name) ?? { kind: 'method', of: value, name };
    case 'function':
    case 'bound':
    case 'method':
      if (name === 'call' || name === 'apply' || name === 'bind') return { kind: 'method', of: value, name };
      return builtin(name) ?? pooled(reading, object(`${describe(value)}.${name}`), name);
    case 'object': {
      const special = builtin(name) ?? capabilityNamed(name);
      if (special) return special;
      return pooled(
        reading,
        object(
          name === 'length' ? 'a length' : `${short(value.of)}.${name}`,
          value.taint,
          name === 'length' ? 'integer' : 'any',
        ),
        name,
      );
    }
  }
}

function short(of: string): string {
  return of.length > 60 ? `${of.slice(0, 60)}…` : of;
}

function itemOf(value: Value & { kind: 'list' }, index: number): Value {
  const item = value.items[index];
  return item && value.rest ? join(item, value.rest) : (item ?? value.rest ?? nothing);
}

/** What every object has. */
function builtin(name: string): Value | undefined {
  if (name === 'constructor') return maker;
  return name === '__proto__' ? known('__proto__') : undefined;
}

function pooled(reading: Reading, value: Value, name: string): Value {
  const cell = reading.pool.get(name);
  return cell ? join(value, reading.get(cell)) : value;
}

/** A property that is read: getters run. */
function got(reading: Reading, found: Value, holder: Value, span: Span): Value {
  let all: Value | undefined;
  for (const one of alternatives(found))
    all = join(
      all,
      one.kind === 'function' && one.role === 'get'
        ? callFunction(reading, one, callOf(span, [], undefined, holder))
        : one,
    );
  return all ?? nothing;
}

function instanceMember(reading: Reading, of: ClassValue, name: string, self: Value, span: Span): Value {
  let found: Value | undefined;
  if (name === 'constructor') return of;
  for (let at: Value | undefined = of; at; ) {
    if (at.kind !== 'class') {
      for (const one of alternatives(at))
        if (one.kind === 'class') found = join(found, instanceMember(reading, one, name, self, span));
      break;
    }
    const field = at.fields.get(name);
    const computed = at.fields.get('[computed]');
    const member = at.members.get(name);
    if (field) found = join(found, field);
    if (computed) found = join(found, computed);
    if (member) found = join(found, got(reading, member, self, span));
    at = at.base;
  }
  return pooled(reading, found ?? builtin(name) ?? object(name), name);
}

/** `holder[key]`. */
export function getComputed(reading: Reading, holder: Value, key: Value, span: Span): Value {
  const names = constantTexts(key);
  let all: Value | undefined;
  if (names) {
    for (const name of names) all = join(all, getMember(reading, holder, name, span));
    return all ?? nothing;
  }
  const risky = mayBeAnyName(key);
  for (const one of alternatives(holder)) all = join(all, computedOf(reading, one, key, risky, span));
  return all ?? nothing;
}

/** Whether a key that is not known may be the name of something that everything has. */
function mayBeAnyName(key: Value): boolean {
  return alternatives(key).some((one) => {
    if (isNumber(one)) return false;
    if (one.kind !== 'text') return true;
    const pieces = piecesOf(one);
    const [first] = pieces;
    const last = pieces.at(-1);
    return (
      !pieces.some((piece) => piece.type === 'text' && !'constructor__proto__'.includes(piece.text)) &&
      (first?.type !== 'text' || 'constructor'.startsWith(first.text) || '__proto__'.startsWith(first.text)) &&
      (last?.type !== 'text' || 'constructor'.endsWith(last.text) || '__proto__'.endsWith(last.text))
    );
  });
}

function computedOf(reading: Reading, holder: Value, key: Value, risky: boolean, span: Span): Value {
  const taint = taintOfValue(holder);
  const next = (risk: number): ObjectValue =>
    object(`${short(describe(holder))}[…]`, taint, 'any', (risky ? Math.min(2, risk) : 0) as ObjectValue['risk']);
  switch (holder.kind) {
    case 'known':
      return computedKnown(reading, holder.name, key, risky, span);
    case 'dict': {
      let all: Value | undefined = holder.rest;
      for (const entry of holder.entries.values()) all = join(all, got(reading, entry, holder, span));
      return join(all, next(all ? 0 : 1));
    }
    case 'list':
      return holder.items.length > 0 || holder.rest ? anyItem(holder) : next(1);
    case 'instance': {
      let all: Value | undefined;
      for (let at: Value | undefined = holder.of; at?.kind === 'class'; at = at.base) {
        for (const field of at.fields.values()) all = join(all, field);
        for (const member of at.members.values()) all = join(all, member);
      }
      return join(all, next(0));
    }
    case 'object': {
      let value: Value = next(holder.risk + 1);
      if (risky) for (const cell of reading.pool.values()) if (cell.value) value = join(value, reading.get(cell));
      return value;
    }
    case 'text':
      return isNumber(key) || !risky
        ? object('a character', taint, 'text')
        : join(object('a character', taint), next(1));
    default:
      return next(1);
  }
}

function computedKnown(reading: Reading, name: string, key: Value, risky: boolean, span: Span): Value {
  if (name === 'process.env') return object('a variable', reading.environment(key, span), 'text');
  if (name === 'process.argv') return memberOf(reading, name, '[]', span);
  if (name === 'Function.maker' || name === 'Function') {
    reading.doubt('code.dynamic', say('which member of {0} is meant is not known', name), span);
    return object(name);
  }
  if (risky && holdsEffect(known(name)))
    reading.doubt('code.dynamic', say('which member of {0} is meant is not known', name), span);
  else if (risky && /^(?:global|this|window|require|module|process|Module|Reflect)$/.test(name))
    reading.doubt('code.dynamic', say('which member of {0} is meant is not known', name), span);
  return object(`${name}[…]`, taintOfValue(key), 'any', risky ? 1 : 0);
}

/** `holder.name = value` or `holder[key] = value`. */
export function setMember(reading: Reading, holder: Value, key: string | Value, value: Value, span: Span): void {
  const names = typeof key === 'string' ? [key] : constantTexts(key);
  for (const one of alternatives(holder)) {
    if (names) for (const name of names) setNamed(reading, one, name, value, span);
    else setComputed(reading, one, key as Value, value, span);
  }
}

function setNamed(reading: Reading, holder: Value, name: string, value: Value, span: Span): void {
  switch (holder.kind) {
    case 'known':
      setKnown(reading, holder.name, name, value, span);
      return;
    case 'dict':
      if (name === '__proto__') giveAway(reading, value, span);
      for (const one of alternatives(holder.entries.get(`set ${name}`) ?? nothing))
        if (one.kind === 'function') callFunction(reading, one, callOf(span, [value], undefined, holder));
      holder.entries.set(name, reading.merge(holder.entries.get(name), value));
      return;
    case 'list':
      if (/^\d+$/.test(name)) holder.rest = reading.merge(holder.rest, value);
      else if (name !== 'length') giveAway(reading, value, span);
      return;
    case 'instance':
      for (let at: Value | undefined = holder.of; at?.kind === 'class'; at = at.base) {
        const setter = at.members.get(`set ${name}`);
        for (const one of alternatives(setter ?? nothing))
          if (one.kind === 'function') callFunction(reading, one, callOf(span, [value], undefined, holder));
      }
      holder.of.fields.set(name, reading.merge(holder.of.fields.get(name), value));
      return;
    case 'class':
      if (name === 'prototype') giveAway(reading, value, span);
      holder.statics.set(name, reading.merge(holder.statics.get(name), value));
      return;
    default:
      if (holdsEffect(value)) {
        for (const one of alternatives(value))
          if (one.kind === 'known') reading.put(reading.poolOf(name), one);
          else giveAway(reading, one, span);
      } else giveAway(reading, value, span);
      // Pictures and frames fetch what they are told to show.
      if ((name === 'src' || name === 'href' || name === 'location' || name === 'action') && taintOfValue(value).secret)
        reading.connect(value, 'get', taintOfValue(value), span);
  }
}

function setComputed(reading: Reading, holder: Value, key: Value, value: Value, span: Span): void {
  switch (holder.kind) {
    case 'dict':
      holder.rest = reading.merge(holder.rest, value);
      return;
    case 'list':
      holder.rest = reading.merge(holder.rest, value);
      return;
    case 'instance':
      holder.of.fields.set('[computed]', reading.merge(holder.of.fields.get('[computed]'), value));
      return;
    case 'known':
      if (
        holder.name === 'process.env' ||
        holdsEffect(holder) ||
        /^(?:global|this|window|require|module|process|Module|__proto__)|prototype/.test(holder.name)
      )
        reading.doubt('code.dynamic', say('which member of {0} is set is not known', holder.name), span);
      giveAway(reading, value, span);
      return;
    default:
      giveAway(reading, value, span);
  }
  void key;
}

const ours = /^(?:exports|module|module\.exports)$/;

function setKnown(reading: Reading, name: string, property: string, value: Value, span: Span): void {
  const full = `${name}.${property}`;
  if (ours.test(name) || full === 'module.exports') {
    giveAway(reading, value, span);
    if (name !== 'module') reading.put(reading.poolOf(`exports.${property}`), value);
    if (full === 'module.exports') reading.put(reading.poolOf('module.exports'), value);
    return;
  }
  if (name === 'process.env') {
    if (isInfluential(property))
      reading.doubt('shell.environment', say('{0} changes what other programs do', property), span);
    return;
  }
  if (name === 'global' || name === 'this' || name === 'window') {
    if (name !== 'this') giveAway(reading, value, span);
    let cell = reading.globals.cells.get(property);
    if (name === 'this') cell = reading.poolOf(property);
    else if (!cell) {
      const before = memberOf(reading, name, property, span);
      cell = createCell(before.kind === 'known' ? before : undefined);
      reading.globals.cells.set(property, cell);
    }
    reading.put(cell, value);
    return;
  }
  if (
    /^(?:__proto__|Module|require|Function)(?:$|\.)|\.prototype$|^(?:fs|child_process|process\.stdin|http|https|net|os|vm)$/.test(
      name,
    ) ||
    (holdsEffect(known(name)) && !/^console|^process/.test(name))
  ) {
    reading.doubt('code.dynamic', say('{0} is replaced, so that other code does something else', full), span);
  }
  giveAway(reading, value, span);
  reading.put(reading.poolOf(full), value);
}
