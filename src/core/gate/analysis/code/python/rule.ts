import { type Said, say } from '../../../../say';
import { allArguments, type Call, taintOfCall } from './call';
import type { Reading } from './reading';
import { release } from './release';
import { object, type Value } from './value';

/** What calling a known name does. */
export interface Rule {
  /** It only calculates: whoever gets the function may call it with anything. */
  readonly pure: boolean;
  readonly call: (call: Call, reading: Reading, name: string) => Value;
}

export type Rules = Readonly<Record<string, Rule>>;

export function pure(call: Rule['call']): Rule {
  return { pure: true, call };
}

export function effect(call: Rule['call']): Rule {
  return { pure: false, call };
}

/** Gives back data of what it was given. */
export const calculates: Rule = pure((call, reading, name) => {
  for (const value of allArguments(call)) release(reading, value, call);
  return object(`${name}()`, taintOfCall(call));
});

/** Never clean. */
export function doubtful(rule: string, reason: (name: string) => Said): Rule {
  return effect((call, reading, name) => {
    reading.doubt(rule, reason(name), call);
    return object(`${name}()`, taintOfCall(call));
  });
}

export const unknownCall: Rule = doubtful('code.unknown-call', (name) => say('what {0} does is not known here', name));
export const dynamic: Rule = doubtful('code.dynamic', (name) => say('{0} can run anything', name));
export const native: Rule = doubtful('code.native', (name) => say('{0} reaches around Python', name));
export const deserializes: Rule = doubtful('code.deserialize', (name) => say('{0} runs what the data says', name));

/** The same rule for several names: `os.{kill,killpg}`. */
export function each(prefix: string, names: string, rule: Rule): Record<string, Rule> {
  const rules: Record<string, Rule> = {};
  for (const name of names.split(/\s+/)) if (name !== '') rules[`${prefix}.${name}`] = rule;
  return rules;
}
