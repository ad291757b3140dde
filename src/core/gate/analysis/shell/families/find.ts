import type { Command } from 'unbash';
import { say } from '../../../../say';
import { joinPath } from '../../../paths';
import { globNamesSecrets } from '../../../secretPaths';
import { globMatcher } from '../../globs';
import { judgeDelete, judgeRead, judgeWrite } from '../../scope';
import { type Invocation, runWords } from '../command';
import { constantOf, describeField, type Field, textPiece } from '../field';
import { followLinks, judgeField, pathsNamed, pointedBy, unknownPath } from '../paths';
import { type Context, type Flow, type ListedPath, type Shell, someFlow } from '../shell';
import { copyState, type ShellState } from '../state';
import { checkCritical } from '../sweeping';
import { removeEach } from '../touch';
import type { Family } from './family';
import { lookHere } from './looks';

/** Tests and options that only look, by how many words they take. */
const harmless: readonly (readonly [number, string])[] = [
  [
    0,
    '-print -print0 -ls -prune -quit -true -false -empty -executable -readable -writable -nouser -nogroup -depth -d -mount -xdev -daystart -noleaf -not -a -and -o -or ! ( ) , -ignore_readdir_race -noignore_readdir_race -nowarn -warn -help --help -version --version',
  ],
  [
    1,
    '-name -iname -path -ipath -wholename -iwholename -regex -iregex -type -xtype -size -mtime -atime -ctime -mmin -amin -cmin -maxdepth -mindepth -perm -user -group -uid -gid -links -inum -lname -ilname -regextype -used -fstype -printf -newermt -newerct -newerat',
  ],
];
/** Tests that look at another file. */
const lookingAt = new Set(['-newer', '-anewer', '-cnewer', '-samefile', '-neweraa', '-newermm']);
/** Tests that leave only some of what is found. */
const selecting = /^-(?:i?name|i?path|i?wholename|i?regex|size|[acm]?time|[acm]?min|empty|newer.*|i?lname|links|inum)$/;
/** Tests that pick by name. */
const naming = /^-i?(?:name|path|wholename|regex|lname)$/;
const writing = new Set(['-fprint', '-fprint0', '-fls', '-fprintf']);
const running = new Set(['-exec', '-execdir', '-ok', '-okdir']);

interface Data {
  readonly harmless: typeof harmless;
}

function find(data: Data): Family {
  const arity = new Map(
    data.harmless.flatMap(([count, names]) => names.split(' ').map((name) => [name, count] as const)),
  );
  return {
    programs: ['find', 'gfind'],
    match: [
      "find . -name '*.ts' -print",
      'find src -type f -size +1k -print0',
      'find . \\( -iname x -o -path y -or -ipath z -wholename w -iwholename v \\) -a -not -prune -ls',
      'find . ! -regex x -iregex y -and -regextype posix-extended -true , -false',
      'find . -empty -executable -readable -writable -nouser -nogroup -depth -d -mount -xdev -daystart -noleaf',
      'find . -xtype f -mtime 1 -atime 1 -ctime 1 -mmin 1 -amin 1 -cmin 1 -maxdepth 2 -mindepth 1 -perm 644 -user x -group x -uid 1 -gid 1 -links 1 -inum 1',
      "find . -lname x -ilname x -used 1 -fstype ext4 -printf '%p' -newermt yesterday -newerct yesterday -newerat yesterday -quit",
      'find . -ignore_readdir_race -noignore_readdir_race -nowarn -warn',
      'find -H . ; find -P . ; find -E . ; find -X . ; find . -O2',
      'find -help; find --help; find -version; find --version',
      'find . -newer a.txt -samefile b.txt',
      'find src -name "*.ts" -exec grep -n foo {} +',
      'find src -type f -exec wc -l {} \\;',
      "find . -name '*.pyc' -delete",
      'find . -type d -name __pycache__ -exec rm -rf {} +',
      "find src -name '*.ts' -exec sed -i 's/a/b/' {} \\;",
    ],
    notMatch: [
      'find . -maxdepth 1 -delete -name x',
      'find . -delete',
      'find . -name "*" -delete',
      "find . ! -name '*.pyc' -delete",
      "find . -name '*.pyc' -o -type f -delete",
      'find . -exec rm {} \\;',
      'find src -type f -exec rm {} +',
      "find . -name '*.sh' -exec {} \\;",
      'find . -exec touch /tmp/x \\;',
      'find -L . -exec touch {} +',
      'find . -execdir ./x \\;',
      'find . -ok touch /tmp/x \\;',
      'find . -fprintf /tmp/x y',
      'find . -fls out',
      'find . -fprint out',
      'find . -what',
      'find $X -name y',
      'find ~ -type f',
      'find . -files0-from x',
    ],
    judge: (shell, invocation, state, context) => judgeFind(shell, arity, invocation, state, context),
    without: () =>
      data.harmless.flatMap(([count, names]) =>
        names.split(' ').map((entry) => ({
          entry,
          family: find({
            harmless: data.harmless.map((row) =>
              row[0] === count
                ? [
                    count,
                    names
                      .split(' ')
                      .filter((name) => name !== entry)
                      .join(' '),
                  ]
                : row,
            ),
          }),
        })),
      ),
  };
}

export const finding: readonly Family[] = [find({ harmless })];

function judgeFind(
  shell: Shell,
  arity: ReadonlyMap<string, number>,
  { args, span, node }: Invocation,
  state: ShellState,
  context: Context,
): Flow {
  const start = args.findIndex((field) => !isRoot(field));
  const split = start < 0 ? args.length : start;
  const leading = args.slice(0, split).filter((field) => !/^-[HLPEX]$/.test(constantOf(field) ?? ''));
  const roots = leading;
  const expression = args.slice(split);
  let narrowed = false;
  const names: Field[] = [];
  let deletes: { readonly field: Field; readonly names: readonly Field[]; readonly narrowed: boolean } | undefined;
  const words = expression.map((field) => constantOf(field));
  const alternatives = words.filter((word) => word === '-o' || word === '-or' || word === ',').length;
  const negated = words.some((word) => word === '!' || word === '-not');
  // A name bounds what is found only where it is not negated and every alternative has one.
  const bounds = (): readonly Field[] => (negated || names.length <= alternatives ? [] : names);
  for (let index = 0; index < expression.length; index += 1) {
    const field = expression[index];
    if (!field) break;
    const word = constantOf(field);
    if (word === undefined) {
      shell.doubt(
        'command.option',
        say('what {1} means to {0} is not known', 'find', describeField(field)),
        field.span,
      );
      continue;
    }
    if (naming.test(word)) names.push(expression[index + 1] ?? field);
    if (selecting.test(word))
      narrowed ||= !/^\*?$/.test(constantOf(expression[index + 1] ?? field) ?? 'x') || word === '-empty';
    const count = arity.get(word);
    if (count !== undefined) {
      index += count;
      continue;
    }
    if (/^-O[0-3]$/.test(word)) continue;
    if (lookingAt.has(word)) {
      const file = expression[index + 1];
      if (file) judgeField(shell, file, state, context, (path, from) => judgeRead(shell.report, path, from, 'look'));
      index += 1;
    } else if (word === '-delete') {
      // Tests that stand after it no longer matter.
      deletes = { field, names: bounds(), narrowed };
    } else if (writing.has(word)) {
      const file = expression[index + 1];
      if (file)
        judgeField(
          shell,
          file,
          state,
          context,
          (path, from) => judgeWrite(shell.report, path, from, 'replace'),
          'write',
        );
      shell.doubt('command.overwrites', say('{0} writes what it finds into a file', word), field.span);
      index += word === '-fprintf' ? 2 : 1;
    } else if (running.has(word)) {
      refuseSecrets(shell, names, roots, state, context);
      index = runFound(shell, expression, index, roots, bounds(), narrowed, node, span, state, context);
    } else shell.doubt('command.option', say('what {1} means to {0} is not known', 'find', word), field.span);
  }
  for (const root of roots)
    judgeField(shell, root, state, context, (path, from) => judgeRead(shell.report, path, from, 'look', true));
  if (roots.length === 0) lookHere(shell, state, context, 'look', true);
  refuseHomes(shell, roots, state);
  if (words.includes('-follow') || args.some((field) => constantOf(field) === '-L')) {
    followLinks(shell, roots, state, context, 'look');
    if (words.some((word) => word !== undefined && running.has(word)))
      unknownPath(shell, 'write', 'what links lead to', { span, certainty: 'possible' });
  }
  if (deletes) deleteFound(shell, roots, deletes.names, deletes.narrowed, deletes.field, state, context);
  return { ...someFlow, paths: listed(roots, narrowed ? patternsOf(bounds()) : undefined, state) };
}

/** What is found is given to a program, which may put out what is in it. */
function refuseSecrets(
  shell: Shell,
  names: readonly Field[],
  roots: readonly Field[],
  state: ShellState,
  context: Context,
): void {
  for (const field of names) {
    const pattern = constantOf(field);
    const last = pattern?.slice(pattern.lastIndexOf('/') + 1);
    if (last === undefined || globNamesSecrets(last, globMatcher(last)))
      shell.doubt('secrets.project', say('{0} may name files that hold secrets', describeField(field)), field.span);
  }
  if (names.length > 0) return;
  for (const root of roots)
    judgeField(shell, root, state, context, (path, from) => judgeRead(shell.report, path, from, 'content', true));
  if (roots.length === 0) lookHere(shell, state, context, 'content', true);
}

function isRoot(field: Field): boolean {
  const text = constantOf(field);
  return (
    text === undefined ||
    (!(text.startsWith('-') && text.length > 1 && !/^-[HLPEX]$/.test(text)) &&
      text !== '(' &&
      text !== '!' &&
      text !== ',' &&
      text !== ')')
  );
}

/** Going through a whole home or system tells names that are nobody's business here. */
function refuseHomes(shell: Shell, roots: readonly Field[], state: ShellState): void {
  const { home } = shell.report.world.place;
  for (const root of roots)
    for (const pointed of pointedBy(root, state.cwd))
      if (pointed.type === 'paths' && pointed.paths.some((path) => path.replace(/\/+$/, '') === home))
        shell.doubt('secrets.personal', say('it goes through all of {0}', home), root.span);
}

function deleteFound(
  shell: Shell,
  roots: readonly Field[],
  names: readonly Field[],
  narrowed: boolean,
  at: Field,
  state: ShellState,
  context: Context,
): void {
  const targets = roots.length > 0 ? roots : [{ ...at, pieces: [textPiece('.')] }];
  if (!narrowed)
    for (const root of targets) checkCritical(shell, { ...root, span: at.span }, state, context, 'removal');
  for (const root of targets)
    for (const pointed of pointedBy(root, state.cwd))
      if (pointed.type === 'paths') for (const path of pointed.paths) outsideDelete(shell, path, at, context);
  const everything = !narrowed || patternsOf(names).includes('*');
  if (everything)
    for (const root of targets)
      judgeField(shell, root, state, context, (path, from) => judgeDelete(shell.report, path, from, true), 'delete');
  else removeEach(shell, foundFields(roots, names, true, at.span), false, state, context);
}

function outsideDelete(shell: Shell, path: string, at: Field, context: Context): void {
  const before = shell.report;
  const { place } = before.world;
  before.effect('delete', { type: 'path', path, real: path, recursive: true }, at.span, context.certainty);
  const inside = [...place.workspace, ...(place.scratch ? [place.scratch] : []), '/tmp', '/var/tmp'].some(
    (folder) => path === folder || joinPath(path, '').startsWith(`${folder}/`),
  );
  if (!inside && !path.includes('/..') && context.certainty === 'certain')
    before.harm('paths.outside-delete', say('{0} is outside the workspace and would be lost', path), at.span);
  else if (!inside)
    before.doubt('paths.outside-delete', say('{0} is outside the workspace and would be lost', path), at.span);
}

/** `-exec command {} ;` runs the command with what was found. @returns the index of the closing word. */
function runFound(
  shell: Shell,
  expression: readonly Field[],
  index: number,
  roots: readonly Field[],
  names: readonly Field[],
  narrowed: boolean,
  node: Command,
  span: Field['span'],
  state: ShellState,
  context: Context,
): number {
  const action = constantOf(expression[index] as Field) ?? '-exec';
  let end = index + 1;
  while (end < expression.length) {
    const text = constantOf(expression[end] as Field);
    if (text === ';' || (text === '+' && constantOf(expression[end - 1] as Field) === '{}')) break;
    end += 1;
  }
  const words = expression.slice(index + 1, end);
  const inner = copyState(state);
  if (action === '-execdir' || action === '-okdir') inner.cwd = undefined;
  inner.functions.clear();
  for (const found of foundFields(roots, names, narrowed, span)) {
    const filled = words.map((field) => fill(field, found));
    runWords(shell, filled, node, span, inner, {
      ...context,
      certainty: narrowed ? 'possible' : context.certainty,
      through: [...context.through, `find ${action}`],
      stdin: { ...someFlow },
    });
  }
  if (action.startsWith('-ok')) shell.doubt('command.option', say('{0} would wait for an answer', 'find'), span);
  return end;
}

function fill(field: Field, found: Field): Field {
  return {
    ...field,
    pieces: field.pieces.flatMap((piece) => {
      if (piece.type !== 'text' || !piece.text.includes('{}')) return [piece];
      return piece.text
        .split('{}')
        .flatMap((part, at) => [...(at > 0 ? found.pieces : []), ...(part === '' ? [] : [textPiece(part)])]);
    }),
  };
}

/** What is found, as words: everything below each root whose name fits, and the root itself where nothing narrows the search. */
function foundFields(
  roots: readonly Field[],
  names: readonly Field[],
  narrowed: boolean,
  span: Field['span'],
): readonly Field[] {
  const starts: readonly Field[] = roots.length > 0 ? roots : [{ pieces: [textPiece('.')], span, many: false }];
  const patterns = patternsOf(names);
  return starts.flatMap((root): Field[] => [
    ...(narrowed ? [] : [root]),
    ...patterns.map((pattern) => ({
      ...root,
      pieces: [...root.pieces, textPiece('/'), { type: 'glob' as const, pattern: `**/${pattern}` }],
    })),
  ]);
}

/** The names that tests ask for, any of which may fit; every name where one of them is not plain. */
function patternsOf(names: readonly Field[]): readonly string[] {
  const plain = names.map((field) => constantOf(field));
  const usable = plain.every((pattern) => pattern !== undefined && !/[/\\]/.test(pattern) && pattern !== '');
  return plain.length > 0 && usable ? plain.filter((pattern) => pattern !== undefined) : ['*'];
}

/** What a pipe gets: the folders themselves where nothing narrows the search. */
function listed(
  roots: readonly Field[],
  patterns: readonly string[] | undefined,
  state: ShellState,
): readonly ListedPath[] | undefined {
  const named = roots.length > 0 ? roots.flatMap((field) => pathsNamed(field, state.cwd)) : state.cwd;
  const paths = named?.filter((path) => path !== undefined);
  if (!named || !paths || paths.length < named.length) return undefined;
  return paths.flatMap((path): ListedPath[] => {
    const folder = path.replace(/\/\.?$/, '') || '/';
    return patterns ? patterns.map((pattern) => ({ path: folder, pattern })) : [{ path: folder, pattern: undefined }];
  });
}
