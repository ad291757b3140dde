import { readdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LineStore } from '../core/ports';
import { createLineStore } from './lineStore';

/** Bytes after which a file is put aside and a new one begun. */
const usualLimit = 10_000_000;

/**
 * A store of lines in several files: `name.jsonl` grows, and is put aside as `name.1.jsonl`, `name.2.jsonl` … when it is large.
 * Reading gives the lines of all of them in order, so that a chain of hashes goes on from file to file.
 */
export function createRotatingLines(path: string, limit = usualLimit): LineStore {
  const store = createLineStore(path);
  const folder = dirname(path);
  const stem = basename(path).replace(/\.jsonl$/, '');
  let queue: Promise<unknown> = Promise.resolve();

  async function turned(): Promise<readonly { readonly file: string; readonly number: number }[]> {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? [] : Promise.reject(error),
    );
    const numbered = names.flatMap((name) => {
      const number = name.startsWith(`${stem}.`) ? /^(\d+)\.jsonl$/.exec(name.slice(stem.length + 1))?.[1] : undefined;
      return number === undefined ? [] : [{ file: join(folder, name), number: Number(number) }];
    });
    return numbered.sort((one, other) => one.number - other.number);
  }

  async function append(line: string): Promise<void> {
    const { size } = await stat(path).catch(() => ({ size: 0 }));
    if (size > limit) {
      const last = (await turned()).at(-1)?.number ?? 0;
      await rename(path, join(folder, `${stem}.${last + 1}.jsonl`));
    }
    await store.append(line);
  }

  return {
    append(line) {
      const done = queue.then(() => append(line));
      queue = done.catch(() => {});
      return done;
    },
    async read() {
      await queue;
      const before = await Promise.all((await turned()).map(({ file }) => createLineStore(file).read()));
      return [...before.flat(), ...(await store.read())];
    },
  };
}
