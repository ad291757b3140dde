import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileError, FileInfo, FileOutcome, FileSystem } from '../core/ports';
import { nearestReal } from './nearestReal';

type Failed = Extract<FileOutcome<never>, { ok: false }>;

/** The file system of this machine. Failures are data; writes are atomic and follow no link. */
export const nodeFiles: FileSystem = {
  async stat(path): Promise<FileInfo | undefined> {
    try {
      const info = await stat(path);
      const kind = info.isFile() ? 'file' : info.isDirectory() ? 'folder' : 'other';
      return { kind, size: info.size, mode: info.mode };
    } catch {
      return undefined;
    }
  },

  realpath: async (path) => nearestReal(path),

  async read(path, limit) {
    try {
      const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
      try {
        const info = await handle.stat();
        if (info.isDirectory()) return fail('folder', 'it is a folder');
        if (!info.isFile()) return fail('other', 'it is not a regular file');
        if (info.size > limit) return fail('too-large', `it has ${info.size} bytes`);
        const bytes = await readAtMost(handle, limit + 1, info.size);
        if (bytes.length > limit) return fail('too-large', `it has more than ${limit} bytes`);
        return { ok: true, value: bytes };
      } finally {
        await handle.close();
      }
    } catch (error) {
      return failed(error);
    }
  },

  async write(realPath, data, expected) {
    const folder = dirname(realPath);
    const temporary = join(folder, `.${basename(realPath).slice(0, 100)}.${randomBytes(8).toString('hex')}.tmp`);
    try {
      if (nearestReal(realPath) !== realPath) return fail('link', 'a link is on the path');
      await mkdir(folder, { recursive: true });
      // Making the folders may have raced with a link being planted; what counts is where the folder is now.
      if ((await realpath(folder)) !== folder) return fail('link', 'a link is on the path');
      const present = await presentFile(realPath);
      if (!present.ok) return present;
      if (expected !== undefined && present.value.sha256 !== expected)
        return fail('changed', 'its content is not what was read');
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
      const handle = await open(temporary, flags, present.value.mode ?? 0o666);
      try {
        if (present.value.mode !== undefined) await handle.chmod(present.value.mode & 0o7777);
        await handle.writeFile(data);
        await handle.sync();
      } finally {
        await handle.close();
      }
      // Once more, as late as possible: writing the bytes took time in which the folder could be replaced.
      if ((await realpath(folder)) !== folder || (await lstat(realPath).catch(() => undefined))?.isSymbolicLink()) {
        await unlink(temporary);
        return fail('link', 'a link is on the path');
      }
      await rename(temporary, realPath);
      return { ok: true, value: {} };
    } catch (error) {
      await unlink(temporary).catch(() => {});
      return failed(error);
    }
  },
};

/** A file can be longer than its size says: it grows, or it is one of those in /proc that have no size. */
async function readAtMost(handle: FileHandle, limit: number, size: number): Promise<Uint8Array> {
  let bytes = Buffer.alloc(Math.min(limit, Math.max(size + 1, 65_536)));
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled >= limit) return bytes.subarray(0, filled);
    if (filled === bytes.length) bytes = Buffer.concat([bytes], Math.min(limit, bytes.length * 2));
  }
}

interface Present {
  readonly mode: number | undefined;
  /** null when there is no such file. */
  readonly sha256: string | null;
}

async function presentFile(path: string): Promise<FileOutcome<Present>> {
  const info = await lstat(path).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? undefined : Promise.reject(error),
  );
  if (!info) return { ok: true, value: { mode: undefined, sha256: null } };
  if (info.isSymbolicLink()) return fail('link', 'it is a link');
  if (info.isDirectory()) return fail('folder', 'it is a folder');
  if (!info.isFile()) return fail('other', 'it is not a regular file');
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    return {
      ok: true,
      value: {
        mode: info.mode,
        sha256: createHash('sha256')
          .update(await handle.readFile())
          .digest('hex'),
      },
    };
  } finally {
    await handle.close();
  }
}

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
  EFBIG: 'too-large',
};

function failed(error: unknown): Failed {
  const { code, message } = error as NodeJS.ErrnoException;
  return fail(codes[code ?? ''] ?? 'other', message);
}

const fail = (code: FileError, reason: string): Failed => ({ ok: false, code, reason });
