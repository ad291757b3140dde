import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LineStore } from '../core/ports';

/**
 * An append-only file of lines, private to the user. Appends are written in order and synced. A line that a crash tore is left
 * out when reading, and closed off before the next append, so that it never runs into a good one.
 */
export function createLineStore(path: string): LineStore {
  let queue: Promise<void> = Promise.resolve();
  let mended = false;

  async function write(line: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, 'a+', 0o600);
    try {
      let before = '';
      if (!mended) {
        const { size } = await handle.stat();
        const last = Buffer.alloc(1);
        if (size > 0 && (await handle.read(last, 0, 1, size - 1)).bytesRead === 1 && last[0] !== 0x0a) before = '\n';
      }
      await handle.appendFile(`${before}${line}\n`);
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
