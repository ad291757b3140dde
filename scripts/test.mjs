// npm test: sets itself up, builds, runs everything, and ends with one line: "N passed, N failed".
//   node scripts/test.mjs [check] [unit] [oracle] [extension] [e2e] [-g pattern]
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from './lib/dependencies.mjs';
import { main, Problem } from './lib/problem.mjs';
import { artefacts, root } from './lib/project.mjs';
import { run } from './lib/run.mjs';

const minutes = (count) => count * 60_000;

/** The suites in their order; each gives how many tests passed and failed. */
const suites = {
  async check() {
    return (await import('./check.mjs')).check();
  },
  async unit(grep) {
    // The editor brings ripgrep, which the search tools are tested with.
    await (await import('./lib/host.mjs')).installHost();
    return (await import('./suites/mocha.mjs')).mochaSuite('unit', { grep, limitMs: minutes(8) });
  },
  async oracle() {
    // Every family's examples and a sample of the rest; `npm run oracle` runs all of it.
    return (await import('./oracle.mjs')).oracle({ limit: 1500 });
  },
  async extension(grep) {
    return (await import('./suites/extensionHost.mjs')).extensionSuite({ grep, limitMs: minutes(5) });
  },
  async e2e(grep) {
    return (await import('./suites/mocha.mjs')).mochaSuite('e2e', {
      grep,
      timeoutMs: minutes(2),
      limitMs: minutes(12),
    });
  },
};

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string', short: 'g' } },
  });
  const unknown = positionals.find((name) => !(name in suites));
  if (unknown) throw new Problem(`There is no suite "${unknown}". Choose from ${Object.keys(suites).join(', ')}.`);
  const chosen = positionals.length > 0 ? positionals : Object.keys(suites);

  await installDependencies();
  rmSync(artefacts, { recursive: true, force: true });
  mkdirSync(artefacts, { recursive: true });
  // A test that was taken away must not run on.
  for (const name of ['unit', 'extension', 'e2e']) rmSync(join(root, 'out', name), { recursive: true, force: true });
  const built = await run(process.execPath, ['esbuild.config.mjs', '--tests'], { cwd: root });
  if (built.code !== 0) throw new Problem(`The build failed:\n${built.output}`);

  const total = { passed: 0, failed: 0 };
  for (const name of Object.keys(suites).filter((suite) => chosen.includes(suite))) {
    console.log(`\n${name}`);
    const started = Date.now();
    const counts = await suites[name](values.grep);
    const nothing = counts.passed + counts.failed === 0 && values.grep === undefined && counts.notRun === undefined;
    if (nothing) console.log(`✖ the ${name} suite has no tests`);
    const { passed, failed } = nothing ? { passed: 0, failed: 1 } : counts;
    console.log(`${name}: ${passed} passed, ${failed} failed in ${Math.round((Date.now() - started) / 1000)} s`);
    total.passed += passed;
    total.failed += failed;
  }
  if (total.passed + total.failed === 0) throw new Problem('No test was run.');
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
