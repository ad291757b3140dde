import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { putName } from './assign';
import { giveAway } from './giveAway';
import { join } from './join';
import { moduleValue } from './library/modules';
import { getMember } from './members';
import type { Node } from './nodes';
import type { Reading } from './reading';
import { alternatives, constantText, describe, nothing, object, type Value } from './value';

/** Loads a module by a name that is worked out. */
export function importModule(reading: Reading, name: Value, span: Span): Value {
  let all: Value | undefined;
  for (const one of alternatives(name)) {
    const known = constantText(one);
    if (known === undefined) {
      if (!bounded(one)) reading.doubt('code.dynamic', say('which module {0} loads is not known', describe(one)), span);
      all = join(all, object('a module'));
    } else all = join(all, moduleValue(reading, known, span));
  }
  return all ?? nothing;
}

/** `./locales/${name}.json` is data of the project. */
function bounded(value: Value): boolean {
  if (value.kind !== 'text') return false;
  const [first] = value.pieces;
  const last = value.pieces.at(-1);
  return (
    first?.type === 'text' && /^\.\/[\w/-]+/.test(first.text) && last?.type === 'text' && /\.json$/.test(last.text)
  );
}

/** `import a, { b as c }, * as d from 'e'`. */
export function importNames(reading: Reading, node: Node): void {
  const source = node.kids.find(({ name }) => name === 'String');
  if (!source || node.kids[1]?.name === 'type') return;
  const of = moduleValue(reading, source.text, node);
  for (const [index, one] of node.kids.entries()) {
    if (one.name === 'VariableDefinition') {
      if (node.kids[index - 1]?.name === 'as') putName(reading, one.text, of);
      else putName(reading, one.text, getMember(reading, of, 'default', node));
    } else if (one.name === 'ImportGroup') importGroup(reading, one, of);
  }
}

function importGroup(reading: Reading, group: Node, of: Value): void {
  const { kids } = group;
  for (const [index, one] of kids.entries()) {
    if (one.name !== 'VariableDefinition') continue;
    const before = kids[index - 1];
    const from = before?.name === 'as' ? kids[index - 2] : undefined;
    putName(reading, one.text, getMember(reading, of, from?.text ?? one.text, group));
  }
}

/** `export * from 'a'`, `export { b } from 'a'`: what can have effects leaves the script. */
export function exportAll(reading: Reading, node: Node, name: string): void {
  if (node.kids[1]?.name === 'type') return;
  const of = moduleValue(reading, name, node);
  const group = node.kids.find(({ name: what }) => what === 'ExportGroup');
  if (!group) {
    giveAway(reading, of, node);
    return;
  }
  for (const [index, one] of group.kids.entries())
    if (one.name === 'VariableName' && group.kids[index - 1]?.name !== 'as')
      giveAway(reading, getMember(reading, of, one.text, node), node);
}
