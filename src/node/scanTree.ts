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
/** How long the event loop is held at a time. Milliseconds. */
const sliceMs = 12;

/** @param roots real paths of folders. */
export function createTreeScan(roots: readonly string[]): TreeScan {
  let seen = new Map<string, Seen>();

  async function scan(): Promise<readonly Difference[]> {
    const differences: Difference[] = [];
    const next = new Map<string, Seen>();
    const pending: (readonly [path: string, repository: string | undefined])[] = roots.map((root) => [root, undefined]);
    const visited = new Set<string>(roots);
    let slice = performance.now();

    function visit(path: string, repository: string | undefined): void {
      const was = seen.get(path);
      const is = look(path, was, repository);
      if (is) next.set(path, is);
      if (!was !== !is || (was && is && !isSame(was, is))) differences.push({ path, was, is });
      if (is?.kind === 'folder' && !is.leftOut && !visited.has(path)) pending.push([path, is.repository]);
    }

    for (const root of roots) visit(root, undefined);
    for (let at = pending.pop(); at; at = pending.pop()) {
      const [folder, repository] = at;
      const names = next.get(folder)?.names ?? [];
      for (const name of names) {
        const path = `${folder === '/' ? '' : folder}/${name}`;
        if (repository !== undefined && isStorage(name)) continue;
        const isGit = name === '.git';
        visit(path, isGit ? path : repositoryAt(path, repository));
        // The state of a linked work tree or submodule lies elsewhere.
        if (isGit && next.get(path)?.kind === 'file')
          for (const elsewhere of pointedTo(path))
            if (!visited.has(elsewhere) && !roots.some((root) => elsewhere.startsWith(`${root}/`))) {
              visited.add(elsewhere);
              visit(elsewhere, elsewhere);
              pending.push([elsewhere, elsewhere]);
            }
      }
      if (next.size > pathLimit) throw new Error(`more than ${pathLimit} paths`);
      if (performance.now() - slice > sliceMs) {
        await new Promise(setImmediate);
        slice = performance.now();
      }
    }
    for (const [path, was] of seen) if (!next.has(path)) differences.push({ path, was, is: undefined });
    // A folder that has become too full to be known, or is not any more, is one difference.
    const out = new Set(differences.flatMap(({ is, path, was }) => (!was?.leftOut !== !is?.leftOut ? [path] : [])));
    seen = next;
    return out.size === 0 ? differences : differences.filter(({ path }) => !isBelowOne(path, out));
  }

  return {
    get seen() {
      return seen;
    },
    scan,
    restore(entries) {
      seen = new Map(entries);
    },
  };
}

function isBelowOne(path: string, folders: ReadonlySet<string>): boolean {
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) if (folders.has(at)) return true;
  return false;
}

function look(path: string, was: Seen | undefined, repository: string | undefined): Seen | undefined {
  const raw = rawPath(path);
  const now = Date.now();
  let info: Stats | undefined;
  try {
    info = lstatSync(raw, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
  if (!info) return undefined;
  const { ctimeMs, ino, mode, mtimeMs, size } = info;
  // The time of the last change is newer than that of the file's bytes when somebody set that back.
  const fresh = now - Math.max(ctimeMs, mtimeMs) < stepMs;
  if (
    was &&
    !was.fresh &&
    was.ctimeMs === ctimeMs &&
    was.mtimeMs === mtimeMs &&
    was.ino === ino &&
    was.mode === mode &&
    was.size === size
  )
    return was;
  const base = { size, mtimeMs, ctimeMs, ino, mode, fresh, ...(repository !== undefined && { repository }) };
  if (info.isFile()) return { ...base, kind: 'file' };
  if (info.isSymbolicLink()) return { ...base, kind: 'link', target: targetOf(path) };
  if (!info.isDirectory()) return { ...base, kind: 'other' };
  const names = namesIn(path);
  if (repository === undefined && refilled.test(basename(path)) && !holdsTracked(path) && holdsMany(path))
    return { ...base, kind: 'folder', leftOut: true };
  return { ...base, kind: 'folder', names };
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
