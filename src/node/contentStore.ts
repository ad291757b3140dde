import { createHash, createHmac, randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, readFile, rename, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { contentDigest, holdsSecret, isContent } from './contentDigest';
import type { GitObjects } from './gitObjects';

/** The contents of files by their digests. */
export interface ContentStore {
  /** Keeps bytes. @returns what they are found under. Fails as the file system does. */
  keep(path: string, bytes: Buffer): Promise<string>;
  /** What {@link ContentStore.keep} would give, without keeping anything. */
  digest(path: string, bytes: Buffer): string;
  has(digest: string): Promise<boolean>;
  /** Undefined when they are gone or damaged. */
  read(digest: string): Promise<Buffer | undefined>;
  /** Lets go of contents that were not used for so long, and of the longest unused while all together are larger. */
  prune(most: { readonly ageMs: number; readonly bytes: number }): Promise<void>;
}

/**
 * Contents below one folder, private to the user and out of the repository: git never sees it. A content is written once, under a
 * temporary name first, so that two windows and a crash do no harm. What may be secret is kept in memory only, and under a digest
 * that says nothing about it. What a repository has as an object is not copied.
 * @param folder of ours.
 */
export function createContentStore(folder: string, git: Pick<GitObjects, 'read'>): ContentStore {
  const secrets = new Map<string, Buffer>();
  const secretKey = randomBytes(32);
  const objectOf = (digest: string): string => join(folder, digest.slice(0, 2), digest.slice(2));

  const digest = (path: string, bytes: Buffer): string =>
    holdsSecret(path)
      ? `secret:${createHmac('sha256', secretKey).update(bytes).digest('hex')}`
      : contentDigest(path, bytes);

  return {
    digest,
    async keep(path, bytes) {
      const name = digest(path, bytes);
      if (holdsSecret(path)) {
        secrets.set(name, bytes);
        return name;
      }
      const object = objectOf(name);
      const now = new Date();
      // Used again: it is not old.
      if (await utimes(object, now, now).then(yes, no)) return name;
      await mkdir(dirname(object), { recursive: true, mode: 0o700 });
      const temporary = `${object}.${randomBytes(6).toString('hex')}.tmp`;
      try {
        const handle = await open(temporary, 'wx', 0o600);
        try {
          // Not synced: that would cost seconds before a call. What a crash of the machine tore is found by its digest.
          await handle.writeFile(bytes);
        } finally {
          await handle.close();
        }
        await rename(temporary, object);
      } catch (error) {
        await unlink(temporary).catch(() => {});
        throw error;
      }
      return name;
    },
    async has(name) {
      if (name.startsWith('secret:')) return secrets.has(name);
      return name.startsWith('git:') || lstat(objectOf(name)).then(yes, no);
    },
    async read(name) {
      if (name.startsWith('secret:')) return secrets.get(name);
      const object = parseGitContent(name);
      if (object) {
        const bytes = await git.read(object.root, object.oid);
        return bytes?.length === object.size ? bytes : undefined;
      }
      const bytes = await readFile(objectOf(name)).catch(() => undefined);
      return bytes && isContent(bytes, name) ? bytes : undefined;
    },
    async prune({ ageMs, bytes }) {
      const objects: { readonly path: string; readonly at: number; readonly size: number }[] = [];
      for (const part of await readdir(folder).catch(() => [])) {
        if (!/^[0-9a-f]{2}$/.test(part)) continue;
        for (const name of await readdir(join(folder, part)).catch(() => [])) {
          const path = join(folder, part, name);
          const info = await lstat(path).catch(() => undefined);
          if (info) objects.push({ path, at: info.mtimeMs, size: info.size });
        }
      }
      let left = objects.reduce((sum, { size }) => sum + size, 0);
      const oldest = Date.now() - ageMs;
      for (const { at, path, size } of objects.sort((one, other) => one.at - other.at)) {
        if (at >= oldest && left <= bytes) break;
        await unlink(path).catch(() => {});
        left -= size;
      }
    },
  };
}

/** A content that is an object of a repository, as a digest. */
export const gitContent = (oid: string, size: number, root: string): string => `git:${oid}:${size}:${root}`;

/** The digest under which bytes are found as an object, when `like` is one; to see whether two are the same. */
export function sameGitContent(bytes: Buffer, like: string): boolean {
  const object = parseGitContent(like);
  return object?.oid === createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function parseGitContent(
  digest: string,
): { readonly oid: string; readonly size: number; readonly root: string } | undefined {
  const [, oid, size, root] = /^git:([0-9a-f]{40}):(\d+):(.*)$/s.exec(digest) ?? [];
  return oid === undefined || root === undefined ? undefined : { oid, size: Number(size), root };
}

const yes = (): boolean => true;
const no = (): boolean => false;
