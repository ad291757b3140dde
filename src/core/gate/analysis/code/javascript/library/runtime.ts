import { say } from '../../../../../say';
import { taintOf, textPiece, unknownPiece } from '../../../shell/field';
import type { CodeText } from '../../code';
import { allArguments, argument, argumentOr, type Call, callOf } from '../call';
import { evaluateText } from '../evaluateText';
import { callValue } from '../functions';
import { giveAway } from '../giveAway';
import { importModule } from '../imports';
import { joinPaths, nameOf, normal, parentOf, resolvePaths } from '../paths';
import { type Reading, taintOfAll, temporary } from '../reading';
import { taintOfValue } from '../taint';
import {
  alternatives,
  constant,
  constantText,
  known,
  list,
  nothing,
  object,
  piecesOf,
  text,
  textsOf,
  type Value,
} from '../value';
import { files } from './files';
import {
  calculated,
  deserializes,
  dynamic,
  each,
  effect,
  native,
  permissions,
  pure,
  type Rule,
  type Rules,
  unknownCall,
} from './rule';

const mostPaths = 40;

/** A function of paths, for each of the texts they may be. */
function ofPaths(make: (parts: readonly CodeText[]) => CodeText): Rule {
  return pure((call) => {
    let all: (readonly CodeText[])[] = [[]];
    for (const value of call.args) {
      const texts = textsOf(value);
      if (all.length * texts.length > mostPaths) {
        all = [call.args.map(piecesOf)];
        break;
      }
      all = all.flatMap((parts) => texts.map((one) => [...parts, one]));
    }
    if (call.more)
      all = all.map((parts) => [
        ...parts,
        [unknownPiece('a part of a path', 'any', taintOfAll([call.more ?? nothing]))],
      ]);
    const made = all.map((parts) => text(make(parts)));
    return made.length === 1 && made[0] ? made[0] : { kind: 'any', of: made };
  });
}

const returnsFirst: Rule = pure((call) => argumentOr(call, 0));
const nothingDone: Rule = pure(() => nothing);

const evaluates: Rule = effect((call, reading, name) => {
  const given = argumentOr(call, 0);
  if (taintOfValue(given).network) reading.harm('network.download-run', say('the code runs what it downloads'), call);
  reading.doubt('code.dynamic', say('{0} can run anything', name), call);
  for (const one of alternatives(given)) {
    const code = constantText(one);
    if (code !== undefined) evaluateText(reading, code, call);
  }
  return object(`${name}()`);
});

/** `setTimeout(f, 10)` calls; `setTimeout('f()', 10)` evaluates. */
const later: Rule = pure((call, reading, name) => {
  const first = argumentOr(call, 0);
  for (const one of alternatives(first))
    if (one.kind === 'text' || (one.kind === 'object' && one.as === 'text'))
      reading.doubt('code.dynamic', say('{0} can run anything', name), call);
    else if (one.kind === 'function' || one.kind === 'bound' || one.kind === 'known' || one.kind === 'method')
      callValue(reading, one, callOf(call, call.args.slice(2)));
    else giveAway(reading, one, call);
  for (const value of call.args.slice(1)) if (value.kind === 'known') giveAway(reading, value, call);
  return object('a timer');
});

const prints: Rule = pure((call, reading) => {
  reading.print(taintOfAll(allArguments(call)));
  for (const value of call.args) if (value.kind === 'function') value.escaped = true;
  return nothing;
});

const urls: Rule = pure((call) => {
  const first = argumentOr(call, 0);
  const base = argument(call, 1);
  if (!base || base === nothing) return first;
  const start = constantText(first);
  if (start !== undefined && /^[a-z][a-z0-9+.-]*:/i.test(start)) return first;
  const made: Value[] = [];
  for (const one of textsOf(base))
    for (const part of textsOf(first)) {
      const [head] = one;
      if (head?.type === 'text' && /^[a-z][a-z0-9+.-]*:\/\//i.test(head.text) && !head.text.startsWith('file:')) {
        const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(head.text)?.[0] ?? head.text;
        made.push(
          text([...(one.length === 1 || /\/\/[^/]+\//.test(head.text) ? [textPiece(`${origin}/`)] : one), ...part]),
        );
      } else made.push(text(resolvePaths([parentOf(one), part])));
    }
  return made.length === 1 && made[0] ? made[0] : { kind: 'any', of: made };
});

const requires: Rule = effect((call, reading) => importModule(reading, argumentOr(call, 0), call));

const changesFolder: Rule = effect((call, reading) => {
  if (textsOf(argumentOr(call, 0)).some((pieces) => constantText(text(pieces)) !== '.'))
    reading.doubt('code.dynamic', say('the code goes to another folder'), call);
  return nothing;
});

/** Code that runs beside this one. */
const workers: Rule = effect((call, reading) => {
  const options = argument(call, 1);
  if (options?.kind === 'dict' && options.entries.has('eval')) return evaluates.call(call, reading, 'Worker');
  importModule(reading, argumentOr(call, 0), call);
  for (const value of call.args.slice(1)) giveAway(reading, value, call);
  return object('a worker');
});

function listening(reading: Reading, call: Call, taint: ReturnType<typeof taintOf>): Value {
  for (const value of call.args)
    if (value.kind === 'function') callValue(reading, value, callOf(call, [object('data', taint)]));
  return object('a stream', taint);
}

const bunFile: Rule = effect((call) => ({
  kind: 'dict',
  entries: new Map<string, Value>([['$path', argumentOr(call, 0)]]),
  rest: undefined,
}));

function asFile(name: string, of: string): Rule {
  return files[of] ?? { ...unknownCall, call: (call, reading) => unknownCall.call(call, reading, name) };
}

export const runtime: Rules = {
  ...each(
    '',
    'eval vm.runInContext vm.runInNewContext vm.runInThisContext vm.Script vm.compileFunction vm.SourceTextModule Function execScript',
    evaluates,
  ),
  ...each('Function', 'maker', dynamic),
  ...each(
    '',
    'setTimeout setInterval setImmediate queueMicrotask process.nextTick requestAnimationFrame requestIdleCallback',
    later,
  ),
  ...each('timers', 'setTimeout setInterval setImmediate', later),
  ...each('', 'clearTimeout clearInterval clearImmediate cancelAnimationFrame', nothingDone),
  ...each(
    'console',
    'log error warn info debug dir table trace group groupEnd groupCollapsed time timeEnd timeLog count countReset assert dirxml clear',
    prints,
  ),
  ...each('', 'process.stdout.write process.stderr.write alert', prints),
  ...each('path', 'join', ofPaths(joinPaths)),
  ...each('path', 'resolve', ofPaths(resolvePaths)),
  'path.normalize': ofPaths(([first]) => normal(first ?? [])),
  ...each('path', 'toNamespacedPath', returnsFirst),
  'path.dirname': ofPaths(([first]) => parentOf(first ?? [])),
  'path.basename': ofPaths(([first, end]) => nameOf(first ?? [], constantText(text(end ?? [])) ?? '')),
  'path.extname': pure((call) => {
    const of = constantText(call.args[0]);
    return of === undefined
      ? object('an ending', taintOfAll(call.args), 'text')
      : constant(/[^/.][^/]*?(\.[^./]*)$/.exec(of)?.[1] ?? '');
  }),
  'path.relative': calculated('text'),
  'path.parse': pure((call) => {
    const path = textsOf(argumentOr(call, 0))[0] ?? [];
    const name = text(nameOf(path, ''));
    return {
      kind: 'dict',
      entries: new Map<string, Value>([
        ['dir', text(parentOf(path))],
        ['base', name],
      ]),
      rest: object('a part of a path', undefined, 'text'),
    };
  }),
  ...each('path', 'format isAbsolute matchesGlob', calculated('text')),
  ...each('url', 'fileURLToPath', returnsFirst),
  'url.pathToFileURL': returnsFirst,
  ...each('', 'URL url.URL', urls),
  ...each('url', 'parse format resolve domainToASCII domainToUnicode URLSearchParams urlToHttpOptions', calculated()),
  'os.tmpdir': pure(() => text([temporary])),
  'os.homedir': pure((_call, reading) => constant(reading.source.home)),
  'os.setPriority': effect((call, reading) => {
    reading.kill('priorities', call);
    return nothing;
  }),
  ...each(
    'tmp',
    'fileSync dirSync file dir tmpNameSync tmpName',
    pure(() => ({
      kind: 'dict',
      entries: new Map<string, Value>([
        ['name', text([temporary])],
        ['path', text([temporary])],
      ]),
      rest: object('a temporary file'),
    })),
  ),
  ...each(
    'tempy',
    'temporaryFile temporaryDirectory file directory',
    pure(() => text([temporary])),
  ),
  ...each(
    'process',
    'exit abort on once off emit hrtime hrtime.bigint memoryUsage uptime emitWarning cwd umask getuid getgid geteuid getegid getgroups cpuUsage resourceUsage send disconnect removeListener removeAllListeners listeners listenerCount setMaxListeners setUncaughtExceptionCaptureCallback',
    calculated(),
  ),
  'process.cwd': pure(() => constant('.')),
  'process.chdir': changesFolder,
  ...each('process', 'setuid setgid seteuid setegid setgroups initgroups', permissions),
  ...each('process', 'binding _linkedBinding dlopen', native),
  ...each('process', '_kill _debugProcess reallyExit _rawDebug', native),
  'process.kill': effect((call, reading) => {
    reading.kill(constantText(call.args[0]) ?? 'a process', call);
    return nothing;
  }),
  'process.loadEnvFile': effect((call, reading) => {
    reading.read(call.args[0] ?? constant('.env'), call);
    return nothing;
  }),
  'process.getBuiltinModule': requires,
  ...each(
    'process.stdin',
    'on once read pipe setEncoding resume setRawMode toArray',
    pure((call, reading) => listening(reading, call, reading.source.stdin)),
  ),
  ...each('', 'require module.require module.constructor.createRequire()', requires),
  'require.resolve': pure((call) => argumentOr(call, 0)),
  ...each(
    'Module',
    'createRequire',
    pure(() => known('require')),
  ),
  ...each('Module', 'isBuiltin findPackageJSON', calculated()),
  ...each(
    'Module',
    '_load _extensions _resolveFilename _compile wrap runMain register registerHooks _initPaths syncBuiltinESMExports call',
    dynamic,
  ),
  ...each('module', '_compile load', dynamic),
  ...each('import.meta', 'resolve', returnsFirst),
  'import.meta.glob': pure((call) => object('modules', taintOfAll(call.args))),
  ...each('worker_threads', 'Worker', workers),
  ...each('', 'Worker SharedWorker importScripts', workers),
  ...each('cluster', 'fork setupPrimary setupMaster', dynamic),
  ...each('v8', 'setFlagsFromString startupSnapshot.addDeserializeCallback', dynamic),
  ...each('v8', 'deserialize Deserializer DefaultDeserializer', deserializes),
  ...each('v8', 'writeHeapSnapshot', unknownCall),
  ...each('wasi', 'WASI', native),
  ...each('WebAssembly', 'compile instantiate compileStreaming instantiateStreaming Module Instance', native),
  'Bun.file': bunFile,
  'Bun.write': effect((call, reading, name) => {
    const path = argumentOr(call, 0);
    const target = path.kind === 'dict' ? (path.entries.get('$path') ?? path) : path;
    return asFile(name, 'fs.writeFile').call(
      { ...call, args: [target, ...call.args.slice(1)] },
      reading,
      'fs.writeFile',
    );
  }),
  ...each(
    'Bun',
    'sleep sleepSync inspect deepEquals which hash gzipSync gunzipSync escapeHTML nanoseconds stringWidth color semver.satisfies env',
    calculated(),
  ),
  'Deno.readTextFile': asFile('Deno.readTextFile', 'fs.readFile'),
  'Deno.readFile': asFile('Deno.readFile', 'fs.readFile'),
  'Deno.writeTextFile': asFile('Deno.writeTextFile', 'fs.writeFile'),
  'Deno.writeFile': asFile('Deno.writeFile', 'fs.writeFile'),
  'Deno.remove': asFile('Deno.remove', 'fs.rm'),
  'Deno.mkdir': asFile('Deno.mkdir', 'fs.mkdir'),
  'Deno.readDir': asFile('Deno.readDir', 'fs.readdir'),
  'Deno.stat': asFile('Deno.stat', 'fs.stat'),
  'Deno.lstat': asFile('Deno.lstat', 'fs.stat'),
  'Deno.copyFile': asFile('Deno.copyFile', 'fs.copyFile'),
  'Deno.rename': asFile('Deno.rename', 'fs.rename'),
  ...each('Deno', 'exit cwd test bench inspect memoryUsage', calculated()),
  'Deno.cwd': pure(() => constant('.')),
  'Deno.env.get': effect((call, reading) =>
    object('a variable', reading.environment(argumentOr(call, 0), call), 'text'),
  ),
  'Deno.kill': effect((call, reading) => {
    reading.kill('a process', call);
    return nothing;
  }),
  ...each(
    'shelljs',
    'cat head tail grep sort uniq',
    effect((call, reading) => {
      let taint = taintOf([]);
      for (const value of call.args) if (value.kind === 'text') taint = { ...taint, ...reading.read(value, call) };
      return object('what it prints', taint, 'text');
    }),
  ),
  ...each(
    'shelljs',
    'ls find test which pwd echo error',
    effect((call, reading) => {
      for (const value of call.args)
        if (value.kind === 'text' && !(constantText(value) ?? '').startsWith('-')) reading.look(value, call);
      return list([], object('a path'));
    }),
  ),
  ...each(
    'shelljs',
    'mkdir rm mv cp touch chmod cd ln sed set config',
    effect((call, reading, name) => {
      const words: (CodeText | undefined)[] = [[textPiece(name.slice('shelljs.'.length))]];
      for (const value of call.args) words.push(value.kind === 'text' ? value.pieces : undefined);
      if (name === 'shelljs.cd') changesFolder.call(call, reading, name);
      else if (!/config$|set$/.test(name)) reading.run(words, call);
      return nothing;
    }),
  ),
};
