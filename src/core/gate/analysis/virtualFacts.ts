import type { Facts } from './facts';

/**
 * Facts for judging a call where no file system is consulted: links are taken for absent, and of nothing is it known whether
 * it exists; what lies in the workspace counts as the baseline, as no call of the session is known to have changed it.
 * @param sha256 lower-case hex of UTF-8 text.
 */
export function createVirtualFacts(sha256: (text: string) => string): Facts {
  return {
    realpath: (path) => path,
    kind: () => 'unknown',
    hardLinks: () => 1,
    readText: () => undefined,
    list: () => undefined,
    provenance: () => 'baseline',
    tracking: () => 'unknown',
    census: () => undefined,
    links: () => [],
    changedSince: () => undefined,
    sha256,
    platform: 'linux',
    caseInsensitive: false,
  };
}
