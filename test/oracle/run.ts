import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Listed } from './commandList';
import type { Outcome } from './examine';
import { limits } from './sandbox';

/** An outcome and where its command comes from. */
export type Result = Outcome & Pick<Listed, 'from'>;

/**
 * Examines commands in several workers, each of which has a world of its own.
 * @param worker the bundle of `worker.ts`.
 * @param onResult is told of each as it comes.
 */
export async function runAll(
  commands: readonly Listed[],
  worker: string,
  workers: number,
  onResult: (result: Result, done: number) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    const child = spawn('bwrap', [...apart(worker), ...limits, process.execPath, '/run/worker.mjs'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const gone = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('close', (code) => reject(new Error(`a worker of the oracle ended with code ${code}`)));
    });
    gone.catch(() => undefined);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (let listed = commands[next++]; listed; listed = commands[next++]) {
      child.stdin.write(`${JSON.stringify(listed.command)}\n`);
      const line = await Promise.race([lines.next(), gone]);
      if (line.done) throw new Error(`a worker of the oracle ended at: ${listed.command}`);
      const outcome: Outcome = JSON.parse(line.value);
      const result = { ...outcome, from: listed.from };
      results.push(result);
      onResult(result, results.length);
    }
    child.stdin.end();
  };
  await Promise.all(Array.from({ length: workers }, one));
  return results;
}

/** The machine as it is, read-only and without a network, but for folders of the worker's own. */
function apart(worker: string): readonly string[] {
  const node = dirname(dirname(process.execPath));
  // What lies in a folder that is put out of sight has to be shown again.
  const hidden = /^\/(?:home|tmp|run)\//.test(node) ? ['--ro-bind', node, node] : [];
  return [
    ...['--ro-bind', '/', '/', '--dev-bind', '/dev', '/dev', '--proc', '/proc', '--unshare-pid', '--die-with-parent'],
    // Making a network of its own takes long; commands have the worker's, in which there is nothing.
    ...['--unshare-net', '--unshare-ipc', '--unshare-uts', '--hostname', 'oracle'],
    ...[
      '--tmpfs',
      '/home',
      '--tmpfs',
      '/tmp',
      '--tmpfs',
      '/run',
      '--ro-bind',
      worker,
      '/run/worker.mjs',
      ...hidden,
      '--',
    ],
  ];
}
