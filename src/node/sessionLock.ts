import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod/mini';

/** A session is open in one window at a time. Held until it is released, or its process is gone. */
export interface SessionLock {
  release(): Promise<void>;
}

const beatMs = 5_000;
/** A holder that has not been heard of for so long is gone, even where its process cannot be asked about. Milliseconds. */
const silenceMs = 60_000;
/** Nobody needs longer to take away a stale lock. Milliseconds. */
const turnMs = 10_000;

const content = z.object({ pid: z.number(), host: z.string(), token: z.string() });
type Holder = z.infer<typeof content>;

/**
 * Takes the lock file at `path`.
 * @param onLost told when somebody has taken it away, which a window that was suspended for long finds when it wakes.
 * @returns undefined when another window holds it.
 */
export async function lockSession(path: string, onLost: () => void): Promise<SessionLock | undefined> {
  const mine: Holder = { pid: process.pid, host: hostname(), token: randomUUID() };
  const own = `${path}.${mine.token}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(own, JSON.stringify(mine), { mode: 0o600 });
  try {
    if (!(await take(own, path))) {
      if (!(await removeStale(path)) || !(await take(own, path))) return undefined;
    }
  } finally {
    await rm(own, { force: true });
  }

  const isMine = async (): Promise<boolean> => (await holderOf(path))?.token === mine.token;
  const beat = setInterval(async () => {
    if (await isMine()) return void utimes(path, new Date(), new Date()).catch(() => {});
    clearInterval(beat);
    onLost();
  }, beatMs);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      if (await isMine()) await rm(path, { force: true });
    },
  };
}

/**
 * Takes away a lock that nobody holds any more. One at a time: otherwise the second of two who find it stale would take away the
 * lock that the first has made since.
 * @returns false when somebody holds it, or is at this too.
 */
async function removeStale(path: string): Promise<boolean> {
  if (await isHeld(path)) return false;
  const turn = `${path}.turn`;
  try {
    await mkdir(turn);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Left by one that was killed in these few moments: the next try finds it gone.
    const since = (await stat(turn).catch(() => undefined))?.mtimeMs ?? Date.now();
    if (Date.now() - since > turnMs) await rmdir(turn).catch(() => {});
    return false;
  }
  try {
    if (await isHeld(path)) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rmdir(turn).catch(() => {});
  }
}

/** Whether another window has the session open. */
export async function isHeld(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return false;
  const holder = await holderOf(path);
  if (holder?.host === hostname() && !isRunning(holder.pid)) return false;
  return Date.now() - info.mtimeMs < silenceMs;
}

/** A link appears with its content or not at all. */
async function take(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return content.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
