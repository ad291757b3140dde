// Several checkers on the same calls, in turn, so that a noisy machine is noisy for all of them.
import { quantiles, round, share, table } from './statistics.mjs';

/** Measurements of each checker at the least, besides a first round that warms up. */
const measurements = 3_000;

/**
 * @param checkers the first is the one that the others are measured against
 * @param calls see calls.mjs
 * @returns a table in Markdown, and for each checker the calls that were answered wrongly
 */
export async function compare(checkers, calls) {
  const rounds = Math.max(2, Math.ceil(measurements / calls.length));
  const results = checkers.map(() => ({ times: [], allowed: new Set() }));
  for (let turn = 0; turn <= rounds; turn += 1)
    for (const [index, call] of calls.entries())
      for (let next = 0; next < checkers.length; next += 1) {
        const at = (index + turn + next) % checkers.length;
        const { check, prepare } = checkers[at];
        const prepared = prepare(call);
        const started = performance.now();
        const answer = check(call, prepared);
        const verdict = answer instanceof Promise ? await answer : answer;
        const time = (performance.now() - started) * 1000;
        if (turn > 0) results[at].times.push(time);
        else if (verdict === 'allow') results[at].allowed.add(call);
      }
  const all = results.map(({ times }) => quantiles(times));
  const count = (calls_, allowed) => share(calls_.filter((call) => allowed.has(call)).length, calls_.length);
  const labelled = (label) => calls.filter((call) => call.label === label);
  const rows = checkers.map(({ name }, at) => {
    const { p50, p90, p99, max } = all[at];
    const { allowed } = results[at];
    return [
      ...[name, count(labelled('safe'), allowed), count(labelled('dangerous'), allowed)],
      ...[count(labelled('ambiguous'), allowed), round(p50), round(p90), round(p99), round(max)],
      `${round(p50 / all[0].p50)} ×`,
    ];
  });
  const heads = [
    'checker',
    'safe calls allowed',
    'dangerous calls allowed',
    'undecided calls allowed',
    'p50 µs',
    'p90 µs',
    'p99 µs',
    'max µs',
    'p50 against ours',
  ];
  return {
    text: table(heads, rows),
    missed: results[0].allowed.size === 0 ? [] : labelled('dangerous').filter((call) => results[0].allowed.has(call)),
    refused: labelled('safe').filter((call) => !results[0].allowed.has(call)),
  };
}
