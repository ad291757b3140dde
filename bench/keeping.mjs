// What keeping costs before a call, and how long it takes to have everything back: our store beside a shadow git repository that
// commits the tree before each call, in one workspace, in one run.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/lib/project.mjs';
import { quantiles, round, table } from './statistics.mjs';

const outfile = join(root, 'out', 'bench', 'keeping.mjs');
const folders = 500;
const filesEach = 100;
const bytesEach = 6_000;
/** Calls of each kind, and files that a command changes. */
const calls = 20;
const changed = 20;

/** Bounds of the design. */
const bounds = { firstMs: 1_000, laterMs: 150, undoMs: 3_000, growth: 1.05 };

async function loadProject() {
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', outfile },
    packages: 'external',
    stdin: {
      contents: ['node/keeping', 'node/lineStore'].map((name) => `export * from './src/${name}';`).join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
  });
  return import(pathToFileURL(outfile).href);
}

/** Bytes that this process has read from files so far; undefined where the system does not say. */
function bytesRead() {
  try {
    return Number(/^rchar: (\d+)/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}

const pathOf = (index) => `m${Math.floor(index / filesEach)}/f${index % filesEach}.ts`;

/** Text of its own for each file and version, so that nothing is kept for two. */
function textOf(index, version) {
  const line = `export const value = '${index}.${version}';\n`;
  return (
    line + `${(index * 7919 + version * 104_729).toString(36)}\n`.repeat(bytesEach).slice(0, bytesEach - line.length)
  );
}

function makeWorkspace(ws, git) {
  for (let folder = 0; folder < folders; folder += 1) mkdirSync(join(ws, `m${folder}`), { recursive: true });
  for (let index = 0; index < folders * filesEach; index += 1) writeFileSync(join(ws, pathOf(index)), textOf(index, 0));
  if (!git) return;
  runGit(ws, 'init', '-q');
  runGit(ws, 'add', '-A');
  runGit(ws, 'commit', '-q', '--no-verify', '-m', 'first');
}

const runGit = (ws, ...words) =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.example', '-c', 'gc.auto=0', ...words], {
    cwd: ws,
    stdio: 'ignore',
  });

function sizeOf(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return 0;
  if (!info.isDirectory()) return info.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

async function timed(work) {
  const cpu = process.cpuUsage();
  const before = bytesRead();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { system, user } = process.cpuUsage(cpu);
  const after = bytesRead();
  return { result, ms, cpuMs: (system + user) / 1000, read: before === undefined ? undefined : after - before };
}

/** @returns a table, and what is out of bounds */
export async function measureKeeping() {
  const project = await loadProject();
  const problems = [];
  const texts = [];
  for (const git of [true, false]) {
    const { problems: found, rows } = await measureOne(project, git);
    const kind = git ? 'all committed' : 'no repository';
    texts.push(`### ${kind}\n\n${table(['', 'ours', 'bound', 'shadow git'], rows)}`);
    problems.push(...found.map((problem) => `${kind}: ${problem}`));
  }
  const head = `${folders * filesEach} files of ${bytesEach} bytes; ${calls} edits by name and ${calls} commands of which nobody knows what they change, ${changed} files each`;
  return { text: `${head}\n\n${texts.join('\n\n')}`, problems };
}

async function measureOne({ createKeeping, createLineStore }, git) {
  const parent = mkdtempSync(join(tmpdir(), 'bench-keeping-'));
  const ws = join(parent, 'ws');
  const ours = join(parent, 'ours');
  const lines = join(parent, 'undo.jsonl');
  mkdirSync(ws);
  try {
    makeWorkspace(ws, git);
    // Git takes a file that is as old as its index for one that may have changed.
    await new Promise((done) => setTimeout(done, 1_500));
    const open = () =>
      createKeeping({
        ...{ id: 'bench', folder: ours, lines: createLineStore(lines), roots: [ws] },
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      });
    const keeping = await open();
    let version = 0;
    let id = 0;
    let changedBytes = 0;

    async function call(paths, act) {
      id += 1;
      const name = `call-${id}`;
      const begin = await timed(() =>
        keeping.undo.begin(
          { id: name, title: name },
          paths?.map((path) => join(ws, path)),
        ),
      );
      act();
      const end = await timed(() => keeping.undo.end(begin.result));
      return { name, begin, end };
    }
    function change(count, from) {
      version += 1;
      for (let index = from; index < from + count; index += 1) {
        writeFileSync(join(ws, pathOf(index)), textOf(index, version));
        changedBytes += 2 * bytesEach;
      }
    }

    const first = await call(undefined, () => change(changed, 0));
    // What is still to be copied is copied beside; the session goes on once it has had the time.
    await waitUntil(() => keeping.undo.unkept().length === 0, 120_000);
    await new Promise((done) => setTimeout(done, 1_500));
    const baseline = sizeOf(ours) + sizeOf(lines);
    changedBytes = 0;
    const named = [];
    const anything = [];
    for (let round = 1; round <= calls; round += 1) {
      const at = round * 1_000;
      named.push(await call([pathOf(at)], () => change(1, at)));
      anything.push(await call(undefined, () => change(changed, at + 500)));
    }
    const grown = sizeOf(ours) + sizeOf(lines) - baseline;
    const kept = changedBytes;
    const gone = await call(undefined, () => {
      for (let index = 30_000; index < 31_000; index += 1) rmSync(join(ws, pathOf(index)));
    });
    const undo = await timed(() => keeping.undo.take([gone.name], 'undo'));
    const back = undo.result.done.length;
    await keeping.dispose();

    const shadow = shadowGit(parent, ws, () => change(changed, 40_000));
    const begins = [...named, ...anything].map(({ begin }) => begin.ms);
    const later = quantiles(begins).p50;
    const laterAny = quantiles(anything.map(({ begin }) => begin.ms));
    const after = quantiles(anything.map(({ end }) => end.ms));
    const cpu = quantiles(anything.map(({ begin }) => begin.cpuMs));
    const most = Math.max(...anything.map(({ begin }) => begin.read ?? 0));
    const growth = grown / kept;
    const rows = [
      ['before the first call, ms', round(first.begin.ms), String(bounds.firstMs), round(shadow.first)],
      ['before a later call, both kinds, median ms', round(later), String(bounds.laterMs), round(shadow.later)],
      ['before an edit by name, median ms', round(quantiles(named.map(({ begin }) => begin.ms)).p50), '', ''],
      ['before a command, ms: median, p99', `${round(laterAny.p50)}, ${round(laterAny.p99)}`, '', ''],
      ['after a command, median ms', round(after.p50), '', ''],
      ['processor time before a command, median ms', round(cpu.p50), '', ''],
      [
        'bytes read before a command, most (of all files together)',
        `${(most / 3e6).toFixed(2)} % of ${(folders * filesEach * bytesEach) / 1e6} MB`,
        '',
        '',
      ],
      ['undo of 1,000 deleted files, ms', round(undo.ms), String(bounds.undoMs), round(shadow.undo)],
      [
        'the store grows by, of the bytes changed',
        `${round(growth * 100)} %`,
        `${bounds.growth * 100} %`,
        `${round((shadow.grown / shadow.changed) * 100)} %`,
      ],
      ['the first snapshot takes, MB', round(baseline / 1e6), '', round(shadow.baseline / 1e6)],
    ];
    const problems = [
      ...(first.begin.ms > bounds.firstMs ? [`the first call waits ${round(first.begin.ms)} ms`] : []),
      ...(later > bounds.laterMs ? [`a later call waits ${round(later)} ms`] : []),
      ...(laterAny.p50 > bounds.laterMs ? [`a command waits ${round(laterAny.p50)} ms`] : []),
      ...(undo.ms > bounds.undoMs || back !== 1_000 ? [`${back} files came back in ${round(undo.ms)} ms`] : []),
      ...(growth > bounds.growth ? [`the store grows by ${round(growth * 100)} % of what changed`] : []),
    ];
    return { rows, problems };
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

/** The same with a second repository beside: what others do. */
function shadowGit(parent, ws, change) {
  const folder = join(parent, 'shadow');
  const words = [`--git-dir=${folder}`, `--work-tree=${ws}`];
  const commit = () => {
    const start = performance.now();
    runGit(ws, ...words, 'add', '-A');
    runGit(ws, ...words, 'commit', '-q', '--no-verify', '--allow-empty', '-m', 'x');
    return performance.now() - start;
  };
  runGit(ws, 'init', '-q', '--bare', folder);
  appendFileSync(join(folder, 'info', 'exclude'), '.git\n');
  const first = commit();
  const baseline = sizeOf(folder);
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    change();
    times.push(commit());
  }
  const grown = sizeOf(folder) - baseline;
  for (let index = 31_000; index < 32_000; index += 1) rmSync(join(ws, pathOf(index)));
  const start = performance.now();
  runGit(ws, ...words, 'checkout', '-f', 'HEAD', '--', '.');
  const undo = performance.now() - start;
  return { first, later: quantiles(times).p50, baseline, grown, changed: 5 * changed * bytesEach * 2, undo };
}

async function waitUntil(done, ms) {
  for (const end = Date.now() + ms; Date.now() < end && !done(); ) await new Promise((again) => setTimeout(again, 200));
}
