import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A temporary workspace with files, and a folder of ours beside it. */
export interface Workbench {
  readonly root: string;
  readonly workspace: string;
  readonly scratch: string;
  readonly home: string;
  path(relative: string): string;
  dispose(): void;
}

export function createWorkbench(files: Readonly<Record<string, string>> = {}): Workbench {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'gatehouse-')));
  const [workspace, scratch, home] = [join(root, 'project'), join(root, 'scratch'), join(root, 'home')];
  for (const folder of [workspace, scratch, home]) mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(workspace, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return {
    ...{ root, workspace, scratch, home },
    path: (relative) => join(workspace, relative),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}
