import { say } from '../../../../../say';
import { clean, taintOf, unknownPiece } from '../../../shell/field';
import { attribute } from '../attributes';
import { argument, type Call, callOf, taintOfCall } from '../call';
import { setVariables } from '../environment';
import { callValue } from '../functions';
import { getItem } from '../items';
import { elementOf, itemsOf } from '../iterate';
import { libraryCall, shapesPaths } from '../library';
import type { Reading } from '../reading';
import { holdsEffect, release } from '../release';
import {
  calculates,
  deserializes,
  dynamic,
  each,
  effect,
  native,
  pure,
  type Rule,
  type Rules,
  unknownCall,
} from '../rule';
import { runText } from '../runText';
import {
  alternatives,
  constantText,
  constantTexts,
  describe,
  join,
  known,
  list,
  nothing,
  object,
  piecesOf,
  taintOfValue,
  text,
  type Value,
} from '../value';

/** Where modules are looked for: only below the folder of the process, or where the project is. */
const searches: Rule = effect((call, reading) => {
  const place = call.args.at(-1) ?? object('a folder');
  for (const one of alternatives(place)) {
    if (one.kind === 'known' && one.name === '__file__') continue;
    const pieces = piecesOf(one);
    const whole = constantText(text(pieces));
    if (whole === undefined || /^(?:\/|~|\.\.)|\/\.\./.test(whole)) reading.hand(pieces, call);
  }
  return nothing;
});

const runsTests: Rule = effect((call, reading) => {
  reading.run([[{ type: 'text', text: 'pytest' }]], call);
  return object('the result of tests');
});

const runsPytest: Rule = effect((call, reading) => {
  const given = argument(call, 0, 'args');
  const items = given?.kind === 'list' ? itemsOf(given) : given ? undefined : [];
  reading.run([[{ type: 'text', text: 'pytest' }], ...(items ? items.map(piecesOf) : [undefined])], call);
  return object('the result of tests');
});

/** `patch('os.getcwd', …)`, `monkeypatch.setattr`: what is put in its place is called by others. */
const patches: Rule = pure((call, reading) => {
  const [target, second, third] = call.args;
  let name = constantText(target);
  let replacement = second;
  if (target?.kind === 'known') {
    name = `${target.name}.${constantText(second) ?? '*'}`;
    replacement = third;
  }
  const changed =
    replacement !== undefined ||
    call.named.has('return_value') ||
    call.named.has('side_effect') ||
    call.named.has('new');
  if (
    name !== undefined &&
    changed &&
    shapesPaths(name) &&
    !/^(?:os\.path\.(?:exists|is\w+|get\w+)|builtins\.(?:open|print|input))$/.test(name)
  )
    reading.doubt('code.dynamic', say('the code replaces {0}', name), call);
  for (const value of [...call.args.slice(1), ...call.named.values()]) release(reading, value, call);
  return object('a patch');
});

const patchesDictionary: Rule = pure((call, reading) => {
  const [target, values] = call.args;
  const environment =
    (target?.kind === 'known' && target.name === 'os.environ') || constantText(target) === 'os.environ';
  if (environment) {
    if (values) setVariables(reading, values, call);
    for (const [name, value] of call.named)
      if (name !== 'clear' && name !== 'values')
        setVariables(reading, { kind: 'dict', entries: new Map([[name, value]]), rest: undefined }, call);
  } else if (target?.kind === 'known' || constantText(target) === 'sys.modules') {
    if (constantText(target) !== 'sys.modules' && target?.kind === 'known' && target.name !== 'sys.modules')
      reading.doubt('code.dynamic', say('the code replaces what {0} holds', describe(target ?? nothing)), call);
  } else for (const value of call.args) release(reading, value, call);
  return object('a patch');
});

const evaluates: Rule = effect((call, reading) => {
  for (const value of call.args)
    if (value.kind === 'function' || value.kind === 'bound') callValue(reading, value, callOf(call));
    else if (value.kind === 'text' || value.kind === 'any') runText(reading, value, 'exec', call);
    else if (holdsEffect(value)) callValue(reading, value, callOf(call));
  for (const [name, value] of call.named)
    if (/^(?:stmt|setup|statement)$/.test(name)) {
      if (value.kind === 'function' || value.kind === 'bound') callValue(reading, value, callOf(call));
      else runText(reading, value, 'exec', call);
    }
  return object('a measurement');
});

/** Libraries that evaluate the texts they get. */
const calculatesText: Rule = pure((call, reading, name) => {
  for (const value of [...call.args, ...call.named.values()])
    for (const one of alternatives(value)) {
      if (one.kind !== 'text') continue;
      const whole = constantText(one);
      if (
        whole === undefined
          ? taintOf(one.pieces).network
          : /__|\b(?:import|exec|eval|open|getattr|os|sys|subprocess|lambda\s*\()\s*[.(]|\bsystem\b|\bpopen\b/i.test(
              whole,
            )
      )
        reading.doubt('code.dynamic', say('{0} evaluates a text that is more than a formula', name), call);
    }
  return libraryCall(reading, name, call);
});

const imports: Rule = effect((call, reading) => {
  const name = argument(call, 0, 'name');
  const texts = constantTexts(name);
  if (!texts) return runText(reading, object('a computed name'), 'import', call);
  let value = runText(reading, name, 'import', call);
  // `import_module('a.b')` gives the inner one.
  const [only] = texts;
  if (only?.includes('.') && value.kind === 'known')
    for (const part of only.split('.').slice(1)) value = attribute(reading, value, part, call);
  return value;
});

export const systemRules: Rules = {
  ...each(
    'sys',
    'exit getsizeof getrefcount getrecursionlimit setrecursionlimit getdefaultencoding getfilesystemencoding exc_info intern gettrace getprofile is_finalizing getswitchinterval setswitchinterval call_tracing-no displayhook excepthook version_info flags audit getallocatedblocks exc_clear setdefaultencoding set_int_max_str_digits get_int_max_str_digits getwindowsversion exception',
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
      return object('a module');
    }),
  ),
  'sys.modules.keys': calculates,
  ...each('sys.argv', 'append extend insert pop copy', calculates),
  'importlib.import_module': imports,
  'importlib.__import__': imports,
  'importlib.reload': pure((call, reading) => {
    reading.flushAll();
    return call.args[0] ?? nothing;
  }),
  'importlib.invalidate_caches': calculates,
  ...each('importlib.util', 'find_spec', calculates),
  ...each('importlib.util', 'spec_from_file_location module_from_spec spec_from_loader LazyLoader', dynamic),
  ...each('importlib.machinery', 'SourceFileLoader ExtensionFileLoader SourcelessFileLoader', dynamic),
  ...each('pkgutil', 'iter_modules walk_packages find_loader', calculates),
  ...each('pkgutil', 'get_data resolve_name', dynamic),
  ...each('runpy', 'run_path run_module', dynamic),
  ...each('imp', 'load_source load_module load_compiled load_dynamic reload find_module new_module', dynamic),
  ...each('code', 'interact InteractiveConsole InteractiveInterpreter compile_command', dynamic),
  ...each('types', 'FunctionType LambdaType CodeType', dynamic),
  ...each('inspect', 'currentframe stack getouterframes getinnerframes trace getclosurevars', dynamic),
  ...each('gc', 'get_objects get_referrers get_referents', dynamic),
  'gc.collect': calculates,
  ...each(
    'pickle',
    'dumps PickleError PicklingError UnpicklingError HIGHEST_PROTOCOL DEFAULT_PROTOCOL Pickler',
    pure((call, reading, name) => {
      for (const value of call.args) release(reading, value, call);
      return object(`${name}()`, taintOfCall(call), 'text');
    }),
  ),
  'pickle.dump': pure((call, reading) => {
    for (const one of call.args[1] ? alternatives(call.args[1]) : [])
      if (one.kind === 'file') reading.put(one, [unknownPiece('pickled data', 'any', taintOfCall(call))]);
    return nothing;
  }),
  ...each(
    'pickle',
    'loads load Unpickler',
    effect((call, reading, name) => {
      // What this very script pickled is what it was.
      const [from] = call.args;
      if (from?.kind === 'object' && /^(?:pickle|cPickle)\.dumps\(\)$/.test(from.of))
        return object('unpickled data', taintOfValue(from));
      return deserializes.call(call, reading, name);
    }),
  ),
  ...each('cPickle', 'loads load Unpickler', deserializes),
  ...each('marshal', 'loads load dumps dump', deserializes),
  ...each('dill', 'loads load load_session', deserializes),
  ...each('cloudpickle', 'loads load', deserializes),
  ...each('joblib', 'load', deserializes),
  'numpy.load': effect((call, reading, name) => {
    const pickled = argument(call, 2, 'allow_pickle');
    return pickled ? deserializes.call(call, reading, name) : libraryCall(reading, name, call);
  }),
  'torch.hub.load': deserializes,
  ...each(
    'torch',
    'load',
    effect((call, reading, name) => {
      const safe = call.named.get('weights_only');
      return safe?.kind === 'object' && safe.of === 'True'
        ? libraryCall(reading, name, call)
        : deserializes.call(call, reading, name);
    }),
  ),
  ...each('jsonpickle', 'decode loads', deserializes),
  ...each('pandas', 'read_pickle', deserializes),
  ...each('pandas', 'eval', calculatesText),
  ...each(
    'yaml',
    'load load_all unsafe_load unsafe_load_all full_load full_load_all',
    effect((call, reading, name) => {
      const loader = argument(call, 1, 'Loader');
      if (loader && /(?:^|\.)C?(?:Safe|Base)Loader$/.test(describe(loader))) return object('data', taintOfCall(call));
      return deserializes.call(call, reading, name);
    }),
  ),
  ...each(
    'yaml',
    'safe_load safe_load_all safe_dump dump dump_all scan parse compose',
    pure((call, reading, name) => libraryCall(reading, name, call)),
  ),
  ...each('ctypes', 'CDLL cdll windll PyDLL WinDLL pythonapi cast memmove memset string_at POINTER byref', native),
  ...each('mmap', 'mmap', native),
  ...each('cffi', 'FFI', native),
  ...each('unittest', 'main TextTestRunner().run', runsTests),
  ...each('pytest', 'main', runsPytest),
  ...each('nose', 'main run runmodule', runsTests),
  ...each('unittest.mock', 'patch patch.object patch.multiple', patches),
  ...each('mock', 'patch patch.object patch.multiple', patches),
  ...each('unittest.mock', 'patch.dict', patchesDictionary),
  ...each('mock', 'patch.dict', patchesDictionary),
  ...each('timeit', 'timeit repeat Timer', evaluates),
  ...each('cProfile', 'run runctx', evaluates),
  ...each('profile', 'run runctx', evaluates),
  ...each('pdb', 'run runeval runcall', evaluates),
  ...each('pdb', 'set_trace post_mortem pm Pdb', calculates),
  ...each(
    'codecs',
    'decode encode',
    pure((call) => object('a decoded text', taintOfCall(call), 'text')),
  ),
  ...each(
    'codecs',
    'lookup getencoder getdecoder getreader getwriter getincrementaldecoder getincrementalencoder iterencode iterdecode escape_decode escape_encode BOM_UTF8 BOM_UTF16 BOM_LE BOM_BE utf_8_decode utf_8_encode register_error strict_errors',
    calculates,
  ),
  ...each('sympy', 'sympify S parse_expr lambdify', calculatesText),
  ...each('numexpr', 'evaluate', calculatesText),
  ...each('sympy.parsing.sympy_parser', 'parse_expr', calculatesText),
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
  ...each(
    'multiprocessing',
    'Process Pool Queue Manager Pipe Lock Value Array Event cpu_count current_process get_context set_start_method freeze_support Semaphore',
    pure((call, reading, name) => {
      started(call, reading);
      for (const [key, value] of call.named) if (key !== 'target' && key !== 'args') release(reading, value, call);
      for (const value of call.args) release(reading, value, call);
      return object(`${name}()`);
    }),
  ),
  ...each('distutils.version', 'LooseVersion StrictVersion', calculates),
  ...each('distutils.util', 'strtobool', calculates),
  ...each('distutils.spawn', 'find_executable', calculates),
  ...each('readline', 'parse_and_bind set_completer', calculates),
  ...each(
    'django.core.management',
    'call_command',
    effect((call, reading, name) => {
      const command = constantText(call.args[0]);
      const [given] = call.args;
      const unknown =
        command === undefined &&
        !(given?.kind === 'instance' || given?.kind === 'class' || (given?.kind === 'object' && given.as === 'any'));
      if (unknown || /^(?:runserver|testserver|shell|dbshell|runscript)$/.test(command ?? ''))
        reading.doubt('code.unknown-call', say('what {0} does is not known here', command ?? name), call);
      return libraryCall(reading, name, { ...call, args: call.args.slice(1) });
    }),
  ),
  ...each(
    'django.core.management',
    'execute_from_command_line',
    effect((call, reading) => {
      const [given] = call.args;
      const items = given && itemsOf(given);
      const command = constantText(items?.[1]);
      if (command === undefined || /^(?:runserver|testserver|shell|dbshell|runscript)$/.test(command))
        reading.doubt(
          'code.unknown-call',
          say('what {0} does is not known here', command ?? 'execute_from_command_line'),
          call,
        );
      return nothing;
    }),
  ),
};

function started(call: Call, reading: Reading): void {
  const target = call.named.get('target');
  const args = call.named.get('args');
  if (target) callTarget(reading, target, args, call);
}

function callTarget(reading: Reading, target: Value, args: Value | undefined, call: Call): void {
  const items = args && itemsOf(args);
  callValue(reading, target, {
    args: items ?? [],
    named: new Map(),
    more: args && !items ? object('arguments', taintOfValue(args)) : undefined,
    start: call.start,
    end: call.end,
  });
}

/** Functions that call what they are given. */
export const callingRules: Rules = {
  ...each(
    'threading',
    'Thread Timer',
    effect((call, reading) => {
      started(call, reading);
      const callee = call.args[1] ?? call.named.get('function');
      if (callee && callee !== nothing) callTarget(reading, callee, call.args[2] ?? call.named.get('args'), call);
      return object('a thread');
    }),
  ),
  ...each(
    'atexit',
    'register',
    effect((call, reading) => {
      const [callee, ...args] = call.args;
      if (callee) callValue(reading, callee, { ...call, args });
      return callee ?? nothing;
    }),
  ),
  ...each(
    'functools',
    'partial partialmethod',
    effect((call) => {
      const [callee, ...args] = call.args;
      return callee ? { kind: 'partial', callee, call: { ...call, args } } : object('a partial');
    }),
  ),
  'functools.reduce': effect((call, reading) => {
    const [callee, over, first] = call.args;
    if (!callee || !over) return nothing;
    const items = itemsOf(over);
    if (items && items.length <= 20) {
      let value = first ?? items[0] ?? nothing;
      for (const item of first ? items : items.slice(1)) value = callValue(reading, callee, callOf(call, value, item));
      return value;
    }
    return callValue(
      reading,
      callee,
      callOf(call, object('a value', taintOfValue(over)), object('an item', taintOfValue(over))),
    );
  }),
  'functools.wraps': pure((call) => ({
    kind: 'doing',
    what: 'functools.wraps()',
    run: (inner) => inner.args[0] ?? call.args[0] ?? nothing,
  })),
  ...each(
    'functools',
    'lru_cache',
    pure((call) =>
      call.args[0]?.kind === 'function'
        ? call.args[0]
        : { kind: 'doing', what: 'functools.lru_cache()', run: (inner) => inner.args[0] ?? nothing },
    ),
  ),
  ...each(
    'functools',
    'cache total_ordering singledispatch',
    pure((call) => call.args[0] ?? nothing),
  ),
  ...each(
    'contextlib',
    'contextmanager asynccontextmanager',
    pure((call) => call.args[0] ?? nothing),
  ),
  ...each(
    'contextlib',
    'closing nullcontext',
    pure((call) => call.args[0] ?? nothing),
  ),
  ...each(
    'contextlib',
    'suppress redirect_stdout redirect_stderr ExitStack AsyncExitStack',
    pure((call, reading) => {
      for (const value of call.args) release(reading, value, call);
      return object('a context');
    }),
  ),
  ...each(
    'dataclasses',
    'dataclass',
    pure((call) =>
      call.args[0]?.kind === 'class'
        ? call.args[0]
        : { kind: 'doing', what: 'dataclass()', run: (inner) => inner.args[0] ?? nothing },
    ),
  ),
  ...each(
    'typing',
    'cast',
    pure((call) => call.args[1] ?? nothing),
  ),
  ...each(
    'copy',
    'copy deepcopy',
    pure((call) => call.args[0] ?? nothing),
  ),
  'operator.attrgetter': pure((call) => ({
    kind: 'doing',
    what: 'attrgetter()',
    run: (inner, reading) => {
      const [of] = inner.args;
      const name = constantText(call.args[0]);
      if (!of) return nothing;
      if (name === undefined) {
        reading.doubt('code.dynamic', say('the code computes the name of an attribute'), call);
        return object('an attribute');
      }
      return name.split('.').reduce((value, part) => attribute(reading, value, part, call), of);
    },
  })),
  'operator.methodcaller': pure((call) => ({
    kind: 'doing',
    what: 'methodcaller()',
    run: (inner, reading) => {
      const [name, ...args] = call.args;
      const [of] = inner.args;
      const constant = constantText(name);
      if (!of) return nothing;
      if (constant === undefined) {
        reading.doubt('code.dynamic', say('the code computes the name of an attribute'), call);
        return object('a result');
      }
      return callValue(reading, attribute(reading, of, constant, call), { ...call, args });
    },
  })),
  'operator.itemgetter': pure((call) => ({
    kind: 'doing',
    what: 'itemgetter()',
    run: (inner, reading) =>
      inner.args[0] ? getItem(reading, inner.args[0], call.args.slice(0, 1), false, call) : nothing,
  })),
  'operator.call': effect((call, reading) => {
    const [callee, ...args] = call.args;
    return callee ? callValue(reading, callee, { ...call, args }) : nothing;
  }),
  ...each(
    'asyncio',
    'run get_event_loop new_event_loop gather wait_for create_task ensure_future sleep',
    pure((call) => call.args[0] ?? object('asyncio')),
  ),
  ...each(
    'asyncio',
    'to_thread',
    effect((call, reading) => {
      const [callee, ...args] = call.args;
      return callee ? callValue(reading, callee, { ...call, args }) : nothing;
    }),
  ),
  ...each(
    'itertools',
    'chain chain.from_iterable',
    pure((call, reading, name) => {
      let items = call.args.map((one) => elementOf(reading, one, call));
      if (name.endsWith('from_iterable')) items = items.map((one) => elementOf(reading, one, call));
      const any = object('an item', taintOfCall(call));
      return list(
        [],
        items.reduce<Value>((all, one) => join(all, one), any),
      );
    }),
  ),
  'collections.OrderedDict': pure((call, reading) => copyOf(call, reading)),
  'collections.deque': pure((call, reading) => copyOf(call, reading)),
  'collections.defaultdict': pure((call, reading) => {
    if (call.args[0]) release(reading, call.args[0], call);
    return { kind: 'dict', entries: new Map(), rest: object('an entry') };
  }),
  'collections.namedtuple': pure(() => ({
    kind: 'doing',
    what: 'namedtuple()',
    run: (inner, reading) => {
      for (const value of [...inner.args, ...inner.named.values()])
        if (holdsEffect(value)) release(reading, value, inner);
      return list([...inner.args, ...inner.named.values()], inner.more);
    },
  })),
};

function copyOf(call: Call, reading: Reading): Value {
  const [from] = call.args;
  if (!from) return list([]);
  if (from.kind === 'dict' || from.kind === 'list') return from;
  if (holdsEffect(from)) release(reading, from, call);
  return object('a collection', taintOfCall(call));
}

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
