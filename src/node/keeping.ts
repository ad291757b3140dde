import { join } from 'node:path';
import type { LineStore, Logger } from '../core/ports';
import type { WorkspaceTree } from '../core/sessions/snapshots';
import { createUndo, type Undo } from '../core/sessions/undo';
import { createContentStore } from './contentStore';
import { createGitObjects } from './gitObjects';
import { createSnapshotStore } from './snapshotStore';
import { createTreeManifest } from './treeManifest';
import { createWorkspaceTree } from './workspaceTree';

/** What calls changed can be taken back for two weeks, as long as all of it together is not larger. */
const limits = { ageMs: 14 * 24 * 3_600_000, bytes: 1_000_000_000 };

/** All that keeps what the calls of a session change. */
export interface Keeping {
  readonly undo: Undo;
  readonly tree: WorkspaceTree;
  dispose(): Promise<void>;
}

interface KeepingOptions {
  /** Of the session. */
  readonly id: string;
  /** Of ours, shared by the sessions of a workspace. */
  readonly folder: string;
  /** What calls changed. */
  readonly lines: LineStore;
  /** Real paths of the workspace's folders. */
  readonly roots: readonly string[];
  readonly logger: Logger;
}

export async function createKeeping({ folder, id, lines, logger, roots }: KeepingOptions): Promise<Keeping> {
  const git = createGitObjects(roots);
  const contents = createContentStore(folder, git);
  const manifest = createTreeManifest(join(folder, `${id}.tree.jsonl`));
  const tree = createWorkspaceTree({
    ...{ contents, git, manifest, roots },
    onFailure: (error) => logger.warn(`something in the workspace could not be kept: ${String(error)}`),
  });
  const undo = await createUndo(createSnapshotStore(contents), lines, tree);
  // Nobody waits for it, and what it could not let go of is tried again with the next session.
  contents.prune(limits).catch((error) => logger.warn(`old snapshots stay: ${String(error)}`));
  return {
    undo,
    tree,
    async dispose() {
      git.dispose();
      await manifest
        .discard()
        .catch((error) => logger.warn(`what stood in the workspace stays noted: ${String(error)}`));
    },
  };
}
