import { builtInRules } from '../../src/core/gate/classifier/rules';
import { english } from '../../src/core/say';
import { createAnthropicModel } from '../../src/node/anthropicModel';
import { resolveCredentials } from '../../src/node/credentials';
import { nodeClock } from '../../src/node/nodeClock';
import { nodeDigest } from '../../src/node/nodeDigest';
import { evaluationCases } from './cases';
import { evaluate } from './evaluate';
import { describeResults } from './report';

/** @returns the exit status: 0 also when there was no key, because then nothing was found out. */
export async function main(
  options: { readonly model: string; readonly runs: number; readonly rule: string | undefined },
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  const rules = builtInRules.filter(({ id }) => options.rule === undefined || id === options.rule);
  if (rules.length === 0) {
    print(`There is no rule ${options.rule}. The rules are: ${builtInRules.map(({ id }) => id).join(', ')}.`);
    return 2;
  }
  const cases = evaluationCases(rules);
  const credentials = resolveCredentials({ stored: undefined, env, settingBaseUrl: undefined, customHeaders: {} });
  if (!credentials.ok) {
    print(`not measured: ${english(credentials.said)} (${cases.length} cases, ${options.model})`);
    return 0;
  }
  print(
    `${cases.length} cases, ${options.runs} times each, with ${options.model}: up to ${2 * cases.length * options.runs} requests`,
  );
  const results = await evaluate(cases, {
    ...{ model: createAnthropicModel(credentials), name: options.model, runs: options.runs },
    ...{ clock: nodeClock, digest: nodeDigest },
    onResult: ({ answer, asked }) => {
      if (answer !== asked.expected) print(`  ${asked.rule}, ${asked.kind}: ${answer}, expected ${asked.expected}`);
    },
  });
  print(describeResults(options.model, results));
  return 0;
}
