import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { artefacts, root } from '../lib/project.mjs';
import { run } from '../lib/run.mjs';

/** Runs built suites under mocha in a process of its own. @param folder below `out/` @returns how many passed and failed */
export async function mochaSuite(folder, { grep, env = {}, timeoutMs = 30_000, limitMs }) {
  const files = readdirSync(join(root, 'out', folder), { recursive: true })
    .filter((file) => file.endsWith('.test.mjs'))
    .map((file) => join('out', folder, file))
    .sort();
  const report = join(artefacts, `${folder}.json`);
  rmSync(report, { force: true });
  const { timedOut } = await run(
    process.execPath,
    [
      ...[
        '--enable-source-maps',
        join('node_modules', 'mocha', 'bin', 'mocha.js'),
        '--ui',
        'tdd',
        '--no-config',
        '--exit',
      ],
      ...['--timeout', String(timeoutMs), '--reporter', join('scripts', 'suites', 'reporter.cjs')],
      ...(grep ? ['--grep', grep] : []),
      ...files,
    ],
    { cwd: root, show: true, limitMs, env: { ...process.env, ...env, GATEHOUSE_REPORT: report } },
  );
  if (timedOut) console.log(`✖ the ${folder} suite did not end within ${limitMs / 60_000} minutes`);
  try {
    const { passed, failed } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed, failed: failed + (timedOut ? 1 : 0) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
