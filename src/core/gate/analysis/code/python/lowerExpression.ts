import type { Node } from './nodes';
import { shapeOf, unescaped } from './strings';
import type { Argument, Clause, Expr, FunctionCode, Parameter, Statement } from './syntax';

/** Turns concrete syntax into {@link Expr}. Throws {@link Unreadable} where the tree is not as the grammar promises. */
export interface Lowering {
  readonly text: string;
  /** Whether a `yield` or `await` was met since the flag was last lowered: it makes the function around it late. */
  yields: boolean;
  statements(body: Node): readonly Statement[];
}

export class Unreadable extends Error {}

export function lowerExpression(lowering: Lowering, node: Node): Expr {
  const { name, start, end, children } = node;
  const { text } = lowering;
  switch (name) {
    case 'VariableName':
      return { type: 'name', name: nameOf(lowering, node), start, end };
    case 'String':
      return { ...textOf(text.slice(start, end)), start, end };
    case 'FormatString':
      return { type: 'format', parts: formatParts(lowering, node), start, end };
    case 'ContinuedString': {
      const parts: (string | Expr)[] = [];
      for (const child of children) {
        const part = lowerExpression(lowering, child);
        if (part.type === 'format') parts.push(...part.parts);
        else if (part.type === 'text') parts.push(part.text);
        else parts.push(part);
      }
      if (parts.every((part) => typeof part === 'string')) return { type: 'text', text: parts.join(''), start, end };
      return { type: 'format', parts, start, end };
    }
    case 'Number':
      return { type: 'number', value: Number(text.slice(start, end).replaceAll('_', '')), start, end };
    case 'None':
    case 'Boolean':
    case 'Ellipsis':
    case '...':
      return { type: 'plain', name: text.slice(start, end), start, end };
    case 'MemberExpression':
      return memberOf(lowering, node);
    case 'CallExpression':
      return {
        type: 'call',
        callee: lowerExpression(lowering, at(node, 0)),
        args: lowerArguments(lowering, at(node, 1)),
        start,
        end,
      };
    case 'BinaryExpression': {
      const [left, right] = [at(node, 0), at(node, children.length - 1)];
      const op = text.slice(left.end, right.start).includes('#')
        ? wordsBetween(lowering, node)
        : text.slice(left.end, right.start).trim();
      return {
        type: 'binary',
        op,
        left: lowerExpression(lowering, left),
        right: lowerExpression(lowering, right),
        start,
        end,
      };
    }
    case 'UnaryExpression': {
      const [op, of] = [at(node, 0), at(node, 1)];
      return { type: 'unary', op: text.slice(op.start, op.end), of: lowerExpression(lowering, of), start, end };
    }
    case 'AwaitExpression':
      lowering.yields = true;
      return { type: 'await', of: lowerExpression(lowering, at(node, 1)), start, end };
    case 'ParenthesizedExpression': {
      const inner = sequence(lowering, children.slice(1, -1));
      return inner[0] && inner.length === 1 ? inner[0] : { type: 'list', items: inner, start, end };
    }
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression':
      return { type: 'list', items: sequence(lowering, children.slice(1, -1)), start, end };
    case 'DictionaryExpression':
      return { type: 'dict', entries: entriesOf(lowering, children.slice(1, -1)), start, end };
    case 'ComprehensionExpression':
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return comprehensionOf(lowering, children.slice(1, -1), start, end);
    case 'ConditionalExpression':
      return {
        type: 'choice',
        test: lowerExpression(lowering, at(node, 2)),
        yes: lowerExpression(lowering, at(node, 0)),
        no: lowerExpression(lowering, at(node, 4)),
        start,
        end,
      };
    case 'LambdaExpression':
      return { type: 'lambda', code: lambdaOf(lowering, node), start, end };
    case 'NamedExpression':
      return {
        type: 'walrus',
        target: lowerExpression(lowering, at(node, 0)),
        value: lowerExpression(lowering, at(node, 2)),
        start,
        end,
      };
    case 'YieldExpression':
    case 'YieldStatement': {
      lowering.yields = true;
      const from = children[1]?.name === 'from';
      const items = sequence(lowering, children.slice(from ? 2 : 1));
      const of: Expr | undefined = items.length > 1 ? { type: 'list', items, start, end } : items[0];
      return { type: 'yield', of, from, start, end };
    }
    default:
      throw new Unreadable(name);
  }
}

/** Expressions between commas; a star makes the next one unpacked. */
export function sequence(lowering: Lowering, nodes: readonly Node[]): Expr[] {
  const items: Expr[] = [];
  let star: Node | undefined;
  for (const node of nodes) {
    if (node.name === ',') continue;
    if (node.name === '*') {
      star = node;
      continue;
    }
    const value = lowerExpression(lowering, node);
    items.push(star ? { type: 'star', of: value, start: star.start, end: value.end } : value);
    star = undefined;
  }
  return items;
}

/** Several expressions that stand for a tuple when there is a comma. */
export function together(lowering: Lowering, nodes: readonly Node[]): Expr {
  const items = sequence(lowering, nodes);
  const [first] = items;
  const last = items.at(-1);
  if (!first || !last) throw new Unreadable('nothing');
  const tuple = items.length > 1 || first.type === 'star' || nodes.some(({ name }) => name === ',');
  return tuple ? { type: 'list', items, start: first.start, end: last.end } : first;
}

export function at(node: Node, index: number): Node {
  const child = node.children[index];
  if (!child) throw new Unreadable(node.name);
  return child;
}

/** Python takes names that look alike for the same name (NFKC). */
export function nameOf({ text }: Lowering, { start, end }: Node): string {
  const name = text.slice(start, end);
  return /^[\0-\x7f]*$/.test(name) ? name : name.normalize('NFKC');
}

export function lowerArguments(lowering: Lowering, list: Node): Argument[] {
  const inner = list.children.slice(1, -1);
  const args: Argument[] = [];
  for (let from = 0; from < inner.length; ) {
    let to = from;
    while (to < inner.length && inner[to]?.name !== ',') to += 1;
    const part = inner.slice(from, to);
    from = to + 1;
    const [first, second, third] = part;
    if (!first) continue;
    if ((first.name === '*' || first.name === '**') && second) {
      args.push({ unpack: first.name, name: undefined, value: lowerExpression(lowering, second) });
    } else if (second?.name === 'AssignOp' && third) {
      const walrus = lowering.text.slice(second.start, second.end) === ':=';
      const value =
        part.length > 3
          ? comprehensionOf(lowering, part.slice(2), third.start, third.end)
          : lowerExpression(lowering, third);
      if (walrus) {
        const target = lowerExpression(lowering, first);
        args.push({
          unpack: '',
          name: undefined,
          value: { type: 'walrus', target, value, start: first.start, end: value.end },
        });
      } else args.push({ unpack: '', name: nameOf(lowering, first), value });
    } else if (part.length > 1) {
      // The comma of `for a, b in …` does not end the argument.
      const rest = inner.slice(inner.indexOf(first));
      args.push({ unpack: '', name: undefined, value: comprehensionOf(lowering, rest, first.start, list.end - 1) });
      break;
    } else args.push({ unpack: '', name: undefined, value: lowerExpression(lowering, first) });
  }
  return args;
}

function memberOf(lowering: Lowering, node: Node): Expr {
  const { start, end, children } = node;
  const of = lowerExpression(lowering, at(node, 0));
  if (at(node, 1).name === '.') return { type: 'attribute', of, name: nameOf(lowering, at(node, 2)), start, end };
  const inner = children.slice(2, -1);
  const slice = inner.some(({ name }) => name === ':');
  return {
    type: 'index',
    of,
    keys: sequence(
      lowering,
      inner.filter(({ name }) => name !== ':'),
    ),
    slice,
    start,
    end,
  };
}

function wordsBetween({ text }: Lowering, { children }: Node): string {
  return children
    .slice(1, -1)
    .map(({ start, end }) => text.slice(start, end))
    .join(' ');
}

function entriesOf(lowering: Lowering, nodes: readonly Node[]): { key: Expr | undefined; value: Expr }[] {
  const entries: { key: Expr | undefined; value: Expr }[] = [];
  const kept = nodes.filter(({ name }) => name !== ',' && name !== ':');
  for (let index = 0; index < kept.length; index += 2) {
    const [first, second] = [kept[index], kept[index + 1]];
    if (!first || !second) throw new Unreadable('entries');
    entries.push({
      key: first.name === '**' ? undefined : lowerExpression(lowering, first),
      value: lowerExpression(lowering, second),
    });
  }
  return entries;
}

function comprehensionOf(lowering: Lowering, nodes: readonly Node[], start: number, end: number): Expr {
  const first = nodes.findIndex(({ name }) => name === 'for' || name === 'async');
  if (first < 1) throw new Unreadable('comprehension');
  const head = nodes.slice(0, first);
  const spread = head[0]?.name === '*' || head[0]?.name === '**';
  const values = head.filter(({ name }) => name !== ':' && name !== '*' && name !== '**');
  const lowered = values.map((value) => lowerExpression(lowering, value));
  const clauses: Clause[] = [];
  let index = first;
  while (index < nodes.length) {
    const node = nodes[index];
    if (node?.name === 'async') lowering.yields = true;
    if (node?.name === 'for') {
      const inside = nodes.findIndex(({ name }, place) => place > index && name === 'in');
      const over = nodes[inside + 1];
      if (inside < 0 || !over) throw new Unreadable('comprehension');
      clauses.push({
        type: 'for',
        target: together(lowering, nodes.slice(index + 1, inside)),
        over: lowerExpression(lowering, over),
      });
      index = inside + 2;
    } else if (node?.name === 'if') {
      const test = nodes[index + 1];
      if (!test) throw new Unreadable('comprehension');
      clauses.push({ type: 'if', test: lowerExpression(lowering, test) });
      index += 2;
    } else if (node?.name === 'async' || node?.name === ',') index += 1;
    else throw new Unreadable('comprehension');
  }
  const value = lowered.at(-1);
  if (!value) throw new Unreadable('comprehension');
  const taken: Expr = spread ? { type: 'star', of: value, start: value.start, end: value.end } : value;
  return { type: 'comprehension', key: lowered.length > 1 ? lowered[0] : undefined, value: taken, clauses, start, end };
}

function textOf(literal: string): { type: 'text'; text: string } | { type: 'plain'; name: string } {
  const shape = shapeOf(literal);
  const text = unescaped(literal.slice(shape.from, shape.to), shape);
  return text === undefined ? { type: 'plain', name: 'text' } : { type: 'text', text };
}

function formatParts(lowering: Lowering, node: Node): (string | Expr)[] {
  const literal = lowering.text.slice(node.start, node.end);
  const shape = shapeOf(literal);
  const parts: (string | Expr)[] = [];
  let from = node.start + shape.from;
  const take = (to: number): void => {
    const content = lowering.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    if (content === '') return;
    const text = unescaped(content, shape);
    parts.push(text ?? { type: 'plain', name: 'text', start: from, end: to });
  };
  for (const child of node.children) {
    if (child.name !== 'FormatReplacement') continue;
    take(child.start);
    addReplacement(lowering, child, parts);
    from = child.end;
  }
  take(node.start + shape.to);
  return parts;
}

function addReplacement(lowering: Lowering, { children }: Node, parts: (string | Expr)[]): void {
  const inner = children.filter(({ name }) => name !== '{' && name !== '}' && !name.startsWith('Format'));
  const formats = children.filter(
    ({ name }) => name === 'FormatConversion' || name === 'FormatSpec' || name === 'FormatSelfDoc',
  );
  const value = together(lowering, inner);
  // How a value is formatted changes the text, so that it is not known any more; but it still carries what it carried.
  parts.push(
    formats.length === 0 ? value : { type: 'unary', op: 'format', of: value, start: value.start, end: value.end },
  );
  for (const { name, children: specified } of formats)
    if (name === 'FormatSpec')
      for (const nested of specified) if (nested.name === 'FormatReplacement') addReplacement(lowering, nested, parts);
}

function lambdaOf(lowering: Lowering, node: Node): FunctionCode {
  const { start, end, children } = node;
  const list = children.find(({ name }) => name === 'ParamList');
  const { parameters, annotations } = lowerParameters(lowering, list?.children ?? []);
  const outer = lowering.yields;
  lowering.yields = false;
  const body = lowerExpression(lowering, at(node, children.length - 1));
  const late = lowering.yields;
  lowering.yields = outer;
  return { name: '<lambda>', parameters, annotations, body, late, start, end };
}

export function lowerParameters(
  lowering: Lowering,
  nodes: readonly Node[],
): { parameters: Parameter[]; annotations: Expr[] } {
  const parameters: Parameter[] = [];
  const annotations: Expr[] = [];
  let collects: Parameter['collects'] = '';
  let namedOnly = false;
  let waiting: Node | undefined;
  let standard: Expr | undefined;
  const flush = (): void => {
    if (waiting) parameters.push({ name: nameOf(lowering, waiting), collects, namedOnly, standard });
    if (collects === '*') namedOnly = true;
    waiting = undefined;
    standard = undefined;
    collects = '';
  };
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (!node || node.name === '(' || node.name === ')') continue;
    if (node.name === ',') flush();
    else if (node.name === '*' || node.name === '**') collects = node.name;
    else if (node.name === 'VariableName') waiting = node;
    else if (node.name === 'TypeDef') annotations.push(lowerExpression(lowering, at(node, node.children.length - 1)));
    else if (node.name === 'AssignOp') {
      index += 1;
      const value = nodes[index];
      if (!value) throw new Unreadable('parameters');
      standard = lowerExpression(lowering, value);
    } else if (node.name !== '/') throw new Unreadable(node.name);
  }
  flush();
  return { parameters, annotations };
}
