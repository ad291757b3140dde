import type { Span } from '../../../../effect';
import { textPiece } from '../../../shell/field';
import type { CodeText } from '../../code';
import { parentOf } from '../paths';
import type { Reading } from '../reading';
import { known, nothing, object, text, type Value } from '../value';
import { capabilityNamed } from './effects';
import { builtinNamed } from './modules';
import { isSpace, ruleOf } from './table';

const renamed: Readonly<Record<string, string>> = {
  globalThis: 'global',
  global: 'global',
  self: 'global',
  window: 'global',
  root: 'global',
  top: 'global',
  parent: 'global',
  frames: 'global',
  GLOBAL: 'global',
  require: 'require',
  module: 'module',
  exports: 'exports',
  process: 'process',
  console: 'console',
  Function: 'Function',
  WebAssembly: 'WebAssembly',
  Deno: 'Deno',
  Bun: 'Bun',
  navigator: 'navigator',
  XMLHttpRequest: 'XMLHttpRequest',
  jest: 'jest',
  vi: 'jest',
  vitest: 'jest',
  sinon: 'jest',
  performance: 'performance',
  Atomics: 'Atomics',
  crypto: 'crypto',
  Error: 'Error',
  AsyncFunction: 'Function.maker',
  GeneratorFunction: 'Function.maker',
};

/** What code that was added to a file most likely means by a name that it does not bring in. */
const customary: Readonly<Record<string, string>> = {
  fsp: 'fs',
  fse: 'fs',
  fsPromises: 'fs',
  promises: 'fs',
  cp: 'child_process',
  childProcess: 'child_process',
  exec: 'child_process.exec',
  execAsync: 'child_process.exec',
  execPromise: 'child_process.exec',
  spawn: 'child_process.spawn',
  execFile: 'child_process.execFile',
  execFileAsync: 'child_process.execFile',
  fork: 'child_process.fork',
  execa: 'execa',
  execaCommand: 'execa.execaCommand',
  shell: 'shelljs',
  shelljs: 'shelljs',
  rimraf: 'rimraf',
  rimrafSync: 'rimraf.sync',
  axios: 'lib:axios',
  got: 'lib:got',
  nodeFetch: 'lib:node-fetch',
  superagent: 'lib:superagent',
  request: 'lib:request',
  nodemailer: 'lib:nodemailer',
  mongoose: 'lib:mongoose',
  readFile: 'fs.readFile',
  writeFile: 'fs.writeFile',
  appendFile: 'fs.appendFile',
  unlink: 'fs.unlink',
  createRequire: 'Module.createRequire',
  vm: 'vm',
};

/** What a name stands for that the script does not bring in itself. */
export function globalValue(reading: Reading, name: string, _span: Span): Value {
  if (Object.hasOwn(renamed, name)) return known(renamed[name] ?? name);
  if (name === '__filename') return text(fileOf(reading));
  if (name === '__dirname') return text(folderOf(reading));
  if (name === 'undefined') return nothing;
  if (ruleOf(name) || isSpace(name))
    if (
      !/^(?:path|url|execa|zx|shelljs|fs|globs|rimraf|del|util|tmp|tempy|cluster|http|https|net|vi|XMLHttpRequest\(\))$/.test(
        name,
      )
    )
      return known(name);
  const builtin = builtinNamed(name);
  if (builtin) return builtin;
  if (reading.source.fragment && Object.hasOwn(customary, name)) return known(customary[name] ?? name);
  return capabilityNamed(name) ?? object(name);
}

/** The file of the code; code given inline stands in the folder of the process. */
export function fileOf({ source }: Reading): CodeText {
  return [textPiece(source.path ?? './[eval]')];
}

export function folderOf(reading: Reading): CodeText {
  return parentOf(fileOf(reading));
}
