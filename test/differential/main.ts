import * as fc from 'fast-check';
import { CommandArbitrary, edits, grown, mutate, noise } from '../fuzz/arbitraries';
import { hasBash } from '../fuzz/bashSyntax';
import { readExamples } from '../fuzz/examples';
import { readScript } from '../fuzz/script';
import { createPick, spellings } from '../fuzz/spellings';
import { judgeShell } from '../fuzz/world';
import { askBash } from './askBash';
import { compare, type Disagreement, type Kind } from './compare';
import type { TreeSitter } from './names';

export interface Options {
  readonly root: string;
  readonly seed: number;
  /** Generated and mutated scripts, besides the examples. */
  readonly count: number;
  /** Undefined where it could not be installed. */
  readonly treeSitter: TreeSitter | undefined;
}

/** Disagreements of one kind that are listed in full; of what is allowed, all are. */
const listed = 12;

/** Compares the parsers and says through `print` where they disagree. @returns how many disagreements are allowed */
export async function differential(
  { root, seed, count, treeSitter }: Options,
  print: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
  const examples = readExamples(root);
  const scripts = [...new Set([...examples, ...generate(examples, seed, count)])];
  const answers = hasBash ? await askBash(scripts, 2) : [];
  const byKind = new Map<Kind, Disagreement[]>();
  const allowed: Disagreement[] = [];
  for (const [at, text] of scripts.entries()) {
    const found = compare(text, answers[at], treeSitter);
    if (!found) continue;
    byKind.set(found.kind, [...(byKind.get(found.kind) ?? []), found]);
    if (matters.has(found.kind) && judgeShell(text).answer === 'allow') allowed.push(found);
  }
  for (const [kind, all] of byKind) {
    print(`${kind}: ${all.length}`);
    for (const one of all.slice(0, listed)) print(`    ${describe(one)}`);
  }
  for (const one of allowed) print(`✖ allowed although ${one.kind}: ${describe(one)}`);
  const countOf = (kind: Kind): number => byKind.get(kind)?.length ?? 0;
  print(
    `${scripts.length} scripts (${examples.length} examples, seed ${seed}): ` +
      `${countOf('not a script to Bash')} taken by unbash and not by Bash, ${countOf('other commands')} with other commands, ` +
      `${allowed.length} of these allowed; ${countOf('not a script to unbash')} taken by Bash and not by unbash, ` +
      `${countOf('not a script to tree-sitter')} not by tree-sitter`,
  );
  return { passed: scripts.length - allowed.length, failed: allowed.length };
}

const matters: ReadonlySet<Kind> = new Set<Kind>(['not a script to Bash', 'other commands']);

const describe = ({ text, detail }: Disagreement): string => `${JSON.stringify(text)}${detail && ` (${detail})`}`;

/** Scripts that nobody wrote down: put together, spelled otherwise, broken, and noise. */
function generate(examples: readonly string[], seed: number, count: number): readonly string[] {
  const sample = <T>(arbitrary: fc.Arbitrary<T>, share: number): readonly T[] =>
    fc.sample(arbitrary, { seed, numRuns: Math.max(1, Math.round(count * share)) });
  const command = new CommandArbitrary(examples);
  const respelled = sample(fc.tuple(fc.constantFrom(...spellings), command, fc.nat()), 0.25);
  return [
    ...sample(grown, 0.2).map(({ text }) => text),
    ...respelled.flatMap(([{ rewrite }, text, choices]) => rewrite(readScript(text), createPick(choices)) ?? []),
    ...sample(fc.tuple(command, edits), 0.4).map(([text, changes]) => mutate(text, changes)),
    ...sample(noise, 0.15),
  ].filter((text) => !text.includes('\0'));
}
