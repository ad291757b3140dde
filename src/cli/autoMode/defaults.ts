import { builtInRules } from '../../core/gate/classifier/rules';
import { describeExample } from '../../core/gate/classifier/rules/rule';

/** The rules that the classifier judges by when nobody has said otherwise, as JSON. */
export function printDefaults(output: { write(text: string): unknown }): number {
  const rules = builtInRules.map(({ consent, covers, example, group, id, instead, nearMiss }) => ({
    ...{ id, group, covers, ...(consent !== undefined && { consent }) },
    ...{ example: describeExample(example), nearMiss: describeExample(nearMiss), ...(instead !== '' && { instead }) },
  }));
  output.write(`${JSON.stringify(rules, null, 2)}\n`);
  return 0;
}
