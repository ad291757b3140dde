import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for the temporary files of one session, private to the user; its real path, and how to remove it. */
export function createScratch(): { readonly path: string; remove(): void } {
  const root = realpathSync.native(tmpdir());
  mkdirSync(root, { recursive: true });
  const path = mkdtempSync(join(root, 'gatehouse-'));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
