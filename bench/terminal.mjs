// What the terminal program costs: from its start to the first request, and over a session of eight requests against the scripted
// Messages API server on loopback. The figures of the other program are quoted: it is not run here.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/lib/project.mjs';
import { run } from '../scripts/lib/run.mjs';
import { quantiles, round, table } from './statistics.mjs';

/** Of the issue that asked for the program. */
const bounds = { firstMs: 150, wallMs: 350, cpuMs: 450, peakMb: 120, sentKb: 30 };
const quoted = { firstMs: undefined, wallMs: 740, cpuMs: 900, peakMb: 290, sentKb: 93 };
/** Runs before those that count: files in the cache of the system, the program's own cache written. */
const warmUps = 3;

/** Writes, at its end, what the process has used. */
const meter = `const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage();
  writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1000 }));
});`;

async function loadServer() {
  const outfile = join(root, 'out', 'bench', 'terminalServer.mjs');
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', outfile },
    packages: 'external',
    stdin: {
      contents: "export * from './src/node/scriptedApi/scriptedApi'; export * from './src/node/scriptedApi/script';",
      resolveDir: root,
      loader: 'ts',
    },
  });
  return import(pathToFileURL(outfile).href);
}

/** @returns a table, and what is out of bounds */
export async function measureTerminal(runs = 15) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-terminal-'));
  try {
    const built = await run(process.execPath, ['esbuild.config.mjs'], { cwd: root });
    if (built.code !== 0) throw new Error(built.output);
    const server = await loadServer();
    const project = join(folder, 'project');
    mkdirSync(project);
    for (const name of ['a.js', 'b.js', 'c.js'])
      writeFileSync(join(project, name), `// ${name}\nexport const value = ${name.length};\n`);
    writeFileSync(join(folder, 'meter.cjs'), meter);
    const measured = [];
    for (let at = 0; at < runs + warmUps; at += 1) {
      const one = await measureOne(server, folder, project);
      if (at >= warmUps) measured.push(one);
    }
    return report(measured);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOne({ message, startScriptedApi, text, toolUse }, folder, project) {
  let first;
  let bytes = 0;
  const steps = [
    [toolUse('Glob', { pattern: '*.js' })],
    [toolUse('Read', { file_path: join(project, 'a.js') })],
    [toolUse('Grep', { pattern: 'value', path: project })],
    [toolUse('Read', { file_path: join(project, 'b.js') }), toolUse('Read', { file_path: join(project, 'c.js') })],
    [toolUse('Bash', { command: 'wc -l a.js b.js', description: 'Count lines' })],
    [toolUse('Bash', { command: 'ls -la', description: 'List files' })],
    [toolUse('TodoWrite', { todos: [{ content: 'Look', status: 'completed', activeForm: 'Looking' }] })],
    [text('Three files, each with one value.')],
  ];
  const api = await startScriptedApi({
    apiKey: 'bench',
    script({ body, index }) {
      if (index === 0) {
        first = performance.now();
        bytes = Buffer.byteLength(JSON.stringify(body));
      }
      return message(...(steps[index] ?? [text('Nothing more.')]));
    },
  });
  const usage = join(folder, 'usage.json');
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      '--require',
      join(folder, 'meter.cjs'),
      join(root, 'dist', 'cli.js'),
      '-p',
      '--output-format',
      'json',
      'Look around',
    ],
    {
      cwd: project,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        ANTHROPIC_API_KEY: 'bench',
        ANTHROPIC_BASE_URL: api.baseURL,
        BENCH_USAGE: usage,
      },
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const wallMs = performance.now() - started;
  await api.dispose();
  if (code !== 0 || JSON.parse(output).num_turns !== steps.length) throw new Error(`exit ${code}: ${output}`);
  return { firstMs: first - started, wallMs, sentKb: bytes / 1000, ...JSON.parse(readFileSync(usage, 'utf8')) };
}

const labels = {
  firstMs: 'start to first request, ms',
  wallMs: 'eight requests, wall ms',
  cpuMs: 'eight requests, processor ms',
  peakMb: 'peak memory, MB',
  sentKb: 'first request, kB',
};

function report(measured) {
  const rows = [];
  const problems = [];
  for (const [key, bound] of Object.entries(bounds)) {
    const { p50, p90, max } = quantiles(measured.map((one) => one[key]));
    rows.push([labels[key], round(p50), round(p90), round(max), bound, quoted[key] ?? '–']);
    if (p50 >= bound) problems.push(`${labels[key]}: ${round(p50)} is not under ${bound}`);
  }
  const heads = ['the terminal program', 'p50', 'p90', 'max', 'bound', 'Claude Code 2.1.330, quoted'];
  const [load = 0] = loadavg();
  const busy = `Load ${load.toFixed(1)} on ${availableParallelism()} processors: wall times mean little when others are at work.`;
  return { text: `${table(heads, rows)}\n\n${busy}`, problems };
}
