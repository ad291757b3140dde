/** Files that are looked at side by side: enough to keep the disk busy, too few to run out of descriptors. */
const batch = 32;

/** Does the same for each, a few at a time. @returns the results in order. */
export async function inBatches<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += batch)
    results.push(...(await Promise.all(all.slice(at, at + batch).map(work))));
  return results;
}
