import type { Span } from '../../../effect';
import type { Node } from './nodes';
import { taintOfValue } from './taint';
import { nothing, object, type Value } from './value';

/** What is called with what. */
export interface Call extends Span {
  readonly args: readonly Value[];
  /** Further arguments, nobody knows how many. */
  readonly more: Value | undefined;
  /** What `this` is for it. */
  readonly self: Value | undefined;
  /** The expression, where it is one. */
  readonly node: Node | undefined;
  readonly fresh: boolean;
}

export function callOf(span: Span, args: readonly Value[], more?: Value, self?: Value): Call {
  return { args, more, self, node: undefined, fresh: false, start: span.start, end: span.end };
}

/** One argument by its place; where it may be among the unknown ones, an unknown value. */
export function argument(call: Call, index: number): Value | undefined {
  return call.args[index] ?? (call.more && object('an argument', taintOfValue(call.more)));
}

export function argumentOr(call: Call, index: number): Value {
  return argument(call, index) ?? nothing;
}

export function allArguments(call: Call): readonly Value[] {
  return call.more ? [...call.args, call.more] : call.args;
}

/** Whether the whole environment is among the arguments. */
export function holdsEnvironment(values: readonly Value[], depth = 0): boolean {
  return values.some(
    (value) =>
      (value.kind === 'known' && value.name === 'process.env') ||
      (depth < 3 &&
        ((value.kind === 'dict' && holdsEnvironment([...value.entries.values()], depth + 1)) ||
          (value.kind === 'list' && holdsEnvironment(value.items, depth + 1)) ||
          (value.kind === 'any' && holdsEnvironment(value.of, depth + 1)))),
  );
}
