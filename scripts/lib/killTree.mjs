import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Ends a process and everything below it, also what moved to a group of its own. Synchronous, so that it works at exit. */
export function killTree(pid) {
  if (process.platform === 'win32') {
    try {
      execFileSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    } catch {
      // It had ended already.
    }
    return;
  }
  for (const victim of [pid, ...descendants(pid)]) {
    try {
      process.kill(victim, 'SIGKILL');
    } catch {
      // It had ended already.
    }
  }
}

function descendants(pid) {
  const children = new Map();
  for (const [child, parent] of processes()) children.set(parent, [...(children.get(parent) ?? []), child]);
  const below = (parent) => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(pid);
}

/** Pairs of process and parent. A bare Linux machine may have no `ps`, so /proc is read there. */
function processes() {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        try {
          // The program's name is in brackets and may hold anything; the state and the parent follow it.
          const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\)\s/s, '')
            .split(' ');
          return [[Number(name), Number(parent)]];
        } catch {
          return [];
        }
      });
  }
  return execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
}
