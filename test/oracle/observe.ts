import { posix } from 'node:path';
import { networkOf } from './networkOf';
import { type Call, descriptorPath, parseTrace, stringOf, stringsOf } from './trace';
import { createWays, type Ways } from './ways';

/** A program that a process was started with. */
export interface Image {
  readonly file: string;
  readonly argv: readonly string[];
}

/** Something that a command did. */
export interface Observed {
  /** `list`: names of a folder; `touch`: mode, owner or dates of a file. */
  readonly kind:
    | 'read'
    | 'list'
    | 'write'
    | 'folder'
    | 'touch'
    | 'delete'
    | 'execute'
    | 'connect'
    | 'listen'
    | 'kill'
    | 'power';
  /** A path, an address, or what the call says. */
  readonly what: string;
  /** Programs of the process and of those that made it, the shell first. */
  readonly images: readonly Image[];
  readonly line: string;
}

/** Everything a command did, and the programs it looked for without finding them. */
export interface Observation {
  readonly observed: readonly Observed[];
  /** File names of programs that could not be started. */
  readonly missing: readonly string[];
  /** The shell was started at all. */
  readonly started: boolean;
}

interface Process {
  cwd: string;
  images: readonly Image[];
}

/** System calls that are traced. */
export const tracedCalls = [
  ...[
    'open',
    'openat',
    'openat2',
    'creat',
    'unlink',
    'unlinkat',
    'rename',
    'renameat',
    'renameat2',
    'mkdir',
    'mkdirat',
  ],
  ...[
    'rmdir',
    'link',
    'linkat',
    'symlink',
    'symlinkat',
    'truncate',
    'ftruncate',
    'mknod',
    'mknodat',
    'chmod',
    'fchmod',
  ],
  ...['fchmodat', 'chown', 'fchown', 'lchown', 'fchownat', 'utime', 'utimes', 'utimensat', 'futimesat', 'setxattr'],
  ...[
    'lsetxattr',
    'fsetxattr',
    'removexattr',
    'chdir',
    'fchdir',
    'clone',
    'clone3',
    'fork',
    'vfork',
    'execve',
    'execveat',
  ],
  ...[
    'connect',
    'bind',
    'listen',
    'sendto',
    'sendmsg',
    'kill',
    'tkill',
    'tgkill',
    'pidfd_send_signal',
    'ptrace',
    'mount',
    'umount2',
  ],
  ...['chroot', 'pivot_root', 'setuid', 'setgid', 'setreuid', 'setregid', 'setresuid', 'setresgid', 'io_uring_setup'],
  ...['process_vm_writev', 'init_module', 'finit_module', 'bpf', 'swapon', 'reboot', 'sethostname', 'unshare', 'setns'],
];

/**
 * What the command of a trace did, from the moment its shell was started.
 * @param text of `strace`, which also followed what set the sandbox up.
 * @param shell the first words of the command line of that shell.
 * @param links symbolic links that are there at the beginning, by absolute path.
 */
export function observe(
  text: string,
  shell: readonly string[],
  cwd: string,
  links: ReadonlyMap<string, string> = new Map(),
): Observation {
  const ways = createWays(links);
  const observed: Observed[] = [];
  const bound = new Map<string, string>();
  const missing = new Set<string>();
  const processes = new Map<number, Process>();
  const calls = parseTrace(text);
  const parents = new Map<number, Call>();
  for (const call of calls) if (makesProcess.test(call.name) && call.child) parents.set(call.child, call);

  /** A process may be seen before the call that made it has come back. */
  const processOf = (pid: number): Process | undefined => {
    const known = processes.get(pid);
    if (known) return known;
    const made = parents.get(pid);
    const parent = made && made.pid !== pid ? processes.get(made.pid) : undefined;
    if (!made || !parent) return undefined;
    const shared = made.args.some((arg) => arg.includes('CLONE_FS'));
    const child = shared ? parent : { ...parent };
    processes.set(pid, child);
    return child;
  };

  for (const call of calls) {
    if (call.name === 'execve' && processes.size === 0) {
      const argv = stringsOf(call.args[1]);
      if (call.error === undefined && shell.every((word, index) => argv[index] === word))
        processes.set(call.pid, { cwd, images: [{ file: stringOf(call.args[0]) ?? '', argv: argv.slice(0, 1) }] });
      continue;
    }
    const process = processOf(call.pid);
    if (!process) continue;
    if (makesProcess.test(call.name)) {
      if (call.child) processOf(call.child);
      continue;
    }
    if (call.name === 'execve' || call.name === 'execveat') {
      const at = call.name === 'execve' ? 0 : 1;
      const file = absolute(process, call, at, ways.found);
      if (file === undefined) continue;
      // A script without a first line that names its interpreter is run by the shell itself.
      if (call.error === undefined || call.error === 'ENOEXEC') {
        missing.delete(posix.basename(file));
        process.images = [...process.images, { file, argv: stringsOf(call.args[at + 1]) }];
        observed.push({ kind: 'execute', what: file, images: process.images, line: call.line });
      } else if (call.error === 'ENOENT') missing.add(posix.basename(file));
      continue;
    }
    for (const [kind, what] of effectsOf(call, process, ways, bound))
      observed.push({ kind, what, images: process.images, line: call.line });
  }
  return { observed, missing: [...missing], started: processes.size > 0 };
}

const makesProcess = /^(?:clone3?|v?fork)$/;

/** What was done, and to what. */
export type Found = readonly [Observed['kind'], string];

function effectsOf(call: Call, process: Process, ways: Ways, bound: Map<string, string>): readonly Found[] {
  const network = networkOf(call, bound);
  if (network) return network;
  if (call.error !== undefined) return [];
  const path = (index: number) => absolute(process, call, index, ways.itself);
  const found = (index: number) => absolute(process, call, index, ways.found);
  const one = (kind: Observed['kind'], what: string | undefined): readonly Found[] =>
    what === undefined ? [] : [[kind, what]];
  switch (call.name) {
    case 'chdir':
      process.cwd = found(0) ?? process.cwd;
      return [];
    case 'fchdir':
      process.cwd = descriptorPath(call.args[0]) ?? process.cwd;
      return [];
    case 'open':
      return opened(call, call.args[1] ?? '', found(0));
    case 'openat':
    case 'openat2':
      return opened(call, call.args[2] ?? '', found(1));
    case 'creat':
      return one('write', call.path ?? found(0));
    case 'unlink':
    case 'rmdir':
      return one('delete', path(0));
    case 'unlinkat':
      return one('delete', path(1));
    case 'rename':
      return [...one('delete', path(0)), ...one('write', path(1))];
    case 'renameat':
    case 'renameat2':
      return [...one('delete', path(1)), ...one('write', path(3))];
    case 'mkdir':
      return one('folder', path(0));
    case 'mkdirat':
      return one('folder', path(1));
    case 'link':
      return one('write', path(1));
    case 'symlink':
    case 'symlinkat': {
      const at = path(call.name === 'symlink' ? 1 : 2);
      const target = stringOf(call.args[0]);
      if (at !== undefined && target !== undefined) ways.link(at, target);
      return one('write', at);
    }
    case 'linkat':
      return one('write', path(3));
    case 'truncate':
      return one('write', found(0));
    case 'mknod':
      return one('write', path(0));
    case 'mknodat':
      return one('write', path(1));
    case 'ftruncate':
      return one('write', descriptorPath(call.args[0]));
    case 'lchown':
    case 'lsetxattr':
      return one('touch', path(0));
    case 'chmod':
    case 'chown':
    case 'utime':
    case 'utimes':
    case 'setxattr':
    case 'removexattr':
      return one('touch', found(0));
    case 'fchmodat':
    case 'fchownat':
    case 'utimensat':
    case 'futimesat':
      if (call.args[1] === 'NULL') return one('touch', descriptorPath(call.args[0]));
      return one('touch', call.args.some((arg) => arg.includes('AT_SYMLINK_NOFOLLOW')) ? path(1) : found(1));
    case 'fchmod':
    case 'fchown':
    case 'fsetxattr':
      return one('touch', descriptorPath(call.args[0]));
    case 'kill':
    case 'tkill':
    case 'tgkill':
    case 'pidfd_send_signal':
      return call.args.at(call.name === 'pidfd_send_signal' ? 1 : -1) === '0' ? [] : [['kill', call.args.join(' ')]];
    default:
      // Giving up rights that came with the program is not taking any.
      if (call.name.startsWith('set') && call.name.endsWith('id') && !call.args.includes('0')) return [];
      return [['power', call.name]];
  }
}

function opened(call: Call, flags: string, named: string | undefined): readonly Found[] {
  const what = call.path ?? named;
  if (what === undefined || flags.includes('O_PATH')) return [];
  const writes = /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE/.test(flags);
  if (writes)
    return flags.includes('O_RDWR') && !flags.includes('O_TRUNC')
      ? [
          ['read', what],
          ['write', what],
        ]
      : [['write', what]];
  return [[flags.includes('O_DIRECTORY') ? 'list' : 'read', what]];
}

/** The path at an index, against the descriptor before it or the working folder. */
function absolute(
  process: Process,
  call: Call,
  index: number,
  resolve: (base: string, text: string) => string,
): string | undefined {
  const text = stringOf(call.args[index]);
  if (text === undefined) return undefined;
  const base = index > 0 ? descriptorPath(call.args[index - 1]) : undefined;
  return text === '' ? base : resolve(base ?? process.cwd, text);
}
