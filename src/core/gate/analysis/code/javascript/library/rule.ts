import { type Said, say } from '../../../../../say';
import { allArguments, argument, type Call, callOf } from '../call';
import { callValue } from '../functions';
import { giveAway } from '../giveAway';
import { type Reading, taintOfAll } from '../reading';
import { taintOfValue } from '../taint';
import { constantText, nothing, type ObjectValue, object, type Value } from '../value';

/** What calling a known name does. */
export interface Rule {
  /** It can do something beyond calculating: it must not get where it is called with anything. */
  readonly effect: boolean;
  readonly call: (call: Call, reading: Reading, name: string) => Value;
}

export type Rules = Readonly<Record<string, Rule>>;

export function pure(call: Rule['call']): Rule {
  return { effect: false, call };
}

export function effect(call: Rule['call']): Rule {
  return { effect: true, call };
}

export function calculated(as: ObjectValue['as'] = 'any'): Rule {
  return pure((call, reading, name) => {
    for (const value of allArguments(call)) giveAway(reading, value, call);
    return object(`${name}()`, taintOfAll(allArguments(call)), as);
  });
}

/** Never clean. */
export function doubtful(rule: string, reason: (name: string) => Said): Rule {
  return effect((call, reading, name) => {
    const taint = taintOfAll(allArguments(call));
    if (taint.network && rule === 'code.dynamic')
      reading.harm('network.download-run', say('the code runs what it downloads'), call);
    reading.doubt(rule, reason(name), call);
    for (const value of allArguments(call)) if (value.kind === 'function') value.escaped = true;
    return object(`${name}()`, taint);
  });
}

export const unknownCall: Rule = doubtful('code.unknown-call', (name) => say('what {0} does is not known here', name));
export const dynamic: Rule = doubtful('code.dynamic', (name) => say('{0} can run anything', name));
export const native: Rule = doubtful('code.native', (name) => say('{0} reaches around JavaScript', name));
export const deserializes: Rule = doubtful('code.deserialize', (name) => say('{0} makes what the data says', name));
export const permissions: Rule = doubtful('command.permissions', (name) => say('{0} changes who may do what', name));

/** The same rule for several names: `os.{a,b}`. */
export function each(prefix: string, names: string, rule: Rule): Record<string, Rule> {
  const rules: Record<string, Rule> = {};
  for (const name of names.split(/\s+/)) if (name !== '') rules[prefix === '' ? name : `${prefix}.${name}`] = rule;
  return rules;
}

/** Calls the function among the last arguments with what was found, as functions with callbacks do. */
export function callBack(reading: Reading, call: Call, result: Value): Value {
  for (const value of call.args.slice(1))
    if (value.kind === 'function' || value.kind === 'bound') callValue(reading, value, callOf(call, [nothing, result]));
    else if (value.kind === 'known') giveAway(reading, value, call);
  if (call.more) giveAway(reading, call.more, call);
  return result;
}

/** An entry of the options among the arguments. */
export function option(call: Call, name: string): Value | undefined {
  for (const value of call.args) {
    if (value.kind !== 'dict') continue;
    const found = value.entries.get(name);
    if (found) return found;
    if (value.rest) return object(name, taintOfValue(value.rest));
  }
  return undefined;
}

/** Whether options say yes to something, or may. */
export function isOn(call: Call, name: string): boolean {
  for (const value of call.args) {
    if (value.kind === 'dict' && (value.entries.has(name) || value.rest)) return true;
    if (
      value.kind === 'object' &&
      value.as !== 'integer' &&
      value !== nothing &&
      call.args.indexOf(value) > 0 &&
      value.of !== 'a text'
    )
      return true;
  }
  return call.more !== undefined;
}

export function constantArgument(call: Call, index: number): string | undefined {
  return constantText(argument(call, index));
}
