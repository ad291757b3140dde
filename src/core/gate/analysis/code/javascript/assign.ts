import type { Span } from '../../../effect';
import { evaluate, propertyOf } from './evaluate';
import { giveAway } from './giveAway';
import { itemAt, restFrom } from './iterate';
import { join } from './join';
import { propertyName } from './literals';
import { getComputed, getMember, setMember } from './members';
import type { Node } from './nodes';
import type { Reading } from './reading';
import { createCell, findCell } from './scope';
import { nothing, type Part, type Value } from './value';

/** Gives a value to a name, a member or a pattern of them. */
export function assign(reading: Reading, target: Node, value: Value, span: Span): void {
  switch (target.name) {
    case 'VariableName':
    case 'VariableDefinition':
    case 'TypeDefinition':
      putName(reading, target.text, value);
      return;
    case 'MemberExpression': {
      const [of] = target.kids;
      if (!of) return;
      setMember(reading, evaluate(reading, of), propertyOf(reading, target), value, target);
      return;
    }
    case 'ArrayPattern':
    case 'ArrayExpression':
      assignItems(reading, target, value);
      return;
    case 'ObjectPattern':
    case 'ObjectExpression':
      for (const property of target.kids) if (/Property$/.test(property.name)) assignProperty(reading, property, value);
      return;
    case 'AssignmentExpression': {
      const [inner, , standard] = target.kids;
      if (inner) assign(reading, inner, join(value, evaluate(reading, standard)), span);
      return;
    }
    case 'ParenthesizedExpression':
    case 'PostfixExpression':
    case 'BinaryExpression': {
      const [inner] = target.kids;
      if (inner) assign(reading, inner, value, span);
      return;
    }
    default:
      evaluate(reading, target);
      giveAway(reading, value, span);
  }
}

export function putName(reading: Reading, name: string, value: Value): void {
  let cell = findCell(reading.scope, name);
  if (!cell) {
    cell = createCell();
    reading.globals.cells.set(name, cell);
  }
  reading.put(cell, value);
}

/** Elements of a list pattern or a list of parameters, taken apart at the commas. */
export function patternParts(kids: readonly Node[]): readonly Part[] {
  const parts: Part[] = [];
  let target: Node | undefined;
  let spread = false;
  let standard: Node | undefined;
  const close = (): void => {
    parts.push({ target, spread, standard });
    target = undefined;
    spread = false;
    standard = undefined;
  };
  for (let index = 0; index < kids.length; index += 1) {
    const one = kids[index];
    if (!one || one.name === '[' || one.name === 'Decorator' || one.name === 'this') continue;
    if (one.name === ',') close();
    else if (one.name === 'Spread') spread = true;
    else if (one.name === 'Equals') {
      index += 1;
      standard = kids[index];
    } else target = one;
  }
  if (target) close();
  return parts;
}

function assignItems(reading: Reading, pattern: Node, value: Value): void {
  for (const [index, part] of patternParts(pattern.kids).entries()) {
    if (!part.target) continue;
    let given = part.spread ? restFrom(reading, value, index, pattern) : itemAt(reading, value, index, pattern);
    if (part.standard) given = withStandard(given, evaluate(reading, part.standard));
    assign(reading, part.target, given, pattern);
  }
}

/** A default counts where the value may be missing. */
function withStandard(value: Value, standard: Value): Value {
  return value === nothing
    ? standard
    : value.kind === 'text' || value.kind === 'number'
      ? value
      : join(value, standard);
}

function assignProperty(reading: Reading, property: Node, value: Value): void {
  const { kids } = property;
  const equals = kids.findIndex(({ name }) => name === 'Equals');
  const standard = equals >= 0 ? kids[equals + 1] : undefined;
  if (kids[0]?.name === 'Spread') {
    if (kids[1]) assign(reading, kids[1], value, property);
    return;
  }
  const colon = kids.findIndex(({ name }) => name === ':');
  let given: Value;
  let target: Node | undefined;
  if (colon < 0) {
    const name = kids.find(({ name: what }) =>
      /^(?:VariableDefinition|PropertyDefinition|PropertyName|VariableName)$/.test(what),
    );
    if (!name) return;
    target = name;
    given = getMember(reading, value, name.text, property);
    if (standard) given = withStandard(given, evaluate(reading, standard));
    putName(reading, target.text, given);
    return;
  }
  target = kids[colon + 1];
  if (kids[0]?.name === '[') given = getComputed(reading, value, evaluate(reading, kids[1]), property);
  else
    given = getMember(
      reading,
      value,
      propertyName(reading, { ...property, kids: kids.slice(0, colon) }).name ?? '',
      property,
    );
  if (standard) given = withStandard(given, evaluate(reading, standard));
  if (target) assign(reading, target, given, property);
}
