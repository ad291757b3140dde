import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds between asking processes to end and ending them. */
const graceMs = 2_000;

/**
 * Ends a command with everything it started: its process group, and on Linux also processes that left the group but still carry
 * the command's mark in their environment. Resolves when they are gone or have been killed. Never rejects.
 * @param mark value of `GATEHOUSE_COMMAND` in the command's environment.
 */
export async function killTree(pid: number | undefined, mark: string): Promise<void> {
  if (pid === undefined) return;
  if (process.platform === 'win32') return killWindows(pid);
  signalAll(pid, mark, 'SIGTERM');
  for (let waited = 0; waited < graceMs; waited += 50) {
    if (!groupAlive(pid) && marked(mark).length === 0) return;
    await wait(50);
  }
  signalAll(pid, mark, 'SIGKILL');
}

function signalAll(pid: number, mark: string, signal: NodeJS.Signals): void {
  send(-pid, signal);
  for (const other of marked(mark)) send(other, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}

function groupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Processes that carry the mark; only Linux shows environments. */
function marked(mark: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return names('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    return environmentOf(name).includes(`GATEHOUSE_COMMAND=${mark}\0`) && !isZombie(name) ? [Number(name)] : [];
  });
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

function isZombie(pid: string): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true;
  }
}

function killWindows(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const killer = spawn('C:\\Windows\\System32\\taskkill.exe', ['/PID', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    killer.once('error', () => resolve());
    killer.once('close', () => resolve());
  });
}
