import { say } from '../../../../../say';
import { judgeDelete } from '../../../scope';
import { constantOf, emptiedOf, type Field } from '../../field';
import { judgeField } from '../../paths';
import { bringsFiles, changesTree, records, treeEffect } from './acts';
import { type GitCall, type GitCommand, type GitDoing, has, losesChanges, refuse } from './command';
import { loses, losesWork } from './lossOfWork';
import { takesRefs } from './refs';
import { addsFiles, restores } from './worktree';

/** `reset` without more takes back what was added; with a commit it moves the branch, and with `--hard` it loses work. */
const resets: GitDoing = {
  name: 'resets',
  run(at) {
    const { words, paths, options } = at;
    const hard = options.some(({ name }) => name === '--hard');
    if (hard) {
      treeEffect(at, 'write');
      treeEffect(at, 'delete');
    }
    // With names of files only the index changes.
    if (paths !== undefined ? paths.length > 0 : words.length > 1) return;
    const [first] = words;
    if (!first || /^(?:HEAD|@)$/.test(constantOf(first) ?? '') || isFile(at, first)) return;
    losesWork(
      at,
      'history',
      'git.history',
      say('the branch would no longer hold the commits after {0}', emptiedOf(first.pieces)),
    );
    takesRefs.run(at);
    if (hard) bringsFiles.run(at);
  },
};

/** Whether a word names a file or folder, and no commit. */
function isFile({ shell, state, paths }: GitCall, field: Field): boolean {
  // A pattern of the shell stands for files whatever it comes to.
  const text = field.pieces.some(({ type }) => type === 'unknown') ? undefined : emptiedOf(field.pieces);
  if (text === undefined || paths !== undefined) return false;
  if (field.pieces.some(({ type }) => type === 'glob')) return true;
  const { facts } = shell.report.world;
  const kinds = (state.cwd ?? []).map((folder) => facts.kind(`${folder}/${text.replace(/\/+$/, '')}`));
  if (kinds.length > 0 && !kinds.includes('unknown')) return !kinds.includes('missing');
  return /^\.{0,2}\/|\/$|^\.$|(?:^|[\w-])\.[A-Za-z]\w{0,9}$|^[.][\w.-]+$/.test(text);
}

/** Removes what is in no commit, unless it only says what it would remove. */
const cleans: GitDoing = {
  name: 'cleans',
  run(at) {
    const { shell, operands, state, context, invocation } = at;
    if (has(at, '-n --dry-run')) {
      if (has(at, '-f --force -i --interactive'))
        shell.doubt(
          'git.work-lost',
          say('whether it only says what it would remove depends on the version'),
          invocation.span,
        );
      return;
    }
    for (const field of operands)
      judgeField(shell, field, state, context, (path, from) => judgeDelete(shell.report, path, from, true), 'delete');
    if (
      operands.length > 0 &&
      operands.every((field) => /^[^*?[:]+$/.test(constantOf(field) ?? '')) &&
      !has(at, '-i --interactive')
    )
      return;
    treeEffect(at, 'delete');
    // With it git also takes away what no ignore file lets it see, and repositories within this one.
    const all = has(at, '-x -X') || at.options.filter(({ name }) => name === '-f' || name === '--force').length > 1;
    if (all || operands.length > 0 || has(at, '-e --exclude -i --interactive')) {
      shell.report.loses({
        ...{ files: undefined, share: undefined, tracked: 0, untracked: 0, ignored: 0 },
        recoverable: false,
      });
      shell.doubt('git.work-lost', say('files that are in no commit would be removed'), invocation.span);
    } else losesWork(at, 'untracked', 'git.work-lost', say('files that are in no commit would be removed'));
  },
};

/** Sub-commands that take files out of the index, and changes out of files. */
export const unstaging: readonly GitCommand[] = [
  {
    names: ['restore'],
    options: {
      flag: '-S -W -q --staged --worktree --quiet --progress --no-progress --overlay --no-overlay --ignore-unmerged',
      value: '-s --source',
    },
    does: [restores, records],
    match: [
      'git restore -S -q --staged --quiet --progress --no-progress --overlay --no-overlay --ignore-unmerged -s x --source=x src',
      'git restore -S .',
      'git restore --staged :/',
      'git restore -S -s HEAD~1 a.ts',
      'git restore --staged --source=HEAD a.ts',
      'git restore -W removed.ts',
      'git restore --worktree removed.ts',
    ],
    notMatch: [
      'git restore README.md',
      'git restore .',
      'git restore -SW README.md',
      'git restore --staged -W README.md',
      "git restore '*.ts'",
      'git restore :/',
      'git restore -p',
      'git restore --ours a',
    ],
  },
  {
    names: ['reset'],
    options: { flag: '-N -q --mixed --soft --no-refresh --refresh --quiet --intent-to-add' },
    refuses: [
      losesChanges('--hard'),
      refuse('--merge --keep', 'git.work-lost', say('what becomes of changes that are in no commit is not known')),
      refuse('-p --patch', 'git.editor', say('it asks for each part')),
    ],
    does: [resets, records],
    match: [
      'git reset -N -q --mixed --soft --no-refresh --refresh --quiet --intent-to-add',
      'git reset HEAD',
      'git reset HEAD src/a.ts',
      'git reset -- src',
      'git reset README.md',
      'git reset origin/main a.ts',
    ],
    notMatch: [
      'git reset HEAD~1',
      'git reset --soft HEAD~1',
      'git reset --hard',
      'git reset --hard HEAD',
      'git reset --har',
      'git reset main',
      'git reset --merge',
      'git reset HEAD~1 --',
      'git reset --pathspec-from-file=x',
      'git reset -p',
    ],
  },
  {
    names: ['stash push', 'stash save'],
    options: {
      flag: '-S -k -q -u --include-untracked --keep-index --no-keep-index --quiet --staged',
      value: '-m --message',
    },
    refuses: [
      refuse('-a --all', 'git.ignored', say('it takes away what the project leaves out of commits')),
      refuse('-p --patch', 'git.editor', say('it asks for each part')),
    ],
    does: [addsFiles, records, changesTree],
    match: [
      'git stash push -S -k -q -u --include-untracked --keep-index --no-keep-index --quiet --staged -m x --message=x src',
      'git stash save -m wip',
    ],
    notMatch: ['git stash push -a', 'git stash push -p', 'git stash push --pathspec-from-file=x'],
  },
  {
    names: ['stash'],
    options: {
      flag: '-S -k -q -u --include-untracked --keep-index --no-keep-index --quiet --staged',
      value: '-m --message',
    },
    refuses: [refuse('-a --all', 'git.ignored', say('it takes away what the project leaves out of commits'))],
    operands: 'none',
    does: [records, changesTree],
    match: [
      'git stash -S -k -q -u --include-untracked --keep-index --no-keep-index --quiet --staged -m x --message=x',
      'git stash',
    ],
    notMatch: ['git stash frobnicate', 'git stash -q clear', 'git stash --all'],
  },
  {
    names: ['stash pop', 'stash apply'],
    options: { flag: '-q --index --quiet' },
    operands: /^(?:stash@\{\d+\}|\d+)$/,
    does: [records, changesTree, bringsFiles],
    hooks: 'post-checkout',
    match: ['git stash pop -q --index --quiet', 'git stash apply stash@{1}'],
    notMatch: ['git stash apply main', 'git stash pop --force'],
  },
  {
    names: ['stash drop'],
    operands: /^(?:stash@\{\d+\}|\d+)$/,
    does: [loses('history', 'git.history', say('what was put aside would be given up')), records],
    match: [],
    notMatch: ['git stash drop', 'git stash drop stash@{1}'],
  },
  {
    names: ['clean'],
    options: { flag: '-d -f -i -n -q -x -X --dry-run --force --interactive --quiet', value: '-e --exclude' },
    does: [cleans],
    match: [
      'git clean -n -d -q -x -X --quiet -e a',
      'git clean --dry-run --exclude=a',
      'git clean -fd dist',
      'git clean --force dist',
    ],
    notMatch: [
      'git clean',
      'git clean -fd',
      'git clean -fdx',
      'git clean --force src',
      'git clean -i',
      'git clean -e a',
      'git clean -nf',
      'git clean -f $X',
      "git clean -f '*'",
      'git clean --dry-run --interactive',
    ],
  },
];
