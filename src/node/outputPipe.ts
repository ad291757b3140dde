import { spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Absolute, so that nothing on PATH is asked. */
const mkfifo = '/usr/bin/mkfifo';

export interface OutputPipe {
  /** Ends when the last holder of the write end is gone. */
  readonly reader: Readable & { unref(): unknown };
  /** To be passed as stdout and stderr, then closed with {@link OutputPipe.closeWriter}. */
  readonly writer: number;
  closeWriter(): void;
}

/**
 * One real pipe for stdout and stderr together. Node's own stdio pipes are sockets, one for each: on Linux a script that writes to
 * `/dev/stderr` then fails with ENXIO, and what went to two of them cannot be put back in order.
 * @param folder private folder that exists. @param id for a name that is free; the name is gone when this resolves.
 * @returns undefined where no such pipe can be made; Node's own do then.
 */
export async function openOutputPipe(folder: string, id: string): Promise<OutputPipe | undefined> {
  if (process.platform !== 'linux') return undefined;
  const path = join(folder, `.pipe-${id}`);
  if (!(await made(path))) return undefined;
  let reading: number | undefined;
  try {
    reading = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!fstatSync(reading).isFIFO()) throw new Error('another file took the place of the pipe');
    // By the descriptor, not by the name again; without O_NONBLOCK, because programs must wait when the pipe is full.
    const writer = openSync(`/proc/self/fd/${reading}`, constants.O_WRONLY);
    const reader = new Socket({ fd: reading, readable: true, writable: false });
    let held = true;
    return {
      reader,
      writer,
      closeWriter() {
        if (held) closeSync(writer);
        held = false;
      },
    };
  } catch {
    if (reading !== undefined) closeSync(reading);
    return undefined;
  } finally {
    remove(path);
  }
}

function made(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(mkfifo, ['-m', '600', '--', path], { stdio: 'ignore', env: {}, cwd: '/' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Nobody else knows the name; the folder goes with the session.
  }
}
