// npm run eval:classifier: puts the example, the near miss and the consent pair of every rule before a real model, and prints how
// often it was wrong. Needs a key in ANTHROPIC_API_KEY and costs what the requests cost.
//   node scripts/evalClassifier.mjs --model claude-sonnet-4-6 [--runs 3] [--rule mass-deletion]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { installDependencies } from './lib/dependencies.mjs';
import { main, Problem } from './lib/problem.mjs';
import { root } from './lib/project.mjs';

await main(async () => {
  const { values } = parseArgs({
    options: { model: { type: 'string' }, runs: { type: 'string', default: '1' }, rule: { type: 'string' } },
  });
  const runs = Number(values.runs);
  if (values.model === undefined)
    throw new Problem('Name a model: npm run eval:classifier -- --model claude-sonnet-4-6');
  if (!Number.isInteger(runs) || runs < 1 || runs > 100)
    throw new Problem('--runs must be a whole number from 1 to 100.');
  await installDependencies();
  const outfile = join(root, 'out', 'evaluation', 'main.mjs');
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning', packages: 'external' },
    entryPoints: [join(root, 'test', 'evaluation', 'main.ts')],
    outfile,
  });
  const evaluation = await import(pathToFileURL(outfile).href);
  return evaluation.main({ model: values.model, runs, rule: values.rule }, process.env, (text) => console.log(text));
});
