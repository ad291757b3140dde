import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type PermissionsFile, readPermissions, unusable } from '../core/gate/permissionsFile';
import { say } from '../core/say';

/** Bytes of one file. */
const sizeLimit = 1_000_000;

/** Our own file of user settings, which the terminal program shares. */
export function userSettingsFile(
  home: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const base = env['XDG_CONFIG_HOME'];
  return join(base?.startsWith('/') ? base : join(home, '.config'), 'gatehouse', 'settings.json');
}

/** Claude Code's settings file of a user. */
export const claudeUserFile = (home: string): string => join(home, '.claude', 'settings.json');

/** Claude Code's settings files of a folder. */
export const claudeFolderFiles = (folder: string): readonly string[] =>
  ['settings.json', 'settings.local.json'].map((name) => join(folder, '.claude', name));

/** Reads the rules of each file that is there. */
export function readPermissionFiles(paths: readonly string[]): readonly PermissionsFile[] {
  return paths.flatMap((path) => {
    try {
      const info = statSync(path, { throwIfNoEntry: false });
      if (!info) return [];
      if (!info.isFile()) return [unusable(path, say('{0} is not a file; none of its rules hold.', path))];
      if (info.size > sizeLimit)
        return [unusable(path, say('{0} is larger than {1} MB; none of its rules hold.', path, sizeLimit / 1_000_000))];
      return [readPermissions(path, readFileSync(path, 'utf8'))];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [unusable(path, say('{0} cannot be read ({1}); none of its rules hold.', path, why))];
    }
  });
}
