import { say } from '../../../../say';
import { baseName, bothWithin, foldPath, joinPath, locate, parentOf } from '../../../paths';
import { judgeLoss } from '../../loss';
import { type Below, judgeDelete, judgeRead, judgeWrite, type Origin } from '../../scope';
import type { Invocation } from '../command';
import { constantOf, describeField, type Field } from '../field';
import { type OptionTable, type ReadOptions, readOptions, tablesWithout } from '../options';
import { judgeField } from '../paths';
import { type Context, noFlow, type Shell } from '../shell';
import type { ShellState } from '../state';
import { checkCritical } from '../sweeping';
import type { Family } from './family';
import { doubtOption } from './looks';

/** A program that gives what lies at some places another place. */
interface Placing {
  readonly programs: readonly string[];
  readonly options: OptionTable;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
  judge(shell: Shell, read: ReadOptions, invocation: Invocation, state: ShellState, context: Context): void;
}

function placing(data: Placing): Family {
  return {
    programs: data.programs,
    match: data.match,
    notMatch: data.notMatch,
    judge(shell, invocation, state, context) {
      const read = readOptions(invocation.args, data.options);
      if (read.doubtful) doubtOption(shell, invocation, read.doubtful);
      data.judge(shell, read, invocation, state, context);
      return { ...noFlow, text: '' };
    },
    without: () =>
      tablesWithout(data.options).map(({ entry, table }) => ({ entry, family: placing({ ...data, options: table }) })),
  };
}

const has = ({ options }: ReadOptions, ...names: readonly string[]): boolean =>
  options.some(({ name }) => names.includes(name));

/** What goes where: `cp a b folder`, `cp -t folder a b`. */
function partsOf(read: ReadOptions): {
  readonly sources: readonly Field[];
  readonly target: Field | undefined;
  readonly folder: boolean;
} {
  const named = read.options.find(({ name }) => name === '-t' || name === '--target-directory')?.value;
  const sources = named ? read.operands : read.operands.slice(0, -1);
  return { sources, target: named ?? read.operands.at(-1), folder: named !== undefined || sources.length > 1 };
}

interface Transfer {
  readonly recursive: Below;
  /** What exists stays as it is. */
  readonly keeps: boolean;
  readonly moves: boolean;
  /** The target is never taken for a folder. */
  readonly exact: boolean;
  readonly parents: boolean;
}

/** Judges a copy or a move of every source to where it ends up. */
function transfer(shell: Shell, read: ReadOptions, how: Transfer, state: ShellState, context: Context): void {
  const { sources, target, folder } = partsOf(read);
  if (!target) return;
  // A pattern as the last word gives the last of what it matches, and the rest goes there.
  if (constantOf(target) === undefined)
    shell.doubt('paths.unknown', say('which path {0} stands for is not known', describeField(target)), target.span);
  for (const source of sources) {
    if (how.moves) checkCritical(shell, source, state, context, 'move');
    const take = (path: string, from: Origin): void => {
      // Under another name nobody would know a secret for one.
      const secrecy = judgeRead(shell.report, path, from, 'content', how.moves ? false : how.recursive);
      if (how.moves) judgeDelete(shell.report, path, from, true, false);
      put(shell, path, target, folder, how, secrecy !== undefined, state, from);
    };
    judgeField(shell, source, state, context, take, how.moves ? 'delete' : 'read');
  }
  if (constantOf(target) === undefined)
    judgeField(shell, target, state, context, (path, from) => judgeWrite(shell.report, path, from, 'replace'), 'write');
}

/** One thing at its new place. In a folder it keeps its name, under which it may be protected. */
function put(
  shell: Shell,
  source: string,
  target: Field,
  folder: boolean,
  how: Transfer,
  secret: boolean,
  state: ShellState,
  from: Origin,
): void {
  const { report } = shell;
  const { facts } = report.world;
  const text = constantOf(target);
  if (text === undefined) return;
  if (!state.cwd) {
    shell.doubt('paths.unknown', say('which path {0} stands for is not known', describeField(target)), target.span);
    return;
  }
  const at: Origin = { span: target.span, certainty: from.certainty };
  for (const cwd of state.cwd) {
    // The content of `src/.` goes into the target itself.
    const content = source.endsWith('/.');
    const below = foldPath(source);
    const name = content ? '.' : how.parents ? below.replace(`${cwd}/`, '').replace(/^\/+/, '') : baseName(below);
    const place = joinPath(cwd, text);
    const found = locate(place, facts);
    const kind = found.ok ? facts.kind(found.at.real) : 'unknown';
    const inFolder = !how.exact && (folder || text.endsWith('/') || text === '.' || text === '..' || kind === 'folder');
    // Where it is not known whether the target is a folder, it may be.
    if (!inFolder && !how.exact && kind === 'unknown' && folderLike.test(baseName(foldPath(place))))
      judgeWrite(report, joinPath(place, name), { ...at, certainty: 'possible' }, 'create');
    putAt(shell, source, inFolder ? joinPath(place, name) : place, how, secret, at);
  }
}

/** A name that may be a folder's. */
const folderLike = /^(?!\.env)\.?[^.]+$/;

function putAt(shell: Shell, source: string, target: string, how: Transfer, secret: boolean, from: Origin): void {
  const { report } = shell;
  const { facts } = report.world;
  const at = judgeWrite(report, target, from, how.keeps ? 'create' : 'replace');
  if (!at && how.moves) shell.doubt('command.deletes', say('{0} moved there is gone', source), from.span);
  if (!at) return;
  const origin = locate(source, facts);
  const below = how.recursive || how.moves;
  if (below)
    report.effect('write', { type: 'path', path: at.path, real: at.real, recursive: true }, from.span, from.certainty);
  if (!how.keeps) judgeLoss(report, at, from, below && facts.kind(at.real) === 'folder', 'overwrites');
  if (origin.ok) {
    // What lies elsewhere is not the baseline's.
    if (report.changes.of(origin.at.real) || bothWithin(origin.at, report.world.place.workspace, facts))
      report.changes.copy(origin.at.real, at.real);
    else report.changes.write(at.real, { text: undefined });
    // Under another name it is a secret still.
    if (secret) report.changes.append(at.real, { text: undefined, secret });
    if (shell.fetched.has(origin.at.path) || shell.fetched.has(origin.at.real)) shell.fetched.add(at.path);
    if (how.moves) report.changes.remove(origin.at.real);
  }
}

/** A link inside the workspace to something inside it is another name; one that leads out is a way out. */
function link(
  shell: Shell,
  read: ReadOptions,
  { program, span }: Invocation,
  state: ShellState,
  context: Context,
): void {
  const { report } = shell;
  const { place, facts } = report.world;
  const symbolic = has(read, '-s', '--symbolic');
  const {
    sources,
    target,
    folder: into,
  } = partsOf(
    read.operands.length === 1 && !has(read, '-t', '--target-directory')
      ? { ...read, operands: [...read.operands, hereField(span)] }
      : read,
  );
  const doubt = (): void =>
    shell.doubt(
      'command.links',
      say('{0} gives a file another name, through which it may be changed later', program),
      span,
    );
  const to = target && constantOf(target);
  if (to === undefined || !state.cwd) {
    doubt();
    return;
  }
  for (const source of sources) {
    const text = constantOf(source);
    if (text === undefined) {
      doubt();
      continue;
    }
    for (const cwd of state.cwd) {
      const base = joinPath(cwd, to);
      const folder = into || to.endsWith('/') || to === '.' || facts.kind(foldPath(base)) === 'folder';
      const name = folder ? joinPath(base, baseName(foldPath(joinPath(cwd, text)))) : base;
      // A relative target of a symbolic link is meant from where the link lies.
      const from = symbolic && !has(read, '-r', '--relative') ? parentOf(foldPath(name)) : cwd;
      const leads = joinPath(from, text);
      const found = locate(leads, facts);
      const secrecy = judgeRead(report, leads, { span: source.span, certainty: context.certainty }, 'content');
      const written = judgeWrite(report, name, { span: target?.span, certainty: context.certainty }, 'replace');
      const inside = found.ok && bothWithin(found.at, place.workspace, facts);
      if (!inside || secrecy !== undefined || found.at.real === place.workspace[0]) doubt();
      if (!written) continue;
      judgeLoss(report, written, { span, certainty: context.certainty }, false, 'overwrites');
      report.linked(written.path);
      if (found.ok) report.changes.copy(found.at.real, written.path);
      // Under another name it is a secret still.
      if (secrecy !== undefined) report.changes.append(written.path, { text: undefined, secret: true });
    }
  }
}

const hereField = (span: Field['span']): Field => ({ pieces: [{ type: 'text', text: '.' }], span, many: false });

/** Copies, moves and links. */
export const copying: readonly Family[] = [
  placing({
    programs: ['cp', 'gcp'],
    options: {
      flag: '-a -d -f -i -L -n -p -P -r -R -T -u -v -x --archive --force --no-clobber --recursive --verbose --update --no-target-directory --dereference --no-dereference --parents',
      value: '-t --target-directory',
      optional: '--preserve --no-preserve --sparse --reflink',
    },
    match: [
      'cp -a -d -f -i -L -n -p -P -r -R -u -v -x src out',
      'cp --archive --force --no-clobber --recursive --verbose --update --dereference --no-dereference --preserve=mode --no-preserve=mode --sparse=auto --reflink=auto src out',
      'cp -T a.txt b.txt; cp --no-target-directory a.txt b.txt; cp -t out a.txt; cp --target-directory=out a.txt; cp --parents src/a.ts out',
      'cp .env.example .env',
    ],
    notMatch: [
      'cp .env b',
      'cp ~/.ssh/id_rsa b',
      'cp a /srv/x',
      'cp a ~/.bashrc',
      'cp a.txt .git/hooks/pre-commit',
      'cp pre-commit .git/hooks/',
      'cp /srv/x.py conftest.py',
      'cp $X a',
      'cp --what a b',
    ],
    judge(shell, read, _invocation, state, context) {
      const keeps = has(read, '-n', '--no-clobber') && !has(read, '-f', '--force', '-i');
      const follows = has(read, '-L', '--dereference');
      const recursive = has(read, '-a', '-r', '-R', '--archive', '--recursive') && (follows || 'unlinked');
      const exact = has(read, '-T', '--no-target-directory');
      transfer(shell, read, { recursive, keeps, moves: false, exact, parents: has(read, '--parents') }, state, context);
    },
  }),
  placing({
    programs: ['mv', 'gmv'],
    options: {
      flag: '-f -i -n -v -u -T --force --no-clobber --verbose --update --no-target-directory',
      value: '-t --target-directory',
    },
    match: [
      'mv -f -i -n -v -u a.txt b.txt',
      'mv --force --no-clobber --verbose --update a.txt b.txt',
      'mv -T a b; mv --no-target-directory a b; mv -t out a.txt; mv --target-directory=out a.txt',
      'mv src lib',
    ],
    notMatch: [
      'mv ~ /tmp/x',
      'mv a /dev/null',
      'mv -t /srv a',
      'mv .git x',
      'mv ../x y',
      'mv evil .git/config',
      'mv $X a',
      'mv -S x a b',
      'mv .env x',
    ],
    judge(shell, read, _invocation, state, context) {
      const keeps = has(read, '-n', '--no-clobber') && !has(read, '-f', '--force', '-i');
      const exact = has(read, '-T', '--no-target-directory');
      transfer(shell, read, { recursive: true, keeps, moves: true, exact, parents: false }, state, context);
    },
  }),
  placing({
    programs: ['ln'],
    options: {
      flag: '-s -f -n -r -v -i -T --symbolic --force --no-dereference --relative --verbose',
      value: '-t --target-directory',
    },
    match: [
      'ln -s -f -n -r -v -i a.txt b.txt',
      'ln --symbolic --force --no-dereference --relative --verbose a.txt b.txt',
      'ln -s ../README.md docs/index.md; ln -T -s a b; ln -s -t out a.txt; ln -s --target-directory=out c.txt',
      'ln a.txt b.txt',
    ],
    notMatch: [
      'ln -s ~/.bashrc x',
      'ln -s / x',
      'ln -s ../../x y',
      'ln /etc/passwd x',
      'ln -s $X y',
      'ln -s .env x',
      'ln -s a .git/hooks/pre-commit',
      'ln -s . x',
    ],
    judge: link,
  }),
];
