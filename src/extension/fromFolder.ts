import { relative } from 'node:path';

/** A path as seen from the workspace folder it lies in. */
export function fromFolder(path: string, folders: readonly string[]): string {
  const folder = folders.find((each) => path.startsWith(`${each}/`));
  return folder === undefined ? path : relative(folder, path);
}
