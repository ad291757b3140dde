import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where administrators put managed settings on Linux. */
const place = '/etc/claude-code';

/**
 * Words before a program that let it see a folder of ours as `/etc/claude-code`, and everything else as it is: the product looks
 * there and nowhere else, and no test may write there.
 * @returns undefined where bubblewrap does not work
 */
export function withManagedFolder(folder) {
  mkdirSync(folder, { recursive: true });
  if (process.platform !== 'linux') return undefined;
  const entries = readdirSync('/etc').filter((name) => join('/etc', name) !== place);
  const words = [
    ...['bwrap', '--dev-bind', '/', '/', '--tmpfs', '/etc'],
    ...entries.flatMap((name) => ['--ro-bind-try', join('/etc', name), join('/etc', name)]),
    ...['--bind', folder, place, '--die-with-parent', '--'],
  ];
  return spawnSync(words[0], [...words.slice(1), 'true'], { stdio: 'ignore' }).status === 0 ? words : undefined;
}
