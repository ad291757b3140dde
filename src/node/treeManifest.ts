import { appendFile, mkdir, readFile, rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { rawPath } from './rawPath';
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

/** Lines that are written at a time, so that nobody waits for all of them. */
const part = 2_000;

type Line = readonly [
  path: string,
  digest: string | 0,
  seen: readonly [kind: Seen['kind'], size: number, mtimeMs: number, ctimeMs: number, ino: number, mode: number] | 0,
  more: Pick<Seen, 'target' | 'names' | 'leftOut' | 'fresh' | 'repository'> | 0,
];

function lineOf({ digest, path, seen }: ManifestEntry): string {
  if (!seen) return `${JSON.stringify([path, digest ?? 0, 0, 0] satisfies Line)}\n`;
  const { ctimeMs, ino, kind, mode, mtimeMs, raw: _, size, ...more } = seen;
  const rest = more.fresh || Object.keys(more).length > 1 ? more : 0;
  return `${JSON.stringify([path, digest ?? 0, [kind, size, mtimeMs, ctimeMs, ino, mode], rest] satisfies Line)}\n`;
}

function entryOf([path, digest, seen, more]: Line): ManifestEntry {
  const known = digest === 0 ? {} : { digest };
  if (seen === 0) return { path, ...known };
  const [kind, size, mtimeMs, ctimeMs, ino, mode] = seen;
  const raw = rawPath(path);
  return {
    path,
    ...known,
    seen: {
      ...{ kind, size, mtimeMs, ctimeMs, ino, mode, fresh: false },
      ...(more === 0 ? {} : more),
      ...(typeof raw === 'string' ? {} : { raw }),
    },
  };
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
    for (let at = 0; at < entries.length; at += part)
      await appendFile(
        path,
        entries
          .slice(at, at + part)
          .map(lineOf)
          .join(''),
        { mode: 0o600 },
      );
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
          const entry = entryOf(JSON.parse(line));
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
