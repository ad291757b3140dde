import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { gitIndexOf } from './gitIndex';
import { nameOf, rawPath } from './rawPath';

/** What the file system says of a path without its bytes being read. Two that are the same hold the same. */
export interface Seen {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
  readonly mode: number;
  /** Of a link. */
  readonly target?: string;
  /** Of a folder: what lies in it. */
  readonly names?: readonly string[];
  /** A folder whose files are so many that they are left out. */
  readonly leftOut?: boolean;
  /** It changed so shortly before it was looked at that another change may not show in its times. */
  readonly fresh: boolean;
  /** The folder of the repository whose own state it is part of. */
  readonly repository?: string;
  /** What the file system is asked with, where the path is no UTF-8. */
  readonly raw?: Buffer;
}

/** One path that is not as it was. */
export interface Difference {
  readonly path: string;
  readonly was: Seen | undefined;
  readonly is: Seen | undefined;
}

/** All that stands in some folders, looked at again and again. */
export interface TreeScan {
  readonly seen: ReadonlyMap<string, Seen>;
  /** Looks again. @returns what may be different now. Rejects when there is too much. */
  scan(): Promise<readonly Difference[]>;
  /** Takes over what an earlier scan saw. */
  restore(seen: Iterable<readonly [string, Seen]>): void;
}

/** Paths in all; with more, the workspace is too large for this. */
export const pathLimit = 300_000;
/** Folders that a package manager or build fills again are left out from this many entries on. */
export const leaveOutLimit = 2_000;
const refilled =
  /^(?:node_modules|bower_components|\.?venv|\.virtualenv|\.tox|target|\.gradle|\.next|\.nuxt|\.turbo|\.cache|\.yarn|\.pnpm-store|Pods|DerivedData|__pycache__)$/;
/** Times of files go up in steps of a few milliseconds; some file systems are coarser. */
const stepMs = 50;
const ifThere = { throwIfNoEntry: false } as const;
/** How long the event loop is held at a time. Milliseconds. */
const sliceMs = 12;

/** @param roots real paths of folders. */
export function createTreeScan(roots: readonly string[]): TreeScan {
  const seen = new Map<string, Seen>();
  let table: Table | undefined;

  /** Gives the event loop back now and then. */
  function createBreath(): () => Promise<void> | undefined {
    let slice = performance.now();
    let count = 0;
    return () => {
      count += 1;
      if (count % 256 !== 0 || performance.now() - slice < sliceMs) return undefined;
      return new Promise<void>((resolve) => {
        setImmediate(() => {
          slice = performance.now();
          resolve();
        });
      });
    };
  }

  async function scan(): Promise<readonly Difference[]> {
    const differences: Difference[] = [];
    const breathe = createBreath();
    /** Paths that are not known yet. */
    const found: (readonly [path: string, repository: string | undefined])[] = [];
    const removed: string[] = [];

    function enter(folder: string, { names = [], repository }: Seen): void {
      for (const name of names) {
        if (repository !== undefined && isStorage(name)) continue;
        const path = `${folder === '/' ? '' : folder}/${name}`;
        if (!seen.has(path)) found.push([path, name === '.git' ? path : repositoryAt(path, repository)]);
      }
    }

    const known = table ?? createTable(seen);
    table = known;
    for (let at = 0; at < known.paths.length; at += 1) {
      const info = statOf(known.raws[at] as string | Buffer);
      if (!info || !known.holds(at, info)) {
        const path = known.paths[at] as string;
        const was = seen.get(path) as Seen;
        const is = info && describe(path, info, was.repository, was.raw);
        if (is) {
          seen.set(path, is);
          known.update(at, is);
        } else removed.push(path);
        if (!is || !isSame(was, is)) differences.push({ path, was, is });
        if (is?.kind === 'folder') enter(path, is);
      }
      const pause = breathe();
      if (pause) await pause;
    }
    for (const path of removed) seen.delete(path);
    for (const root of roots) if (!seen.has(root)) found.push([root, undefined]);
    for (let next = found.pop(); next; next = found.pop()) {
      const [path, repository] = next;
      if (seen.has(path)) continue;
      const raw = rawPath(path);
      const info = statOf(raw);
      const is = info && describe(path, info, repository, typeof raw === 'string' ? undefined : raw);
      if (!is) continue;
      seen.set(path, is);
      differences.push({ path, was: undefined, is });
      if (is.kind === 'folder') enter(path, is);
      // The state of a linked work tree or submodule lies elsewhere.
      if (is.kind === 'file' && is.repository === path)
        for (const elsewhere of pointedTo(path))
          if (!roots.some((root) => elsewhere.startsWith(`${root}/`))) found.push([elsewhere, elsewhere]);
      if (seen.size > pathLimit) throw new Error(`more than ${pathLimit} paths`);
      const pause = breathe();
      if (pause) await pause;
    }
    if (differences.some(({ is, was }) => !is !== !was)) table = undefined;
    // A folder that has become too full to be known, or is not any more, is one difference.
    const out = new Set(differences.flatMap(({ is, path, was }) => (!was?.leftOut !== !is?.leftOut ? [path] : [])));
    if (out.size === 0) return differences;
    for (const path of [...seen.keys()]) if (isBelowLeftOut(path)) seen.delete(path);
    table = undefined;
    return differences.filter(({ path }) => !isBelowOne(path, out));
  }

  function isBelowLeftOut(path: string): boolean {
    for (let at = dirname(path); at !== dirname(at); at = dirname(at)) if (seen.get(at)?.leftOut) return true;
    return false;
  }

  return {
    get seen() {
      return seen;
    },
    scan,
    restore(entries) {
      seen.clear();
      for (const [path, each] of entries) seen.set(path, each);
      table = undefined;
    },
  };
}

function isBelowOne(path: string, folders: ReadonlySet<string>): boolean {
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) if (folders.has(at)) return true;
  return false;
}

/** What is compared of every path at every scan, in numbers side by side: going through objects takes half as long again. */
interface Table {
  readonly paths: readonly string[];
  /** What the file system is asked with. */
  readonly raws: readonly (string | Buffer)[];
  /** Whether nothing has changed at a place in the table. */
  holds(at: number, info: Stats): boolean;
  update(at: number, seen: Seen): void;
}

function createTable(seen: ReadonlyMap<string, Seen>): Table {
  const paths = [...seen.keys()];
  const all = [...seen.values()];
  const keys = new Float64Array(paths.length * 5);
  function update(at: number, { ctimeMs, fresh, ino, mode, mtimeMs, size }: Seen): void {
    // What is fresh never compares equal.
    keys[at * 5] = fresh ? Number.NaN : ctimeMs;
    keys[at * 5 + 1] = mtimeMs;
    keys[at * 5 + 2] = size;
    keys[at * 5 + 3] = ino;
    keys[at * 5 + 4] = mode;
  }
  for (const [at, each] of all.entries()) update(at, each);
  return {
    paths,
    raws: paths.map((path, at) => all[at]?.raw ?? path),
    holds: (at, info) =>
      info.ctimeMs === keys[at * 5] &&
      info.mtimeMs === keys[at * 5 + 1] &&
      info.size === keys[at * 5 + 2] &&
      info.ino === keys[at * 5 + 3] &&
      info.mode === keys[at * 5 + 4],
    update,
  };
}

function statOf(raw: string | Buffer): Stats | undefined {
  try {
    return lstatSync(raw, ifThere);
  } catch {
    return undefined;
  }
}

function describe(path: string, info: Stats, repository: string | undefined, raw: Buffer | undefined): Seen {
  const { ctimeMs, ino, mode, mtimeMs, size } = info;
  const fresh = Date.now() - Math.max(ctimeMs, mtimeMs) < stepMs;
  const more = { ...(repository !== undefined && { repository }), ...(raw && { raw }) };
  const base = { size, mtimeMs, ctimeMs, ino, mode, fresh, ...more };
  if (info.isFile()) return { ...base, kind: 'file' };
  if (info.isSymbolicLink()) return { ...base, kind: 'link', target: targetOf(path) };
  if (!info.isDirectory()) return { ...base, kind: 'other' };
  if (repository === undefined && refilled.test(basename(path)) && !holdsTracked(path) && holdsMany(path))
    return { ...base, kind: 'folder', leftOut: true };
  return { ...base, kind: 'folder', names: namesIn(path) };
}

/** Whether nothing shows that a path has changed; what is fresh always may have. */
function isSame(was: Seen, is: Seen): boolean {
  if (was === is) return true;
  if (is.kind === 'folder') return was.kind === 'folder' && was.mode === is.mode && was.leftOut === is.leftOut;
  return false;
}

function targetOf(path: string): string {
  try {
    return nameOf(readlinkSync(rawPath(path), { encoding: 'buffer' }));
  } catch {
    return '';
  }
}

function namesIn(path: string): readonly string[] {
  try {
    const raw = rawPath(path);
    const names = readdirSync(raw);
    // What is not UTF-8 comes as replacement characters, and then the bytes are asked for.
    return names.some((name) => name.includes('\ufffd')) ? readdirSync(raw, { encoding: 'buffer' }).map(nameOf) : names;
  } catch {
    return [];
  }
}

function holdsTracked(path: string): boolean {
  const index = gitIndexOf(path);
  return index !== undefined && index.below(relative(index.root, path)) > 0;
}

function holdsMany(path: string): boolean {
  let found = 0;
  const pending = [path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        found += 1;
        if (entry.isDirectory()) pending.push(join(at, entry.name));
      }
    } catch {
      // What cannot be read is not counted.
    }
    if (found > leaveOutLimit) return true;
  }
  return false;
}

/** Objects never change: git adds and removes whole ones. What stands only for speed is left out too. */
const isStorage = (name: string): boolean => /^(?:objects|lfs|annex|fsmonitor--daemon.*|.*\.lock)$/.test(name);

/** Repositories of submodules lie within that of the project and stand by themselves. */
function repositoryAt(path: string, outer: string | undefined): string | undefined {
  return outer !== undefined && basename(dirname(path)) === 'modules' ? path : outer;
}

/** Folders in which git keeps the state of a work tree that is not the main one: its own and the common one. */
function pointedTo(path: string): readonly string[] {
  try {
    const target = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1];
    if (target === undefined) return [];
    const own = resolve(dirname(path), target.trim());
    try {
      return [own, resolve(own, readFileSync(join(own, 'commondir'), 'utf8').trim())];
    } catch {
      return [own];
    }
  } catch {
    return [];
  }
}
