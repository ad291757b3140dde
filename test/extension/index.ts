import Mocha from 'mocha';

/** Prints one line that `scripts/suites/extensionHost.mjs` reads. */
const tell = (message: Readonly<Record<string, unknown>>): void =>
  console.log(`gatehouse-test ${JSON.stringify(message)}`);

/**
 * The one entry for every extension host: `@vscode/test-electron` and the browser-served editor both call it and wait.
 * Rejects when a test failed.
 */
export async function run(): Promise<void> {
  const grep = process.env['GATEHOUSE_GREP'];
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: 'min', ...(grep ? { grep } : {}) });
  mocha.suite.emit('pre-require', globalThis, 'index', mocha);
  await import('./activation.test');
  await import('./mode.test');
  await import('./turn.test');
  await import('./apiKey.test');
  await new Promise<void>((resolve, reject) => {
    let passed = 0;
    const runner = mocha.run((failed) => {
      tell({ event: 'end', passed, failed });
      if (failed > 0) reject(new Error(`${failed} failed`));
      else resolve();
    });
    runner.on('pass', () => {
      passed += 1;
    });
    runner.on('fail', (test, error) =>
      tell({ event: 'fail', title: test.titlePath().join(' › '), error: error.stack ?? String(error) }),
    );
  });
}
