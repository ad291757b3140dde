import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LineStore } from '../core/ports';

/** Bytes that are looked at in one step for the end of the last whole line. */
const step = 65_536;

/**
 * An append-only file of lines, private to the user. Appends are written in order and synced. A line that a crash tore was never
 * acknowledged: it is left out when reading and cut off before the next append, so that it is never taken for a line.
 */
export function createLineStore(path: string): LineStore {
  let queue: Promise<void> = Promise.resolve();
  let mended = false;

  async function write(line: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, 'a+', 0o600);
    try {
      if (!mended) await cutTornLine(handle);
      await handle.appendFile(`${line}\n`);
      await handle.datasync();
      mended = true;
    } finally {
      await handle.close();
    }
  }

  return {
    append(line) {
      const done = queue.then(() => write(line.replaceAll('\n', ' ')));
      queue = done.catch(() => {
        mended = false;
      });
      return done;
    },
    async read() {
      await queue;
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? '' : Promise.reject(error),
      );
      return text
        .split('\n')
        .slice(0, -1)
        .filter((line) => line !== '');
    },
  };
}

async function cutTornLine(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(step);
  for (let end = size; end > 0; end -= step) {
    const start = Math.max(0, end - step);
    const { bytesRead } = await handle.read(bytes, 0, end - start, start);
    const at = bytes.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (at < 0) continue;
    if (start + at + 1 < size) await handle.truncate(start + at + 1);
    return;
  }
  if (size > 0) await handle.truncate(0);
}
