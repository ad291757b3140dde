import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { root } from './project.mjs';
import { npm } from './run.mjs';

/**
 * Installs what package-lock.json lists when `node_modules` is missing, unfinished or differs from it. Not by `npm ci`: that
 * wants the lock file to list the programs of every platform, which a registry that mirrors one platform cannot give.
 */
export async function installDependencies() {
  if (upToDate()) return;
  console.log('Installing the dependencies …');
  const { code, output } = await npm(['install', '--no-save', '--ignore-scripts'], { cwd: root });
  if (code !== 0 || !upToDate()) {
    throw new Problem(
      `npm install did not install the dependencies. It needs a package registry; look at what npm says, then start again.\n\n${output}`,
    );
  }
}

/** npm writes its own copy of the lock file last, so an interrupted installation has none. */
function upToDate() {
  try {
    const wanted = packagesOf(join(root, 'package-lock.json'));
    const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
    return Object.entries(wanted).every(
      ([path, entry]) =>
        path === '' ||
        (path in present ? present[path].version === entry.version : Boolean(entry.optional || entry.peer)),
    );
  } catch {
    return false;
  }
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
