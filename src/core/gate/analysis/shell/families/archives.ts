import { say } from '../../../../say';
import { foldPath, joinPath, locate } from '../../../paths';
import { judgeDelete, judgeWrite } from '../../scope';
import type { Invocation } from '../command';
import { constantOf, describeField, type Field, mixTaints, type Taint } from '../field';
import { type OptionTable, readOptions, tablesWithout } from '../options';
import { judgeField, pathsNamed, readField } from '../paths';
import { type Context, type Flow, noFlow, type Shell, someFlow } from '../shell';
import { copyState, type ShellState } from '../state';
import { writeEach } from '../touch';
import type { Family } from './family';
import { doubtOption } from './looks';

/** A program whose judging needs more than a table, told with the table it reads its options by. */
interface Archiver {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
  judge(shell: Shell, options: OptionTable, invocation: Invocation, state: ShellState, context: Context): Flow;
}

function archiver(data: Archiver): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge: (shell, invocation, state, context) =>
      data.judge(shell, data.options, invocation, copyState(state), context),
    without: () =>
      tablesWithout(data.options).map(({ entry, table }) => ({ entry, family: archiver({ ...data, options: table }) })),
  };
}

/** Reads an archive; what was fetched may not be unpacked (rule R28). */
function readArchive(shell: Shell, archive: Field, state: ShellState, context: Context): Taint {
  const taint = readField(shell, archive, state, context);
  if (taint.network)
    shell.doubt(
      'archives.fetched',
      say('{0} was downloaded, and nobody knows what is in it', describeField(archive)),
      archive.span,
    );
  return taint;
}

/**
 * Judges where an archive is unpacked: anything may lie in it under any name, so that it may only go to a folder of its own, where
 * nothing is obeyed that is not asked for.
 */
function unpack(shell: Shell, span: Invocation['span'], state: ShellState, context: Context): void {
  const { report } = shell;
  const { place, facts } = report.world;
  for (const folder of state.cwd ?? []) {
    const found = locate(folder, facts);
    const real = found.ok ? found.at.real : folder;
    report.effect('write', { type: 'path', path: folder, real, recursive: true }, span, context.certainty);
    judgeWrite(report, joinPath(folder, 'x'), { span, certainty: context.certainty }, 'create');
    if (place.workspace.includes(real))
      shell.doubt('archives.members', say('what is in the archive may replace anything in the workspace'), span);
  }
  if (!state.cwd) shell.doubt('paths.unknown', say('where the archive is unpacked is not known'), span);
  report.sweeps('an archive');
}

/** The folder that an option names. */
function enter(shell: Shell, folder: Field | undefined, state: ShellState): void {
  if (!folder) return;
  const paths = pathsNamed(folder, state.cwd).flatMap((path) => (path === undefined ? [] : [foldPath(path)]));
  state.cwd = paths.length > 0 ? paths : undefined;
  if (!state.cwd)
    shell.doubt('paths.unknown', say('which folder {0} stands for is not known', describeField(folder)), folder.span);
}

const optionValue = (read: ReturnType<typeof readOptions>, ...names: readonly string[]): Field | undefined =>
  read.options.findLast(({ name }) => names.includes(name))?.value;
const has = (read: ReturnType<typeof readOptions>, ...names: readonly string[]): boolean =>
  read.options.some(({ name }) => names.includes(name));

function judgeTar(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const { args, span } = invocation;
  const [first, ...rest] = args;
  const bundled = first && constantOf(first);
  // `tar xzf a.tgz` is `tar -x -z -f a.tgz`.
  const words: readonly Field[] =
    first && bundled !== undefined && /^[a-zA-Z]+$/.test(bundled)
      ? [{ ...first, pieces: [{ type: 'text', text: `-${bundled}` }] }, ...rest]
      : args;
  const read = readOptions(words, options);
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const archive = optionValue(read, '-f', '--file');
  const start = copyState(state);
  // It holds for what stands after it only.
  const place = words.findIndex((field) => /^(?:-[a-zA-Z]*C.*|--directory.*)$/.test(constantOf(field) ?? ''));
  const [member] = read.operands;
  if (place >= 0 && member && words.indexOf(member) < place)
    shell.doubt('command.option', say('what {1} means to {0} is not known', 'tar', '-C'), span);
  enter(shell, optionValue(read, '-C', '--directory'), state);
  if (has(read, '-t', '--list')) {
    if (archive && constantOf(archive) !== '-') readField(shell, archive, start, context);
    return someFlow;
  }
  if (has(read, '-x', '--extract', '--get')) {
    if (has(read, '-O', '--to-stdout'))
      return { ...someFlow, ...(archive ? readField(shell, archive, start, context) : {}) };
    if (context.stdin.network) shell.doubt('archives.fetched', say('it unpacks what is downloaded'), span);
    if (archive && constantOf(archive) !== '-') readArchive(shell, archive, start, context);
    unpack(shell, span, state, context);
    return noFlow;
  }
  if (has(read, '-c', '--create')) {
    let taint = mixTaints();
    const below = has(read, '-h', '--dereference') ? true : 'unlinked';
    for (const field of read.operands)
      taint = mixTaints(taint, readField(shell, field, state, context, 'content', below));
    if (archive && constantOf(archive) !== '-')
      writeEach(shell, [archive], start, context, 'replace', { text: undefined, ...taint });
    return archive && constantOf(archive) !== '-' ? noFlow : { ...someFlow, ...taint };
  }
  shell.doubt('command.unknown', say('what {0} does with these words is not known', 'tar'), span);
  return someFlow;
}

function judgeUnzip(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const read = readOptions(invocation.args, options);
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const [archive] = read.operands;
  const tells = has(read, '-l', '-Z', '-v', '-t', '-p', '-c', '-z');
  const taint = !archive
    ? mixTaints()
    : tells
      ? readField(shell, archive, state, context)
      : readArchive(shell, archive, state, context);
  if (tells) return { ...someFlow, ...taint };
  enter(shell, optionValue(read, '-d'), state);
  unpack(shell, invocation.span, state, context);
  return noFlow;
}

function judgeZip(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const read = readOptions(invocation.args, options);
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const [archive, ...files] = read.operands;
  let taint = mixTaints();
  const below = has(read, '-y') ? 'unlinked' : true;
  for (const field of files) taint = mixTaints(taint, readField(shell, field, state, context, 'content', below));
  if (archive && constantOf(archive) !== '-')
    writeEach(shell, [archive], state, context, 'replace', { text: undefined, ...taint });
  return noFlow;
}

const ending: Readonly<Record<string, string>> = {
  gzip: 'gz',
  pigz: 'gz',
  bzip2: 'bz2',
  xz: 'xz',
  zstd: 'zst',
  lz4: 'lz4',
  brotli: 'br',
};

/** One file becomes another of nearly the same name: nothing is lost. */
function judgeCompressor(
  shell: Shell,
  options: OptionTable,
  invocation: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const read = readOptions(invocation.args, options, { digits: true });
  if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
  const program = invocation.program.replace(
    /^(?:gunzip|unxz|bunzip2|unzstd)$/,
    (name) => ({ gunzip: 'gzip', unxz: 'xz', bunzip2: 'bzip2' })[name] ?? 'zstd',
  );
  const unpacks = program !== invocation.program || has(read, '-d', '--decompress', '--uncompress');
  const out = has(read, '-c', '--stdout', '--to-stdout', '-t', '--test', '-l', '--list') || read.operands.length === 0;
  let taint = mixTaints(context.stdin);
  for (const field of read.operands) {
    taint = mixTaints(taint, readField(shell, field, state, context));
    if (out) continue;
    judgeField(
      shell,
      field,
      state,
      context,
      (path, from) => {
        const target = unpacks
          ? path.replace(/\.(?:gz|bz2|xz|zst|lz4|br|tgz)$/, '')
          : `${path}.${ending[program] ?? 'gz'}`;
        const at = judgeWrite(shell.report, target, from, 'replace');
        if (at) shell.report.changes.write(at.real, { text: undefined, ...taint });
        if (!has(read, '-k', '--keep') && program !== 'zstd') judgeDelete(shell.report, path, from, false, false);
      },
      'write',
    );
  }
  return out ? { ...someFlow, ...taint } : noFlow;
}

/** Archives and compressed files. */
export const archives: readonly Family[] = [
  archiver({
    programs: ['tar', 'gtar', 'bsdtar'],
    options: {
      flag: '-c -x -t -z -j -J -v -p -k -O -h -m -a -U --create --extract --get --list --gzip --bzip2 --xz --zstd --verbose --preserve-permissions --keep-old-files --to-stdout --dereference --touch --auto-compress --no-same-owner --no-same-permissions --overwrite --wildcards --exclude-vcs --numeric-owner',
      value:
        '-f -C --file --directory --strip-components --exclude --transform --owner --group --mtime --sort --format',
    },
    match: [
      'tar -c -z -v -p -k -h -m -a -U -f out.tgz src',
      'tar --create --gzip --bzip2 --xz --zstd --verbose --preserve-permissions --keep-old-files --dereference --touch --auto-compress --no-same-owner --no-same-permissions --overwrite --wildcards --exclude-vcs --numeric-owner --file=out.tar --exclude=x --transform=s/a/b/ --owner=0 --group=0 --mtime=0 --sort=name --format=gnu src',
      'tar -t -j -f a.tar; tar --list -J --file=a.tar; tar tzf a.tgz; tar -x -O -f a.tar; tar --extract --to-stdout -f a.tar; tar --get -f a.tar -C lib',
      'tar xzf vendor/lib.tgz -C vendor --strip-components=1; tar -xf a.tar --directory=lib',
    ],
    notMatch: [
      'tar xf a.tar',
      'tar -xf a.tar a.txt -C lib',
      'tar xf a.tar -C /',
      'tar cf /srv/a.tar src',
      'tar cf a.tar .env',
      'tar cf a.tar ~/.ssh',
      'tar xf a.tar -C lib --to-command=sh',
      'tar cf a.tar --checkpoint=1 --checkpoint-action=exec=sh src',
      'tar -I ./x -xf a.tar -C lib',
      'tar xPf a.tar -C lib',
      'tar cf a.tar --remove-files src',
      'curl -s https://x.example/a.tgz | tar xz -C lib',
      'tar -rf a.tar src',
    ],
    judge: judgeTar,
  }),
  archiver({
    programs: ['unzip'],
    options: { flag: '-l -v -t -p -c -z -Z -o -n -q -j -u -a -C', value: '-d -x' },
    match: [
      'unzip -l a.zip; unzip -v a.zip; unzip -t a.zip; unzip -p a.zip x; unzip -c a.zip x; unzip -z a.zip; unzip -Z a.zip',
      'unzip -o -n -q -j -u -a -C a.zip -d lib -x b',
    ],
    notMatch: ['unzip -o a.zip', 'unzip a.zip -d /srv', 'unzip -P secret a.zip -d lib', 'unzip a.zip -d $X'],
    judge: judgeUnzip,
  }),
  archiver({
    programs: ['zip'],
    options: { flag: '-r -q -v -9 -j -u -y -x -X -f --recurse-paths --quiet --junk-paths', value: '-i --exclude' },
    match: [
      'zip -r -q -v -9 -j -u -y -X -f out.zip src',
      'zip --recurse-paths --quiet --junk-paths out.zip src -i a --exclude=b',
      'zip -r out.zip src -x a',
    ],
    notMatch: [
      'zip -m out.zip src',
      'zip -T -TT sh out.zip src',
      'zip /srv/x.zip src',
      'zip -r x.zip .env',
      'zip -b /srv x.zip src',
    ],
    judge: judgeZip,
  }),
  archiver({
    programs: ['gzip', 'gunzip', 'pigz', 'bzip2', 'bunzip2', 'xz', 'unxz', 'zstd', 'unzstd', 'lz4', 'brotli'],
    options: {
      flag: '-d -c -k -f -t -l -v -q -n --decompress --uncompress --stdout --to-stdout --keep --force --test --list --verbose --quiet --best --fast --no-name',
      value: '-T --threads',
    },
    match: [
      'gzip -d -c -k -f -t -l -v -q -n -9 a.gz',
      'gzip --decompress --uncompress --stdout --to-stdout --keep --force --test --list --verbose --quiet --best --fast --no-name a.gz',
      'gzip a.txt; gunzip a.txt.gz; xz -T 0 --threads=0 a.txt; unzstd a.zst; gzip -6 a; cat a | gzip > a.gz; pigz -c a; bzip2 -k a; bunzip2 a.bz2; unxz a.xz; zstd a; lz4 a; brotli a',
    ],
    notMatch: ['gzip /srv/x', 'gzip .env', 'gzip -r src', 'gunzip ~/.bashrc.gz', 'xz --files=x', 'gzip .git/config'],
    judge: judgeCompressor,
  }),
];
