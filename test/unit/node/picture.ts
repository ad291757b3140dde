import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For temporary folders: in memory where there is such a place, since thousands of syncs to a disk would be most of the time. */
export const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Everything below a folder, as it can be compared. @param without a name in the folder that is left out. */
export function picture(folder: string, without = '', below = ''): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = join(below, name);
    if (path === without) continue;
    const full = join(folder, path);
    const info = lstatSync(full);
    const mode = (info.mode & 0o7777).toString(8);
    if (info.isSymbolicLink()) found[path] = `link ${readlinkSync(full)}`;
    else if (info.isDirectory()) Object.assign(found, { [path]: `folder ${mode}` }, picture(folder, without, path));
    else found[path] = `file ${mode} ${readFileSync(full).toString('base64')}`;
  }
  return found;
}

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** For git and shells: nothing of this machine's, and always the same person. */
export const gitEnvironment = {
  PATH: process.env['PATH'],
  HOME: '/nowhere',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.invalid',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.invalid',
  GIT_EDITOR: 'true',
};
