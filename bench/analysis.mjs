// How long one analysis takes, in process, without a file system: node bench/analysis.mjs
// Prints the median and the slowest of ordinary commands, and how time grows with the length of the input.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const outfile = join(tmpdir(), `analysis-bench-${process.pid}.mjs`);
await build({
  stdin: {
    contents: `export { analyze } from './src/core/gate/analysis/analyze';
export { createVirtualFacts } from './src/core/gate/analysis/virtualFacts';`,
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  ...{ bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' },
});
const { analyze, createVirtualFacts } = await import(pathToFileURL(outfile).href);
rmSync(outfile);

const facts = createVirtualFacts((text) => createHash('sha256').update(text).digest('hex'));
const place = {
  workspace: ['/home/me/ws'],
  cwd: '/home/me/ws',
  home: '/home/me',
  scratch: '/scratch',
  ours: [],
  user: 'me',
};
const micros = (command) => {
  const start = performance.now();
  const { answer } = analyze({ id: 'bench', tool: 'Bash', input: { command } }, place, facts);
  return { answer, micros: (performance.now() - start) * 1000 };
};

const ordinary = [
  'ls -la src',
  'git status --short && git diff --stat',
  'cat package.json | head -20',
  'grep -rn "TODO" src --include="*.ts" | wc -l',
  'cd src && find . -name "*.test.ts" -not -path "*/node_modules/*" | sort | head',
  "sed -n '10,40p' src/a.ts",
  'npm test -- --grep "parser"',
  'rm -rf build tmp',
  'for f in a b c; do echo "$f"; wc -l "$f.ts"; done',
  'if [ -f package.json ]; then jq .version package.json; else echo none; fi',
  "python3 - <<'EOF'\nprint(1)\nEOF",
  'curl -sS https://example.com/data.json | jq .name',
];
for (let round = 0; round < 500; round += 1) for (const command of ordinary) micros(command);
const times = [];
for (let round = 0; round < 500; round += 1) for (const command of ordinary) times.push(micros(command).micros);
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
console.log(`ordinary commands: median ${at(0.5)} µs, 99 % within ${at(0.99)} µs`);

for (const size of [10_000, 100_000, 1_000_000]) {
  const command = 'ls -la src; '.repeat(size / 12);
  const { answer, micros: time } = micros(command);
  console.log(`${size} characters: ${(time / 1000).toFixed(1)} ms, ${answer}`);
}
for (const [name, text] of [
  ['substitutions', `echo ${'$('.repeat(10_000)}id${')'.repeat(10_000)}`],
  ['subshells', `${'('.repeat(10_000)}ls${')'.repeat(10_000)}`],
  ['parameters', `echo "${'${x:-'.repeat(3_000)}y${'}'.repeat(3_000)}"`],
  ['braces', `echo ${'{a,'.repeat(3_000)}b${'}'.repeat(3_000)}`],
  ['loops', `${'for i in 1 2 3; do '.repeat(200)}ls${'; done'.repeat(200)}`],
  ['whiles', `${'while x=$y; do y=$x; '.repeat(100)}ls${'; done'.repeat(100)}`],
  ['functions', `${Array.from({ length: 100 }, (_, at) => `f${at}() { f${at + 1}; f${at + 1}; }; `).join('')} f0`],
  ['backticks', `echo ${'`echo '.repeat(2_000)}${'`'.repeat(2_000)}`],
  ['process substitutions', `cat ${'<('.repeat(3_000)}ls${')'.repeat(3_000)}`],
  ['quotes', `echo ${'"$(echo '.repeat(3_000)}${')"'.repeat(3_000)}`],
  ['evals', `${'eval '.repeat(3_000)}ls`],
  ['xargs', `echo a b c | ${'xargs -I{} '.repeat(2_000)}ls`],
]) {
  const { answer, micros: time } = micros(text);
  console.log(`nested ${name}: ${(time / 1000).toFixed(1)} ms, ${answer}`);
}
