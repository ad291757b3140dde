import { lstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { type Said, say } from '../core/say';
import { inBatches } from '../core/sessions/inBatches';
import { missing, type PathState, sameState } from '../core/sessions/pathState';
import type { KeptPath, LostPath, WorkspaceTree } from '../core/sessions/snapshots';
import { type ContentStore, gitContent } from './contentStore';
import { gitIndexOf } from './gitIndex';
import type { GitObjects } from './gitObjects';
import { rawPath } from './rawPath';
import { createTreeScan, type Difference, leaveOutLimit, type Seen } from './scanTree';
import { keepLimits } from './snapshotStore';
import type { TreeManifest } from './treeManifest';

/** Bytes of all files of a workspace that are copied because no repository has them. */
const copiedLimit = 500_000_000;

/** Files whose bytes an object seems to have, with its id and their size. */
interface Asked {
  readonly paths: string[];
  readonly oids: string[];
  readonly sizes: number[];
}

/** Where the bytes of a file are. */
type Backing = { readonly digest: string } | { readonly why: Said };

interface WorkspaceTreeOptions {
  /** Real paths. */
  readonly roots: readonly string[];
  readonly contents: ContentStore;
  readonly git: Pick<GitObjects, 'sizes'>;
  /** Where what stood at the last mark is written, for after a crash. */
  readonly manifest?: TreeManifest;
  onFailure(error: unknown): void;
}

/**
 * Knows all that stands in the workspace: names, times and sizes, and for each file where its bytes are. Those that git has as they
 * are are not read; the others are copied, the first time in the background. After that only what has changed is read.
 */
export function createWorkspaceTree({
  contents,
  git,
  manifest,
  onFailure,
  roots,
}: WorkspaceTreeOptions): WorkspaceTree {
  const tree = createTreeScan(roots);
  const backing = new Map<string, Backing>();
  /** Files whose bytes are still to be copied. */
  const pending = new Map<string, Seen>();
  let copying: Promise<void> | undefined;
  /** Whether the objects that files are taken to be are there, and are as large. */
  let verifying = Promise.resolve();
  let copied = 0;
  let tooLarge: Said | undefined;
  const saved = new Set<string>();
  /** Paths whose entry in the manifest is not written yet. */
  const unwritten = new Set<string>();

  async function look(): Promise<readonly Difference[]> {
    if (tooLarge) return [];
    try {
      return await tree.scan();
    } catch (error) {
      tooLarge = say('the workspace is too large to be kept: {0}', String(error));
      return [];
    }
  }

  /** Finds out where the bytes of new and changed files are. */
  function settle(differences: readonly Difference[]): void {
    const asked = new Map<string, Asked>();
    const indexes = new Map<string, ReturnType<typeof gitIndexOf>>();
    for (const { path, is } of differences) {
      unwritten.add(path);
      backing.delete(path);
      pending.delete(path);
      if (is?.kind === 'other' && is.repository === undefined)
        backing.set(path, { why: say('{0} is no regular file', path) });
      if (is?.kind !== 'file') continue;
      if (is.size > keepLimits.bytesOfFile) {
        backing.set(path, { why: say('{0} is larger than {1} MB', path, keepLimits.bytesOfFile / 1_000_000) });
        continue;
      }
      const folder = dirname(path);
      const index = indexes.has(folder) ? indexes.get(folder) : gitIndexOf(folder);
      indexes.set(folder, index);
      const oid = is.repository === undefined ? index?.blob(relative(index.root, path), is) : undefined;
      if (oid === undefined || !index) pending.set(path, is);
      else {
        backing.set(path, { digest: gitContent(oid, is.size, index.root) });
        const group = asked.get(index.root) ?? { paths: [], oids: [], sizes: [] };
        group.paths.push(path);
        group.oids.push(oid);
        group.sizes.push(is.size);
        asked.set(index.root, group);
      }
    }
    verifying = verifying.then(() => verify(asked)).catch(onFailure);
  }

  /** Line ends and filters make a file differ from its object, and an object may be missing: then it is copied. */
  async function verify(asked: ReadonlyMap<string, Asked>): Promise<void> {
    for (const [root, { oids, paths, sizes }] of asked) {
      const found = await git.sizes(root, oids);
      paths.forEach((path, at) => {
        const is = tree.seen.get(path);
        const known = backing.get(path);
        const settled = known && 'digest' in known && known.digest === gitContent(oids[at] ?? '', sizes[at] ?? 0, root);
        if (found?.get(oids[at] ?? '') === sizes[at] || !is || !settled) return;
        backing.delete(path);
        pending.set(path, is);
      });
    }
  }

  /** Copies what is pending; one at a time, so that nobody's work is slowed. */
  async function copyAll(): Promise<void> {
    for (const [path, is] of pending) await copyOne(path, is);
  }

  async function copyOne(path: string, is: Seen): Promise<void> {
    const fits = copied + is.size <= copiedLimit;
    const digest = fits ? await copy(path, is) : undefined;
    // It may have been settled anew meanwhile.
    if (pending.get(path) !== is) return;
    pending.delete(path);
    unwritten.add(path);
    if (digest !== undefined) {
      copied += is.size;
      backing.set(path, { digest });
    } else if (fits) backing.set(path, { why: say('{0} changed before it could be kept', path) });
    else backing.set(path, { why: say('more than {0} MB would have to be copied', copiedLimit / 1_000_000) });
  }

  /** @returns undefined when it is not as it was seen. */
  async function copy(path: string, is: Seen): Promise<string | undefined> {
    try {
      const bytes = await readFile(rawPath(path));
      const now = lstatSync(rawPath(path));
      if (now.ctimeMs !== is.ctimeMs || now.mtimeMs !== is.mtimeMs || bytes.length !== is.size) return undefined;
      return await contents.keep(path, bytes);
    } catch (error) {
      onFailure(error);
      return undefined;
    }
  }

  function startCopying(): Promise<void> {
    if (pending.size === 0) return Promise.resolve();
    copying ??= copyAll()
      .then(writeManifest)
      .catch(onFailure)
      .finally(() => {
        copying = undefined;
      });
    return copying;
  }

  async function writeManifest(): Promise<void> {
    const entries = [...unwritten].map((path) => {
      const kept = backing.get(path);
      return { path, seen: tree.seen.get(path), digest: kept && 'digest' in kept ? kept.digest : undefined };
    });
    unwritten.clear();
    await manifest?.append(entries).catch(onFailure);
  }

  function stateOf(path: string, seen: Seen | undefined): PathState | Said {
    if (!seen) return missing;
    const mode = seen.mode & 0o7777;
    switch (seen.kind) {
      case 'link':
        return { type: 'link', target: seen.target ?? '' };
      case 'folder':
        return seen.leftOut ? say('{0} holds more than {1} files', path, leaveOutLimit) : { type: 'folder', mode };
      case 'file': {
        const found = backing.get(path);
        if (!found) return say('{0} was not kept in time', path);
        return 'why' in found ? found.why : { type: 'file', sha256: found.digest, mode };
      }
      case 'other':
        return say('{0} is no regular file', path);
    }
  }

  /** A file may be as it was although git has noted it anew. */
  async function isUnchanged(one: PathState, other: PathState): Promise<boolean> {
    if (sameState(one, other)) return true;
    if (one.type !== 'file' || other.type !== 'file' || one.mode !== other.mode) return false;
    if (!one.sha256.startsWith('git:') && !other.sha256.startsWith('git:')) return false;
    const [before, after] = await Promise.all([contents.read(one.sha256), contents.read(other.sha256)]);
    return before !== undefined && after?.equals(before) === true;
  }

  return {
    async mark(patienceMs) {
      const until = performance.now() + patienceMs;
      settle(await look());
      saved.clear();
      const written = writeManifest();
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((done) => {
        timer = setTimeout(done, Math.max(0, until - performance.now()));
      });
      await Promise.race([Promise.all([verifying.then(startCopying), written]), patience]);
      clearTimeout(timer);
    },
    unkept() {
      if (tooLarge) return roots.map((path) => ({ path, why: tooLarge as Said }));
      const lost: LostPath[] = [];
      for (const [path, kept] of backing) if ('why' in kept) lost.push({ path, why: kept.why });
      for (const path of pending.keys()) lost.push({ path, why: say('{0} is not copied yet', path) });
      return lost;
    },
    async changes() {
      await verifying;
      const differences = await look();
      const before = new Map(differences.map(({ path, was }) => [path, stateOf(path, was)] as const));
      settle(differences);
      await verifying;
      // What the call made is kept too, so that an undo can be taken back; of very much only that it is there.
      let files = 0;
      let bytes = 0;
      for (const { path, is } of differences) {
        if (is?.kind !== 'file' || !pending.has(path)) continue;
        files += 1;
        bytes += is.size;
        if (files <= keepLimits.files && bytes <= keepLimits.bytes) continue;
        pending.delete(path);
        backing.set(path, {
          why: say('the call changed more than {0} files or {1} MB', keepLimits.files, keepLimits.bytes / 1_000_000),
        });
      }
      await inBatches(differences, async ({ path }) => {
        const is = pending.get(path);
        if (is) await copyOne(path, is);
      });
      const paths: KeptPath[] = [];
      const lost: LostPath[] = [];
      for (const { path, is, was } of differences) {
        // The person's own save is nothing that the call did; nor are git's sockets.
        if (saved.has(path) || (is ?? was)?.kind === 'other') continue;
        const from = before.get(path) ?? missing;
        const after = stateOf(path, is);
        const repository = is?.repository ?? was?.repository;
        if (!('type' in from)) lost.push({ path, why: from });
        else if (!('type' in after)) lost.push({ path, why: after });
        else if (!(await isUnchanged(from, after)))
          paths.push({ path, before: from, after, ...(repository !== undefined && { repository }) });
      }
      if (tooLarge) lost.push(...roots.map((path) => ({ path, why: tooLarge as Said })));
      return { paths, lost };
    },
    async resume() {
      const entries = await manifest?.read();
      if (!entries || entries.length === 0) return false;
      for (const { digest, path } of entries) if (digest !== undefined) backing.set(path, { digest });
      tree.restore(entries.flatMap(({ path, seen }) => (seen ? [[path, seen] as const] : [])));
      return true;
    },
    savedByPerson: (path) => void saved.add(path),
  };
}
