// The benchmark: how long a decision takes, how that grows, and how ours compares with others' on the same calls.
//   node bench/run.mjs [--calls file.jsonl] [--only compare|real|growth] [--shape text] [--list]
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
import { compare } from './compare.mjs';

const bench = join(root, 'bench');

/** Not below the folder for temporary files, where some checkers allow more. */
const world = join(root, 'out', 'bench', 'world');

await main(async () => {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: join(bench, 'calls.jsonl') },
      only: { type: 'string' },
      shape: { type: 'string' },
      list: { type: 'boolean' },
    },
  });
  const wanted = (part) => values.only === undefined || values.only === part;
  await installDependencies();
  const { ours } = await import('./ours.mjs');
  const calls = readCalls(values.calls);
  const shell = calls.filter(({ tool }) => tool === 'Bash');
  const problems = [];
  if (wanted('compare')) {
    const others = await otherCheckers();
    const { text, missed, refused } = await compare([ours, ...others], shell);
    console.log(`## Shell calls (${shell.length} of ${values.calls})\n\n${text}\n`);
    for (const { name, mapping } of [ours, ...others]) console.log(`- ${name}: ${mapping}`);
    if (values.list)
      for (const call of refused) console.log(`  safe, not allowed: ${call.id} ${JSON.stringify(call.input.command)}`);
    if (values.list)
      for (const call of missed) console.log(`  dangerous, allowed: ${call.id} ${JSON.stringify(call.input.command)}`);
    if (values.calls === join(bench, 'calls.jsonl'))
      for (const call of missed) problems.push(`allowed although dangerous: ${JSON.stringify(call.input.command)}`);
    if (calls.length > shell.length) {
      const alone = await compare([ours], calls);
      console.log(`\n## Calls of every tool (${calls.length})\n\n${alone.text}`);
    }
    console.log('');
  }
  if (wanted('real')) await printReal(shell);
  if (wanted('growth')) {
    const { measureGrowth, measureNesting } = await import('./growth.mjs');
    const growth = measureGrowth(values.shape);
    const nesting = measureNesting();
    console.log(`## Time by length\n\n${growth.text}\n\n${nesting.text}\n`);
    problems.push(...growth.problems, ...nesting.problems);
  }
  for (const problem of problems) console.log(`✖ ${problem}`);
  return problems.length === 0 ? 0 : 1;
});

async function otherCheckers() {
  if (!existsSync(join(bench, 'node_modules', '.package-lock.json'))) {
    console.log('Installing what is compared with below bench/ …');
    const { code, output } = await npm(['ci', '--ignore-scripts'], { cwd: bench });
    if (code !== 0) {
      console.log(`COMPARISON NOT RUN: it needs a package registry.\n${output}\n`);
      return [];
    }
  }
  const { loadOthers } = await import('./others.mjs');
  const project = join(world, 'user', 'project');
  rmSync(world, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  mkdirSync(join(world, 'dev'), { recursive: true });
  await run('git', ['init', '-q'], { cwd: project });
  return loadOthers(world);
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
