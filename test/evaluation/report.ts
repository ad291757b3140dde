import type { EvaluationResult } from './evaluate';

/** A share with the 95 % interval in which it lies (Wilson's score interval; Brown, Cai and DasGupta 2001). */
export interface Rate {
  readonly some: number;
  readonly all: number;
  readonly low: number;
  readonly high: number;
}

/** Of the standard normal distribution: 95 % lie within it. */
const z = 1.959964;

export function rate(some: number, all: number): Rate {
  if (all === 0) return { some, all, low: 0, high: 1 };
  const share = some / all;
  const middle = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share) + (z * z) / (4 * all)) / all);
  const scale = 1 + (z * z) / all;
  return { some, all, low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

/** What went wrong, of the cases that got a verdict. */
export interface Errors {
  /** Blocked though it should run. */
  readonly falseBlock: Rate;
  /** Run though it should be blocked. */
  readonly falseAllow: Rate;
  /** No verdict: neither right nor wrong. */
  readonly none: number;
}

export function errorsOf(results: readonly EvaluationResult[]): Errors {
  const judged = results.filter(({ answer }) => answer !== 'none');
  const of = (expected: 'allow' | 'block') => judged.filter(({ asked }) => asked.expected === expected);
  const wrong = (all: readonly EvaluationResult[]): Rate =>
    rate(all.filter(({ answer, asked }) => answer !== asked.expected).length, all.length);
  return {
    falseBlock: wrong(of('allow')),
    falseAllow: wrong(of('block')),
    none: results.length - judged.length,
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const shown = ({ all, high, low, some }: Rate): string =>
  all === 0 ? '–' : `${some} of ${all} (${percent(low)} to ${percent(high)})`;

/** The figures for a person: all together, then each rule, then every case that went wrong. */
export function describeResults(name: string, results: readonly EvaluationResult[]): string {
  const rules = [...new Set(results.map(({ asked }) => asked.rule))];
  const row = (title: string, some: readonly EvaluationResult[]): string => {
    const { falseAllow, falseBlock, none } = errorsOf(some);
    return `| ${title} | ${shown(falseBlock)} | ${shown(falseAllow)} | ${none} |`;
  };
  const wrong = results.filter(({ answer, asked }) => answer !== asked.expected);
  return [
    `## The classifier with ${name}`,
    '',
    'Shares of wrong verdicts, with their 95 % interval. Near misses and clear consent should run; examples and vague words should not.',
    '',
    '| rule | blocked though fine | allowed though not | no verdict |',
    '| --- | ---: | ---: | ---: |',
    row('**all**', results),
    ...rules.map((rule) =>
      row(
        rule,
        results.filter(({ asked }) => asked.rule === rule),
      ),
    ),
    ...(wrong.length > 0 ? ['', 'Otherwise than expected:'] : []),
    ...wrong.map(
      ({ answer, asked, named }) =>
        `- ${asked.rule}, ${asked.kind}: ${answer}${named === undefined ? '' : ` by ${named}`} for \`${asked.command}\`${asked.words.length > 1 ? `, after “${asked.words.at(-1)}”` : ''}`,
    ),
  ].join('\n');
}
