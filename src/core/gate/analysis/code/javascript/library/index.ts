import type { Span } from '../../../../effect';
import { textPiece } from '../../../shell/field';
import { allArguments, type Call, holdsEnvironment } from '../call';
import { callMember } from '../functions';
import { giveAway } from '../giveAway';
import { libraryCall } from '../handing';
import { join } from '../join';
import { addTexts } from '../operators';
import { type Reading, taintOfAll } from '../reading';
import { constant, integer, known, list, nothing, object, text, type Value } from '../value';
import { fileOf, folderOf, globalValue } from './globals';
import { isRequesting } from './modules';
import { carriedBy, fetches, reaches, request } from './network';
import { dynamic, native, unknownCall } from './rule';
import { isSpace, ruleOf } from './table';

/** Modules whose functions only calculate, as far as they are not described. */
const calculating =
  /^(?:path|os|url|util|crypto|Math|JSON|Object|Array|Number|String|Symbol|Promise|Buffer|buffer|Intl|Date|Error|performance|Atomics|timers|sleep|navigator|tmp|tempy|globs|import\.meta|BigInt|RegExp|Map|Set)\b/;

/** A member of something known. */
export function memberOf(reading: Reading, name: string, property: string, span: Span): Value {
  if (property === 'default' && !name.includes('.')) return known(name);
  if (property === '__proto__') return known('__proto__');
  switch (name) {
    case 'global':
    case 'window':
      return globalMember(reading, property, span);
    case 'this':
      return /^(?:process|require|eval|Function|globalThis|global|self|window|constructor|module|WebAssembly|Bun|Deno)$/.test(
        property,
      )
        ? globalMember(reading, property, span)
        : object(property);
    case 'fs': {
      if (property === 'promises') return known('fs');
      if (property === 'constants' || /^[A-Z]/.test(property)) return object(`fs.${property}`);
      return known(`fs.${property.endsWith('Sync') ? property.slice(0, -4) : property}`);
    }
    case 'path':
      if (property === 'posix' || property === 'win32') return known('path');
      if (property === 'sep') return constant('/');
      break;
    case 'os':
      if (property === 'EOL') return constant('\n');
      break;
    case 'process':
      return memberOfProcess(property);
    case 'process.env':
      if (property === 'HOME') return constant(reading.source.home);
      return object(property, reading.environment(constant(property), span), 'text');
    case 'process.argv':
      return argument(reading, property);
    case 'module':
      if (property === 'constructor') return known('Module');
      if (property === 'require') return known('require');
      if (/^(?:exports|_compile|load)$/.test(property)) return known(`module.${property}`);
      if (property === 'parent' || property === 'children') return known('module');
      return object(`module.${property}`);
    case 'module.exports':
    case 'exports':
      return object(`exports.${property}`);
    case 'Module':
      if (property === 'Module') return known('Module');
      if (property === 'prototype') return known('Module.prototype');
      break;
    case 'require':
      if (property === 'main') return known('module');
      if (property === 'cache' || property === 'extensions') return known(`require.${property}`);
      break;
    case 'import.meta':
      if (property === 'url' || property === 'filename') return text(fileOf(reading));
      if (property === 'dirname') return text(folderOf(reading));
      if (property === 'main') return nothing;
      if (property === 'env') return object('import.meta.env');
      if (property === 'require') return known('require');
      break;
    case 'Function.maker':
      if (property === 'name') return object('a name', undefined, 'text');
      if (property === 'constructor') return known('Function');
      if (property === 'prototype') return known('__proto__');
      return known('Function.maker');
    case 'Deno':
      if (property === 'env') return known('Deno.env');
      if (property === 'args') return list([], object('an argument'));
      break;
    case 'Bun':
      if (property === 'env') return known('process.env');
      if (property === 'argv') return known('process.argv');
      break;
  }
  if (property === 'constructor') return /^[A-Z]\w*$/.test(name) ? known('Function') : known('Function.maker');
  if (property === 'prototype') return /^[A-Z]\w*$/.test(name) ? known(`${name}.prototype`) : known('__proto__');
  if (name === '__proto__') return property === 'constructor' ? known('Function.maker') : object(property);
  const full = `${name}.${property}`;
  if (property === 'length' || property === 'name' || property === 'size') return integer;
  if (/\(\)$|\.prototype$/.test(name) || name.startsWith('lib:') || name.startsWith('native:')) return known(full);
  if (ruleOf(full) || ruleOf(`${full}\``) || isSpace(full)) return known(full);
  if (
    calculating.test(name) ||
    /^(?:jest|console|http|https|http2|worker_threads|v8|dns|net|tls|dgram|cluster|process\.\w+)\b/.test(name)
  ) {
    // Constants and classes of the module; functions of it that are not described are asked about when they are called.
    return /^[A-Z]/.test(property) ? object(full) : known(full);
  }
  return known(full);
}

function globalMember(reading: Reading, property: string, span: Span): Value {
  const cell = reading.globals.cells.get(property);
  const value = globalValue(reading, property, span);
  return cell ? join(reading.get(cell), value) : value;
}

function memberOfProcess(property: string): Value {
  switch (property) {
    case 'env':
    case 'argv':
    case 'stdin':
    case 'stdout':
    case 'stderr':
      return known(`process.${property}`);
    case 'mainModule':
      return known('module');
    case 'execPath':
    case 'argv0':
      return constant('node');
    case 'platform':
      return object('process.platform', undefined, 'text');
    case 'pid':
    case 'ppid':
    case 'exitCode':
      return integer;
    case 'execArgv':
      return list([]);
    case 'arch':
    case 'version':
    case 'versions':
    case 'title':
    case 'release':
    case 'config':
    case 'features':
    case 'connected':
    case 'allowedNodeEnvironmentFlags':
      return object(`process.${property}`, undefined, 'text');
    case 'constructor':
      return known('Function.maker');
    default:
      return known(`process.${property}`);
  }
}

/** `process.argv[2]`. */
function argument(reading: Reading, property: string): Value {
  const { args } = reading.source;
  if (property === 'length') return integer;
  if (/^\d+$/.test(property)) {
    const place = Number(property);
    if (place === 0) return constant('node');
    if (place === 1) return text(fileOf(reading));
    const given = args?.[place - 2];
    return given ? text(given) : args ? nothing : object('an argument');
  }
  if (property === '[]') {
    let all: Value = join(constant('node'), text(fileOf(reading)));
    for (const one of args ?? []) all = join(all, text(one));
    return args ? all : join(all, object('an argument'));
  }
  return known(`process.argv.${property}`);
}

/** `process.argv` as the list that it is. */
function argumentList(reading: Reading): Value {
  const { args } = reading.source;
  return list(
    [text([textPiece('node')]), text(fileOf(reading)), ...(args ?? []).map(text)],
    args ? undefined : object('an argument'),
  );
}

/** Calls something known. */
export function callKnown(reading: Reading, name: string, call: Call): Value {
  reading.sink.spend(1);
  const rule = ruleOf(name) ?? ruleOf(`${name}.call`);
  if (!/^(?:child_process|execa|Object)\b/.test(name) && holdsEnvironment(call.args))
    reading.environment(undefined, call);
  if (rule) return rule.call(call, reading, name);
  if (name.startsWith('process.argv.'))
    return callMember(reading, argumentList(reading), name.slice('process.argv.'.length), call, call);
  if (name === 'XMLHttpRequest') return known('XMLHttpRequest()');
  if (name === 'XMLHttpRequest().open')
    return request(reading, call.args[1] ?? nothing, 'send', carriedBy(call.args), call);
  if (name.startsWith('XMLHttpRequest()'))
    return libraryCall(reading, 'request', { ...call, args: call.args.filter(({ kind }) => kind === 'function') });
  const ofPrototype = /^(\w+)\.prototype\.(\w+)$/.exec(name);
  if (ofPrototype?.[1] === 'Function' || name.startsWith('__proto__')) return dynamic.call(call, reading, name);
  if (ofPrototype?.[1] === 'Module') return dynamic.call(call, reading, name);
  if (ofPrototype)
    return callMember(
      reading,
      call.self ?? object('a value'),
      ofPrototype[2] ?? '',
      { ...call, self: undefined },
      call,
    );
  if (name.startsWith('lib:')) return callLibrary(reading, name, call);
  if (name.startsWith('native:')) return native.call(call, reading, name.slice('native:'.length));
  if (/^(?:jest|console|net\.Socket\(\))\b/.test(name) || name.startsWith('net.Socket()'))
    return mocked(reading, name, call);
  if (
    /^(?:fs|child_process|vm|cluster|inspector|repl|wasi|Module|execa|zx|shelljs|rimraf|del|Deno|Bun|process|Reflect|require)\b/.test(
      name,
    )
  )
    return processHarmless.test(name) ? libraryCall(reading, name, call) : unknownCall.call(call, reading, name);
  if (calculating.test(name)) {
    for (const value of allArguments(call)) giveAway(reading, value, call);
    return object(`${name}()`, taintOfAll(allArguments(call)));
  }
  return libraryCall(reading, name, call);
}

const processHarmless = /^process\.(?:stdin|stdout|stderr|report\.getReport|features|permission)\b|^fs\.F_OK$/;

/** Test doubles, and what is written to a console. */
function mocked(reading: Reading, name: string, call: Call): Value {
  for (const value of allArguments(call))
    if (value.kind !== 'known' || !name.startsWith('jest')) giveAway(reading, value, call);
  if (name.startsWith('console')) reading.print(taintOfAll(allArguments(call)));
  return object(`${name}()`, name.startsWith('net') ? { secret: false, network: true } : undefined);
}

const asks =
  /(?:^|\.)(?:get|post|put|patch|delete|del|head|options|request|fetch|stream|call|postForm|putForm|patchForm|default|json|text|pipeline|connect|download)$/;
/** Parts of these libraries that describe things or change settings. */
const describes =
  /(?:Schema|model|Types?|ObjectId|Command|Error|escape|escapeId|format|isValidObjectId|set|plugin|raw|sql|types|use|isAxiosError|isCancel|CancelToken|source|HTTPError|Model|Document|literal|fn|col|Op|define|Intents|REST|Routes|Builder|Input|Key)$/;

function callLibrary(reading: Reading, name: string, call: Call): Value {
  const [, library = '', path = ''] = /^lib:((?:@[^/]+\/)?[^.]+(?:\.(?:js|io-client)\b)?)(.*)$/.exec(name) ?? [];
  if (isRequesting(library)) {
    if (/\.(?:create|extend|defaults|instance|Agent|Pool|Client)$/.test(path)) {
      const [options] = call.args;
      const base =
        options?.kind === 'dict'
          ? (options.entries.get('baseURL') ?? options.entries.get('prefixUrl'))
          : options?.kind === 'text'
            ? options
            : undefined;
      if (base) request(reading, addTexts(base, constant('/')), 'send', carriedBy(call.args), call);
      for (const value of allArguments(call)) giveAway(reading, value, call);
      return known(`lib:${library}`);
    }
    if (path === '' || asks.test(path)) return fetches.call(call, reading, name);
  } else if (!describes.test(path)) return reaches.call(call, reading, library + path);
  for (const value of allArguments(call)) giveAway(reading, value, call);
  return object(`${library}${path}()`, taintOfAll(allArguments(call)));
}
