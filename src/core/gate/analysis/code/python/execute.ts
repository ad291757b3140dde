import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { attribute, setAttribute } from './attributes';
import { callOf } from './call';
import { evaluate } from './evaluate';
import { callValue, defineClass, defineFunction } from './functions';
import { importModule, importNames } from './imports';
import { setItem, valuesOf } from './items';
import { elementOf, itemsOf } from './iterate';
import { shuffle } from './methods/container';
import { operate } from './operators';
import type { Reading } from './reading';
import { release } from './release';
import type { Ended } from './scope';
import type { Case, Expr, Statement } from './syntax';
import {
  alternatives,
  concat,
  describe,
  join,
  list as listOf,
  nothing,
  object,
  piecesOf,
  taintOfValue,
  type Value,
} from './value';

/** Follows statements one after the other. */
export function execute(reading: Reading, statements: readonly Statement[]): void {
  for (const statement of statements) executeOne(reading, statement);
}

function executeOne(reading: Reading, statement: Statement): void {
  reading.sink.spend(1);
  switch (statement.type) {
    case 'expression':
      evaluate(reading, statement.value);
      return;
    case 'print':
      reading.print(taintOfValue(evaluate(reading, statement.value)));
      return;
    case 'assign': {
      if (statement.annotation) evaluate(reading, statement.annotation);
      if (!statement.value) return;
      const value = evaluate(reading, statement.value);
      for (const target of statement.targets) assign(reading, target, value, statement);
      return;
    }
    case 'update': {
      const before = evaluate(reading, statement.target);
      const value = operate(reading, statement.op, before, evaluate(reading, statement.value), statement);
      assign(reading, statement.target, value, statement);
      return;
    }
    case 'delete':
      for (const target of statement.targets) remove(reading, target);
      return;
    case 'return': {
      const frame = reading.frames.at(-1);
      const value = statement.value ? evaluate(reading, statement.value) : nothing;
      if (frame) frame.returned = frame.returned ? join(frame.returned, value) : value;
      return;
    }
    case 'raise':
      for (const raised of statement.values) {
        const value = evaluate(reading, raised);
        // Whoever catches it gets what it holds.
        release(reading, value, raised);
        reading.print(taintOfValue(value));
      }
      return;
    case 'assert':
      for (const value of statement.values) evaluate(reading, value);
      return;
    case 'import':
      for (const { name, as } of statement.names) importModule(reading, name, as, statement);
      return;
    case 'from':
      importNames(reading, statement.module, statement.names, statement);
      return;
    case 'outer': {
      for (const name of statement.names) {
        let scope = statement.global ? reading.globals : reading.scope.parent;
        while (!statement.global && scope?.parent && scope.kind !== 'module' && !scope.names.has(name))
          scope = scope.parent;
        if (scope) reading.scope.outer.set(name, scope);
      }
      return;
    }
    case 'if': {
      evaluate(reading, statement.test);
      alternatively(reading, [() => execute(reading, statement.body), () => execute(reading, statement.otherwise)]);
      return;
    }
    case 'loop':
      loop(reading, statement);
      return;
    case 'try':
      attempt(reading, statement);
      return;
    case 'with':
      withContext(reading, statement);
      return;
    case 'function': {
      const made = defineFunction(reading, statement.code, statement.decorators);
      setName(reading, statement.code.name, made);
      return;
    }
    case 'class':
      setName(reading, statement.name, defineClass(reading, statement));
      return;
    case 'match': {
      const subject = evaluate(reading, statement.subject);
      const taken = (one: Case) => (): void => {
        for (const name of one.binds) setName(reading, name, partsOf(reading, subject, statement));
        if (one.guard) evaluate(reading, one.guard);
        execute(reading, one.body);
      };
      alternatively(reading, [...statement.cases.map(taken), () => undefined]);
      return;
    }
    case 'nothing':
      return;
  }
}

/** Takes each way on its own; afterwards names are what they are after any of them. */
export function alternatively(reading: Reading, ways: readonly (() => void)[]): void {
  const ended = ways.map((way): Ended => {
    reading.ways.begin();
    way();
    return reading.ways.end();
  });
  reading.ways.merge(ended, false, false);
}

/** Runs something that may be left anywhere. */
function midway(reading: Reading, way: () => void): Ended {
  reading.ways.begin();
  way();
  return reading.ways.end();
}

const mostUnrolled = 60;

/** Turns of all loops together that are followed one by one. */
const mostTurns = 600;

function loop(reading: Reading, statement: Statement & { type: 'loop' }): void {
  const { target, over, body, otherwise } = statement;
  const value = evaluate(reading, over);
  const items = target ? itemsOf(value) : undefined;
  if (target && items && items.length <= mostUnrolled && reading.unrolled < mostTurns) {
    reading.unrolled += items.length;
    const skips = mayskip(body);
    const ended = midway(reading, () => {
      for (const item of items) {
        if (!skips) {
          assign(reading, target, item, over);
          execute(reading, body);
          continue;
        }
        const once = midway(reading, () => {
          assign(reading, target, item, over);
          execute(reading, body);
        });
        reading.ways.merge([once], true, true);
      }
    });
    reading.ways.merge([ended], true, items.length === 0);
  } else {
    const element = target ? elementOf(reading, value, over) : undefined;
    for (let turn = 0; ; turn += 1) {
      const changes = reading.changes;
      const ended = midway(reading, () => {
        if (target && element) assign(reading, target, element, over);
        if (!target && turn > 0) evaluate(reading, over);
        execute(reading, body);
      });
      const again = reading.changes !== changes || ended.changes.some(({ name }) => ended.reads.has(name));
      const before = turn < 2 ? undefined : signatures(ended);
      reading.ways.merge([ended], true, true);
      if (!again) break;
      if (turn === 1) widen(reading, ended);
      // Values may travel from name to name, one turn each.
      if (before === undefined) continue;
      const moved = signatures(ended).some((signature, at) => signature !== before[at]);
      if (!moved) break;
      if (turn < mostMoves) continue;
      reading.doubt('code.parse', say('what a loop does in later turns could not be worked out'), statement);
      break;
    }
  }
  execute(reading, otherwise);
}

/** Turns after which values that still change are not followed any more. */
const mostMoves = 12;

/** What the names that a turn changes and reads are now, as far as they are texts or something that acts. */
function signatures({ changes, reads }: Ended): readonly string[] {
  return changes.map(({ name, scope }) => {
    const value = reads.has(name) ? scope.names.get(name) : undefined;
    const kinds = value?.kind === 'any' ? value.of : value ? [value] : [];
    return kinds
      .map((one) => (one.kind === 'text' || one.kind === 'known' || one.kind === 'path' ? describe(one) : one.kind))
      .sort()
      .join('\0');
  });
}

/** Texts that grow from turn to turn are not known. */
function widen(reading: Reading, { changes, reads }: Ended): void {
  for (const { scope, name } of changes) {
    const value = scope.names.get(name);
    if (value?.kind !== 'any' || !reads.has(name)) continue;
    const texts = value.of.filter(({ kind }) => kind === 'text' || kind === 'number');
    if (texts.length < 3) continue;
    const soup = concat(...texts.slice(0, 4).flatMap((one) => [piecesOf(object('a loop')), piecesOf(one)]));
    const rest = value.of.filter((one) => !texts.includes(one));
    reading.ways.set(
      scope,
      name,
      rest.reduce((all, one) => join(all, one), { kind: 'text', pieces: soup } as Value),
    );
  }
}

/** A value or anything in it. */
function partsOf(reading: Reading, value: Value, span: Span, depth = 0): Value {
  if (depth > 3) return value;
  let all = value;
  for (const one of value.kind === 'any' ? value.of : [value]) {
    if (one.kind === 'list') all = join(all, partsOf(reading, elementOf(reading, one, span), span, depth + 1));
    else if (one.kind === 'dict') all = join(all, partsOf(reading, valuesOf(one), span, depth + 1));
    else if (one.kind === 'instance')
      for (const field of one.class.fields.values()) all = join(all, partsOf(reading, field, span, depth + 1));
  }
  return all;
}

function mayskip(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.type === 'nothing') return statement.skips;
    if (statement.type === 'if') return mayskip(statement.body) || mayskip(statement.otherwise);
    if (statement.type === 'with') return mayskip(statement.body);
    if (statement.type === 'match') return statement.cases.some(({ body }) => mayskip(body));
    if (statement.type === 'try')
      return (
        mayskip(statement.body) ||
        mayskip(statement.otherwise) ||
        mayskip(statement.final) ||
        statement.handlers.some(({ body }) => mayskip(body))
      );
    return false;
  });
}

function attempt(reading: Reading, statement: Statement & { type: 'try' }): void {
  const { body, handlers, otherwise, final } = statement;
  const tried = midway(reading, () => execute(reading, body));
  const ended: Ended[] = [];
  // The way without an error.
  ended.push(
    midway(reading, () => {
      reading.ways.merge([tried], false, false);
      execute(reading, otherwise);
    }),
  );
  for (const { what, as, body: handling } of handlers)
    ended.push(
      midway(reading, () => {
        reading.ways.merge([tried], true, true);
        if (what) evaluate(reading, what);
        if (as !== undefined) setName(reading, as, object(as));
        execute(reading, handling);
        if (as !== undefined) reading.ways.unset(reading.scope.outer.get(as) ?? reading.scope, as);
      }),
    );
  if (final.length > 0 || handlers.length === 0)
    ended.push(midway(reading, () => reading.ways.merge([tried], true, true)));
  reading.ways.merge(ended, final.length > 0, false);
  execute(reading, final);
}

function withContext(reading: Reading, statement: Statement & { type: 'with' }): void {
  const opened: Value[] = [];
  let plain = true;
  for (const { value, as } of statement.items) {
    const context = evaluate(reading, value);
    opened.push(context);
    if (context.kind !== 'file') plain = false;
    const entered = enter(reading, context, value);
    if (as) assign(reading, as, entered, value);
  }
  if (plain) execute(reading, statement.body);
  else {
    // What is entered may swallow errors, so that the body may end anywhere.
    const ended = midway(reading, () => execute(reading, statement.body));
    const whole = midway(reading, () => reading.ways.merge([ended], false, false));
    const part = midway(reading, () => reading.ways.merge([ended], true, true));
    reading.ways.merge([whole, part], false, false);
  }
  for (const context of opened)
    for (const one of context.kind === 'any' ? context.of : [context]) if (one.kind === 'file') reading.flush(one);
}

function enter(reading: Reading, context: Value, span: Span): Value {
  switch (context.kind) {
    case 'list':
      // A function of the script that yields, made a context by a decorator.
      return context.rest ?? context.items.reduce<Value>((all, item) => join(all, item), nothing);
    case 'instance': {
      const method = attribute(reading, context, '__enter__', span);
      return method.kind === 'bound' ? callValue(reading, method, callOf(span)) : context;
    }
    case 'any':
      return context.of.map((one) => enter(reading, one, span)).reduce((all, one) => join(all, one));
    default:
      return context;
  }
}

export function setName(reading: Reading, name: string, value: Value): void {
  let scope = reading.scope;
  const outer = scope.outer.get(name);
  if (outer) {
    // The function may be left before or after it, or not be called: the old value stays possible.
    reading.ways.set(
      outer,
      name,
      outer.kind === 'module' && reading.frames.length === 0 ? value : join(outer.names.get(name), value),
    );
    return;
  }
  while (scope.kind === 'inner' && scope.outer.has(name) && scope.parent) scope = scope.parent;
  reading.ways.set(scope, name, value);
}

/** Binds a value to whatever stands on the left. */
export function assign(reading: Reading, target: Expr, value: Value, span: Span): void {
  switch (target.type) {
    case 'name':
      setName(reading, target.name, value);
      return;
    case 'attribute':
      setAttribute(reading, evaluate(reading, target.of), target.name, value, target);
      return;
    case 'index': {
      const holder = evaluate(reading, target.of);
      const keys = target.keys.map((key) => evaluate(reading, key));
      setItem(reading, holder, target.slice ? undefined : keys.length === 1 ? keys[0] : listOf(keys), value, target);
      return;
    }
    case 'star':
      assign(reading, target.of, listOf([], elementOf(reading, value, span)), span);
      return;
    case 'list': {
      const items = itemsOf(value);
      const star = target.items.findIndex(({ type }) => type === 'star');
      const element = items ? undefined : elementOf(reading, value, span);
      for (const [index, inner] of target.items.entries()) {
        if (!items)
          assign(
            reading,
            inner.type === 'star' ? inner.of : inner,
            inner.type === 'star' ? listOf([], element) : (element ?? nothing),
            span,
          );
        else if (star < 0 || index < star) assign(reading, inner, items[index] ?? nothing, span);
        else if (inner.type === 'star')
          assign(reading, inner.of, listOf(items.slice(star, items.length - (target.items.length - star - 1))), span);
        else assign(reading, inner, items[items.length - (target.items.length - index)] ?? nothing, span);
      }
      return;
    }
    default:
      evaluate(reading, target);
      release(reading, value, span);
  }
}

function remove(reading: Reading, target: Expr): void {
  if (target.type === 'name') reading.ways.unset(reading.scope.outer.get(target.name) ?? reading.scope, target.name);
  else if (target.type === 'list') for (const item of target.items) remove(reading, item);
  else if (target.type === 'attribute' || target.type === 'index') {
    const of = evaluate(reading, target.of);
    if (target.type === 'index') for (const one of alternatives(of)) if (one.kind === 'list') shuffle(one);
    if (target.type === 'index') for (const key of target.keys) evaluate(reading, key);
  } else evaluate(reading, target);
}
