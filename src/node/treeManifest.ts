import { appendFile, mkdir, readFile, rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Seen } from './scanTree';

/** What stood at a path, and under which digest its bytes are kept; without `seen` nothing did. */
export interface ManifestEntry {
  readonly path: string;
  readonly seen?: Seen | undefined;
  readonly digest?: string | undefined;
}

/** The state of the tree at the last mark, on disk: after a crash it is the only thing that says what a call found. */
export interface TreeManifest {
  append(entries: readonly ManifestEntry[]): Promise<void>;
  /** What was written before this window; afterwards it goes on from there. Without it, the next append begins anew. */
  read(): Promise<readonly ManifestEntry[]>;
  /** Nothing is under way any more. */
  discard(): Promise<void>;
}

/** @param path of a file of ours, one per session. */
export function createTreeManifest(path: string): TreeManifest {
  let begun = false;
  let queue: Promise<void> = Promise.resolve();

  async function write(entries: readonly ManifestEntry[]): Promise<void> {
    if (!begun) {
      begun = true;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await truncate(path).catch(() => {});
    }
    if (entries.length > 0)
      await appendFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 });
  }

  return {
    append(entries) {
      const done = queue.then(() => write(entries));
      queue = done.catch(() => {});
      return done;
    },
    async read() {
      const text = await readFile(path, 'utf8').catch(() => '');
      begun = true;
      const latest = new Map<string, ManifestEntry>();
      for (const line of text.split('\n').slice(0, -1)) {
        try {
          const entry = JSON.parse(line) as ManifestEntry;
          // The later line of a path holds.
          latest.set(entry.path, entry);
        } catch {
          // A line that a crash tore; what it said is looked at again.
        }
      }
      return [...latest.values()];
    },
    async discard() {
      await queue;
      begun = false;
      await rm(path, { force: true });
    },
  };
}
