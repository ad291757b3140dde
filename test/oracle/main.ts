import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { listCommands } from './commandList';
import { type Result, runAll } from './run';
import { summarize } from './summary';

/** What to try. */
export interface Options {
  readonly root: string;
  readonly worker: string;
  readonly seed: number;
  readonly limit: number | undefined;
  /** Only commands that hold this text. */
  readonly only: string | undefined;
  readonly list: boolean;
}

/** Tries the commands and prints what came of it. @returns the exit code, and counts for the test script. */
export async function oracle({
  root,
  worker,
  seed,
  limit,
  only,
  list,
}: Options): Promise<{ passed: number; failed: number }> {
  const started = Date.now();
  const all = listCommands(root, seed).filter(({ command }) => only === undefined || command.includes(only));
  const commands = limit === undefined ? all : sample(all, limit);
  if (list) {
    for (const { command, from } of commands) console.log(`${from}\t${JSON.stringify(command)}`);
    return { passed: 0, failed: 0 };
  }
  const results = await runAll(commands, worker, Math.min(4, Math.max(2, availableParallelism())), (result, done) => {
    if (only !== undefined) console.log(JSON.stringify(result, undefined, 1));
    else if (done % 500 === 0) console.log(`  ${done} of ${commands.length}`);
  });
  const summary = summarize(results);
  const file = join(root, 'out', 'oracle.json');
  mkdirSync(dirname(file), { recursive: true });
  const seconds = Math.round((Date.now() - started) / 1000);
  writeFileSync(
    file,
    JSON.stringify(
      { seed, seconds, ...summary.counts, failures: results.filter(failed), slowest: slowest(results) },
      undefined,
      1,
    ),
  );
  for (const line of summary.lines) console.log(line);
  console.log(`in ${seconds} s; details in out/oracle.json`);
  return { passed: summary.counts.observed - summary.counts.observedFailing, failed: summary.counts.failing };
}

const slowest = (results: readonly Result[]) =>
  [...results]
    .sort((one, other) => other.milliseconds - one.milliseconds)
    .slice(0, 40)
    .map(({ command, milliseconds }) => ({ command, milliseconds }));

const failed = ({ failures, status }: Result) => failures.length > 0 || status === 'broken';

/** Spread evenly over the whole list. */
function sample<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, list.length / count);
  return Array.from({ length: Math.min(count, list.length) }, (_, index) => list[Math.floor(index * step)]).filter(
    (each) => each !== undefined,
  );
}
