import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { analyze } from '../core/gate/analysis/analyze';
import { createVirtualFacts } from '../core/gate/analysis/virtualFacts';
import { courses } from '../core/gate/course';
import { readPermissions } from '../core/gate/permissionsFile';
import { type Redecided, replay } from '../core/gate/replay';
import { loadRules } from '../core/gate/ruleExamples';
import { noRules, type RuleSet } from '../core/gate/rules';
import { english } from '../core/say';
import { nodeDigest } from '../node/nodeDigest';
import { visible } from './check';
import { recordsOf } from './logs';
import type { ReplayArguments } from './parseArguments';

interface Output {
  write(text: string): unknown;
}

const facts = createVirtualFacts(nodeDigest.sha256);

/** Decides recorded calls again and prints those whose course changes, with a summary. @returns the exit status. */
export async function runReplay(args: ReplayArguments, output: Output, errors: Output): Promise<number> {
  const rules = args.rules === undefined ? noRules : rulesOf(args.rules, errors);
  const decided = replay(await recordsOf(args.logs, errors), {
    rules,
    home: args.home ?? homedir(),
    ...(args.mode !== undefined && { mode: args.mode }),
    ...(args.workspace.length > 0 && { workspace: args.workspace }),
    analyze: (call, place) => analyze(call, place, facts),
  });
  if (args.json) for (const each of decided) output.write(`${JSON.stringify(inOneObject(each))}\n`);
  else output.write(describe(decided));
  return 0;
}

function rulesOf(path: string, errors: Output): RuleSet {
  const file = readPermissions(path, readFileSync(path, 'utf8'));
  const { problems, rules } = loadRules(file.entries, 'user file', (call, place) => analyze(call, place, facts));
  for (const said of [...file.problems, ...problems.map((problem) => problem.said)]) errors.write(`${english(said)}\n`);
  return rules;
}

function inOneObject({ now, reason, record, rule, was }: Redecided): object {
  const { at, cwd, mode, title, tool } = record;
  return { at, mode, tool, title, cwd, was, now, changed: was !== now, rule, reason };
}

function describe(decided: readonly Redecided[]): string {
  const changed = decided.filter(({ now, was }) => now !== was);
  const lines = changed.map(
    ({ now, reason, record, rule, was }) => `${record.at}  ${was} → ${now}  ${record.title}\n    ${rule}: ${reason}`,
  );
  const count = (of: 'was' | 'now'): string =>
    courses.map((course) => `${course} ${decided.filter((each) => each[of] === course).length}`).join(', ');
  lines.push(
    `${decided.length} calls, ${changed.length} of them decided otherwise`,
    `  recorded: ${count('was')}`,
    `  now:      ${count('now')}`,
  );
  return `${lines.map(visible).join('\n')}\n`;
}
