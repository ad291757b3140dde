import type { Result } from './run';

/** What came of all commands, in numbers and in lines for people. */
export interface Summary {
  readonly counts: {
    readonly commands: number;
    readonly observed: number;
    /** Of the observed ones, those that ended with code 0. */
    readonly observedWell: number;
    readonly observedAllowed: number;
    readonly observedFailing: number;
    readonly timedOut: number;
    readonly missingProgram: number;
    readonly needsNetwork: number;
    readonly notRun: number;
    readonly broken: number;
    readonly failing: number;
    readonly failingAllowed: number;
  };
  readonly lines: readonly string[];
}

export function summarize(results: readonly Result[]): Summary {
  const count = (test: (result: Result) => boolean) => results.filter(test).length;
  const observed = ({ status }: Result) => status === 'observed';
  const fails = ({ failures, status }: Result) => failures.length > 0 || status === 'broken';
  const counts = {
    commands: results.length,
    observed: count(observed),
    observedWell: count((result) => observed(result) && result.code === 0),
    observedAllowed: count((result) => observed(result) && result.answer === 'allow'),
    observedFailing: count((result) => observed(result) && fails(result)),
    timedOut: count(({ timedOut }) => timedOut),
    missingProgram: count(({ status }) => status === 'missing program'),
    needsNetwork: count(({ status }) => status === 'needs network'),
    notRun: count(({ status }) => status === 'critical' || status === 'blocked'),
    broken: count(({ status }) => status === 'broken'),
    failing: count(fails),
    failingAllowed: count((result) => fails(result) && result.answer === 'allow'),
  };
  const lines = [
    ...describeFailures(results.filter(fails)),
    `oracle: ${counts.commands} different commands`,
    `  observed: ${counts.observed} (${counts.observedAllowed} of them allowed; ${counts.observedWell} ended with code 0, ${counts.timedOut} were stopped)`,
    `  not observed: ${counts.missingProgram} (a program is not here), ${counts.needsNetwork} (needs the network)`,
    `  not run: ${counts.notRun} (critical or blocked)`,
    `  failures: ${counts.failing} (${counts.failingAllowed} of them allowed)`,
  ];
  return { counts, lines };
}

/** Grouped by the program that did what was not predicted, the shortest command first. */
function describeFailures(failing: readonly Result[]): readonly string[] {
  const groups = new Map<string, Result[]>();
  for (const result of failing) {
    const [first] = result.failures;
    const key = first ? `${result.answer}: ${first.kind} by ${first.by.split(' > ').at(-1)}` : 'broken';
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, results]) => {
      const sorted = [...results].sort((one, other) => one.command.length - other.command.length);
      return [`✖ ${key} (${results.length})`, ...sorted.slice(0, 3).flatMap(describeResult)];
    });
}

function describeResult({ command, rule, failures, predicted, detail }: Result): readonly string[] {
  return [
    `    ${JSON.stringify(command).slice(0, 300)} (${rule})`,
    ...failures
      .slice(0, 3)
      .flatMap(({ kind, what, by, line }) => [`      ${kind} ${what} by ${by}`, `        ${line.slice(0, 200)}`]),
    ...(detail === '' ? [] : [`      ${detail}`]),
    `      predicted: ${predicted.slice(0, 8).join('; ') || 'nothing'}${predicted.length > 8 ? ' …' : ''}`,
  ];
}
