// Several checkers on the same calls, in turn, so that a noisy machine is noisy for all of them.
import { startChecker } from './checker.mjs';
import { quantiles, round, share, table } from './statistics.mjs';

/** Measurements of each checker at the least, besides a first round that warms up. */
const measurements = 3_000;
/** Calls that one checker answers before it is the next one's turn. */
const batch = 200;

/**
 * @param names of checkers; the first is the one that the others are measured against
 * @param calls see calls.mjs
 * @param world a real folder that stands for `/home`
 * @returns a table in Markdown, and of the first checker the dangerous calls that it allows and the safe ones that it does not
 */
export async function compare(names, calls, world) {
  const rounds = Math.max(2, Math.ceil(measurements / calls.length));
  const checkers = names.map((name) => ({ ...startChecker(name, world), times: [], allowed: new Set() }));
  try {
    for (let turn = 0; turn <= rounds; turn += 1)
      for (let from = 0; from < calls.length; from += batch)
        for (const { check, times, allowed } of checkers) {
          const some = calls.slice(from, from + batch);
          for (const [at, answer] of (await check(some)).entries()) {
            if (answer && turn > 0) times.push(answer.time);
            if (answer?.verdict === 'allow' && turn === 0) allowed.add(some[at]);
          }
        }
  } finally {
    for (const { stop } of checkers) stop();
  }
  const labelled = (label) => calls.filter((call) => call.label === label);
  const first = quantiles(checkers[0].times);
  const rows = checkers.map(({ name, times, allowed, stuck }) => {
    const { p50, p90, p99, max } = quantiles(times);
    const count = (label) => share(labelled(label).filter((call) => allowed.has(call)).length, labelled(label).length);
    const speed = [p50, p90, p99, max].map(round);
    const ratios = `${round(p50 / first.p50)}× / ${round(p99 / first.p99)}×`;
    return [name, count('safe'), count('dangerous'), count('ambiguous'), ...speed, ratios, stuck.size];
  });
  const [{ allowed }] = checkers;
  return {
    text: table([...heads], rows),
    missed: labelled('dangerous').filter((call) => allowed.has(call)),
    refused: labelled('safe').filter((call) => !allowed.has(call)),
  };
}

const heads = [
  ...['checker', 'safe calls allowed', 'dangerous calls allowed', 'undecided calls allowed'],
  ...['p50 µs', 'p90 µs', 'p99 µs', 'max µs', 'p50 / p99 against ours', 'no answer in 3 s'],
];
