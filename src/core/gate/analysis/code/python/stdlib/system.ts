import { say } from '../../../../../say';
import { clean, unknownPiece } from '../../../shell/field';
import { argument, taintOfCall } from '../call';
import type { Reading } from '../reading';
import { release } from '../release';
import { calculates, dynamic, each, effect, native, pure, type Rule, type Rules, unknownCall } from '../rule';
import { runText } from '../runText';
import { searchIn } from '../searchPaths';
import { constantTexts, known, list, nothing, object, text, type Value } from '../value';

/** Where modules are looked for: only below the folder of the process, or where the project is. */
const searches: Rule = effect((call, reading) => {
  searchIn(reading, call.args.at(-1) ?? object('a folder'), call);
  return nothing;
});

export const systemRules: Rules = {
  ...each(
    'sys',
    'exit getsizeof getrefcount getrecursionlimit setrecursionlimit getdefaultencoding getfilesystemencoding exc_info intern gettrace getprofile is_finalizing getswitchinterval setswitchinterval displayhook excepthook version_info flags audit getallocatedblocks exc_clear setdefaultencoding set_int_max_str_digits get_int_max_str_digits getwindowsversion exception',
    calculates,
  ),
  'sys.exit': pure((call, reading) => {
    reading.print(taintOfCall(call));
    return nothing;
  }),
  ...each(
    'sys',
    'setprofile settrace',
    pure((call, reading) => {
      for (const value of call.args) release(reading, value, call);
      return nothing;
    }),
  ),
  ...each('sys', '_getframe _current_frames _current_exceptions addaudithook call_tracing breakpointhook', dynamic),
  ...each(
    'sys.stdout',
    'write writelines buffer',
    pure((call, reading) => {
      reading.print(taintOfCall(call));
      return nothing;
    }),
  ),
  ...each('sys.stdout', 'flush reconfigure isatty fileno', calculates),
  ...each(
    'sys.stderr',
    'write writelines',
    pure((call, reading) => {
      reading.print(taintOfCall(call));
      return nothing;
    }),
  ),
  ...each('sys.stderr', 'flush reconfigure isatty fileno', calculates),
  ...each(
    'sys.stdin',
    'read readline readlines',
    pure((_call, reading, name) => {
      const input = text([unknownPiece('the input', 'any', reading.source.stdin)]);
      return name.endsWith('readlines') ? list([], input) : input;
    }),
  ),
  ...each('sys.stdin', 'isatty fileno close reconfigure', calculates),
  ...each('sys.path', 'insert append extend', searches),
  ...each('sys.path', 'pop remove index count copy', calculates),
  ...each(
    'sys.modules',
    'get pop',
    effect((call, reading) => {
      const name = argument(call, 0);
      if (constantTexts(name)) return runText(reading, name, 'import', call);
      if (name?.kind !== 'object' || name.of !== '__name__')
        reading.doubt('code.dynamic', say('the code computes the name of a module'), call);
      return known('__main__');
    }),
  ),
  'sys.modules.keys': calculates,
  ...each('sys.argv', 'append extend insert pop copy', calculates),
  ...each('getpass', 'getuser', calculates),
  'getpass.getpass': unknownCall,
  ...each('pwd', 'getpwuid getpwnam', calculates),
  ...each('grp', 'getgrgid getgrnam', calculates),
  ...each('fcntl', 'flock lockf', calculates),
  ...each('fcntl', 'ioctl fcntl', native),
  ...each(
    'psutil',
    'cpu_percent cpu_count virtual_memory swap_memory disk_usage net_io_counters boot_time cpu_times process_iter pids pid_exists cpu_freq disk_partitions net_connections Process',
    pure((call, reading, name) => {
      void reading;
      return name.endsWith('Process') ? known('psutil.Process()') : object(`${name}()`, taintOfCall(call));
    }),
  ),
  ...each(
    'psutil.Process()',
    'kill terminate suspend send_signal',
    effect((_call, reading) => {
      reading.sink.kill('a process', reading.at(_call));
      return nothing;
    }),
  ),
  ...each(
    'psutil.Process()',
    'memory_info cpu_percent name pid status as_dict num_threads open_files memory_percent cmdline',
    calculates,
  ),
  ...each(
    'signal',
    'raise_signal pthread_kill pidfd_send_signal',
    effect((call, reading) => {
      reading.sink.kill('a process', reading.at(call));
      return nothing;
    }),
  ),
  ...each('pyautogui', 'click typewrite press hotkey write screenshot', unknownCall),
  ...each('pynput.keyboard', 'Listener Controller', unknownCall),
  ...each('pynput.mouse', 'Listener Controller', unknownCall),
  ...each('keyboard', 'write send press on_press hook record', unknownCall),
  ...each('mss', 'mss', unknownCall),
  ...each('PIL.ImageGrab', 'grab grabclipboard', unknownCall),
  ...each('browser_cookie3', 'chrome firefox load', unknownCall),
  ...each('distutils.version', 'LooseVersion StrictVersion', calculates),
  ...each('distutils.util', 'strtobool', calculates),
  ...each('distutils.spawn', 'find_executable', calculates),
  ...each('readline', 'parse_and_bind set_completer', calculates),
};

export const systemValues: Readonly<Record<string, (reading: Reading) => Value>> = {
  'sys.argv': () => known('sys.argv'),
  'sys.modules': () => known('sys.modules'),
  'sys.stdin': () => known('sys.stdin'),
  'sys.stdout': () => known('sys.stdout'),
  'sys.stderr': () => known('sys.stderr'),
  'sys.__stdout__': () => known('sys.stdout'),
  'sys.__stderr__': () => known('sys.stderr'),
  'sys.stdin.buffer': () => known('sys.stdin'),
  'sys.stdout.buffer': () => known('sys.stdout'),
  'sys.stderr.buffer': () => known('sys.stderr'),
  'sys.path': () => known('sys.path'),
  'sys.executable': () => text([{ type: 'text', text: 'python3' }]),
  ...Object.fromEntries(
    'version version_info platform maxsize maxunicode byteorder prefix base_prefix exec_prefix implementation hexversion api_version copyright float_info int_info hash_info builtin_module_names stdlib_module_names dont_write_bytecode warnoptions abiflags thread_info getwindowsversion ps1 ps2 tracebacklimit last_value last_type last_traceback orig_argv flags stdout.encoding stdin.encoding pycache_prefix path.copy stdout.closed'
      .split(' ')
      .map((name) => [`sys.${name}`, () => object(`sys.${name}`, clean)]),
  ),
};
