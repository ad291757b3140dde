import { say } from '../../../../say';
import { assign } from './assign';
import { defineClass } from './classes';
import { evaluate } from './evaluate';
import { makeFunction } from './functions';
import { giveAway } from './giveAway';
import { exportAll, importNames } from './imports';
import { element } from './iterate';
import { join } from './join';
import { lookUp } from './names';
import { kid, type Node } from './nodes';
import type { Reading } from './reading';
import { createCell, createScope, type Scope } from './scope';
import { taintOfValue } from './taint';
import { alternatives, integer, nothing, object, type Value } from './value';

const ownScope =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|ClassDeclaration|ClassExpression|Property)$/;

/** Names that statements of a block bring in. */
export function declareBlock(reading: Reading, scope: Scope, statements: readonly Node[]): void {
  for (const statement of statements) {
    const one =
      statement.name === 'ExportDeclaration' || statement.name === 'AmbientDeclaration'
        ? declared(statement)
        : statement;
    if (!one) continue;
    switch (one.name) {
      case 'VariableDeclaration':
        // `var` belongs to the function around.
        if (statement.name !== 'AmbientDeclaration' && one.kids[0]?.name !== 'var') declareNames(scope, one);
        break;
      case 'FunctionDeclaration': {
        const name = kid(one, 'VariableDefinition')?.text;
        // Functions can be called before the place where they stand.
        if (name !== undefined && kid(one, 'Block')) {
          const around = reading.scope;
          reading.scope = scope;
          const made = makeFunction(reading, one);
          reading.scope = around;
          const cell = scope.cells.get(name) ?? createCell();
          scope.cells.set(name, cell);
          reading.put(cell, made);
        }
        break;
      }
      case 'ClassDeclaration':
      case 'NamespaceDeclaration':
      case 'EnumDeclaration': {
        const name = one.kids.find(({ name: what }) => /^(?:VariableDefinition|TypeDefinition)$/.test(what))?.text;
        if (name !== undefined && !scope.cells.has(name)) scope.cells.set(name, createCell());
        break;
      }
      case 'ImportDeclaration':
        for (const name of boundNames(one)) if (!scope.cells.has(name)) scope.cells.set(name, createCell());
        break;
    }
  }
}

function declared(statement: Node): Node | undefined {
  return statement.kids.find(({ name }) => /Declaration$/.test(name));
}

function boundNames(node: Node): readonly string[] {
  const names: string[] = [];
  const walk = (one: Node): void => {
    if (one.name === 'VariableDefinition') names.push(one.text);
    else for (const inner of one.kids) walk(inner);
  };
  walk(node);
  return names;
}

function declareNames(scope: Scope, declaration: Node): void {
  const walk = (one: Node): void => {
    if (one.name === 'VariableDefinition') {
      if (!scope.cells.has(one.text)) scope.cells.set(one.text, createCell());
    } else if (one.name === 'VariableDeclaration' || /Pattern|PatternProperty/.test(one.name))
      for (const inner of one.kids) walk(inner);
  };
  walk(declaration);
}

/** Names of a function or script: its parameters, everything declared with `var` in it, and those of its block. */
export function declareFunction(reading: Reading, scope: Scope, node: Node): void {
  const parameters = kid(node, 'ParamList');
  if (parameters)
    for (const one of parameters.kids)
      declareNames(scope, {
        ...one,
        name: one.name === 'VariableDefinition' ? one.name : /Pattern$/.test(one.name) ? one.name : 'other',
      });
  const body = node.name === 'Script' ? node : node.kids.at(-1);
  if (!body || (node.name !== 'Script' && body.name !== 'Block')) return;
  declareVars(scope, body.kids);
  declareBlock(reading, scope, body.kids);
}

function declareVars(scope: Scope, statements: readonly Node[]): void {
  for (const one of statements) {
    if (ownScope.test(one.name)) continue;
    if (one.name === 'VariableDeclaration') {
      if (one.kids[0]?.name === 'var') declareNames(scope, one);
    } else if (
      /Statement$|^(?:Block|ForSpec|ForOfSpec|ForInSpec|SwitchBody|CatchClause|FinallyClause|ExportDeclaration|Script)$/.test(
        one.name,
      )
    ) {
      if ((one.name === 'ForOfSpec' || one.name === 'ForInSpec') && one.kids[0]?.name === 'var')
        for (const name of one.kids) if (/^VariableDefinition$|Pattern$/.test(name.name)) declareNames(scope, name);
      declareVars(scope, one.kids);
    }
  }
}

/** Statements with names of their own. */
function inBlock(reading: Reading, node: Node, statements: readonly Node[], run: () => void): void {
  const around = reading.scope;
  const before = reading.scopes.get(node);
  const scope = before ?? createScope(around);
  reading.scope = scope;
  if (!before) {
    reading.scopes.set(node, scope);
    declareBlock(reading, scope, statements);
  }
  run();
  reading.scope = around;
}

export function executeAll(reading: Reading, statements: readonly Node[]): void {
  for (const one of statements) execute(reading, one);
}

function execute(reading: Reading, node: Node): void {
  reading.sink.spend(1);
  const { kids } = node;
  switch (node.name) {
    case 'ExpressionStatement':
      for (const one of kids) evaluate(reading, one);
      return;
    case 'VariableDeclaration':
      declareValues(reading, node);
      return;
    case 'FunctionDeclaration':
      if (kid(node, 'Block')) makeFunction(reading, node);
      return;
    case 'ClassDeclaration': {
      const made = defineClass(reading, node);
      const name = kid(node, 'VariableDefinition');
      if (name) assign(reading, name, made, node);
      return;
    }
    case 'Block':
      inBlock(reading, node, kids, () => executeAll(reading, kids));
      return;
    case 'IfStatement':
    case 'WhileStatement':
    case 'DoStatement':
    case 'LabeledStatement':
    case 'TryStatement':
    case 'FinallyClause': {
      const loops = node.name === 'WhileStatement' || node.name === 'DoStatement';
      if (loops) reading.inside += 1;
      for (const one of kids) if (!/^(?:if|else|while|do|Label|:|try|finally)$/.test(one.name)) execute(reading, one);
      if (loops) reading.inside -= 1;
      return;
    }
    case 'CatchClause':
      inBlock(reading, node, [], () => {
        for (const one of kids) {
          if (/^VariableDefinition$|Pattern$/.test(one.name)) {
            declareNames(reading.scope, one.name === 'VariableDefinition' ? one : { ...one, name: one.name });
            assign(reading, one, join(object('an error'), reading.get(reading.thrown)), one);
          } else if (one.name === 'Block') execute(reading, one);
        }
      });
      return;
    case 'ForStatement':
      inBlock(reading, node, [], () => loop(reading, node));
      return;
    case 'SwitchStatement': {
      evaluate(reading, kids[1]);
      const body = kid(node, 'SwitchBody');
      if (body)
        inBlock(reading, body, body.kids, () => {
          for (const one of body.kids) {
            if (one.name === 'CaseLabel') evaluate(reading, one.kids[1]);
            else if (one.name !== 'DefaultLabel') execute(reading, one);
          }
        });
      return;
    }
    case 'ReturnStatement': {
      const value = evaluate(reading, kids[1]);
      if (reading.running) reading.put(reading.running.returned, value);
      return;
    }
    case 'ThrowStatement': {
      const value = evaluate(reading, kids[1]);
      reading.print(taintOfValue(value));
      reading.put(reading.thrown, value);
      return;
    }
    case 'WithStatement':
      reading.doubt('code.dynamic', say('“with” makes names mean what the object says'), node);
      for (const one of kids) if (one.name !== 'with') execute(reading, one);
      return;
    case 'ImportDeclaration':
      importNames(reading, node);
      return;
    case 'ExportDeclaration':
      exportNames(reading, node);
      return;
    case 'NamespaceDeclaration':
      inBlock(reading, node, kid(node, 'Block')?.kids ?? [], () => executeAll(reading, kid(node, 'Block')?.kids ?? []));
      return;
    case 'EnumDeclaration':
      declareEnum(reading, node);
      return;
    case 'AmbientDeclaration':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'DebuggerStatement':
    case ';':
      return;
    default:
      evaluate(reading, node);
  }
}

function declareValues(reading: Reading, node: Node): void {
  const { kids } = node;
  for (let index = 0; index < kids.length; index += 1) {
    const target = kids[index];
    if (!target || !/^VariableDefinition$|Pattern$/.test(target.name)) continue;
    if (kids[index + 1]?.name === 'Equals') {
      const value = evaluate(reading, kids[index + 2]);
      assign(reading, target, value, node);
      index += 2;
    } else if (target.name !== 'VariableDefinition') assign(reading, target, nothing, node);
  }
}

function loop(reading: Reading, node: Node): void {
  const spec = node.kids.find(({ name }) => /^For\w*Spec$/.test(name));
  const body = node.kids.at(-1);
  reading.inside += 1;
  if (spec?.name === 'ForSpec') {
    declareBlock(reading, reading.scope, spec.kids);
    for (const one of spec.kids) execute(reading, one);
  } else if (spec) {
    const word = spec.kids.findIndex(({ name }) => name === 'of' || name === 'in');
    const target = spec.kids[word - 1];
    const over = evaluate(reading, spec.kids[word + 1]);
    if (target && word > 1 && spec.kids[word - 2]?.name !== 'var') declareNames(reading.scope, target);
    if (target) {
      const value = spec.kids[word]?.name === 'of' ? element(reading, over, spec) : keyOf(over);
      assign(reading, target, value, spec);
    }
  }
  if (body && body !== spec) execute(reading, body);
  reading.inside -= 1;
}

/** The names of what an object holds. */
export function keyOf(value: Value): Value {
  let all: Value | undefined;
  for (const one of alternatives(value)) {
    if (one.kind === 'list') return integer;
    if (one.kind === 'dict' && !one.rest && one.entries.size <= 60)
      for (const name of one.entries.keys())
        all = all ? joinNames(all, name) : { kind: 'text', pieces: [{ type: 'text', text: name }] };
    else return object('a key', taintOfValue(value));
  }
  return all ?? object('a key');
}

function joinNames(all: Value, name: string): Value {
  return { kind: 'any', of: [...alternatives(all), { kind: 'text', pieces: [{ type: 'text', text: name }] }] };
}

function exportNames(reading: Reading, node: Node): void {
  const source = node.kids.find(({ name }) => name === 'String');
  if (source) {
    exportAll(reading, node, source.text);
    return;
  }
  for (const one of node.kids) {
    if (one.name === 'ExportGroup') {
      for (const [index, name] of one.kids.entries())
        if (name.name === 'VariableName' && one.kids[index - 1]?.name !== 'as')
          giveAway(reading, lookUp(reading, name.text, name), name);
    } else if (/Declaration$/.test(one.name)) {
      execute(reading, one);
      for (const name of declaredNames(one)) giveAway(reading, lookUp(reading, name, one), one);
      if (/^(?:Function|Class)Declaration$/.test(one.name)) giveAway(reading, reading.sites.get(one), one);
    } else if (!/^(?:export|default|type|,|Decorator|=)$/.test(one.name))
      giveAway(reading, evaluate(reading, one), one);
    else if (one.name === 'Decorator') evaluate(reading, one.kids.at(-1));
  }
}

function declaredNames(node: Node): readonly string[] {
  if (/^(?:Function|Class)Declaration$/.test(node.name)) {
    const name = kid(node, 'VariableDefinition')?.text;
    return name === undefined ? [] : [name];
  }
  if (node.name !== 'VariableDeclaration') return [];
  const names: string[] = [];
  for (const one of node.kids) {
    if (one.name === 'VariableDefinition') names.push(one.text);
    else if (/Pattern$/.test(one.name)) names.push(...boundNames(one));
  }
  return names;
}

function declareEnum(reading: Reading, node: Node): void {
  const name = kid(node, 'TypeDefinition') ?? kid(node, 'VariableDefinition');
  const body = kid(node, 'EnumBody');
  const made = reading.site<Value>(node, () => ({ kind: 'dict', entries: new Map(), rest: undefined }));
  if (made.kind !== 'dict') return;
  const kids = body?.kids ?? [];
  for (const [index, one] of kids.entries()) {
    if (one.name !== 'PropertyName' && one.name !== 'String') continue;
    if (kids[index - 1]?.name === 'Equals') continue;
    const value = kids[index + 1]?.name === 'Equals' ? evaluate(reading, kids[index + 2]) : integer;
    const before = made.entries.get(one.text);
    made.entries.set(one.text, before ? reading.merge(before, value) : value);
  }
  if (name) assign(reading, name, made, node);
}
