// The process of one checker: node bench/checkerProcess.mjs <name> <world>, started by checker.mjs.
import { loadChecker } from './checkers.mjs';

const [name, world] = process.argv.slice(2);
const { check, prepare } = await loadChecker(name, world);

process.on('message', async (calls) => {
  const answers = [];
  for (const call of calls) {
    const prepared = prepare(call);
    const started = performance.now();
    const answer = check(call, prepared);
    const verdict = answer instanceof Promise ? await answer : answer;
    answers.push({ verdict, time: (performance.now() - started) * 1000 });
  }
  process.send?.(answers);
});
process.on('disconnect', () => process.exit());
