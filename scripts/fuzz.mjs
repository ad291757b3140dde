// npm run fuzz: tries properties of the analysis on a great many commands that nobody wrote down. Runs none of them.
//   node scripts/fuzz.mjs [--seed n] [--count n] [--seconds n] [--only text]
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { main } from './lib/problem.mjs';
import { root } from './lib/project.mjs';

/** About twenty seconds. */
const usual = 60_000;

/**
 * @param seed another one tries other cases; the same one with the same count tries the same
 * @param count cases of all properties together
 * @param seconds an end by the clock; without a count it is the only one
 * @param only properties whose name holds this text
 * @returns how many properties held and how many did not
 */
export async function fuzz({ seed = 1, count, seconds, only } = {}) {
  const outfile = join(root, 'out', 'fuzz', 'main.mjs');
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
    entryPoints: [join(root, 'test', 'fuzz', 'main.ts')],
    outfile,
  });
  const bundle = await import(pathToFileURL(outfile).href);
  const cases = count ?? (seconds === undefined ? usual : 1e8);
  return bundle.fuzz({ root, seed, count: cases, seconds, only }, (line) => console.log(line));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string' },
        count: { type: 'string' },
        seconds: { type: 'string' },
        only: { type: 'string' },
      },
    });
    const number = (text) => (text === undefined ? undefined : Number(text));
    const { failed } = await fuzz({
      seed: number(values.seed),
      count: number(values.count),
      seconds: number(values.seconds),
      only: values.only,
    });
    return failed === 0 ? 0 : 1;
  });
}
