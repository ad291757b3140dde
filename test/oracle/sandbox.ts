import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { tracedCalls } from './observe';
import { place, user } from './world';

/** How a run ended. */
export interface Run {
  readonly trace: string;
  readonly code: number | null;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** The words that the shell of a command is started with. */
export const shell = ['/usr/bin/bash', '--noprofile', '--norc', '-c'] as const;

const limitMs = 2_500;
const outputLimit = 20_000;

/**
 * Runs a command cut off from everything but the scratch world, and gives the trace of it.
 * @param store a folder of this process that the command cannot see.
 */
export function runTraced(command: string, store: string): Promise<Run> {
  const trace = join(store, 'trace');
  rmSync(trace, { force: true });
  const args = [
    ...[
      '-f',
      '-qq',
      '-y',
      '--seccomp-bpf',
      '--decode-pids=pidns',
      '-s',
      '300',
      '-e',
      `trace=${tracedCalls.map((name) => `?${name}`).join(',')}`,
    ],
    ...['-e', 'signal=none', '-o', trace, 'bwrap', ...sandbox(store), '--', ...lowered(), ...shell, command],
  ];
  return new Promise((resolve) => {
    const child = spawn('strace', args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' },
    });
    let stderr = '';
    let timedOut = false;
    // What the tracer has seen is written line by line, and everything in the sandbox ends with its parent.
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (stderr.length < outputLimit) stderr += chunk;
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({
        trace: existsSync(trace) ? readFileSync(trace, 'latin1') : '',
        code,
        stderr,
        timedOut,
      });
    });
  });
}

/** The words before a program that bound how many processes it makes and how large its files get; they hold for all it starts. */
export const limits = ['/usr/bin/prlimit', '--nproc=2000', '--fsize=100000000', '--core=0'] as const;

/** An ordinary user, where this process is the administrator. */
function lowered(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const ids = ['--reuid', String(user.id), '--regid', String(user.id), '--clear-groups'];
  return ['/usr/bin/setpriv', ...ids, '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all'];
}

function sandbox(store: string): readonly string[] {
  const passwd = join(store, 'passwd');
  const group = join(store, 'group');
  const hosts = join(store, 'hosts');
  writeFileSync(
    passwd,
    `root:x:0:0:root:/root:/bin/bash\n${user.name}:x:${user.id}:${user.id}::${place.home}:/bin/bash\n`,
  );
  // Libraries ask for the machine's own name when they start.
  writeFileSync(hosts, `127.0.0.1 localhost ${hostname()}\n`);
  writeFileSync(group, `root:x:0:\n${user.name}:x:${user.id}:\n`);
  return [
    ...['--unshare-pid', '--new-session', '--die-with-parent'],
    ...['--ro-bind', '/usr', '/usr', ...systemLinks(), '--ro-bind', '/etc', '/etc'],
    ...['--ro-bind', passwd, '/etc/passwd', '--ro-bind', group, '/etc/group', '--ro-bind', hosts, '/etc/hosts'],
    ...['--bind', '/home', '/home', '--bind', '/tmp', '/tmp', '--dev', '/dev', '--proc', '/proc'],
    ...(nodeFolder === undefined ? [] : ['--ro-bind', dirname(nodeFolder), '/opt/node']),
    ...[
      '--clearenv',
      '--setenv',
      'PATH',
      searchPath.join(':'),
      '--setenv',
      'HOME',
      place.home,
      '--setenv',
      'USER',
      user.name,
    ],
    ...[
      '--setenv',
      'TMPDIR',
      place.scratch ?? '/tmp',
      '--setenv',
      'LANG',
      'C.UTF-8',
      '--setenv',
      'TERM',
      'dumb',
      // Of itself it asks for a newer version of itself, and tries for long what there is no network for.
      '--setenv',
      'NPM_CONFIG_UPDATE_NOTIFIER',
      'false',
      '--setenv',
      'NPM_CONFIG_FETCH_RETRIES',
      '0',
      '--chdir',
      place.cwd,
    ],
  ];
}

/** Where Node is, unless it is one of the system's programs. */
const nodeFolder = /^\/usr\/(?:local\/)?s?bin\//.test(process.execPath) ? undefined : dirname(process.execPath);

/** Where programs are looked for in the sandbox. */
const searchPath: readonly string[] = [...(nodeFolder === undefined ? [] : ['/opt/node/bin']), '/usr/bin', '/bin'];

/** Whether a program is there for commands; those of the shell itself are not known here. */
export function isInstalled(program: string): boolean {
  return ['/usr/bin', '/bin', ...(nodeFolder === undefined ? [] : [nodeFolder])].some((folder) =>
    existsSync(join(folder, program)),
  );
}

/** `/bin` and its like are links on most systems, and folders on some. */
function systemLinks(): readonly string[] {
  return ['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => {
    if (!existsSync(`/${name}`)) return [];
    return existsSync(`/usr/${name}`)
      ? ['--symlink', `usr/${name}`, `/${name}`]
      : ['--ro-bind', `/${name}`, `/${name}`];
  });
}
