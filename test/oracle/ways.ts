/** Where paths lead, going through symbolic links as the kernel does: `..` is the folder above what a link leads to. */
export interface Ways {
  /** The place itself: a link at the end is not followed. */
  itself(base: string, path: string): string;
  /** What is found there. */
  found(base: string, path: string): string;
  /** A link is made. */
  link(at: string, target: string): void;
}

/** Links that are followed for one path, as in the kernel. */
const limit = 40;

/** @param links those that are there already, by absolute path. */
export function createWays(links: ReadonlyMap<string, string>): Ways {
  const known = new Map(links);

  function walk(base: string, path: string, last: boolean, left: number): string {
    let at = path.startsWith('/') ? '' : base === '/' ? '' : base;
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    for (const [index, part] of parts.entries()) {
      if (part === '..') {
        at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
        continue;
      }
      const next = `${at}/${part}`;
      const target = index < parts.length - 1 || last || path.endsWith('/') ? known.get(next) : undefined;
      at = target === undefined || left === 0 ? next : walk(at, target, true, left - 1);
      if (at === '/') at = '';
    }
    return at === '' ? '/' : at;
  }

  return {
    itself: (base, path) => walk(base, path, false, limit),
    found: (base, path) => walk(base, path, true, limit),
    link: (at, target) => known.set(at, target),
  };
}
