// The benchmark: how long a decision takes, how that grows, and how ours compares with others' on the same calls.
//   node bench/run.mjs [--calls file.jsonl] [--only compare|real|rules|classifier|keeping|sessions|growth|terminal] [--shape text] [--list]
// Installs what it compares with below bench/ (about 400 MB, once); without a registry it measures ours alone.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from '../scripts/lib/dependencies.mjs';
import { main } from '../scripts/lib/problem.mjs';
import { root } from '../scripts/lib/project.mjs';
import { npm, run } from '../scripts/lib/run.mjs';
import { readCalls } from './calls.mjs';
import { mappings } from './checkers.mjs';
import { compare } from './compare.mjs';

const bench = join(root, 'bench');
const ownCalls = join(bench, 'calls.jsonl');

/** Not below the folder for temporary files, where some checkers allow more. */
const world = join(root, 'out', 'bench', 'world');

const shown = ({ input }) => JSON.stringify(input.command ?? input);

await main(async () => {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: ownCalls },
      only: { type: 'string' },
      shape: { type: 'string' },
      list: { type: 'boolean' },
    },
  });
  const wanted = (part) => values.only === undefined || values.only === part;
  await installDependencies();
  const calls = readCalls(values.calls);
  const shell = calls.filter(({ tool }) => tool === 'Bash');
  const problems = [];
  if (wanted('compare')) {
    const names = await availableCheckers();
    const { text, missed, refused } = await compare(names, shell, world);
    console.log(`## Shell calls (${shell.length})\n\n${text}\n`);
    for (const name of names) console.log(`- ${name}: ${mappings[name]}`);
    if (values.list) for (const call of refused) console.log(`  safe, not allowed: ${call.id} ${shown(call)}`);
    if (values.list) for (const call of missed) console.log(`  dangerous, allowed: ${call.id} ${shown(call)}`);
    if (values.calls === ownCalls)
      for (const call of missed) problems.push(`allowed although dangerous: ${shown(call)}`);
    if (calls.length > shell.length) {
      const alone = await compare(names.slice(0, 1), calls, world);
      console.log(`\n## Calls of every tool (${calls.length})\n\n${alone.text}`);
    }
    console.log('');
  }
  if (wanted('real')) await printReal(shell);
  if (wanted('rules')) {
    const { measureRules } = await import('./rules.mjs');
    const rules = await measureRules(calls);
    console.log(`## Rules\n\n${rules.text}\n`);
    problems.push(...rules.problems);
  }
  if (wanted('classifier')) {
    const { measureClassifier } = await import('./classifier.mjs');
    const classifier = await measureClassifier(calls);
    console.log(`## The classifier over a session\n\n${classifier.text}\n`);
    problems.push(...classifier.problems);
  }
  if (wanted('keeping')) {
    const { measureKeeping } = await import('./keeping.mjs');
    const keeping = await measureKeeping();
    console.log(`## Keeping what calls change\n\n${keeping.text}\n`);
    problems.push(...keeping.problems);
  }
  if (wanted('sessions')) {
    const { measureSessions } = await import('./sessions.mjs');
    const sessions = await measureSessions();
    console.log(`## A long session\n\n${sessions.text}\n`);
    problems.push(...sessions.problems);
  }
  if (wanted('growth')) {
    const { measureGrowth } = await import('./growth.mjs');
    const growth = await measureGrowth(values.shape);
    console.log(`## Time by length\n\n${growth.text}\n`);
    problems.push(...growth.problems);
  }
  if (wanted('terminal')) {
    const { measureTerminal } = await import('./terminal.mjs');
    const terminal = await measureTerminal();
    console.log(`## The terminal program\n\n${terminal.text}\n`);
    problems.push(...terminal.problems);
  }
  for (const problem of problems) console.log(`✖ ${problem}`);
  return problems.length === 0 ? 0 : 1;
});

/** Ours, and the others where they are installed or can be. */
async function availableCheckers() {
  const [own, ...others] = Object.keys(mappings);
  rmSync(world, { recursive: true, force: true });
  const project = join(world, 'user', 'project');
  mkdirSync(project, { recursive: true });
  await run('git', ['init', '-q'], { cwd: project });
  if (existsSync(join(bench, 'node_modules', '.package-lock.json'))) return [own, ...others];
  console.log('Installing what is compared with below bench/ …');
  const { code, output } = await npm(['ci', '--ignore-scripts'], { cwd: bench });
  if (code === 0) return [own, ...others];
  console.log(`COMPARISON NOT RUN: it needs a package registry.\n${output}\n`);
  return [own];
}

async function printReal(shell) {
  const { makeProject, measureReal } = await import('./realFolder.mjs');
  const { round, table } = await import('./statistics.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'bench-project-'));
  try {
    makeProject(folder);
    const { p50, p90, p99, max, answers } = measureReal(folder, shell);
    const heads = [
      'in a real folder of 5,000 files',
      'p50 µs',
      'p90 µs',
      'p99 µs',
      'max µs',
      'allow',
      'unsure',
      'block',
    ];
    const row = ['this project', ...[p50, p90, p99, max].map(round), answers.allow, answers.unsure, answers.block];
    console.log(`## Real folder\n\n${table(heads, [row])}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
