import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { isInside } from '../core/tools/inside';

const names = ['code', 'code-insiders', 'codium', 'cursor', 'windsurf'];

/**
 * Application roots of editors whose command is on PATH: they bring ripgrep with them. Nothing of the workspace counts, so that a
 * repository cannot choose what is started.
 */
export function installedEditors(path: string | undefined, workspace: readonly string[]): readonly string[] {
  const roots = (path ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .filter((file) => existsSync(file))
    .flatMap((file) => {
      const above = dirname(dirname(realpathSync.native(file)));
      return [above, join(above, 'resources', 'app')];
    })
    .filter((root) => !isInside(root, workspace));
  return [...new Set(roots)];
}
