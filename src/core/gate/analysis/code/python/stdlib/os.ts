import { say } from '../../../../../say';
import { clean, textPiece, unknownPiece } from '../../../shell/field';
import { argument, type Call, taintOfCall } from '../call';
import { setVariable, setVariables } from '../environment';
import { expandedHome } from '../methods/path';
import { globText, joinPaths, nameOfText, parentOfText } from '../pathTexts';
import { below, type Reading } from '../reading';
import { calculates, dynamic, each, effect, pure, type Rule, type Rules, unknownCall } from '../rule';
import {
  alternatives,
  constant,
  constantText,
  integer,
  join,
  known,
  list,
  nothing,
  object,
  piecesOf,
  taintOfValue,
  text,
  textsOf,
  type Value,
} from '../value';

const pathOf = (call: Call, index = 0, name = 'path'): Value => argument(call, index, name) ?? constant('.');

function eachPath(value: Value, change: (pieces: ReturnType<typeof piecesOf>) => ReturnType<typeof piecesOf>): Value {
  return textsOf(value)
    .map((pieces): Value => text(change(pieces)))
    .reduce((all, one) => join(all, one));
}

const looks: Rule = pure((call, reading, name) => {
  reading.look(pathOf(call), call);
  return object(`${name}()`);
});

/** `os.path` and its like. */
const pathRules: Rules = {
  'os.path.join': pure((call) => {
    let all: Value[] = [constant('')];
    for (const [index, part] of call.args.entries()) {
      const next: Value[] = [];
      for (const start of all)
        for (const one of alternatives(part))
          next.push(text(index === 0 ? piecesOf(one) : joinPaths(piecesOf(start), piecesOf(one))));
      all = next.slice(0, 12);
      if (next.length > 12) all = [object('a path', taintOfCall(call), 'text')];
    }
    if (call.more) all = all.map((one) => text(joinPaths(piecesOf(one), piecesOf(object('a path')))));
    return all.reduce((one, other) => join(one, other));
  }),
  ...each(
    'os.path',
    'abspath realpath normpath',
    pure((call) => eachPath(pathOf(call), (pieces) => (pieces.length === 0 ? [textPiece('.')] : pieces))),
  ),
  ...each(
    'os',
    'fspath fsencode fsdecode',
    pure((call) => eachPath(pathOf(call), (pieces) => pieces)),
  ),
  'os.path.normcase': pure((call) => eachPath(pathOf(call), (pieces) => pieces)),
  'os.path.dirname': pure((call) =>
    eachPath(pathOf(call), (pieces) =>
      parentOfText(pieces, pieces.length === 1 && pieces[0]?.type === 'text' && /^\.{1,2}$/.test(pieces[0].text)),
    ),
  ),
  'os.path.basename': pure((call) => eachPath(pathOf(call), nameOfText)),
  'os.path.split': pure((call) =>
    list([eachPath(pathOf(call), (pieces) => parentOfText(pieces, false)), eachPath(pathOf(call), nameOfText)]),
  ),
  'os.path.splitext': pure((call) => {
    const whole = constantText(pathOf(call));
    if (whole === undefined) {
      // What comes before the ending is known as far as the whole is.
      const [pieces] = textsOf(pathOf(call));
      const bounded = pieces?.includes(below) || pieces?.some(({ type }) => type === 'glob');
      return list([
        bounded && pieces ? text(pieces) : object('a path', undefined, 'text'),
        object('an ending', undefined, 'text'),
      ]);
    }
    const ending = /(?<=[^/])\.[^./]*$/.exec(whole)?.[0] ?? '';
    return list([constant(whole.slice(0, whole.length - ending.length)), constant(ending)]);
  }),
  'os.path.relpath': pure((call) => eachPath(pathOf(call), (pieces) => pieces)),
  'os.path.expanduser': pure((call, reading) =>
    eachPath(pathOf(call), (pieces) => expandedHome(pieces, reading.source.home)),
  ),
  'os.path.expandvars': pure((call, reading) => {
    const whole = constantText(pathOf(call));
    return whole?.includes('$') === false
      ? constant(whole)
      : object('a path', reading.environment(undefined, call), 'text');
  }),
  ...each(
    'os.path',
    'exists lexists isfile isdir islink ismount getsize getmtime getatime getctime samefile sameopenfile samestat isabs isreserved isjunction',
    looks,
  ),
  ...each('os.path', 'commonprefix commonpath splitdrive supports_unicode_filenames', calculates),
  ...each('os', 'stat lstat access statvfs readlink getxattr listxattr pathconf', looks),
};

function listing(call: Call, reading: Reading): Value {
  const of = argument(call, 0, 'path') ?? constant('.');
  reading.look(of, call);
  // Names that begin with a dot are among them, so that it is no pattern of a shell.
  return list([], text([below]));
}

function walk(call: Call, reading: Reading): Value {
  const top = argument(call, 0, 'top') ?? constant('.');
  reading.look(top, call, true);
  const files = list([], text([below]));
  return list([], list([eachPath(top, (pieces) => joinPaths(pieces, [below])), list([], text([below])), files]));
}

function moveTo(call: Call, reading: Reading): Value {
  const [from, to] = [argument(call, 0, 'src') ?? object('a file'), argument(call, 1, 'dst') ?? object('a file')];
  const taint = reading.read(from, call, false);
  reading.write(to, 'replace', [unknownPiece('a moved file', 'any', taint)], call);
  reading.remove(from, false, call);
  return to;
}

export const permissions: Rule = effect((call, reading) => {
  reading.doubt('command.permissions', say('the code changes permissions'), call);
  return nothing;
});

export const links: Rule = effect((call, reading) => {
  reading.doubt('command.links', say('the code makes a link'), call);
  return nothing;
});

const identity: Rule = effect((call, reading) => {
  reading.doubt('privilege.set-id', say('the code changes whose rights it has'), call);
  return nothing;
});

export const globbed: Rule = pure((call, reading) => {
  const root = argument(call, 99, 'root_dir');
  const pattern = argument(call, 0, 'pathname') ?? object('a pattern');
  const found = eachPath(pattern, (pieces) => {
    const globs = globText(pieces);
    return root ? joinPaths(piecesOf(root), globs) : globs;
  });
  reading.look(found, call);
  return list([], found);
});

export const osRules: Rules = {
  ...pathRules,
  'os.getcwd': pure(() => constant('.')),
  'os.getcwdu': pure(() => constant('.')),
  'os.getcwdb': pure(() => constant('.')),
  'os.listdir': pure(listing),
  'os.scandir': pure((call, reading) => {
    const of = argument(call, 0, 'path') ?? constant('.');
    reading.look(of, call);
    return list([], { kind: 'path', pieces: joinPaths(piecesOf(of), [below]) });
  }),
  'os.walk': pure(walk),
  'os.fwalk': pure(walk),
  'os.chdir': effect((call, reading) => {
    const to = constantText(argument(call, 0, 'path'));
    // Every relative path after it means something else.
    if (to !== '.' && to !== './') reading.doubt('code.unknown-call', say('the code goes to another folder'), call);
    return nothing;
  }),
  'os.fchdir': effect((call, reading) => {
    reading.doubt('code.unknown-call', say('the code goes to another folder'), call);
    return nothing;
  }),
  ...each(
    'os',
    'mkdir makedirs',
    effect((call, reading) => {
      reading.write(
        argument(call, 0, 'name') ?? argument(call, 0, 'path') ?? object('a folder'),
        'folder',
        undefined,
        call,
      );
      return nothing;
    }),
  ),
  ...each(
    'os',
    'remove unlink rmdir',
    effect((call, reading) => {
      reading.remove(pathOf(call), false, call);
      return nothing;
    }),
  ),
  'os.removedirs': effect((call, reading) => {
    reading.remove(pathOf(call, 0, 'name'), true, call);
    return nothing;
  }),
  ...each('os', 'rename renames replace', effect(moveTo)),
  'os.truncate': effect((call, reading) => {
    reading.write(pathOf(call), 'replace', [], call);
    return nothing;
  }),
  'os.utime': effect((call, reading) => {
    reading.write(pathOf(call), 'append', [], call);
    return nothing;
  }),
  ...each('os', 'chmod fchmod lchmod chown fchown lchown chflags lchflags umask setxattr removexattr', permissions),
  'os.umask': pure(() => integer),
  ...each('os', 'symlink link mkfifo mknod', links),
  ...each(
    'os',
    'setuid setgid seteuid setegid setreuid setregid setresuid setresgid setgroups initgroups chroot setns unshare',
    identity,
  ),
  'os.getenv': pure((call, reading) => {
    const value = object('a variable of the environment', reading.environment(argument(call, 0, 'key'), call), 'text');
    const otherwise = argument(call, 1, 'default');
    return otherwise ? join(value, otherwise) : value;
  }),
  'os.environ.get': pure((call, reading) => {
    const value = object('a variable of the environment', reading.environment(argument(call, 0, 'key'), call), 'text');
    const otherwise = argument(call, 1, 'default');
    return otherwise ? join(value, otherwise) : value;
  }),
  'os.environ.setdefault': effect((call, reading) => {
    setVariable(reading, call.args[0], call.args[1] ?? nothing, call);
    return call.args[1] ?? nothing;
  }),
  'os.putenv': effect((call, reading) => {
    setVariable(reading, call.args[0], call.args[1] ?? nothing, call);
    return nothing;
  }),
  'os.environ.pop': pure((call, reading) =>
    object('a variable of the environment', reading.environment(call.args[0], call), 'text'),
  ),
  'os.environ.update': effect((call, reading) => {
    for (const one of call.args) setVariables(reading, one, call);
    for (const [name, value] of call.named) setVariable(reading, constant(name), value, call);
    return nothing;
  }),
  'os.environ.copy': pure(() => known('os.environ.copy()')),
  'os.environ.copy().update': effect((call, reading) => {
    for (const one of call.args) setVariables(reading, one, call);
    for (const [name, value] of call.named) setVariable(reading, constant(name), value, call);
    return nothing;
  }),
  ...each(
    'os.environ',
    'items values',
    pure((call, reading) =>
      list([], list([object('a name'), object('a variable', reading.environment(undefined, call), 'text')])),
    ),
  ),
  'os.environ.keys': pure(() => list([], object('a name of a variable', clean, 'text'))),
  'os.unsetenv': pure(() => nothing),
  'os.open': effect((call, reading) => {
    // What the flags say is not worked out: it may be written, or only read.
    const reads = call.args.length < 2 || (call.args[1]?.kind === 'known' && call.args[1].name === 'os.O_RDONLY');
    return reading.open(pathOf(call), constant(reads ? 'r' : 'r+'), call);
  }),
  'os.fdopen': effect((call, reading) => {
    const fd = call.args[0] ?? object('a file');
    return fd.kind === 'file' ? fd : reading.open(fd, argument(call, 1, 'mode'), call);
  }),
  'os.read': pure((call, reading) => {
    const [fd] = call.args;
    return text([
      unknownPiece(
        'what is read',
        'any',
        fd ? (fd.kind === 'number' && fd.value === 0 ? reading.source.stdin : taintOfValue(fd)) : clean,
      ),
    ]);
  }),
  'os.write': effect((call, reading) => {
    const [fd, data] = call.args;
    if (fd?.kind === 'file' && data) reading.put(fd, piecesOf(data));
    else if (fd?.kind === 'number' && (fd.value === 1 || fd.value === 2)) reading.print(taintOfCall(call));
    else reading.doubt('paths.unknown', say('where the code writes is not known'), call);
    return integer;
  }),
  'os.close': effect((call, reading) => {
    const [fd] = call.args;
    if (fd?.kind === 'file') reading.flush(fd);
    return nothing;
  }),
  'os.dup2': effect((call, reading) => {
    reading.redirected = call;
    reading.checkReverseShell();
    if (reading.socket) reading.doubt('network.reach', say('the code binds a socket to its input and output'), call);
    return nothing;
  }),
  ...each(
    'os',
    'fsync fdatasync lseek isatty dup pipe pipe2 fstat ftruncate get_blocking set_blocking set_inheritable get_inheritable closerange sync',
    calculates,
  ),
  ...each(
    'os',
    'getpid getppid getuid geteuid getgid getegid getgroups getlogin uname cpu_count getloadavg times sysconf confstr urandom getrandom strerror get_terminal_size get_exec_path getpgid getpgrp getsid getpriority sched_getaffinity nice waitpid wait WEXITSTATUS WIFEXITED WIFSIGNALED WTERMSIG fspath ctermid ttyname umask times process_cpu_count device_encoding waitstatus_to_exitcode major minor sched_yield',
    calculates,
  ),
  'os._exit': calculates,
  'os.abort': calculates,
  ...each(
    'os',
    'pwrite writev pwritev sendfile copy_file_range splice memfd_create openpty login_tty posix_openpt grantpt unlockpt add_dll_directory pidfd_open eventfd eventfd_write lockf posix_fallocate tcsetpgrp setpgid setsid setpgrp setpriority plock prlimit',
    unknownCall,
  ),
  'os.path.walk': dynamic,
  'os.PathLike': calculates,
  'os.DirEntry': calculates,
  'os.error': calculates,
  ...each(
    'os',
    'kill killpg',
    effect((call, reading) => {
      reading.sink.kill('a process', reading.at(call));
      return nothing;
    }),
  ),
  ...each(
    'os',
    'fork forkpty',
    effect((call, reading, name) => {
      // One that is called again and again takes the machine down; one alone leaves a process behind that nobody sees.
      const again = reading.frames.length > 0 || reading.ways.depth > 0;
      reading.doubt(
        again ? 'critical.fork-bomb' : 'code.unknown-call',
        say('the code multiplies itself with {0}', name),
        call,
      );
      return integer;
    }),
  ),
};

/** Constants of `os` that are values. */
export const osValues: Readonly<Record<string, () => Value>> = {
  'os.environ': () => known('os.environ'),
  'os.environb': () => known('os.environ'),
  'os.sep': () => constant('/'),
  'os.linesep': () => constant('\n'),
  'os.pathsep': () => constant(':'),
  'os.curdir': () => constant('.'),
  'os.pardir': () => constant('..'),
  'os.extsep': () => constant('.'),
  'os.name': () => constant('posix'),
  'os.altsep': () => nothing,
  'os.devnull': () => constant('/dev/null'),
  'os.path.sep': () => constant('/'),
  'os.path.pardir': () => constant('..'),
  'os.path.curdir': () => constant('.'),
  'os.path.extsep': () => constant('.'),
  'os.path.pathsep': () => constant(':'),
  'os.path.altsep': () => nothing,
  ...Object.fromEntries(
    'O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_TRUNC O_APPEND O_NONBLOCK O_BINARY O_CLOEXEC F_OK R_OK W_OK X_OK SEEK_SET SEEK_CUR SEEK_END EX_OK EX_USAGE WNOHANG P_WAIT P_NOWAIT PRIO_PROCESS supports_follow_symlinks supports_fd supports_dir_fd supports_bytes_environ'
      .split(' ')
      .map((name) => [
        `os.${name}`,
        () => (name === 'O_RDONLY' ? known('os.O_RDONLY') : object(`os.${name}`, clean, 'integer')),
      ]),
  ),
};
