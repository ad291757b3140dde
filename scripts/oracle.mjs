// npm run oracle: runs commands for real in a throw-away sandbox and checks that everything they did was predicted.
//   node scripts/oracle.mjs [--limit n] [--seed n] [--only text] [--list]
// Needs Linux with bubblewrap and strace; where they are not, it says so and does not fail.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { main } from './lib/problem.mjs';
import { root } from './lib/project.mjs';
import { run } from './lib/run.mjs';

/**
 * @param limit tries only so many, spread over the list
 * @param seed another one gives other combinations
 * @param only commands that hold this text, with everything found out about them
 * @returns how many commands were observed as predicted, and how many did something else
 */
export async function oracle({ limit, seed = 1, only, list = false } = {}) {
  if (!list) {
    const why = await lacking();
    if (why !== undefined) {
      console.log(`oracle: NOT RUN (${why})`);
      return { passed: 0, failed: 0, notRun: why };
    }
  }
  const outdir = join(root, 'out', 'oracle');
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
    entryPoints: ['main', 'worker'].map((name) => join(root, 'test', 'oracle', `${name}.ts`)),
    outdir,
    outExtension: { '.js': '.mjs' },
  });
  const bundle = await import(pathToFileURL(join(outdir, 'main.mjs')).href);
  return bundle.oracle({ root, worker: join(outdir, 'worker.mjs'), seed, limit, only, list });
}

/** What keeps it from running; tries to install what is missing where that is simple. */
async function lacking() {
  if (process.platform !== 'linux') return 'only on Linux';
  let missing = await absent();
  if (missing.length > 0 && process.getuid() === 0 && (await works('apt-get', '--version'))) {
    console.log(`Installing ${missing.join(' and ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = () =>
      run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { env, limitMs: 120_000 });
    if ((await install()).code !== 0) {
      await run('apt-get', ['update'], { env, limitMs: 120_000 });
      await install();
    }
    missing = await absent();
  }
  if (missing.length > 0) return `no ${missing.join(', no ')}`;
  // A container may have the programs and still not allow what they do: tried as it will be used.
  const inner = ['bwrap', '--ro-bind', '/', '/', '--proc', '/proc', '--unshare-net', '--unshare-pid', '--', 'true'];
  const outer = [
    '--ro-bind',
    '/',
    '/',
    '--dev-bind',
    '/dev',
    '/dev',
    '--proc',
    '/proc',
    '--tmpfs',
    '/tmp',
    '--unshare-pid',
    '--',
  ];
  const tried = await run('bwrap', [...outer, 'strace', '-f', '-qq', '--seccomp-bpf', '-o', '/tmp/trace', ...inner], {
    limitMs: 20_000,
  });
  return tried.code === 0
    ? undefined
    : `bubblewrap and strace do not work here: ${tried.output.trim().split('\n')[0] ?? ''}`;
}

async function absent() {
  const names = [];
  if (!(await works('bwrap', '--version'))) names.push('bubblewrap');
  if (!(await works('strace', '-V'))) names.push('strace');
  return names;
}

const works = async (...command) => (await run(command[0], command.slice(1), { limitMs: 20_000 })).code === 0;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { values } = parseArgs({
      options: {
        limit: { type: 'string' },
        seed: { type: 'string' },
        only: { type: 'string' },
        list: { type: 'boolean' },
      },
    });
    const { failed } = await oracle({
      ...values,
      limit: values.limit === undefined ? undefined : Number(values.limit),
      seed: values.seed === undefined ? undefined : Number(values.seed),
    });
    return failed === 0 ? 0 : 1;
  });
}
