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

/** An entry with what git means by it besides: name, kind of file, flags and stage. */
interface RawEntry extends Entry {
  readonly name: string;
  readonly mode: number;
  readonly flags: number;
  readonly moreFlags: number;
}

/** The files a repository tracks, as its index has them. */
export interface GitIndex {
  /** The folder of the work tree. */
  readonly root: string;
  readonly files: number;
  /** @param path relative to the root. Whether what is there is what the index has, in which case git can bring it back. */
  state(path: string): 'clean' | 'modified' | 'untracked';
  /**
   * The object that has a file's bytes, when times and size say that it was not changed since they were recorded; nothing is read.
   * @param path relative to the root.
   */
  blob(path: string, info: Pick<Stats, 'size' | 'mtimeMs'>): string | undefined;
  /**
   * Tracked files below a folder that hold something else than the index has; one that is missing holds nothing. Undefined when there are too many to look at.
   * @param path relative to the root, '' for all.
   */
  modifiedBelow(path: string): readonly string[] | undefined;
  /** Number of tracked files below a folder. @param path relative to the root, '' for all. */
  below(path: string): number;
}

/** Bytes of an index that is read; a larger one is not, and its files count as untracked. */
const indexLimit = 64_000_000;
/** Tracked files that are compared at once. */
const lookLimit = 20_000;
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
  const entries = new Map<string, Entry>();
  for (const entry of rawEntries(bytes)) {
    if (entry === 'unknown') return undefined;
    // Stages above 0 belong to a merge that is not finished: nobody knows which version would come back.
    if ((entry.flags & 0x3000) === 0) entries.set(entry.name, entry);
  }
  return entries;
}

/**
 * A digest of what an index says, without the times and numbers of files that git only uses to be fast: two that differ in those
 * alone are the same.
 * @returns undefined for a format that is not known.
 */
export function indexDigest(bytes: Buffer): string | undefined {
  const hash = createHash('sha256').update('git index\0');
  for (const entry of rawEntries(bytes)) {
    if (entry === 'unknown') return undefined;
    const { flags, mode, moreFlags, name, sha1 } = entry;
    // The length of the name, in the low bits of the flags, says nothing new.
    hash.update(`${mode} ${flags & 0xb000} ${moreFlags} ${name}\0`).update(sha1);
  }
  return hash.digest('hex');
}

function* rawEntries(bytes: Buffer): Generator<RawEntry | 'unknown'> {
  const version = bytes.length < 32 || bytes.toString('latin1', 0, 4) !== 'DIRC' ? 0 : bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return yield 'unknown';
  const count = bytes.readUInt32BE(8);
  let at = 12;
  let name = '';
  for (let index = 0; index < count; index += 1) {
    if (at + 62 > bytes.length) return yield 'unknown';
    const flags = bytes.readUInt16BE(at + 60);
    const extended = version >= 3 && (flags & 0x4000) !== 0;
    let start = at + 62 + (extended ? 2 : 0);
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
    if (end < 0) return yield 'unknown';
    name = Buffer.concat([Buffer.from(name).subarray(0, kept), bytes.subarray(start, end)]).toString('utf8');
    yield {
      name,
      mtimeSeconds: bytes.readUInt32BE(at + 8),
      mtimeNanoseconds: bytes.readUInt32BE(at + 12),
      mode: bytes.readUInt32BE(at + 24),
      size: bytes.readUInt32BE(at + 36),
      sha1: bytes.subarray(at + 40, at + 60),
      flags,
      moreFlags: extended && at + 64 <= bytes.length ? bytes.readUInt16BE(at + 62) : 0,
    };
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
}

function createIndex(root: string, entries: ReadonlyMap<string, Entry>, info: Stats): GitIndex {
  const names = [...entries.keys()];
  /** Indexes of the first name below a folder and of the first after them. */
  const rangeBelow = (path: string): readonly [number, number] =>
    path === '' ? [0, names.length] : [lowerBound(names, `${path}/`), lowerBound(names, `${path}0`)];
  return {
    root,
    files: entries.size,
    state(path) {
      const entry = entries.get(path);
      return entry ? compare(join(root, path), entry, info) : 'untracked';
    },
    blob(path, { mtimeMs, size }) {
      const entry = entries.get(path);
      if (entry?.size !== size || (entry.mtimeNanoseconds === 0 && mtimeMs % 1000 !== 0)) return undefined;
      // Milliseconds in a double are exact to less than a microsecond.
      const same = Math.abs(entry.mtimeSeconds * 1000 + entry.mtimeNanoseconds / 1e6 - mtimeMs) < 0.002;
      return same && mtimeMs < Math.floor(info.mtimeMs) - 1000 ? entry.sha1.toString('hex') : undefined;
    },
    modifiedBelow(path) {
      const [first, end] = rangeBelow(path);
      if (end - first > lookLimit) return undefined;
      return names.slice(first, end).filter((name) => {
        const entry = entries.get(name);
        if (entry === undefined || compare(join(root, name), entry, info) === 'clean') return false;
        return attempt(() => lstatSync(join(root, name), { throwIfNoEntry: false })) !== undefined;
      });
    },
    below(path) {
      const [first, end] = rangeBelow(path);
      return end - first;
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
