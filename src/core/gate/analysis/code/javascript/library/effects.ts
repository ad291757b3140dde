import { known, type Value } from '../value';
import { ruleOf } from './table';

/** Modules and objects that hold what can have effects. */
const capabilities =
  /^(?:fs|child_process|net|tls|dgram|dns|vm|worker_threads|cluster|inspector|repl|v8|wasi|Module|execa|zx|shelljs|rimraf|del|globs|Deno|Bun|Reflect|require|native:.*)$/;
/** What may be handed around: what it does is seen where it is used, or belongs to the library. */
const harmless =
  /^(?:global|this|window|module|exports|module\.exports|process|console|process\.(?:env|argv|stdin|stdout|stderr)|Reflect|Promise|Array|Object|WebSocket|XMLHttpRequest|EventSource|Worker|fetch|path|__proto__|require\.main)$/;

/** Whether a known name must not get where it is called with anything. */
export function hasEffect(name: string): boolean {
  if (harmless.test(name) || name.startsWith('lib:')) return false;
  if (capabilities.test(name)) return true;
  const rule = ruleOf(name);
  if (rule) return rule.effect;
  const root = name.split('.', 1)[0] ?? '';
  return name !== root && capabilities.test(root) && !/^(?:worker_threads|v8|dns|Reflect)$/.test(root);
}

const ofFiles =
  /^(?:readFile|writeFile|appendFile|unlink|rmdir|rm|mkdir|rename|copyFile|cp|readdir|chmod|chown|symlink|link|truncate|open|mkdtemp|outputFile|outputJson|remove|copy|move|readJson|writeJson)Sync$/;
const ofProcesses = /^(?:exec|spawn|execFile)Sync$/;

/** Members that have one meaning wherever they turn up, whatever they are a member of. */
export function capabilityNamed(name: string): Value | undefined {
  if (name.endsWith('Sync')) {
    if (ofFiles.test(name)) return known(`fs.${name.slice(0, -4)}`);
    if (ofProcesses.test(name)) return known(`child_process.${name}`);
  }
  if (/^(?:_load|_linkedBinding|dlopen|mainModule|getBuiltinModule|createRequire)$/.test(name))
    return known(fullNames[name] ?? name);
  return undefined;
}

const fullNames: Readonly<Record<string, string>> = {
  _load: 'Module._load',
  createRequire: 'Module.createRequire',
  _linkedBinding: 'process._linkedBinding',
  dlopen: 'process.dlopen',
  mainModule: 'module',
  getBuiltinModule: 'process.getBuiltinModule',
};
