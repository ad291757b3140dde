import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { tell } from './tell';

/** What is open, see `scripts/suites/extensionHost.mjs`. Each world has its own folder of suites. */
const world = process.env['GATEHOUSE_WORLD'] ?? 'folder';

/** Every suite of the world, so that none can be forgotten. The build bundles all files that the import can name. */
const suites = readdirSync(join(__dirname, '..', '..', 'test', 'extension', world))
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => file.replace(/\.test\.ts$/, ''));

/**
 * The one entry for every extension host: `@vscode/test-electron` and the browser-served editor both call it and wait.
 * Rejects when a test failed.
 */
export async function run(): Promise<void> {
  const grep = process.env['GATEHOUSE_GREP'];
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: Mocha.reporters.Base, ...(grep ? { grep } : {}) });
  mocha.suite.emit('pre-require', globalThis, 'index', mocha);
  for (const name of suites)
    await (world === 'several' ? import(`./several/${name}.test.ts`) : import(`./folder/${name}.test.ts`));
  await new Promise<void>((resolve, reject) => {
    let passed = 0;
    const runner = mocha.run((failed) => {
      tell({ event: 'end', passed, failed });
      if (failed > 0) reject(new Error(`${failed} failed`));
      else resolve();
    });
    runner.on('pass', (test) => {
      passed += 1;
      tell({ event: 'pass', title: test.titlePath().join(' › ') });
    });
    runner.on('fail', (test, error) =>
      tell({ event: 'fail', title: test.titlePath().join(' › '), error: error.stack ?? String(error) }),
    );
  });
}
