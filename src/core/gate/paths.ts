import type { Facts } from './analysis/facts';

/** A place in the file system as a call names it, and where that really is. */
export interface Located {
  /** Absolute, `/`-separated, `.` and `..` folded by name, links not followed. */
  readonly path: string;
  /** With every existing symlink followed, one after the other as the kernel does; equal to `path` where there is none. */
  readonly real: string;
}

/** Why a path is not judged at all (rule R15): spellings that mean another place to some program than to this one. */
export type Strange = 'nul' | 'url' | 'device-namespace' | 'network-share' | 'process-link' | 'unresolved';

export type Location = { readonly ok: true; readonly at: Located } | { readonly ok: false; readonly why: Strange };

/** Folds `.`, `..` and repeated slashes by name. `path` must be absolute. */
export function foldPath(path: string): string {
  if (!needsFolding.test(path)) return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const folded: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') folded.pop();
    else folded.push(part);
  }
  return `/${folded.join('/')}`;
}

const needsFolding = /\/\/|\/\.\.?(?:\/|$)|\/$/;

/** `path` as seen from `folder`, not yet folded: `..` must be followed through links before it is folded by name. */
export function joinPath(folder: string, path: string): string {
  if (isAbsolutePath(path)) return path;
  return folder === '/' ? `/${path}` : `${folder}/${path}`;
}

export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
}

/** Characters of a path that are looked at: PATH_MAX of Linux, the longest of the systems. */
const longestPath = 4096;

/**
 * One canonical path (rule R15).
 * @param path absolute, as written.
 */
export function locate(path: string, facts: Facts): Location {
  // The system refuses it, and looking at it component by component would take ever longer.
  if (path.length > longestPath) return { ok: false, why: 'unresolved' };
  const why = strangeness(path, facts.platform);
  if (why) return { ok: false, why };
  const written = slashed(path, facts.platform);
  // `link/..` is the parent of the link's target, which only the unfolded path tells; nothing else needs two look-ups.
  const climbs = written.includes('/..') ? climb(written, facts) : undefined;
  const folded = foldPath(written);
  const real = climbs ?? facts.realpath(folded);
  if (real === undefined) return { ok: false, why: 'unresolved' };
  if (strangeness(real, facts.platform)) return { ok: false, why: 'process-link' };
  return { ok: true, at: { path: folded, real: foldPath(slashed(real, facts.platform)) } };
}

/** Follows links component by component up to each `..`, as the kernel does. */
function climb(path: string, facts: Facts): string | undefined {
  let real: string | undefined = '/';
  let pending: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') {
      pending.push(part);
      continue;
    }
    real = facts.realpath(foldPath(`${real}/${pending.join('/')}`));
    pending = [];
    if (real === undefined) return undefined;
    real = parentOf(real);
  }
  return facts.realpath(foldPath(`${real}/${pending.join('/')}`));
}

function slashed(path: string, platform: Facts['platform']): string {
  return platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function strangeness(path: string, platform: Facts['platform']): Strange | undefined {
  if (path.includes('\0')) return 'nul';
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path) || /^file:/i.test(path)) return 'url';
  if (platform === 'win32' || path.startsWith('\\')) {
    if (/^[\\/]{2}[?.][\\/]/.test(path)) return 'device-namespace';
    if (/^[\\/]{2}/.test(path)) return 'network-share';
    // Streams, short names, and trailing dots and spaces are other names of the same file on NTFS.
    if (
      /:(?![\\/])|~\d|[. ](?:[\\/]|$)/.test(path.replace(/^[A-Za-z]:/, '').replace(/(^|[\\/])\.{1,2}(?=[\\/]|$)/g, ''))
    )
      return 'device-namespace';
  }
  // Links into other processes' view of the file system; `/proc/cpuinfo` and its like are plain files.
  if (/^\/+proc\/+(?:[^/]+\/+)*(?:root|cwd|exe|fd|map_files|task)(?:\/|$)/.test(path)) return 'process-link';
  return undefined;
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The form in which two spellings of one place are equal: case and Unicode composition fold where the volume folds them. */
export function folded(path: string, facts: Pick<Facts, 'caseInsensitive'>): string {
  return facts.caseInsensitive ? path.normalize('NFC').toLowerCase() : path;
}

/** Whether `path` is `folder` or below it, compared by components: `/ws-evil` is not within `/ws`. */
export function isWithin(path: string, folder: string, facts: Pick<Facts, 'caseInsensitive'>): boolean {
  const inner = folded(path, facts);
  const outer = folded(folder, facts);
  return inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`);
}

/** Both the written and the real path lie in one of the folders: the stricter reading of the two. */
export function bothWithin(at: Located, folders: readonly string[], facts: Facts): boolean {
  return (
    folders.some((folder) => isWithin(at.real, folder, facts)) &&
    (at.path === at.real || folders.some((folder) => isWithin(at.path, folder, facts)) || isOpened(at, folders, facts))
  );
}

/** Below one of the folders by the name it was opened under, and still leading there. */
function isOpened(at: Located, folders: readonly string[], facts: Facts): boolean {
  return (facts.openedAs ?? []).some(
    ([name, real]) => folders.includes(real) && isWithin(at.path, name, facts) && isWithin(at.real, real, facts),
  );
}

/** Either the written or the real path lies in one of the folders. */
export function eitherWithin(at: Located, folders: readonly string[], facts: Facts): boolean {
  return folders.some((folder) => isWithin(at.real, folder, facts) || isWithin(at.path, folder, facts));
}
