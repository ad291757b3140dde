import { say } from '../../../../../say';
import { type Taint, taintOf } from '../../../shell/field';
import { argument, argumentOr } from '../call';
import { addTexts } from '../operators';
import { globText } from '../paths';
import { below, taintOfAll, temporary } from '../reading';
import { taintOfValue } from '../taint';
import { constant, constantText, list, nothing, object, piecesOf, text, textsOf, type Value } from '../value';
import {
  calculated,
  callBack,
  constantArgument,
  each,
  effect,
  isOn,
  option,
  permissions,
  pure,
  type Rule,
  type Rules,
} from './rule';

function data(taint: Taint): Value {
  return object('the content of a file', taint, 'text');
}

const reads: Rule = effect((call, reading) => callBack(reading, call, data(reading.read(argumentOr(call, 0), call))));
const looks: Rule = effect((call, reading) => {
  reading.look(argumentOr(call, 0), call);
  return callBack(reading, call, nothing);
});
const looksUp: Rule = effect((call, reading) => {
  reading.look(argumentOr(call, 0), call);
  return callBack(reading, call, object('a path', undefined, 'text'));
});

const lists: Rule = effect((call, reading) => {
  const folder = argumentOr(call, 0);
  const recursive = isOn(call, 'recursive');
  reading.look(folder, call, recursive);
  // Names that begin with a dot are among them, so that it is no pattern of a shell.
  const name = text([below]);
  const item: Value = isOn(call, 'withFileTypes')
    ? {
        kind: 'dict',
        entries: new Map<string, Value>([
          ['name', name],
          ['path', folder],
          ['parentPath', folder],
        ]),
        rest: undefined,
      }
    : name;
  return callBack(reading, call, list([], item));
});

function writes(how: 'replace' | 'append'): Rule {
  return effect((call, reading) => {
    const flag = option(call, 'flag') ?? option(call, 'flags');
    const known = constantText(flag);
    const writing =
      flag === undefined
        ? how
        : known === undefined
          ? 'replace'
          : known.includes('a')
            ? 'append'
            : known.includes('x')
              ? 'create'
              : 'replace';
    for (const content of textsOf(argumentOr(call, 1))) reading.write(argumentOr(call, 0), writing, content, call);
    return callBack(reading, call, nothing);
  });
}

/** What is written is made of a value, and not worked out here. */
const writesMade: Rule = effect((call, reading) => {
  reading.write(
    argumentOr(call, 0),
    'replace',
    piecesOf(object('its content', taintOfValue(argumentOr(call, 1)))),
    call,
  );
  return callBack(reading, call, nothing);
});

const streams: Rule = effect((call, reading) => {
  const flags = constantText(option(call, 'flags'));
  reading.write(argumentOr(call, 0), flags?.includes('a') ? 'append' : 'replace', undefined, call);
  return object('a stream');
});

const makesFolder: Rule = effect((call, reading) => {
  reading.write(argumentOr(call, 0), 'folder', undefined, call);
  return callBack(reading, call, nothing);
});

const makesTemporary: Rule = effect((call, reading) => {
  const prefix = argumentOr(call, 0);
  const made = addTexts(prefix, text([{ type: 'glob', pattern: '*' }]));
  if (textsOf(prefix).every((pieces) => pieces[0] === temporary)) return callBack(reading, call, text([temporary]));
  reading.write(made, 'folder', undefined, call);
  return callBack(reading, call, made);
});

const copies: Rule = effect((call, reading, name) => {
  const recursive = name !== 'fs.copyFile';
  const taint = reading.read(argumentOr(call, 0), call, recursive);
  const to = argumentOr(call, 1);
  reading.write(to, 'replace', piecesOf(data(taint)), call);
  return callBack(reading, call, nothing);
});

const moves: Rule = effect((call, reading) => {
  const taint = reading.read(argumentOr(call, 0), call);
  reading.write(argumentOr(call, 1), 'replace', piecesOf(data(taint)), call);
  reading.remove(argumentOr(call, 0), false, call);
  return callBack(reading, call, nothing);
});

function removes(always: boolean): Rule {
  return effect((call, reading) => {
    reading.remove(argumentOr(call, 0), always || isOn(call, 'recursive'), call);
    return callBack(reading, call, nothing);
  });
}

/** Patterns, or a list of them: everything below the folder before the first star. */
const removesMatches: Rule = effect((call, reading) => {
  const given = argumentOr(call, 0);
  const one = given.kind === 'list' ? [...given.items, ...(given.rest ? [given.rest] : [])] : [given];
  for (const value of one)
    for (const pieces of textsOf(value))
      if (constantText(text(pieces))?.startsWith('!') !== true) reading.remove(text(globText(pieces)), true, call);
  return callBack(reading, call, nothing);
});

const changesMode: Rule = effect((call, reading, name) => {
  const mode = argument(call, 1);
  const bits = mode?.kind === 'number' ? mode.value : Number.parseInt(constantText(mode) ?? 'x', 8);
  if (!(bits >= 0 && bits <= 0o777))
    reading.doubt('command.permissions', say('{0} changes who may do what', name), call);
  reading.write(argumentOr(call, 0), 'append', [], call);
  return callBack(reading, call, nothing);
});

const links: Rule = effect((call, reading, name) => {
  reading.doubt('command.links', say('{0} makes a path lead elsewhere', name), call);
  return callBack(reading, call, nothing);
});

const opens: Rule = effect((call, reading) => {
  const flags =
    call.args[1] === undefined || call.args[1].kind === 'function' ? 'r' : (constantArgument(call, 1) ?? 'r+');
  const path = argumentOr(call, 0);
  const taint = /^r/.test(flags) ? reading.read(path, call) : taintOf([]);
  if (/[wa+]/.test(flags)) reading.write(path, flags.startsWith('a') ? 'append' : 'replace', undefined, call);
  return callBack(reading, call, object('an open file', taint));
});

const touches: Rule = effect((call, reading, name) => {
  reading.write(argumentOr(call, 0), name === 'fs.truncate' ? 'replace' : 'append', [], call);
  return callBack(reading, call, nothing);
});

/** Works on a file that is open already. */
const ofOpen: Rule = pure((call, reading) =>
  callBack(reading, call, object('a number', taintOfAll(call.args), 'integer')),
);

const finds: Rule = effect((call, reading) => {
  const given = argumentOr(call, 0);
  const cwd = option(call, 'cwd') ?? (call.args[1]?.kind === 'text' ? call.args[1] : undefined);
  const one = given.kind === 'list' ? [...given.items, ...(given.rest ? [given.rest] : [])] : [given];
  const found: Value[] = [];
  for (const value of one)
    for (const pieces of textsOf(value)) {
      if (constantText(text(pieces))?.startsWith('!')) continue;
      const place = text(globText(pieces));
      const whole = cwd ? addTexts(addTexts(cwd, constant('/')), place) : place;
      reading.look(whole, call);
      found.push(place);
    }
  return callBack(reading, call, list([], found.length === 1 && found[0] ? found[0] : { kind: 'any', of: found }));
});

export const files: Rules = {
  ...each('fs', 'readFile readJson readJSON', reads),
  'fs.createReadStream': reads,
  ...each('fs', 'exists stat lstat access watch watchFile opendir statfs pathExists', looks),
  ...each('fs', 'realpath readlink realpath.native', looksUp),
  'fs.readdir': lists,
  'fs.writeFile': writes('replace'),
  'fs.outputFile': writes('replace'),
  'fs.appendFile': writes('append'),
  ...each('fs', 'writeJson writeJSON outputJson outputJSON', writesMade),
  'fs.createWriteStream': streams,
  ...each('fs', 'mkdir mkdirp mkdirs ensureDir', makesFolder),
  ...each('fs', 'ensureFile createFile utimes lutimes truncate', touches),
  ...each('fs', 'mkdtemp', makesTemporary),
  ...each('fs', 'copyFile cp copy', copies),
  ...each('fs', 'rename move', moves),
  ...each('fs', 'unlink rmdir rm', removes(false)),
  ...each('fs', 'remove emptyDir', removes(true)),
  ...each('fs', 'chmod lchmod', changesMode),
  ...each('fs', 'chown lchown fchown fchmod', permissions),
  ...each('fs', 'symlink link ensureSymlink ensureLink createSymlink createLink', links),
  'fs.open': opens,
  ...each('fs', 'read readv write writev close fsync fdatasync fstat ftruncate futimes unwatchFile', ofOpen),
  ...each('fs', 'glob', finds),
  ...each('globs', 'call glob globSync sync globby globbySync stream globStream globIterate', finds),
  ...each('globs', 'hasMagic escape isDynamicPattern generateTasks convertPathToPattern escapePath', calculated()),
  ...each('rimraf', 'call rimraf sync rimrafSync', removesMatches),
  ...each('del', 'call deleteAsync deleteSync sync', removesMatches),
};
