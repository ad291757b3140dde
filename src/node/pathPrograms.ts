import { delimiter, isAbsolute, join, relative, sep } from 'node:path';
import { nearestReal } from './nearestReal';

/**
 * Where a program may be on a search path, best first. What lies in the workspace is left out: the repository brought it.
 * @param name without `.exe`.
 */
export function pathPrograms(name: string, path: string, workspace: readonly string[]): readonly string[] {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return path
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, file))
    .filter((program) => {
      const real = nearestReal(program);
      return real !== undefined && !workspace.some((folder) => isBelow(folder, program) || isBelow(folder, real));
    });
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
