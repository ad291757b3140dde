import { say } from '../../../../../say';
import { clean, mixTaints, unknownPiece } from '../../../shell/field';
import type { CodeText } from '../../code';
import { argument, type Call, taintOfCall } from '../call';
import { argumentsOf, itemsOf } from '../iterate';
import { libraryCall } from '../library';
import { callMethod } from '../methods/method';
import { joinPaths } from '../pathTexts';
import { type Reading, temporary } from '../reading';
import { release } from '../release';
import { calculates, each, effect, pure, type Rule, type Rules, unknownCall } from '../rule';
import {
  alternatives,
  constant,
  isAbsent,
  join,
  known,
  list,
  nothing,
  object,
  piecesOf,
  taintOfValue,
  text,
  textsOf,
  type Value,
} from '../value';
import { globbed, permissions } from './os';

const opens: Rule = effect((call, reading) =>
  reading.open(
    argument(call, 0, 'file') ?? argument(call, 0, 'filename') ?? object('a file'),
    argument(call, 1, 'mode'),
    call,
  ),
);

function copy(call: Call, reading: Reading, recursive: boolean, moves: boolean): Value {
  const [from, to] = [argument(call, 0, 'src') ?? object('a file'), argument(call, 1, 'dst') ?? object('a file')];
  const taint = reading.read(from, call, recursive);
  reading.write(to, 'replace', [unknownPiece('a copied file', 'any', taint)], call);
  if (moves) reading.remove(from, true, call);
  return to;
}

const temporaryText = (): Value => text([temporary]);

/** Where a temporary file goes unless somebody says otherwise. */
function temporaryPlace(call: Call, reading: Reading, place: number): void {
  const named = [
    call.named.get('prefix'),
    call.named.get('suffix'),
    ...(place === 2 ? call.args.slice(0, 2) : call.args.slice(4)),
  ];
  for (const part of named)
    if (
      part &&
      !isAbsent(part) &&
      piecesOf(part).some((piece) =>
        piece.type !== 'text' ? piece.type !== 'unknown' || piece.as !== 'integer' : piece.text.includes('/'),
      )
    )
      reading.doubt('paths.unknown', say('where the temporary file goes is not known'), call);
  const folder = argument(call, place, 'dir');
  if (folder && !(folder.kind === 'object' && folder.of === 'None')) reading.write(folder, 'folder', undefined, call);
}

function temporaryFile(reading: Reading, call: Call): Value {
  return {
    kind: 'file',
    path: undefined,
    taint: reading.temporaryTaint,
    writing: undefined,
    written: [],
    pending: false,
    ...reading.at(call),
  };
}

const pathRules: Rules = {
  ...each(
    'pathlib',
    'Path PosixPath PurePath PurePosixPath WindowsPath PureWindowsPath',
    pure((call) => {
      let made: readonly CodeText[] = [[]];
      for (const part of call.args)
        made = made.flatMap((start) => alternatives(part).map((one) => joinPaths(start, piecesOf(one)))).slice(0, 24);
      if (call.more) made = made.map((start) => joinPaths(start, piecesOf(object('a path'))));
      return made
        .map((pieces): Value => ({ kind: 'path', pieces: pieces.length === 0 ? piecesOf(constant('.')) : pieces }))
        .reduce((all, one) => join(all, one));
    }),
  ),
  ...each(
    'pathlib.Path',
    'cwd',
    pure(() => ({ kind: 'path', pieces: piecesOf(constant('.')) })),
  ),
  ...each(
    'pathlib.Path',
    'home',
    pure((_call, reading) => ({ kind: 'path', pieces: piecesOf(constant(reading.source.home)) })),
  ),
  ...each(
    'pathlib.Path',
    'exists is_file is_dir read_text read_bytes unlink write_text write_bytes mkdir rmdir open resolve touch rename replace glob rglob iterdir stat with_suffix with_name chmod symlink_to absolute expanduser',
    {
      pure: false,
      call: (call, reading, name) => {
        const [first, ...rest] = call.args;
        const made = textsOf(first ?? object('a path')).map((pieces): Value => ({ kind: 'path', pieces }));
        return made
          .map((path) => callPath(reading, path, name.slice(name.lastIndexOf('.') + 1), { ...call, args: rest }))
          .reduce((all, one) => join(all, one));
      },
    },
  ),
};

function callPath(reading: Reading, path: Value, name: string, call: Call): Value {
  return callMethod(reading, path, name, call);
}

const extracts: Rule = effect((call, reading) => {
  // What is in an archive may have any name.
  const taint = reading.read(argument(call, 0, 'filename') ?? object('an archive'), call);
  reading.write(
    join(argument(call, 1, 'extract_dir') ?? constant('.'), constant('.')),
    'replace',
    [unknownPiece('what is in an archive', 'any', taint)],
    call,
  );
  reading.doubt('code.unknown-call', say('the code unpacks an archive'), call);
  return nothing;
});

const unpacks: Rule = effect((call, reading) => {
  reading.doubt('code.unknown-call', say('the code unpacks an archive'), call);
  return nothing;
});

const compressed: Rule = effect((call, reading) =>
  reading.open(argument(call, 0, 'filename') ?? object('a file'), argument(call, 1, 'mode'), call),
);

function archive(call: Call, reading: Reading, name: string): Value {
  const path = argument(call, 0, 'name') ?? argument(call, 0, 'file') ?? object('an archive');
  const opened = reading.open(path.kind === 'file' ? path : path, argument(call, 1, 'mode'), call);
  for (const one of alternatives(opened)) if (one.kind === 'file') reading.put(one, [unknownPiece('an archive')]);
  return known(`${name}()`);
}

const packs: Rule = effect((call, reading) => {
  const taint = reading.read(
    argument(call, 0, 'name') ?? argument(call, 0, 'filename') ?? object('a file'),
    call,
    true,
  );
  return object('an archive', taint);
});

export const fileRules: Rules = {
  ...pathRules,
  ...each('io', 'open FileIO open_code', opens),
  'codecs.open': opens,
  'tokenize.open': opens,
  ...each(
    'io',
    'StringIO BytesIO',
    pure((call) => object('a buffer', taintOfCall(call))),
  ),
  ...each(
    'io',
    'TextIOWrapper BufferedReader BufferedWriter BufferedRandom',
    pure((call, reading) => {
      const [inner] = call.args;
      if (inner?.kind === 'file') return inner;
      if (inner) release(reading, inner, call);
      return object('a file', taintOfCall(call));
    }),
  ),
  ...each(
    'io',
    'IOBase TextIOBase RawIOBase BufferedIOBase UnsupportedOperation SEEK_SET SEEK_END SEEK_CUR DEFAULT_BUFFER_SIZE text_encoding IncrementalNewlineDecoder',
    calculates,
  ),
  ...each(
    'shutil',
    'copy copy2 copyfile copyfileobj',
    effect((call, reading, name) => {
      if (!name.endsWith('copyfileobj')) return copy(call, reading, false, false);
      const [from, to] = call.args;
      const taint = from ? taintOfValue(from) : clean;
      for (const one of to ? alternatives(to) : [])
        if (one.kind === 'file') reading.put(one, [unknownPiece('a copied file', 'any', taint)]);
      return nothing;
    }),
  ),
  ...each(
    'shutil',
    'copytree',
    effect((call, reading) => copy(call, reading, true, false)),
  ),
  ...each(
    'shutil',
    'move',
    effect((call, reading) => copy(call, reading, true, true)),
  ),
  ...each('shutil', 'copymode copystat chown', permissions),
  ...each(
    'shutil',
    'register_archive_format register_unpack_format unregister_archive_format unregister_unpack_format',
    unknownCall,
  ),
  'shutil.rmtree': effect((call, reading) => {
    reading.remove(argument(call, 0, 'path') ?? object('a folder'), true, call);
    return nothing;
  }),
  ...each(
    'shutil',
    'which disk_usage get_terminal_size ignore_patterns get_archive_formats get_unpack_formats Error SameFileError',
    calculates,
  ),
  'shutil.make_archive': effect((call, reading) => {
    const taint = reading.read(argument(call, 2, 'root_dir') ?? constant('.'), call, true);
    const base = argument(call, 0, 'base_name') ?? object('an archive');
    reading.write(
      text([...piecesOf(base), { type: 'glob', pattern: '*' }]),
      'replace',
      [unknownPiece('an archive', 'any', taint)],
      call,
    );
    return base;
  }),
  'shutil.unpack_archive': extracts,
  ...each(
    'tempfile',
    'mkdtemp',
    pure((call, reading) => {
      temporaryPlace(call, reading, 2);
      return temporaryText();
    }),
  ),
  ...each(
    'tempfile',
    'mktemp gettempdir gettempdirb',
    pure((call, reading) => {
      temporaryPlace(call, reading, 2);
      return temporaryText();
    }),
  ),
  'tempfile.mkstemp': pure((call, reading) => {
    temporaryPlace(call, reading, 2);
    return list([temporaryFile(reading, call), temporaryText()]);
  }),
  ...each(
    'tempfile',
    'TemporaryDirectory',
    pure((call, reading) => {
      temporaryPlace(call, reading, 2);
      return { kind: 'path', pieces: [temporary] };
    }),
  ),
  ...each(
    'tempfile',
    'NamedTemporaryFile TemporaryFile SpooledTemporaryFile',
    pure((call, reading) => {
      temporaryPlace(call, reading, 99);
      return known('tempfile.NamedTemporaryFile()');
    }),
  ),
  ...each(
    'tempfile.NamedTemporaryFile()',
    'write writelines',
    pure((call, reading) => {
      reading.temporaryTaint = mixTaints(reading.temporaryTaint, taintOfCall(call));
      return nothing;
    }),
  ),
  ...each(
    'tempfile.NamedTemporaryFile()',
    'read readlines readline',
    pure((_call, reading) => object('what was written before', reading.temporaryTaint, 'text')),
  ),
  ...each('tempfile.NamedTemporaryFile()', 'flush close seek tell truncate fileno', calculates),
  ...each('glob', 'glob iglob', globbed),
  'glob.escape': calculates,
  ...each('gzip', 'open GzipFile', compressed),
  ...each('bz2', 'open BZ2File', compressed),
  ...each('lzma', 'open LZMAFile', compressed),
  ...each(
    'tarfile',
    'open TarFile',
    effect((call, reading) => archive(call, reading, 'tarfile.open')),
  ),
  'zipfile.ZipFile': effect((call, reading) => archive(call, reading, 'zipfile.ZipFile')),
  ...each('tarfile.open()', 'extractall extract', unpacks),
  ...each('zipfile.ZipFile()', 'extractall extract', unpacks),
  ...each('tarfile.open()', 'add addfile', packs),
  ...each('zipfile.ZipFile()', 'write writestr', packs),
  ...each('shelve', 'open Shelf DbfilenameShelf', unknownCall),
  ...each('dbm', 'open', unknownCall),
  'fileinput.input': effect((call, reading) => {
    const files = argument(call, 0, 'files') ?? argumentsOf(reading);
    const items = files.kind === 'list' ? (itemsOf(files) ?? [object('a file')]) : [files];
    const inplace = call.named.get('inplace');
    let taint = clean;
    for (const file of items) {
      taint = mixTaints(taint, reading.read(file, call));
      if (inplace) reading.write(file, 'replace', undefined, call);
    }
    return list([], object('a line of a file', taint, 'text'));
  }),
  ...each(
    'linecache',
    'getline getlines',
    effect((call, reading) => object('a line', reading.read(call.args[0] ?? object('a file'), call), 'text')),
  ),
  'sqlite3.connect': effect((call, reading) => {
    const path = argument(call, 0, 'database') ?? object('a database');
    for (const one of alternatives(path)) {
      const pieces = piecesOf(one);
      const whole =
        one.kind === 'text' && pieces.every(({ type }) => type === 'text')
          ? pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('')
          : undefined;
      if (whole === ':memory:' || whole === '' || whole?.startsWith('file::memory:')) continue;
      reading.hand(pieces, call);
    }
    return object('a database');
  }),
  ...each(
    'configparser',
    'ConfigParser RawConfigParser SafeConfigParser',
    pure(() => known('configparser.ConfigParser()')),
  ),
  'configparser.ConfigParser().read': effect((call, reading) => {
    const taint = reading.read(call.args[0] ?? object('a file'), call);
    return object('settings', taint);
  }),
  'logging.FileHandler': effect((call, reading) => {
    reading.write(argument(call, 0, 'filename') ?? object('a file'), 'append', undefined, call);
    return object('a handler');
  }),
  ...each(
    'logging.handlers',
    'RotatingFileHandler TimedRotatingFileHandler WatchedFileHandler',
    effect((call, reading) => {
      reading.write(argument(call, 0, 'filename') ?? object('a file'), 'append', undefined, call);
      return object('a handler');
    }),
  ),
  ...each('logging.handlers', 'MemoryHandler QueueHandler QueueListener BufferingHandler', calculates),
  'logging.basicConfig': pure((call, reading) => {
    const name = call.named.get('filename');
    if (name) reading.write(name, 'append', undefined, call);
    return nothing;
  }),
  'argparse.FileType': unknownCall,
  'ast.literal_eval': calculates,
  ...each(
    'xml.etree.ElementTree',
    'parse iterparse',
    effect((call, reading) => {
      const [source] = call.args;
      return source && source.kind !== 'object'
        ? object('a document', reading.read(source, call))
        : object('a document', source ? taintOfValue(source) : clean);
    }),
  ),
  'json.load': pure((call) => object('data', taintOfCall(call))),
  'json.dump': pure((call, reading) => {
    for (const one of call.args[1] ? alternatives(call.args[1]) : [])
      if (one.kind === 'file') reading.put(one, [unknownPiece('data', 'any', taintOfCall(call))]);
    return nothing;
  }),
  ...each(
    'csv',
    'reader DictReader',
    pure((call, reading) => {
      const [from] = call.args;
      return from?.kind === 'file' ? list([], object('a row', from.taint)) : libraryCall(reading, 'csv.reader', call);
    }),
  ),
};

export const fileValues: Readonly<Record<string, () => Value>> = {
  'tempfile.tempdir': () => temporaryText(),
  'tempfile.NamedTemporaryFile().name': () => temporaryText(),
  'tempfile.NamedTemporaryFile().file': () => known('tempfile.NamedTemporaryFile()'),
};
