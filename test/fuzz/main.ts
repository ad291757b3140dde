import { hasBash } from './bashSyntax';
import { readExamples } from './examples';
import { createProperties, type Tally } from './properties';

/** How long and from where. */
export interface Options {
  readonly root: string;
  /** The same seed and count try the same cases. */
  readonly seed: number;
  /** Cases of all properties together. */
  readonly count: number;
  /** An end by the clock. */
  readonly seconds: number | undefined;
  /** Only properties whose name holds this. */
  readonly only?: string | undefined;
}

/** What came of it. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** One entry for each property that does not hold, with the smallest counter-example that was found. */
  readonly problems: readonly string[];
}

/** Tries every property and says through `print` what came of each. */
export function fuzz({ root, seed, count, seconds, only }: Options, print: (line: string) => void): Outcome {
  const started = performance.now();
  const tally: Tally = { held: 0, stricter: 0, asked: 0 };
  const examples = readExamples(root);
  const all = createProperties(examples, tally, Math.ceil(count / 100));
  const properties = all.filter(({ name }) => only === undefined || name.includes(only));
  const shares = properties.reduce((sum, { share }) => sum + share, 0);
  const problems: string[] = [];
  let tried = 0;
  for (const { name, share, run } of properties) {
    const before = tally.held;
    const details = run({
      seed,
      numRuns: Math.max(1, Math.round((count * share) / shares)),
      ...(seconds !== undefined && { interruptAfterTimeLimit: (seconds * 1000 * share) / shares }),
    });
    tried += details.numRuns;
    print(`${details.failed ? '✖' : '✔'} ${name}: ${details.numRuns} cases, ${tally.held - before} checks`);
    if (!details.failed) continue;
    const why = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance);
    problems.push(`${name}\n${why}\nafter ${details.numShrinks} steps of shrinking: ${shown(details.counterexample)}`);
    print(`  ${problems.at(-1)?.replaceAll('\n', '\n  ')}`);
  }
  if (!hasBash) print('No Bash here: what it takes was NOT CHECKED.');
  print(
    `${examples.length} examples; ${tried} cases, ${tally.held} checks, Bash asked ${tally.asked} times, allowed and spelled otherwise ` +
      `not allowed ${tally.stricter} times; ${problems.length} properties fail; ${Math.round((performance.now() - started) / 100) / 10} s; seed ${seed}`,
  );
  return { passed: properties.length - problems.length, failed: problems.length, problems };
}

const shown = (example: unknown): string =>
  JSON.stringify(example, (_, value: unknown) => (typeof value === 'function' ? undefined : value));
