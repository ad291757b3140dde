import {
  at,
  type Lowering,
  lowerArguments,
  lowerExpression,
  lowerParameters,
  nameOf,
  sequence,
  together,
  Unreadable,
} from './lowerExpression';
import type { Node } from './nodes';
import type { Argument, Case, Expr, FunctionCode, Handler, ImportedName, Statement } from './syntax';

/** Turns a parsed script into statements. */
export function lowerScript(text: string, root: Node): readonly Statement[] {
  const lowering: Lowering = { text, yields: false, statements: (body) => lowerBody(lowering, body) };
  return lowerAll(lowering, root.children);
}

function lowerBody(lowering: Lowering, body: Node): readonly Statement[] {
  return lowerAll(lowering, body.children.slice(1));
}

function lowerAll(lowering: Lowering, nodes: readonly Node[]): Statement[] {
  const statements: Statement[] = [];
  for (const node of nodes)
    if (node.name === 'StatementGroup')
      statements.push(
        ...lowerAll(
          lowering,
          node.children.filter(({ name }) => name !== ';'),
        ),
      );
    else statements.push(lowerStatement(lowering, node));
  return statements;
}

function lowerStatement(lowering: Lowering, node: Node): Statement {
  const { name, start, end, children } = node;
  switch (name) {
    case 'ExpressionStatement':
      return { type: 'expression', value: together(lowering, children), start, end };
    case 'YieldStatement':
      return { type: 'expression', value: lowerExpression(lowering, node), start, end };
    case 'PrintStatement':
      if (children.length === 1) return { type: 'nothing', skips: false, start, end };
      return { type: 'print', value: lowerExpression(lowering, at(node, 1)), start, end };
    case 'AssignStatement':
      return assignmentOf(lowering, node);
    case 'UpdateStatement': {
      const op = children.findIndex((child) => child.name === 'UpdateOp');
      const written = at(node, op);
      return {
        type: 'update',
        target: together(lowering, children.slice(0, op)),
        op: lowering.text.slice(written.start, written.end - 1),
        value: together(lowering, children.slice(op + 1)),
        start,
        end,
      };
    }
    case 'DeleteStatement':
      return { type: 'delete', targets: sequence(lowering, children.slice(1)), start, end };
    case 'ReturnStatement':
      return {
        type: 'return',
        value: children.length > 1 ? together(lowering, children.slice(1)) : undefined,
        start,
        end,
      };
    case 'RaiseStatement':
      return {
        type: 'raise',
        values: sequence(
          lowering,
          children.slice(1).filter((child) => child.name !== 'from'),
        ),
        start,
        end,
      };
    case 'AssertStatement':
      return { type: 'assert', values: sequence(lowering, children.slice(1)), start, end };
    case 'PassStatement':
    case 'BreakStatement':
      return { type: 'nothing', skips: false, start, end };
    case 'ContinueStatement':
      return { type: 'nothing', skips: true, start, end };
    case 'TypeDefinition':
      return {
        type: 'assign',
        targets: [lowerExpression(lowering, at(node, 1))],
        annotation: undefined,
        value: lowerExpression(lowering, at(node, children.length - 1)),
        start,
        end,
      };
    case 'ImportStatement':
      return importOf(lowering, node);
    case 'ScopeStatement':
      return {
        type: 'outer',
        global: at(node, 0).name === 'global',
        names: children.filter((child) => child.name === 'VariableName').map((child) => nameOf(lowering, child)),
        start,
        end,
      };
    case 'IfStatement':
      return ifOf(lowering, node);
    case 'WhileStatement':
      return {
        type: 'loop',
        target: undefined,
        over: lowerExpression(lowering, at(node, 1)),
        body: lowering.statements(at(node, 2)),
        otherwise: elseOf(lowering, node),
        start,
        end,
      };
    case 'ForStatement': {
      if (at(node, 0).name === 'async') lowering.yields = true;
      const inside = children.findIndex((child) => child.name === 'in');
      const first = children.findIndex((child) => child.name === 'for');
      const body = children.findIndex((child) => child.name === 'Body');
      return {
        type: 'loop',
        target: together(lowering, children.slice(first + 1, inside)),
        over: together(lowering, children.slice(inside + 1, body)),
        body: lowering.statements(at(node, body)),
        otherwise: elseOf(lowering, node),
        start,
        end,
      };
    }
    case 'TryStatement':
      return tryOf(lowering, node);
    case 'WithStatement':
      return withOf(lowering, node);
    case 'FunctionDefinition':
      return { type: 'function', code: functionOf(lowering, node), decorators: [], start, end };
    case 'ClassDefinition':
      return classOf(lowering, node, []);
    case 'DecoratedStatement': {
      const decorators = children.slice(0, -1).map((decorator) => decoratorOf(lowering, decorator));
      const made = at(node, children.length - 1);
      if (made.name === 'ClassDefinition') return classOf(lowering, made, decorators);
      return { type: 'function', code: functionOf(lowering, made), decorators, start, end };
    }
    case 'MatchStatement':
      return matchOf(lowering, node);
    default:
      throw new Unreadable(name);
  }
}

function assignmentOf(lowering: Lowering, { start, end, children }: Node): Statement {
  const parts: Node[][] = [[]];
  let annotation: Expr | undefined;
  for (const child of children)
    if (child.name === 'AssignOp') parts.push([]);
    else if (child.name === 'TypeDef') annotation = lowerExpression(lowering, at(child, child.children.length - 1));
    else parts.at(-1)?.push(child);
  const sides = parts.map((part) => together(lowering, part));
  const value = parts.length > 1 ? sides.pop() : undefined;
  return { type: 'assign', targets: sides, annotation, value, start, end };
}

function importOf(lowering: Lowering, { start, end, children }: Node): Statement {
  const whole = children[0]?.name === 'from';
  const importing = children.findIndex(({ name }) => name === 'import');
  const module = children
    .slice(1, importing)
    .map((child) => nameOf(lowering, child))
    .join('');
  if (whole && children[importing + 1]?.name === '*') return { type: 'from', module, names: undefined, start, end };
  const names: ImportedName[] = [];
  let name = '';
  let as: string | undefined;
  let naming = false;
  const flush = (): void => {
    if (name !== '') names.push({ name, as });
    name = '';
    as = undefined;
    naming = false;
  };
  for (const child of children.slice(importing + 1))
    if (child.name === ',') flush();
    else if (child.name === 'as') naming = true;
    else if (child.name === '.') name += '.';
    else if (child.name === 'VariableName') {
      if (naming) as = nameOf(lowering, child);
      else name += nameOf(lowering, child);
    }
  flush();
  return whole ? { type: 'from', module, names, start, end } : { type: 'import', names, start, end };
}

function elseOf(lowering: Lowering, { children }: Node): readonly Statement[] {
  const found = children.findIndex(({ name }) => name === 'else');
  const body = children[found + 1];
  return found < 0 || !body ? [] : lowering.statements(body);
}

function ifOf(lowering: Lowering, node: Node): Statement {
  let rest: readonly Statement[] = elseOf(lowering, node);
  for (let index = node.children.length - 1; index >= 0; index -= 1) {
    const child = at(node, index);
    if (child.name !== 'if' && child.name !== 'elif') continue;
    const made: Statement = {
      type: 'if',
      test: lowerExpression(lowering, at(node, index + 1)),
      body: lowering.statements(at(node, index + 2)),
      otherwise: rest,
      start: child.start,
      end: node.end,
    };
    if (index === 0) return made;
    rest = [made];
  }
  throw new Unreadable(node.name);
}

function tryOf(lowering: Lowering, node: Node): Statement {
  const handlers: Handler[] = [];
  let body: readonly Statement[] = [];
  let otherwise: readonly Statement[] = [];
  let final: readonly Statement[] = [];
  let head: Node[] = [];
  let part = '';
  for (const child of node.children) {
    if (child.name !== 'Body') {
      if (['try', 'except', 'else', 'finally'].includes(child.name)) {
        part = child.name;
        head = [];
      } else head.push(child);
      continue;
    }
    const statements = lowering.statements(child);
    if (part === 'try') body = statements;
    else if (part === 'else') otherwise = statements;
    else if (part === 'finally') final = statements;
    else {
      const [what, , as] = head.filter(({ name }) => name !== '*');
      handlers.push({
        what: what ? lowerExpression(lowering, what) : undefined,
        as: as ? nameOf(lowering, as) : undefined,
        body: statements,
      });
    }
  }
  return { type: 'try', body, handlers, otherwise, final, start: node.start, end: node.end };
}

function withOf(lowering: Lowering, { start, end, children }: Node): Statement {
  const items: { value: Expr; as: Expr | undefined }[] = [];
  let value: Expr | undefined;
  let as: Expr | undefined;
  let naming = false;
  let body: readonly Statement[] = [];
  const flush = (): void => {
    if (value) items.push({ value, as });
    value = undefined;
    as = undefined;
    naming = false;
  };
  for (const child of children)
    if (child.name === 'with') continue;
    else if (child.name === 'async') lowering.yields = true;
    else if (child.name === ',') flush();
    else if (child.name === 'as') naming = true;
    else if (child.name === 'Body') body = lowering.statements(child);
    else if (naming) as = lowerExpression(lowering, child);
    else value = lowerExpression(lowering, child);
  flush();
  return { type: 'with', items, body, start, end };
}

function functionOf(lowering: Lowering, node: Node): FunctionCode {
  const { start, end, children } = node;
  const named = children.find(({ name }) => name === 'VariableName');
  const list = children.find(({ name }) => name === 'ParamList');
  const body = at(node, children.length - 1);
  if (!named || !list) throw new Unreadable(node.name);
  const { parameters, annotations } = lowerParameters(lowering, list.children);
  const returned = children.find(({ name }) => name === 'TypeDef');
  if (returned) annotations.push(lowerExpression(lowering, at(returned, returned.children.length - 1)));
  const outer = lowering.yields;
  lowering.yields = false;
  const statements = lowering.statements(body);
  const late = lowering.yields || at(node, 0).name === 'async';
  lowering.yields = outer;
  return { name: nameOf(lowering, named), parameters, annotations, body: statements, late, start, end };
}

function classOf(lowering: Lowering, node: Node, decorators: readonly Expr[]): Statement {
  const { start, end, children } = node;
  const list = children.find(({ name }) => name === 'ArgList');
  const bases: readonly Argument[] = list ? lowerArguments(lowering, list) : [];
  const body = lowering.statements(at(node, children.length - 1));
  return { type: 'class', name: nameOf(lowering, at(node, 1)), bases, body, decorators, start, end };
}

function decoratorOf(lowering: Lowering, { children, end }: Node): Expr {
  let made: Expr | undefined;
  for (const child of children)
    if (child.name === 'VariableName') {
      const name = nameOf(lowering, child);
      made = made
        ? { type: 'attribute', of: made, name, start: made.start, end: child.end }
        : { type: 'name', name, start: child.start, end: child.end };
    } else if (child.name === 'ArgList' && made)
      made = { type: 'call', callee: made, args: lowerArguments(lowering, child), start: made.start, end };
  if (!made) throw new Unreadable('decorator');
  return made;
}

function matchOf(lowering: Lowering, node: Node): Statement {
  const body = at(node, node.children.length - 1);
  const cases: Case[] = body.children
    .filter(({ name }) => name === 'MatchClause')
    .map((clause) => caseOf(lowering, clause));
  return {
    type: 'match',
    subject: together(lowering, node.children.slice(1, -1)),
    cases,
    start: node.start,
    end: node.end,
  };
}

function caseOf(lowering: Lowering, clause: Node): Case {
  const binds: string[] = [];
  let guard: Expr | undefined;
  const visit = (node: Node): void => {
    if (node.name === 'Guard') guard = lowerExpression(lowering, at(node, 1));
    else if (node.name === 'CapturePattern') binds.push(nameOf(lowering, node));
    else if (node.name === 'AsPattern') {
      const bound = node.children.at(-1);
      if (bound?.name === 'VariableName') binds.push(nameOf(lowering, bound));
      for (const child of node.children) visit(child);
    } else if (node.name !== 'Body') for (const child of node.children) visit(child);
  };
  visit(clause);
  return { binds, looksAt: [], guard, body: lowering.statements(at(clause, clause.children.length - 1)) };
}
