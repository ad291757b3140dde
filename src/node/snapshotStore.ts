import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import {
  chmod,
  type FileHandle,
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
} from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { FileError, FileOutcome } from '../core/ports';
import { type Said, say } from '../core/say';
import { missing, type PathState, sameState } from '../core/sessions/pathState';
import type { SnapshotStore } from '../core/sessions/snapshots';
import { type ContentStore, sameGitContent } from './contentStore';
import { nearestReal } from './nearestReal';
import { nameOf, rawPath } from './rawPath';

/** What is kept for one call at most; a call that could change more cannot be taken back. */
export const keepLimits = { files: 2_500, bytesOfFile: 20_000_000, bytes: 100_000_000 };

/** Keeps files through a {@link ContentStore}, and puts them back without following a link. */
export function createSnapshotStore(contents: ContentStore): SnapshotStore {
  /** @param keep whether the bytes of a file go into the store. */
  async function stateOf(path: string, info: Stats, keep: boolean): Promise<PathState | Said> {
    const mode = info.mode & 0o7777;
    if (info.isSymbolicLink())
      return { type: 'link', target: nameOf(await readlink(rawPath(path), { encoding: 'buffer' })) };
    if (info.isDirectory()) return { type: 'folder', mode };
    if (!info.isFile()) return say('{0} is no regular file', path);
    if (info.size > keepLimits.bytesOfFile)
      return say('{0} is larger than {1} MB', path, keepLimits.bytesOfFile / 1_000_000);
    const bytes = await readFile(rawPath(path));
    const sha256 = keep ? await contents.keep(path, bytes) : contents.digest(path, bytes);
    return { type: 'file', sha256, mode };
  }

  async function look(path: string, likes: readonly PathState[] = []): Promise<PathState> {
    const info = await lstat(rawPath(path)).catch(() => undefined);
    if (!info) return missing;
    const state = await stateOf(path, info, false).catch(() => undefined);
    // What cannot be read is as nothing that was kept.
    if (!state || !('type' in state)) return { type: 'link', target: '\0' };
    const objects = likes.flatMap((like) =>
      like.type === 'file' && like.sha256.startsWith('git:') ? [like.sha256] : [],
    );
    if (state.type !== 'file' || objects.length === 0) return state;
    const bytes = await readFile(rawPath(path)).catch(() => undefined);
    const same = bytes && objects.find((object) => sameGitContent(bytes, object));
    return same ? { ...state, sha256: same } : state;
  }

  async function put(path: string, from: PathState, to: PathState): Promise<FileOutcome<void>> {
    const raw = rawPath(path);
    try {
      const folder = dirname(path);
      if (nearestReal(folder) !== folder) return fail('link', 'a link is on the path');
      const now = await look(path, [from, to]);
      // An undo that was cut short is gone through again from its start.
      if (sameState(now, to)) return done;
      if (!sameState(now, from)) return fail('changed', 'it was changed since');
      if (from.type === 'folder' && to.type === 'folder') {
        await chmod(raw, to.mode);
        return done;
      }
      if (to.type === 'file') return await putFile(path, from, to);
      if (from.type === 'folder') await rmdir(raw);
      else if (from.type !== 'missing') await unlink(raw);
      if (to.type === 'folder') {
        await mkdir(raw, { recursive: true });
        await chmod(raw, to.mode);
      }
      if (to.type === 'link') await symlink(rawPath(to.target), raw);
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
    const raw = rawPath(path);
    if (from.type === 'file' && from.sha256 === sha256) {
      await chmod(raw, mode);
      return done;
    }
    const bytes = await contents.read(sha256);
    if (!bytes) return fail('other', 'what was kept of it is gone or damaged');
    await mkdir(rawPath(dirname(path)), { recursive: true });
    const temporary = rawPath(join(dirname(path), temporaryName(path)));
    let handle: FileHandle | undefined;
    try {
      handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
      await handle.writeFile(bytes);
      await handle.chmod(mode);
      await handle.sync();
      await handle.close();
      handle = undefined;
      if (from.type === 'folder') await rmdir(raw);
      await rename(temporary, raw);
    } catch (error) {
      await handle?.close().catch(() => {});
      await unlink(temporary).catch(() => {});
      throw error;
    }
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
    async read(path, limit) {
      const info = await lstat(rawPath(path)).catch(() => undefined);
      return info?.isFile() && info.size <= limit ? readFile(rawPath(path)).catch(() => undefined) : undefined;
    },
    async list(path) {
      const names = await readdir(rawPath(path), { encoding: 'buffer' }).catch(() => []);
      return names.map(nameOf);
    },
    async secure(path, state) {
      if (await contents.has(state.sha256)) return true;
      const bytes = await readFile(rawPath(path)).catch(() => undefined);
      if (!bytes || contents.digest(path, bytes) !== state.sha256) return false;
      return contents.keep(path, bytes).then(
        () => true,
        () => false,
      );
    },
    async tidy(paths) {
      for (const folder of new Set(paths.map(dirname)))
        for (const name of await readdir(rawPath(folder), { encoding: 'buffer' }).catch(() => []))
          if (/^\..*\.[0-9a-f]{16}\.taking-back$/.test(nameOf(name)))
            await unlink(rawPath(join(folder, nameOf(name)))).catch(() => {});
    },
    content: ({ sha256 }) => contents.read(sha256),
    keepContent: async (path, bytes, like) => ({ ...like, sha256: await contents.keep(path, Buffer.from(bytes)) }),
    put,
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
    const info = await lstat(rawPath(path)).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' || error.code === 'ENOTDIR' ? undefined : Promise.reject(error),
    );
    entries.set(path, info);
    if (info?.isFile()) bytes += info.size;
    if (info?.isDirectory())
      for (const name of await readdir(rawPath(path), { encoding: 'buffer' })) pending.push(join(path, nameOf(name)));
    if (entries.size + pending.length > keepLimits.files || bytes > keepLimits.bytes)
      return {
        ok: false,
        why: say('it could change more than {0} files or {1} MB', keepLimits.files, keepLimits.bytes / 1_000_000),
      };
  }
  return { ok: true, entries };
}

/** Beside the file, so that the last step is a rename; the mark at the end is ours, for tidying after a crash. */
const temporaryName = (path: string): string =>
  `.${basename(path)
    .replace(/[\ud800-\udfff]/g, '_')
    .slice(0, 60)}.${randomBytes(8).toString('hex')}.taking-back`;

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
  EDQUOT: 'full',
  EFBIG: 'full',
};
