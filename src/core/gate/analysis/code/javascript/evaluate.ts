import { assign } from './assign';
import type { Call } from './call';
import { defineClass } from './classes';
import { callMember, callValue, construct, makeFunction } from './functions';
import { giveAway } from './giveAway';
import { importModule } from './imports';
import { element } from './iterate';
import { comparing, join } from './join';
import { evaluateElement } from './jsx';
import { callKnown } from './library/index';
import { dictOf, listOf, unescapedName } from './literals';
import { getComputed, getMember } from './members';
import { lookUp, selfOf } from './names';
import { kid, type Node } from './nodes';
import { addTexts, operate } from './operators';
import type { Reading } from './reading';
import { taintOfValue } from './taint';
import { alternatives, constant, constantText, integer, known, list, nothing, object, type Value } from './value';

/** Follows an expression. @returns what it may be. */
export function evaluate(reading: Reading, node: Node | undefined): Value {
  if (!node) return nothing;
  reading.sink.spend(1 + comparing.done / 32);
  comparing.done = 0;
  const { kids } = node;
  switch (node.name) {
    case 'String':
      return constant(node.text);
    case 'Number': {
      const value = Number(node.text.replace(/_|n$/g, ''));
      return Number.isFinite(value) ? { kind: 'number', value } : integer;
    }
    case 'VariableName':
      return lookUp(reading, node.text, node);
    case 'BooleanLiteral':
    case 'null':
    case 'NewTarget':
      return nothing;
    case 'RegExp':
      return object('a pattern');
    case 'TemplateString':
      return template(reading, node);
    case 'TaggedTemplateExpression':
      return tagged(reading, node);
    case 'this':
      return selfOf(reading);
    case 'super':
      return object('super');
    case 'MemberExpression':
      return member(reading, node);
    case 'CallExpression':
      return call(reading, node);
    case 'NewExpression': {
      const callee = evaluate(reading, kids[1]);
      return construct(reading, callee, callFor(reading, kid(node, 'ArgList'), node, undefined, true));
    }
    case 'ParenthesizedExpression':
    case 'InstantiationExpression':
    case 'AwaitExpression':
    case 'JSXEscape':
    case 'Interpolation':
    case 'TypeAssertion':
      return others(reading, node);
    case 'SequenceExpression':
      return others(reading, node);
    case 'YieldExpression':
      return giveBack(reading, node);
    case 'BinaryExpression':
      return binary(reading, node);
    case 'ConditionalExpression': {
      evaluate(reading, kids[0]);
      return join(evaluate(reading, kids[2]), evaluate(reading, kids[4]));
    }
    case 'UnaryExpression':
    case 'PostfixExpression':
      return unary(reading, node);
    case 'AssignmentExpression':
      return assignment(reading, node);
    case 'ArrayExpression':
      return listOf(reading, node);
    case 'ObjectExpression':
      return dictOf(reading, node);
    case 'ArrowFunction':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return makeFunction(reading, node);
    case 'ClassExpression':
    case 'ClassDeclaration':
      return defineClass(reading, node);
    case 'DynamicImport':
      return importModule(
        reading,
        evaluate(
          reading,
          kids.find(({ name }) => name !== 'import'),
        ),
        node,
      );
    case 'ImportType': {
      // Between `<` and `>` this would load a module, if the code were JavaScript.
      const name = /['"]([^'"]+)['"]/.exec(node.text)?.[1];
      if (name !== undefined) reading.module(name, node);
      return nothing;
    }
    case 'ImportMeta':
      return known('import.meta');
    case 'JSXElement':
    case 'JSXFragment':
      return evaluateElement(reading, node);
    default:
      return others(reading, node);
  }
}

/** Evaluates whatever is inside; the last is what it comes to. */
function others(reading: Reading, node: Node): Value {
  let value: Value = nothing;
  for (const one of node.kids) if (!/^(?:await|,|\[|as|satisfies)$/.test(one.name)) value = evaluate(reading, one);
  return value;
}

function template(reading: Reading, node: Node): Value {
  let value: Value = constant('');
  for (const part of node.kids)
    value = addTexts(value, part.name === 'TemplateText' ? constant(part.text) : evaluate(reading, part));
  return value;
}

/** A function that gets the texts of a template: `` sql`…` ``, `` $`…` ``. */
function tagged(reading: Reading, node: Node): Value {
  const [tag, quoted] = node.kids;
  const callee = evaluate(reading, tag);
  const whole = quoted ? template(reading, quoted) : nothing;
  let result: Value | undefined;
  for (const one of alternatives(callee)) {
    if (one.kind === 'known')
      result = join(result, callKnown(reading, `${one.name}\``, { ...plain(node), args: [whole] }));
    else {
      const parts = (quoted?.kids ?? []).filter(({ name }) => name !== 'TemplateText');
      if (one.kind === 'object' && /^\$(?:\.|\(|$)/.test(one.of)) reading.shell(whole, node);
      const args = [object('the texts of a template'), ...parts.map((part) => evaluate(reading, part))];
      result = join(result, callValue(reading, one, { ...plain(node), args }));
    }
  }
  return result ?? nothing;
}

function plain(node: Node): Call {
  return { args: [], more: undefined, self: undefined, node, fresh: false, start: node.start, end: node.end };
}

/** The name after the dot, or the value between brackets. */
function member(reading: Reading, node: Node): Value {
  const [of] = node.kids;
  if (of?.name === 'super') {
    const name = node.kids.at(-1)?.text ?? '';
    return getMember(reading, selfOf(reading), name, node);
  }
  const holder = evaluate(reading, of);
  const property = propertyOf(reading, node);
  return typeof property === 'string'
    ? getMember(reading, holder, property, node)
    : getComputed(reading, holder, property, node);
}

export function propertyOf(reading: Reading, node: Node): string | Value {
  const last = node.kids.at(-1);
  if (last && (last.name === 'PropertyName' || last.name === 'PrivatePropertyName') && node.kids.length > 1)
    return unescapedName(last.text);
  return evaluate(reading, last);
}

function call(reading: Reading, node: Node): Value {
  const [callee] = node.kids;
  const argumentList = kid(node, 'ArgList');
  if (callee?.name === 'super') {
    const self = selfOf(reading);
    const made = callFor(reading, argumentList, node, self);
    for (const one of alternatives(self))
      if (one.kind === 'instance' && one.of.base) construct(reading, one.of.base, { ...made, self: one });
      else for (const value of made.args) giveAway(reading, value, node);
    return nothing;
  }
  let target = callee;
  for (const one of node.kids) if (one.name === 'ImportType') evaluate(reading, one);
  while (target?.name === 'ParenthesizedExpression' && target.kids.length === 1) target = target.kids[0];
  if (target?.name === 'InstantiationExpression') {
    evaluate(reading, target);
    target = target.kids[0];
  }
  if (target?.name === 'MemberExpression') {
    const [of] = target.kids;
    if (of?.name === 'super') {
      const self = selfOf(reading);
      const made = callFor(reading, argumentList, node, self);
      return callMember(reading, self, target.kids.at(-1)?.text ?? '', made, node);
    }
    const receiver = evaluate(reading, of);
    const property = propertyOf(reading, target);
    const made = callFor(reading, argumentList, node, receiver);
    if (typeof property === 'string') return callMember(reading, receiver, property, made, target);
    const name = constantText(property);
    if (name !== undefined) return callMember(reading, receiver, name, made, target);
    return callValue(reading, getComputed(reading, receiver, property, target), made);
  }
  const value = evaluate(reading, target);
  return callValue(reading, value, callFor(reading, argumentList, node));
}

export function callFor(
  reading: Reading,
  argumentList: Node | undefined,
  node: Node,
  self?: Value,
  fresh = false,
): Call {
  const args: Value[] = [];
  let more: Value | undefined;
  const kids = argumentList?.kids ?? [];
  for (let index = 0; index < kids.length; index += 1) {
    const one = kids[index];
    if (!one || one.name === ',') continue;
    if (one.name === 'Spread') {
      index += 1;
      const given = evaluate(reading, kids[index]);
      const [only] = alternatives(given);
      if (more === undefined && only?.kind === 'list' && given.kind === 'list' && !only.rest) args.push(...only.items);
      else more = join(more, element(reading, given, one));
    } else if (more === undefined) args.push(evaluate(reading, one));
    else more = join(more, evaluate(reading, one));
  }
  return { args, more, self, node, fresh, start: node.start, end: node.end };
}

function giveBack(reading: Reading, node: Node): Value {
  const inner = node.kids.find(({ name }) => name !== 'yield' && name !== 'Star');
  if (!inner) return object('what is sent in');
  const value = evaluate(reading, inner);
  const { running } = reading;
  if (running) {
    const made = reading.site(node, () => list([]));
    if (made.kind === 'list') {
      made.rest = reading.merge(
        made.rest,
        node.kids.some(({ name }) => name === 'Star') ? element(reading, value, node) : value,
      );
      reading.put(running.returned, made);
    }
  }
  return object('what is sent in');
}

function binary(reading: Reading, node: Node): Value {
  // Long sums lean to the left; taking them apart in a loop spares the stack.
  const right: { op: string; value: Node | undefined; node: Node }[] = [];
  let at: Node = node;
  while (at.name === 'BinaryExpression') {
    right.push({ op: at.kids[1]?.text ?? '', value: at.kids[2], node: at });
    const [left] = at.kids;
    if (!left) break;
    at = left;
  }
  let value = evaluate(reading, at);
  for (const step of right.reverse()) {
    reading.sink.spend(1);
    if (step.op === 'as' || step.op === 'satisfies') continue;
    value = operate(reading, step.op, value, evaluate(reading, step.value));
  }
  return value;
}

function unary(reading: Reading, node: Node): Value {
  const operator = node.kids.find(({ name }) => /Op$|^(?:typeof|void|delete)$/.test(name))?.text ?? '';
  const operand = node.kids.find(({ name }) => !/Op$|^(?:typeof|void|delete)$/.test(name));
  const value = evaluate(reading, operand);
  if (node.name === 'PostfixExpression' && operator === '!') return value;
  if (operator === '++' || operator === '--') {
    if (operand) assign(reading, operand, integer, node);
    return integer;
  }
  if (operator === '-' && value.kind === 'number') return { kind: 'number', value: -value.value };
  if (operator === '-' || operator === '+' || operator === '~')
    return value.kind === 'number' && operator === '+' ? value : object('a number', taintOfValue(value), 'integer');
  return nothing;
}

function assignment(reading: Reading, node: Node): Value {
  const [target, operator, source] = node.kids;
  if (!target || !operator) return nothing;
  let value = evaluate(reading, source);
  if (operator.text !== '=') {
    const before = evaluate(reading, target);
    value = /^(?:\|\||&&|\?\?)=$/.test(operator.text)
      ? join(before, value)
      : operate(reading, operator.text.slice(0, -1), before, value);
  }
  assign(reading, target, value, node);
  return value;
}
