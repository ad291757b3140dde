import type { Call } from './call';
import { callOf } from './call';
import { evaluate } from './evaluate';
import { declareBlock, executeAll } from './execute';
import { callFunction, callValue, construct, makeFunction } from './functions';
import { giveAway } from './giveAway';
import { join } from './join';
import { propertyName } from './literals';
import { has, kid, type Node } from './nodes';
import type { Reading } from './reading';
import { createCell, createScope } from './scope';
import { type ClassValue, type InstanceValue, nothing, object, type Value } from './value';

export function defineClass(reading: Reading, node: Node): Value {
  const named = kid(node, 'VariableDefinition');
  const made = reading.site<ClassValue>(node, () => ({
    kind: 'class',
    name: named?.text ?? 'a class',
    base: undefined,
    members: new Map(),
    statics: new Map(),
    fields: new Map(),
    instance: undefined,
    escaped: 0,
  }));
  const extending = node.kids.findIndex(({ name }) => name === 'extends');
  if (extending >= 0) made.base = reading.merge(made.base, evaluate(reading, node.kids[extending + 1]));
  const around = reading.scope;
  const scope = reading.scopes.get(node) ?? createScope(around, createCell());
  reading.scopes.set(node, scope);
  if (named && !scope.cells.has(named.text)) scope.cells.set(named.text, createCell(made));
  reading.scope = scope;
  for (const member of kid(node, 'ClassBody')?.kids ?? []) defineMember(reading, made, member);
  reading.scope = around;
  if (made.base && made.base.kind !== 'class') giveAway(reading, made, node);
  return decorated(reading, node, made);
}

/** What a library makes of a class or member is that thing with something around it. */
function decorated(reading: Reading, node: Node, value: Value): Value {
  for (const decorator of node.kids)
    if (decorator.name === 'Decorator') {
      const given = evaluate(
        reading,
        decorator.kids.find(({ name }) => name !== '@'),
      );
      callValue(reading, given, callOf(decorator, [value]));
      giveAway(reading, value, decorator);
    }
  return value;
}

export function instanceOf(of: ClassValue): InstanceValue {
  of.instance ??= { kind: 'instance', of };
  return of.instance;
}

function defineMember(reading: Reading, made: ClassValue, member: Node): void {
  const isStatic = has(member, 'static');
  const self: Value = isStatic ? made : instanceOf(made);
  const cell = reading.scope.self;
  if (cell) reading.put(cell, join(made, instanceOf(made)));
  if (member.name === 'StaticBlock') {
    const block = kid(member, 'Block');
    if (block) {
      const around = reading.scope;
      const scope = reading.scopes.get(block) ?? createScope(around);
      reading.scopes.set(block, scope);
      reading.scope = scope;
      declareBlock(reading, scope, block.kids);
      executeAll(reading, block.kids);
      reading.scope = around;
    }
    return;
  }
  const { name, rest } = propertyName(reading, member);
  const holder = isStatic ? made.statics : made.members;
  if (member.name === 'MethodDeclaration') {
    if (!has(member, 'Block')) return;
    const method = makeFunction(reading, member, self);
    const key = method.role === 'set' ? `set ${name ?? ''}` : (name ?? `[${member.start}]`);
    holder.set(key, reading.merge(holder.get(key), method));
    if (name === 'constructor') assignParameterProperties(reading, made, member);
    if (name === undefined) method.escaped = true;
    decorated(reading, member, method);
    return;
  }
  if (member.name !== 'PropertyDeclaration') return;
  const value = rest ? evaluate(reading, rest) : undefined;
  if (value) {
    const fields = isStatic ? made.statics : made.fields;
    const key = name ?? '[computed]';
    const before = fields.get(key);
    fields.set(key, before ? reading.merge(before, value) : value);
  }
  decorated(reading, member, object('a property'));
}

/** `constructor(private a)` keeps the argument under its name. */
function assignParameterProperties(reading: Reading, made: ClassValue, member: Node): void {
  const constructorFunction = made.members.get('constructor');
  if (constructorFunction?.kind !== 'function') return;
  let index = 0;
  for (const one of kid(member, 'ParamList')?.kids ?? []) {
    if (one.name === ',') index += 1;
    const value = constructorFunction.given[index]?.value;
    if (one.name === 'VariableDefinition' && value && !made.fields.has(one.text)) made.fields.set(one.text, value);
    else if (one.name === 'VariableDefinition' && value)
      made.fields.set(one.text, reading.merge(made.fields.get(one.text), value));
  }
}

export function instantiate(reading: Reading, of: ClassValue, call: Call): Value {
  const made = call.self?.kind === 'instance' ? call.self : instanceOf(of);
  const start = of.members.get('constructor');
  if (start?.kind === 'function') {
    const returned = callFunction(reading, start, { ...call, self: made });
    assignParameterProperties(reading, of, start.node);
    if (returned !== nothing) return join(made, returned);
  } else if (of.base) {
    const { base } = of;
    if (base.kind === 'class') instantiate(reading, base, { ...call, self: made });
    else construct(reading, base, call);
  }
  return made;
}
