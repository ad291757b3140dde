import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, found from this file or from a bundle of it below `out/`. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** What the scripts install besides `node_modules`: the browser-served VS Code and, where none is installed, a browser. */
export const cache = join(root, '.cache');

/** Screenshots and logs of the last run. */
export const artefacts = join(root, 'artefacts');

/** The manifest, read anew. */
export const manifest = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function findRoot(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'esbuild.config.mjs'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No checkout of the extension above ${start}.`);
  }
}
