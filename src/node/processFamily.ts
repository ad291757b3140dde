import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

interface Row {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Carries the mark of the command in its environment; only Linux shows that. */
  readonly marked: boolean;
}

/**
 * The processes that a command started and that still run: its process group, those that carry its mark, and whatever descends from
 * one of these. A process that left the group, cleared its environment and lost its parents is not found.
 * @param pid of the command's shell. @param mark value of `GATEHOUSE_COMMAND` in its environment.
 * @returns process ids, without this process and without dead ones that nobody has collected. Empty on Windows.
 */
export async function familyOf(pid: number, mark: string): Promise<readonly number[]> {
  const rows = process.platform === 'linux' ? fromProc(mark) : process.platform === 'win32' ? [] : await fromPs();
  const found = new Set(rows.filter((row) => row.group === pid || row.marked).map((row) => row.pid));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const row of rows) if (found.has(row.parent)) found.add(row.pid);
  }
  found.delete(process.pid);
  return [...found];
}

function fromProc(mark: string): readonly Row[] {
  return read(() => readdirSync('/proc'), []).flatMap((name): Row[] => {
    if (!/^\d+$/.test(name)) return [];
    const stat = read(() => readFileSync(`/proc/${name}/stat`, 'latin1'), '');
    // The name of the program, in parentheses, may hold anything; what follows the last one is fixed.
    const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === undefined || parent === undefined || group === undefined || state === 'Z' || state === 'X') return [];
    const environment = read(() => readFileSync(`/proc/${name}/environ`, 'latin1'), '');
    const marked = `\0${environment}`.includes(`\0GATEHOUSE_COMMAND=${mark}\0`);
    return [{ pid: Number(name), parent: Number(parent), group: Number(group), marked }];
  });
}

function fromPs(): Promise<readonly Row[]> {
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-axo', 'pid=,ppid=,pgid=,stat='], { env: {}, maxBuffer: 10_000_000 }, (_error, output) => {
      const rows = output.split('\n').flatMap((line): Row[] => {
        const [pid, parent, group, state = ''] = line.trim().split(/\s+/);
        if (!pid || !parent || !group || state.startsWith('Z')) return [];
        return [{ pid: Number(pid), parent: Number(parent), group: Number(group), marked: false }];
      });
      resolve(rows);
    });
  });
}

/** Processes come and go while the list is read. */
function read<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
