// Everything about the sources that needs no run: format and lint, types, dead code, translations.
import { join } from 'node:path';
import { installDependencies } from './lib/dependencies.mjs';
import { main } from './lib/problem.mjs';
import { root } from './lib/project.mjs';
import { run } from './lib/run.mjs';

const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

const checks = [
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '--colors=off', '.']],
  ['types of the core', bin('tsc'), ['-p', 'src/core']],
  ['types of the chat page', bin('tsc'), ['-p', 'src/webview']],
  ['types of everything else', bin('tsc'), ['-p', '.']],
  ['dead code', bin('knip'), []],
  ['translations', process.execPath, ['scripts/l10n.mjs', '--check']],
];

/** Runs every check and prints what fails. @returns how many passed and failed */
export async function check() {
  let failed = 0;
  for (const [name, command, args] of checks) {
    const { code, output } = await run(command, args, { cwd: root, shell: process.platform === 'win32' });
    console.log(`${code === 0 ? '✔' : '✖'} ${name}`);
    if (code === 0) continue;
    failed += 1;
    console.log(output.trimEnd());
  }
  return { passed: checks.length - failed, failed };
}

if (process.argv[1]?.endsWith('check.mjs')) {
  await main(async () => {
    await installDependencies();
    const { failed } = await check();
    return failed === 0 ? 0 : 1;
  });
}
