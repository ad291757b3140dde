import { say } from '../../../../say';
import type { Span } from '../../../effect';
import { attribute } from './attributes';
import { setName } from './execute';
import { isCapabilityModule, isKnownModule, standardKind } from './library';
import type { Reading } from './reading';
import type { ImportedName } from './syntax';
import { join, known, object, type Value } from './value';

/** Modules that are loaded before any script, so that a file of the same name is not found. */
const loaded = new Set([
  'sys',
  'os',
  'os.path',
  'io',
  'builtins',
  'time',
  'abc',
  'codecs',
  'stat',
  'itertools',
  'errno',
  '__future__',
]);

/** Modules of which every member is either described or harmless. */
const described = new Set([
  'os',
  'os.path',
  'sys',
  'subprocess',
  'shutil',
  'pathlib',
  'socket',
  'tempfile',
  'glob',
  'io',
  'urllib.request',
  'pickle',
  'builtins',
]);

/** Loads a module. @returns what stands for it. */
export function moduleValue(reading: Reading, name: string, span: Span): Value {
  if (!loaded.has(name)) {
    reading.flushAll();
    reading.sink.module(name, reading.at(span));
  }
  if (name === 'antigravity') reading.doubt('code.unknown-call', say('loading {0} opens a page', name), span);
  if (name.startsWith('.')) return object(name);
  return isKnownModule(name) || standardKind(name) !== undefined ? known(name) : object(name);
}

/** `import a.b as c`. */
export function importModule(reading: Reading, name: string, as: string | undefined, span: Span): void {
  const value = moduleValue(reading, name, span);
  if (as !== undefined) setName(reading, as, value);
  else {
    const top = name.split('.', 1)[0] ?? name;
    setName(
      reading,
      top,
      top === name ? value : isKnownModule(top) || standardKind(top) !== undefined ? known(top) : object(top),
    );
  }
}

/** `from a import b as c`. */
export function importNames(
  reading: Reading,
  module: string,
  names: readonly ImportedName[] | undefined,
  span: Span,
): void {
  const value = moduleValue(reading, module, span);
  if (!names) {
    if (value.kind === 'known') {
      const kind = standardKind(value.name);
      if (kind === 'closed' || kind === undefined) reading.starred.push(value.name);
      if (kind === 'closed' && !described.has(value.name))
        reading.doubt('code.unknown-call', say('what {0} does is not known here', module), span);
    }
    if (standardKind(module) === undefined) {
      reading.starredLibrary ??= module;
      reading.sink.module(`${module}.*`, reading.at(span));
    }
    return;
  }
  for (const { name, as } of names) {
    let found: Value;
    if (value.kind === 'known') {
      const full = `${value.name}.${name}`;
      found = isKnownModule(full) ? known(full) : attribute(reading, value, name, span);
    } else {
      found = object(`${module}.${name}`);
      if (isCapabilityModule(name)) found = join(known(name), found);
      // What is named may be a module of the package, which is loaded with it.
      reading.sink.module(/^\.+$/.test(module) ? `${module}${name}` : `${module}.${name}`, reading.at(span));
    }
    setName(reading, as ?? name, found);
  }
}
