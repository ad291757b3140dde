// Our analysis in a folder with files and a history, with the facts that the editor's gate asks for.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRealJudge } from './ours.mjs';
import { quantiles } from './statistics.mjs';

const folders = 100;
const filesEach = 49;

/** Makes a project of five thousand files in an empty folder: committed, ignored, changed and new ones. */
export function makeProject(folder) {
  const write = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (let module = 0; module < folders; module += 1)
    for (let file = 0; file < filesEach; file += 1)
      write(`src/m${module}/f${file}.ts`, `export const value${file} = ${module * file};\n`.repeat(20));
  write(
    'package.json',
    JSON.stringify({ name: 'x', scripts: { test: 'mocha', build: 'tsc -p .', lint: 'eslint src' } }),
  );
  write('README.md', '# A project\n');
  write('Makefile', 'test:\n\tnpm test\n');
  write('app.py', 'import json\nprint(json.dumps({}))\n');
  write('.gitignore', 'dist/\nnode_modules/\n');
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.example', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '--no-verify', '-m', 'first');
  for (let file = 0; file < 90; file += 1) write(`dist/f${file}.js`, 'exports.x = 1;\n');
  write('src/m0/f0.ts', 'export const changed = 1;\n');
  write('notes.txt', 'new\n');
}

/** @returns p50, p90, p99 and the longest time in microseconds, over the shell calls, their workspace being that folder */
export function measureReal(folder, calls) {
  const judge = createRealJudge(folder);
  const commands = calls.map(({ input }) => input.command.replaceAll('/home/user/project', folder));
  const times = [];
  const answers = { allow: 0, unsure: 0, block: 0 };
  for (let turn = 0; turn <= Math.max(2, Math.ceil(3_000 / commands.length)); turn += 1)
    for (const command of commands) {
      const started = performance.now();
      const answer = judge(command);
      const time = (performance.now() - started) * 1000;
      if (turn === 0) answers[answer] += 1;
      else times.push(time);
    }
  return { ...quantiles(times), answers };
}
