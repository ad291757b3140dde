import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { type Call, allArguments, taintOfCall } from './call';
import { escape } from './escape';
import { handOver } from './handing';
import type { Reading } from './reading';
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
      if (!module.includes('(') && !/^[A-Z]/.test(module.slice(module.lastIndexOf('.') + 1))) thirdModules.add(module);
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
  extractall load_module exec_module dup2 interact runcode runsource create_connection open_connection start_server serve_forever
  storbinary storlines retrbinary import_module __import__ rename upload_file upload_fileobj put_object`.split(/\s+/),
);

export function isRiskyMethod(name: string): boolean {
  return risky.has(name);
}

/** What others take paths from: replacing it would make every path here wrong. */
export function shapesPaths(name: string): boolean {
  return /^(?:os\.path\b|posixpath|os\.(?:getcwd|fspath|sep|curdir|pardir|path|walk|listdir|scandir|chdir|getenv|environ)|tempfile\b|pathlib\b|glob\b|builtins\.(?:str|__import__|eval|exec|open|print|getattr|super|type|isinstance)$|sys\.(?:argv|modules|meta_path|path_hooks|path_importer_cache|excepthook-)|importlib|sys\.path$)/.test(
    name,
  );
}

export function hasEffect(name: string): boolean {
  const rule = rules.get(name);
  if (rule) return !rule.pure;
  if (values.has(name)) return name === 'os.environ';
  if (typed.has(name)) return false;
  const kind = kindOf(name);
  if (kind === undefined) return thirdModules.has(name);
  return kind === 'closed' && (isModule(name) ? isCapability(name) : true);
}

/** `of.name` where `of` is a known name. */
export function knownAttribute(reading: Reading, of: string, name: string, span: Span): Value {
  const full = `${of}.${name}`;
  const value = values.get(full);
  if (value) return value(reading, span);
  if (rules.has(full) || isModule(full) || thirdModules.has(full)) return known(full);
  if (name === '__dict__' && hasEffect(of)) {
    reading.doubt('code.dynamic', say('the code reaches into {0}', of), span);
    return object(full);
  }
  if (/^__\w+__$/.test(name)) return object(full);
  const plain = name.replace(/^_+/, '');
  if (isCapability(plain)) return known(plain);
  // What a known function gave is an object with a few known methods.
  if (of.includes('(')) return isRiskyMethod(name) ? { kind: 'method', of: object(of), name } : object(full);
  const kind = kindOf(full);
  if (kind === 'pure' || kind === 'handing') return known(full);
  if (kind === undefined) return isRiskyMethod(name) ? { kind: 'method', of: object(of), name } : object(full);
  reading.doubt('code.unknown-call', say('what {0} does is not known here', full), span);
  return object(full);
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
const looking = /^(?:inspect\.|unittest\.mock\.|functools\.(?:wraps|update_wrapper)$|typing\.|dis\.|traceback\.|pprint\.|copy\.|types\.)/;

/** Functions that give back a text made of the texts they get. */
const texts = /^(?:re\.|textwrap\.|html\.|inspect\.cleandoc|json\.dumps|string\.|pprint\.|difflib\.)/;

function callPure(reading: Reading, name: string, call: Call): Value {
  for (const value of allArguments(call)) if (!(looking.test(name) && value.kind === 'known')) escape(reading, value, call);
  const taint = taintOfCall(call);
  if (texts.test(name)) {
    const known = call.args.filter((value) => value.kind === 'text');
    if (known.length > 0 && known.some((value) => constantText(value) !== ''))
      return text(concat(...known.flatMap((value) => [piecesOf(object(name, taint, 'text')), piecesOf(value)]), piecesOf(object(name, taint, 'text'))));
    return object(`${name}()`, taint, name.startsWith('re.') ? 'any' : 'text');
  }
  return object(`${name}()`, taint);
}

/** A call into a library or a module of the project: in scope, but for what it is given. */
export function libraryCall(reading: Reading, name: string, call: Call): Value {
  for (const value of allArguments(call)) {
    escape(reading, value, call);
    handOver(reading, name, value, call);
  }
  const taint = taintOfCall(call);
  return object(`${name}()`, taint);
}

