import { data } from './data';
import { files } from './files';
import { network } from './network';
import { processes } from './processes';
import type { Rule } from './rule';
import { runtime } from './runtime';

let table: ReadonlyMap<string, Rule> | undefined;

/** What calling a known name does; undefined where the name stands for more than one function, or is not described. */
export function ruleOf(name: string): Rule | undefined {
  table ??= new Map(Object.entries({ ...data, ...files, ...network, ...processes, ...runtime }));
  return table.get(name);
}

let spaces: ReadonlySet<string> | undefined;

/** Whether names that are described begin with this one. */
export function isSpace(name: string): boolean {
  if (!spaces) {
    const made = new Set<string>();
    for (const full of Object.keys({ ...data, ...files, ...network, ...processes, ...runtime })) {
      for (let dot = full.lastIndexOf('.'); dot > 0; dot = full.lastIndexOf('.', dot - 1)) made.add(full.slice(0, dot));
    }
    spaces = made;
  }
  return spaces.has(name);
}
