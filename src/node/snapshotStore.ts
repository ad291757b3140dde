import { createHash, randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import {
  chmod,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rmdir,
  symlink,
  unlink,
  utimes,
} from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { FileError, FileOutcome } from '../core/ports';
import { type Said, say } from '../core/say';
import { missing, type PathState, sameState } from '../core/sessions/pathState';
import type { SnapshotStore } from '../core/sessions/undo';
import { nearestReal } from './nearestReal';

/** What is kept for one call at most; a call that could change more cannot be taken back. */
export const keepLimits = { files: 2_500, bytesOfFile: 20_000_000, bytes: 100_000_000 };

/** Files whose content stays where it is: environments, private keys, keystores. */
export const holdsSecret = (path: string): boolean =>
  /^(?:\.env(?!.*(?:example|sample|template)).*|\.netrc|\.npmrc|\.pypirc|id_\w+|.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx))$/i.test(
    basename(path),
  );

interface PrunedStore extends SnapshotStore {
  /** Lets go of contents that were not used for so long, and of the longest unused while all together are larger. */
  prune(most: { readonly ageMs: number; readonly bytes: number }): Promise<void>;
}

/**
 * Keeps files by their content below one folder, private to the user and out of the repository: git never sees it. A content is
 * written once, under a temporary name first, so that two windows and a crash do no harm.
 * @param folder of ours.
 */
export function createSnapshotStore(folder: string): PrunedStore {
  const objectOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2));

  async function keepContent(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const object = objectOf(sha256);
    const now = new Date();
    // Used again: it is not old.
    if (
      await utimes(object, now, now).then(
        () => true,
        () => false,
      )
    )
      return sha256;
    await mkdir(dirname(object), { recursive: true, mode: 0o700 });
    const temporary = `${object}.${randomBytes(6).toString('hex')}.tmp`;
    const handle = await open(temporary, 'wx', 0o600);
    try {
      // Not synced: that would cost seconds before a call. What a crash of the machine tore is found by its hash.
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(temporary, object);
    return sha256;
  }

  /** @param keep whether the bytes of a file go into the store. */
  async function stateOf(path: string, info: Stats, keep: boolean): Promise<PathState | Said> {
    const mode = info.mode & 0o7777;
    if (info.isSymbolicLink()) return { type: 'link', target: await readlink(path) };
    if (info.isDirectory()) return { type: 'folder', mode };
    if (!info.isFile()) return say('{0} is no regular file', path);
    if (holdsSecret(path)) return say('{0} may hold a secret, which is not copied', path);
    if (info.size > keepLimits.bytesOfFile)
      return say('{0} is larger than {1} MB', path, keepLimits.bytesOfFile / 1_000_000);
    const bytes = await readFile(path);
    const sha256 = keep ? await keepContent(bytes) : createHash('sha256').update(bytes).digest('hex');
    return { type: 'file', sha256, mode };
  }

  async function look(path: string): Promise<PathState> {
    const info = await lstat(path).catch(() => undefined);
    if (!info) return missing;
    const state = await stateOf(path, info, false).catch(() => undefined);
    // What cannot be read is as nothing that was kept.
    return state && 'type' in state ? state : { type: 'link', target: '\0' };
  }

  async function put(path: string, from: PathState, to: PathState): Promise<FileOutcome<void>> {
    try {
      if (nearestReal(dirname(path)) !== dirname(path)) return fail('link', 'a link is on the path');
      const now = await look(path);
      // An undo that was cut short is gone through again from its start.
      if (sameState(now, to)) return done;
      if (!sameState(now, from)) return fail('changed', 'it was changed since');
      if (from.type === 'folder' && to.type === 'folder') {
        await chmod(path, to.mode);
        return done;
      }
      if (to.type === 'file') return await putFile(path, from, to);
      if (from.type === 'folder') await rmdir(path);
      else if (from.type !== 'missing') await unlink(path);
      if (to.type === 'folder') {
        await mkdir(path, { recursive: true });
        await chmod(path, to.mode);
      }
      if (to.type === 'link') await symlink(to.target, path);
      return done;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // A folder that somebody has put something into.
      return fail(code === 'ENOTEMPTY' || code === 'EEXIST' ? 'changed' : (codes[code ?? ''] ?? 'other'), message);
    }
  }

  /** Beside it first and then in its place, so that a crash leaves one or the other. */
  async function putFile(
    path: string,
    from: PathState,
    { mode, sha256 }: Extract<PathState, { type: 'file' }>,
  ): Promise<FileOutcome<void>> {
    const bytes = await readFile(objectOf(sha256));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return fail('other', 'what was kept is damaged');
    await mkdir(dirname(path), { recursive: true });
    const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomBytes(8).toString('hex')}.tmp`);
    const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (from.type === 'folder') await rmdir(path);
    await rename(temporary, path);
    return done;
  }

  return {
    async keep(paths) {
      try {
        // All names and sizes first: what is too much is refused before anything is read.
        const found = await walk(paths);
        if (!found.ok) return found;
        const states = new Map<string, PathState>();
        for (const [path, info] of found.entries) {
          const state = info ? await stateOf(path, info, true) : missing;
          if (!('type' in state)) return { ok: false, why: state };
          states.set(path, state);
        }
        return { ok: true, states };
      } catch (error) {
        return { ok: false, why: say('it cannot be read: {0}', String(error)) };
      }
    },
    look,
    put,
    async prune({ ageMs, bytes }) {
      const objects: { readonly path: string; readonly at: number; readonly size: number }[] = [];
      for (const part of await readdir(folder).catch(() => []))
        for (const name of await readdir(join(folder, part)).catch(() => [])) {
          const path = join(folder, part, name);
          const info = await lstat(path).catch(() => undefined);
          if (info) objects.push({ path, at: info.mtimeMs, size: info.size });
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

type Walked =
  | { readonly ok: true; readonly entries: ReadonlyMap<string, Stats | undefined> }
  | { readonly ok: false; readonly why: Said };

/** Everything at and below the paths, links not followed; undefined where nothing stands. */
async function walk(paths: readonly string[]): Promise<Walked> {
  const entries = new Map<string, Stats | undefined>();
  const pending = [...new Set(paths)];
  let bytes = 0;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (entries.has(path)) continue;
    if (path.split(sep).includes('.git')) return { ok: false, why: say('{0} belongs to git', path) };
    const info = await lstat(path).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : Promise.reject(error),
    );
    entries.set(path, info);
    if (info?.isFile()) bytes += info.size;
    if (info?.isDirectory()) for (const name of await readdir(path)) pending.push(join(path, name));
    if (entries.size + pending.length > keepLimits.files || bytes > keepLimits.bytes)
      return {
        ok: false,
        why: say('it could change more than {0} files or {1} MB', keepLimits.files, keepLimits.bytes / 1_000_000),
      };
  }
  return { ok: true, entries };
}

const done: FileOutcome<void> = { ok: true, value: undefined };
const fail = (code: FileError, reason: string): FileOutcome<never> => ({ ok: false, code, reason });

const codes: Readonly<Record<string, FileError>> = {
  ENOENT: 'missing',
  EISDIR: 'folder',
  ENOTDIR: 'not-folder',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ELOOP: 'link',
  ENOSPC: 'full',
};
