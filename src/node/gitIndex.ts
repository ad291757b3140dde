import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What a repository's index says of one file. */
interface Entry {
  readonly mtimeSeconds: number;
  readonly mtimeNanoseconds: number;
  readonly size: number;
  readonly sha1: Buffer;
}

/** The files a repository tracks, as its index has them. */
export interface GitIndex {
  /** The folder of the work tree. */
  readonly root: string;
  readonly files: number;
  /** @param path relative to the root. Whether what is there is what the index has, in which case git can bring it back. */
  state(path: string): 'clean' | 'modified' | 'untracked';
  /** Number of tracked files below a folder. @param path relative to the root, '' for all. */
  below(path: string): number;
}

/** Bytes of an index that is read; a larger one is not, and its files count as untracked. */
const indexLimit = 64_000_000;
/** Bytes of a file that is hashed to be sure. */
const hashLimit = 20_000_000;

const read = new Map<string, { readonly key: string; readonly index: GitIndex | undefined }>();

/**
 * The index of the repository that a path belongs to, read from its file; no program is started. Kept until the file changes.
 * @returns undefined where there is no repository or its index is not understood (split, another hash).
 */
export function gitIndexOf(path: string): GitIndex | undefined {
  const root = repositoryOf(path);
  const file = root === undefined ? undefined : indexFile(root);
  if (root === undefined || file === undefined) return undefined;
  const info = attempt(() => statSync(file, { throwIfNoEntry: false }));
  if (!info || info.size > indexLimit) return undefined;
  const key = `${info.mtimeMs} ${info.size} ${info.ino}`;
  const known = read.get(file);
  if (known?.key === key) return known.index;
  const bytes = attempt(() => readFileSync(file));
  const entries = bytes && parseIndex(bytes);
  const index = entries && createIndex(root, entries, info);
  read.set(file, { key, index });
  return index;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function repositoryOf(path: string): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (attempt(() => lstatSync(join(at, '.git'), { throwIfNoEntry: false }))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function indexFile(root: string): string | undefined {
  const git = join(root, '.git');
  const info = attempt(() => lstatSync(git));
  if (info?.isDirectory()) return join(git, 'index');
  const target = info?.isFile()
    ? /^gitdir: (.+)$/m.exec(attempt(() => readFileSync(git, 'utf8')) ?? '')?.[1]
    : undefined;
  return target === undefined ? undefined : join(resolve(root, target.trim()), 'index');
}

/** Reads versions 2 to 4 of the format (gitformat-index(5)). */
export function parseIndex(bytes: Buffer): ReadonlyMap<string, Entry> | undefined {
  if (bytes.length < 32 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4) return undefined;
  const entries = new Map<string, Entry>();
  let at = 12;
  let name = '';
  for (let index = 0; index < count; index += 1) {
    if (at + 62 > bytes.length) return undefined;
    const flags = bytes.readUInt16BE(at + 60);
    const entry: Entry = {
      mtimeSeconds: bytes.readUInt32BE(at + 8),
      mtimeNanoseconds: bytes.readUInt32BE(at + 12),
      size: bytes.readUInt32BE(at + 36),
      sha1: bytes.subarray(at + 40, at + 60),
    };
    let start = at + 62 + (version >= 3 && (flags & 0x4000) !== 0 ? 2 : 0);
    let kept = 0;
    if (version === 4) {
      // How much of the name before is dropped, in the variable-length numbers of pack files.
      let byte = bytes[start++] ?? 0;
      let drop = byte & 127;
      while ((byte & 128) !== 0) {
        byte = bytes[start++] ?? 0;
        drop = ((drop + 1) << 7) | (byte & 127);
      }
      kept = Math.max(0, Buffer.byteLength(name) - drop);
    }
    const end = bytes.indexOf(0, start);
    if (end < 0) return undefined;
    name = Buffer.concat([Buffer.from(name).subarray(0, kept), bytes.subarray(start, end)]).toString('utf8');
    // Stages above 0 belong to a merge that is not finished: nobody knows which version would come back.
    if ((flags & 0x3000) === 0) entries.set(name, entry);
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
  return entries;
}

function createIndex(root: string, entries: ReadonlyMap<string, Entry>, info: Stats): GitIndex {
  const names = [...entries.keys()];
  return {
    root,
    files: entries.size,
    state(path) {
      const entry = entries.get(path);
      return entry ? compare(join(root, path), entry, info) : 'untracked';
    },
    below(path) {
      if (path === '') return names.length;
      const first = lowerBound(names, `${path}/`);
      return lowerBound(names, `${path}0`) - first;
    },
  };
}

/** Index entries are sorted by bytes, which for paths is the order of their code units but for rare characters. */
function lowerBound(names: readonly string[], wanted: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compare(path: string, entry: Entry, index: Stats): 'clean' | 'modified' {
  const info = attempt(() => lstatSync(path, { throwIfNoEntry: false, bigint: true }));
  if (!info || Number(info.size) !== entry.size) return 'modified';
  const seconds = Number(info.mtimeNs / 1_000_000_000n);
  const rest = Number(info.mtimeNs % 1_000_000_000n);
  const same = seconds === entry.mtimeSeconds && (rest === entry.mtimeNanoseconds || entry.mtimeNanoseconds === 0);
  // A file changed in the same moment as the index was written looks unchanged: only its content tells.
  if (same && seconds * 1000 < Math.floor(index.mtimeMs) - 1000) return 'clean';
  if (info.size > BigInt(hashLimit)) return 'modified';
  const content = attempt(() => (info.isSymbolicLink() ? Buffer.from(readlinkSync(path)) : readFileSync(path)));
  if (!content) return 'modified';
  const sha1 = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest();
  return sha1.equals(entry.sha1) ? 'clean' : 'modified';
}
