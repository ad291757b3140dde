import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { familyOf } from './processFamily';

/** Milliseconds between asking processes to end and ending them. */
const graceMs = 2_000;
/** Rounds of SIGKILL, for what was started between two looks. */
const killRounds = 40;

/**
 * Ends a command with everything it started, as far as {@link familyOf} finds it: politely, and after two seconds for certain.
 * Resolves when all of it is gone, or cannot be ended. Never rejects.
 * @param pid of the shell, which leads its own process group. @param mark value of `GATEHOUSE_COMMAND` in its environment.
 */
export async function killTree(pid: number, mark: string): Promise<void> {
  if (process.platform === 'win32') return killWindows(pid);
  const asked = new Set<number>();
  for (let waited = 0; waited < graceMs; waited += 50) {
    const family = await familyOf(pid, mark);
    if (family.length === 0) return;
    for (const member of family) {
      if (!asked.has(member)) send(member, 'SIGTERM');
      asked.add(member);
    }
    await wait(50);
  }
  for (let round = 0; round < killRounds; round += 1) {
    const family = await familyOf(pid, mark);
    if (family.length === 0) return;
    for (const member of family) send(member, 'SIGKILL');
    await wait(25);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}

function killWindows(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const program = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    const killer = spawn(program, ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    killer.once('error', () => resolve());
    killer.once('close', () => resolve());
  });
}
