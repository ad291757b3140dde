// npm run differential: reads many scripts with our shell parser, with tree-sitter's and with `bash -n`, and checks that nothing
// is allowed that they disagree about. Runs none of them.
//   node scripts/differential.mjs [--seed n] [--count n]
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { installOnce } from './lib/installOnce.mjs';
import { main, Problem } from './lib/problem.mjs';
import { cache, root } from './lib/project.mjs';
import { npm } from './lib/run.mjs';

/** Only the grammar as WebAssembly is used, so nothing is compiled. */
const versions = { 'web-tree-sitter': '0.27.1', 'tree-sitter-bash': '0.25.1' };

/**
 * @param seed another one gives other scripts
 * @param count scripts besides the examples
 * @returns how many scripts are judged as they should be, and how many are allowed although the parsers disagree
 */
export async function differential({ seed = 1, count = 4_000 } = {}) {
  const outfile = join(root, 'out', 'differential', 'main.mjs');
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
    entryPoints: [join(root, 'test', 'differential', 'main.ts')],
    outfile,
  });
  const bundle = await import(pathToFileURL(outfile).href);
  let treeSitter;
  try {
    treeSitter = await loadTreeSitter();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log(`differential: tree-sitter NOT RUN (${error.message})`);
    if (process.platform === 'win32') return { passed: 0, failed: 0, notRun: error.message };
  }
  return bundle.differential({ root, seed, count, treeSitter }, (line) => console.log(line));
}

/** Installs the parser below `.cache` once. @returns a function that gives the root of the tree of a text */
async function loadTreeSitter() {
  const folder = await installOnce(join(cache, 'tree-sitter'), versions, async (staging) => {
    console.log('Installing tree-sitter into .cache (once, about 20 MB) …');
    writeFileSync(join(staging, 'package.json'), '{ "private": true }\n');
    const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
    const { code, output } = await npm(['install', '--ignore-scripts', '--save-exact', ...wanted], { cwd: staging });
    if (code !== 0) throw new Problem(`it needs a package registry: ${output.trim().split('\n')[0] ?? ''}`);
  });
  const require = createRequire(join(folder, 'package.json'));
  const { Language, Parser } = await import(pathToFileURL(require.resolve('web-tree-sitter')).href);
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm')));
  let last;
  return (text) => {
    // Trees live outside the heap of JavaScript; one at a time is looked at.
    last?.delete();
    last = parser.parse(text);
    return last.rootNode;
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } });
    const number = (text) => (text === undefined ? undefined : Number(text));
    const { failed } = await differential({ seed: number(values.seed), count: number(values.count) });
    return failed === 0 ? 0 : 1;
  });
}
