import type { Span } from '../../../effect';
import { mixTaints, type Taint } from '../../shell/field';
import { object, taintOfValue, type Value } from './value';

/** What is called with what. */
export interface Call extends Span {
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Further arguments, nobody knows how many. */
  readonly more: Value | undefined;
}

export function callOf(span: Span, ...args: Value[]): Call {
  return { args, named: new Map(), more: undefined, start: span.start, end: span.end };
}

/** One argument by place or name; where it may be among the unknown ones, an unknown value. */
export function argument(call: Call, index: number, name?: string): Value | undefined {
  const found = call.args[index] ?? (name === undefined ? undefined : call.named.get(name));
  if (found) return found;
  return call.more && object('unpacked arguments', taintOfValue(call.more));
}

export function allArguments(call: Call): readonly Value[] {
  return [...call.args, ...call.named.values(), ...(call.more ? [call.more] : [])];
}

export function taintOfCall(call: Call): Taint {
  return mixTaints(...allArguments(call).map((value) => taintOfValue(value)));
}
