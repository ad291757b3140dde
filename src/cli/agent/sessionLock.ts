import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { say } from '../../core/say';
import { transcriptPath } from '../../node/sessionFiles';
import { Unusable } from './unusable';

/**
 * Takes a session for this process: two that write into one conversation would make it unreadable to the model.
 * @returns gives it back.
 */
export function lockSession(folder: string, id: string): () => void {
  const path = transcriptPath(folder, id).replace(/jsonl$/, 'lock');
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(readFileSync(path, 'utf8'));
      if (runs(pid))
        throw new Unusable(say('the session {0} is open in another program (process {1})', id.slice(0, 8), pid));
      clear(path, pid);
    }
  }
  throw new Unusable(say('the session {0} is being opened by another program', id.slice(0, 8)));
}

/** Takes away what a dead program has left, and nothing that another one has put there meanwhile. */
function clear(path: string, dead: number): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (Number(readFileSync(aside, 'utf8')) === dead) rmSync(aside, { force: true });
    else renameSync(aside, path);
  } catch (error) {
    // Another program was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function runs(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
