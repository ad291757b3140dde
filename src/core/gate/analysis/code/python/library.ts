import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { allArguments, type Call, taintOfCall } from './call';
import { handOver } from './handing';
import { callMethod } from './methods/method';
import type { Reading } from './reading';
import { release } from './release';
import type { Rule } from './rule';
import { rules, typed, values } from './stdlib/index';
import { isCapability, isModule, kindOf, type ModuleKind } from './stdlib/modules';
import { concat, constantText, known, object, piecesOf, text, type Value } from './value';

export function standardKind(name: string): ModuleKind | undefined {
  return kindOf(name);
}

/** Modules that have rules here: of the standard library or elsewhere. */
export function isKnownModule(name: string): boolean {
  return isModule(name) || thirdModules.has(name);
}

const thirdModules = new Set<string>();
for (const name of rules.keys()) {
  const top = name.split('.', 1)[0] ?? name;
  if (kindOf(top) === undefined)
    for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
      const module = name.slice(0, end);
      if (!module.includes('(')) thirdModules.add(module);
    }
}

/** Whether something of that name is described. */
export function isMember(name: string): boolean {
  return rules.has(name) || values.has(name);
}

/** Modules that do things, under the names they usually have. */
export function isCapabilityModule(name: string): boolean {
  return isCapability(name);
}

/** What a name of a larger text probably is. */
export const wellKnown: ReadonlyMap<string, string> = new Map([
  ['Path', 'pathlib.Path'],
  ['Popen', 'subprocess.Popen'],
  ['check_output', 'subprocess.check_output'],
  ['check_call', 'subprocess.check_call'],
  ['getoutput', 'subprocess.getoutput'],
  ['urlopen', 'urllib.request.urlopen'],
  ['urlretrieve', 'urllib.request.urlretrieve'],
  ['rmtree', 'shutil.rmtree'],
  ['import_module', 'importlib.import_module'],
  ['environ', 'os.environ'],
  ['system', 'os.system'],
  ['popen', 'os.popen'],
  ['requests', 'requests'],
  ['httpx', 'httpx'],
]);

const risky = new Set(
  `unlink rmdir rmtree removedirs write_text write_bytes symlink_to hardlink_to link_to chmod lchmod chown system popen popen2 popen3
  Popen spawn spawnl spawnv spawnve execv execve execvp execvpe execl execlp fork forkpty posix_spawn check_output check_call getoutput
  getstatusoutput kill terminate killpg send_signal exec_command invoke_shell sendall sendto sendmail send_message urlopen urlretrieve
  extractall load_extension enable_load_extension load_module exec_module create_module get_code find_module dup2 interact runcode runsource create_connection open_connection start_server serve_forever
  storbinary storlines retrbinary import_module __import__ rename upload_file upload_fileobj put_object`.split(/\s+/),
);

export function isRiskyMethod(name: string): boolean {
  return risky.has(name);
}

/** What others take paths from: replacing it would make every path here wrong. */
export function shapesPaths(name: string): boolean {
  return /^(?:os\.path\b|posixpath|os\.(?:getcwd|fspath|sep|curdir|pardir|path|walk|listdir|scandir|chdir|getenv|environ)|tempfile\b|pathlib\b|glob\b|builtins\.(?:str|__import__|eval|exec|open|print|getattr|super|type|isinstance)$|sys\.(?:argv|modules|meta_path|path_hooks|path_importer_cache)|importlib|sys\.path$)/.test(
    name,
  );
}

export function hasEffect(name: string): boolean {
  const rule = rules.get(name);
  if (rule) return !rule.pure;
  if (values.has(name)) return name === 'os.environ' || name === 'sys.modules';
  if (typed.has(name)) return false;
  const kind = kindOf(name);
  if (kind === undefined)
    return (
      thirdModules.has(name) &&
      !/^(?:numpy|pandas|sympy|torch|yaml|pytest|mock|numexpr|joblib|PIL|django|flask|sqlalchemy|nose|invoke|sh)\b/.test(
        name,
      )
    );
  return kind === 'closed' && (isModule(name) ? isCapability(name) : true);
}

/** `of.name` where `of` is a known name. */
export function knownAttribute(reading: Reading, of: string, name: string, span: Span): Value {
  const full = `${of}.${name}`;
  const value = values.get(full);
  if (value) return value(reading, span);
  if (rules.has(full) || isModule(full) || thirdModules.has(full)) return known(full);
  if (name === '__dict__' && (hasEffect(of) || of === '__main__')) {
    reading.doubt('code.dynamic', say('the code reaches into {0}', of), span);
    return object(full);
  }
  if (of.startsWith('builtins.') && rules.get(of)?.pure) return builtinMethod(of, name);
  if (of === '__main__') return reading.globals.ever.get(name) ?? object(full);
  if (/^__(?:call|get|wrapped|func)__$/.test(name)) return known(of);
  if (/^__\w+__$/.test(name)) return object(full);
  const plain = name.replace(/^_+/, '');
  if (isCapability(plain)) return known(plain);
  // What a known function gave is an object with a few known methods.
  if (of.includes('(')) return isRiskyMethod(name) ? { kind: 'method', of: object(of), name } : object(full);
  const kind = kindOf(full);
  if (kind === 'pure' && (runsText.has(full) || /(?:^|\.)_(?!_)\w+$/.test(name))) {
    reading.doubt('code.unknown-call', say('what {0} does is not known here', full), span);
    return object(full);
  }
  if (kind === 'pure' || kind === 'handing') return known(full);
  if (kind === undefined) return isRiskyMethod(name) ? { kind: 'method', of: object(of), name } : object(full);
  reading.doubt('code.unknown-call', say('what {0} does is not known here', full), span);
  return object(full);
}

/** Members of modules that otherwise only calculate: they run text as code, find functions by name, or open what they are told. */
const runsText = new Set(
  `timeit.main doctest.run_docstring_examples doctest.testmod doctest.testfile doctest.debug doctest.debug_src
  doctest.DocTestRunner doctest.DebugRunner doctest.DocTestSuite doctest.DocFileSuite doctest.testsource typing.get_type_hints
  typing.ForwardRef inspect.get_annotations multiprocessing.reduction multiprocessing.set_executable tracemalloc.Snapshot
  importlib.metadata.EntryPoint importlib.metadata.entry_points uu.decode uu.encode mimetypes.init mimetypes.MimeTypes
  mimetypes.read_mime_types asyncio.create_subprocess_exec asyncio.create_subprocess_shell`.split(/\s+/),
);

/** `str.lower`, `dict.fromkeys`, `object.__setattr__`: methods of built-in types. */
function builtinMethod(of: string, name: string): Value {
  const full = `${of}.${name}`;
  if (name === '__setattr__') return known('builtins.setattr');
  return {
    kind: 'doing',
    what: full,
    run: (call, reading) => {
      const [self, ...args] = call.args;
      // `str.join(a, b)` is `a.join(b)`.
      if (self && (self.kind === 'text' || self.kind === 'list' || self.kind === 'dict'))
        return callMethod(reading, self, name, { ...call, args });
      for (const value of allArguments(call)) release(reading, value, call);
      if (name === 'fromkeys') return { kind: 'dict', entries: new Map(), rest: call.args[1] ?? object(full) };
      return object(`${full}()`, taintOfCall(call), name === 'fromhex' ? 'text' : 'any');
    },
  };
}

export function callKnown(reading: Reading, name: string, call: Call): Value {
  const rule: Rule | undefined = rules.get(name);
  if (rule) return rule.call(call, reading, name);
  const kind = kindOf(name);
  if (kind === 'pure') return callPure(reading, name, call);
  if (kind === 'handing' || kind === undefined || name.includes('(')) return libraryCall(reading, name, call);
  reading.doubt('code.unknown-call', say('what {0} does is not known here', name), call);
  return object(name);
}

/** Functions that look at what they are given without calling it. */
const looking =
  /^(?:inspect\.(?:getsource|getsourcelines|getsourcefile|getfile|signature|getdoc|getfullargspec|getargspec|getmro|cleandoc|getcomments|is\w+)$|functools\.(?:wraps|update_wrapper)$|unittest\.mock\.create_autospec$|dis\.|traceback\.)/;

/** Functions that give back a text made of the texts they get. */
const texts = /^(?:re\.|textwrap\.|html\.|inspect\.cleandoc|json\.dumps|string\.|pprint\.|difflib\.)/;

function callPure(reading: Reading, name: string, call: Call): Value {
  for (const value of allArguments(call))
    if (!(value.kind === 'known' && (looking.test(name) || value === call.named.get('spec'))))
      release(reading, value, call);
  const taint = taintOfCall(call);
  if (texts.test(name)) {
    const known = call.args.filter((value) => value.kind === 'text');
    if (known.length > 0 && known.some((value) => constantText(value) !== ''))
      return text(
        concat(
          ...known.flatMap((value) => [piecesOf(object(name, taint, 'text')), piecesOf(value)]),
          piecesOf(object(name, taint, 'text')),
        ),
      );
    return object(`${name}()`, taint, name.startsWith('re.') ? 'any' : 'text');
  }
  return object(`${name}()`, taint, decoders.test(name) ? 'text' : 'any');
}

/** Functions that make a text of another that nobody reads in it any more. */
const decoders = /^(?:base64|binascii|zlib|struct|binhex|quopri|uu|html|random|secrets|uuid|hashlib)\./;

/** Functions of libraries that start programs, by what they are called. */
const starting =
  /(?:popen|subprocess|getoutput|check_(?:call|output)|(?:^|[._])(?:shell|spawn|exec_?(?:cmd|command|shell|program|process)|run_?(?:cmd|command|shell|process|program|subprocess)|sh|bash|system|launch_process))(?:\w*_wrapper)?$/;

/** A call into a library or a module of the project: in scope, but for what it is given. */
export function libraryCall(reading: Reading, name: string, call: Call): Value {
  if (starting.test(name) && call.args.some(({ kind }) => kind === 'text' || kind === 'list'))
    reading.doubt('code.unknown-call', say('{0} may start a program', name), call);
  for (const value of allArguments(call)) {
    release(reading, value, call);
    handOver(reading, name, value, call);
  }
  const taint = taintOfCall(call);
  return object(`${name}()`, taint);
}
