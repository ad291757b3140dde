import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const stampFile = 'installed.json';

/**
 * Fills a folder once. The work is done beside it and renamed into place at the end, so that an interrupted installation is
 * never taken for a whole one.
 * @param wanted what the folder is to hold, as plain data; another value installs anew
 * @param fill puts it into the empty folder that it is given
 */
export async function installOnce(folder, wanted, fill) {
  const stamp = JSON.stringify(wanted);
  const isThere = () => {
    try {
      return readFileSync(join(folder, stampFile), 'utf8') === stamp;
    } catch {
      return false;
    }
  };
  if (isThere()) return folder;

  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  const partial = (pid) => `${basename(folder)}.partial-${pid}`;
  for (const name of readdirSync(parent)) {
    const pid = Number(name.slice(partial('').length));
    if (name.startsWith(partial('')) && !(pid !== process.pid && isAlive(pid))) remove(join(parent, name));
  }
  const staging = join(parent, partial(process.pid));
  mkdirSync(staging);
  try {
    await fill(staging);
    writeFileSync(join(staging, stampFile), stamp);
    // Another run may have finished the same work meanwhile and be using it.
    if (isThere()) return folder;
    remove(folder);
    renameSync(staging, folder);
    return folder;
  } finally {
    remove(staging);
  }
}

const remove = (path) => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
