import { say } from '../../../../../say';
import { constantOf } from '../../field';
import { keepsSecretsOut, needs, records } from './acts';
import {
  type GitCommand,
  type GitDoing,
  losesChanges,
  opensEditor,
  refuseValues,
  rewrites,
  signs,
  skipsHooks,
} from './command';
import { addsFiles, movesFiles, removesFiles } from './worktree';

/** A commit that is made to mend another may be given words of its own, in an editor. */
const mends: GitDoing = {
  name: 'mends',
  run({ shell, options }) {
    for (const { name, value } of options)
      if (name === '--fixup' && value && !/^[\w@][\w./@{}~^-]*$/.test(constantOf(value) ?? ''))
        shell.doubt('git.history', say('it replaces the last commit or changes its words'), value.span);
  },
};

const messages = '-m -F -C --message --file --reuse-message --no-edit --fixup --dry-run --short --porcelain --long';

/** Sub-commands that take files into the index and into commits. */
export const committing: readonly GitCommand[] = [
  {
    names: ['add', 'stage'],
    options: {
      flag: '-A -N -f -i -n -p -u -v --all --no-all --dry-run --force --ignore-errors --ignore-missing --ignore-removal --no-ignore-removal --intent-to-add --interactive --patch --refresh --renormalize --sparse --update --verbose',
      value: '--chmod',
    },
    refuses: [opensEditor('-e --edit')],
    does: [addsFiles, records],
    match: [
      'git add -A -N -f -i -n -p -u -v --all --no-all --dry-run --force --ignore-errors --ignore-missing --ignore-removal --no-ignore-removal --intent-to-add --interactive --patch --refresh --renormalize --sparse --update --verbose --chmod=x src/a.ts',
      'git stage src',
      'git add .',
      'git add :/',
      "git add '*.ts' ':!dist'",
      'git add -f dist/a.js',
    ],
    notMatch: [
      'git add .env',
      'git add -f .',
      'git add -Af',
      'git add -e',
      "git add ':(glob)**/.env'",
      "git add '.e*'",
      'git add $FILES',
      'git add --pathspec-from-file=x',
      'git add server.pem src',
    ],
  },
  {
    names: ['commit'],
    options: {
      flag: '-a -i -o -q -s -v -z --all --allow-empty --allow-empty-message --branch --dry-run --include --long --no-edit --no-gpg-sign --no-signoff --no-status --null --only --porcelain --quiet --short --signoff --status --verbose --verify',
      value: '-m -C --message --reuse-message --author --cleanup --date --fixup --trailer',
      optional: '-u --untracked-files',
      reads: '-F --file',
    },
    refuses: [
      rewrites('--amend'),
      skipsHooks('-n --no-verify'),
      signs('-S --gpg-sign'),
      opensEditor('-e -p --edit --patch --interactive'),
      refuseValues(
        '-c -t --reedit-message --squash --template',
        'git.editor',
        say('it would open an editor, and which one is not known'),
      ),
    ],
    does: [needs(messages), keepsSecretsOut, mends, addsFiles, records],
    hooks: 'pre-commit prepare-commit-msg commit-msg post-commit',
    match: [
      'git commit -a -i -o -q -s -v -z --all --allow-empty --allow-empty-message --branch --dry-run --include --long --no-edit --no-gpg-sign --no-signoff --no-status --null --only --porcelain --quiet --short --signoff --status --verbose --verify -m x -C x --message=x --reuse-message=x --author=x --cleanup=x --date=x --fixup=x --trailer=x -ux --untracked-files=x -F x --file=x src/a.ts',
      "git commit -m 'do not rm -rf /' -m more",
      "git commit -F - <<'EOF'\nwords\nEOF",
      'git commit --message=x',
      'git commit -F words.txt',
      'git commit --file words.txt',
      'git commit --reuse-message HEAD~1',
      'git commit -C HEAD~1',
      'git commit --fixup HEAD~1',
      'git commit --no-edit',
      'git commit --dry-run',
      'git commit --short',
      'git commit --porcelain',
      'git commit --long',
    ],
    notMatch: [
      'git commit',
      'git commit -a',
      'git commit --amend --no-edit',
      'git commit --amend -m x',
      'git commit -nm x',
      'git commit -S -m x',
      'git commit --no-verify -m x',
      'git commit --no-ver -m x',
      'git commit -m x -e',
      'git commit -c HEAD',
      'git commit -F .env',
      'git commit -F ~/.ssh/id_ed25519',
      'git commit -m "$(cat .env)"',
      'git commit -m "$(git config --list)"',
      'cat .env | git commit -F -',
      'git commit --fixup=reword:HEAD',
      'git commit -m x .env',
      'git commit --squash HEAD~1',
    ],
  },
  {
    names: ['rm'],
    options: { flag: '-f -n -q -r --cached --dry-run --force --ignore-unmatch --quiet' },
    does: [removesFiles, records],
    match: [
      'git rm old.ts',
      'git rm -f -n -q -r --cached --dry-run --force --ignore-unmatch --quiet --cached x',
      'git rm --cached -r dist',
    ],
    notMatch: [
      'git rm -r src',
      'git rm .',
      "git rm '*.ts'",
      'git rm *',
      'git rm /etc/hosts',
      'git rm .github/workflows/ci.yml',
    ],
  },
  {
    names: ['mv'],
    options: { flag: '-k -n -v --dry-run --verbose' },
    refuses: [losesChanges('-f --force')],
    does: [movesFiles, records],
    match: ['git mv -k -n -v --dry-run --verbose a.ts b.ts', 'git mv a.ts c.ts lib/'],
    notMatch: [
      'git mv -f a b',
      'git mv a .github/workflows/b.yml',
      'git mv hook .husky/pre-commit',
      'git mv evil.pth lib',
      'git mv ../x y',
      'git mv Makefile x',
      'git mv a /srv/b',
    ],
  },
  {
    names: ['hash-object'],
    options: { flag: '-w --stdin --no-filters --literally', value: '-t --path' },
    does: [addsFiles, records],
    match: ['git hash-object -w --stdin --no-filters --literally -t x --path=x src/a.ts'],
    notMatch: ['git hash-object -w .env', 'git hash-object --stdin-paths'],
  },
  {
    names: ['update-index'],
    options: {
      flag: '-q --add --remove --refresh --really-refresh --again --ignore-missing --unmerged --skip-worktree --no-skip-worktree --assume-unchanged --no-assume-unchanged',
      value: '--chmod',
    },
    does: [addsFiles, records],
    match: [
      'git update-index -q --add --remove --refresh --really-refresh --again --ignore-missing --unmerged --skip-worktree --no-skip-worktree --assume-unchanged --no-assume-unchanged --chmod=x src/a.ts',
    ],
    notMatch: [
      'git update-index --index-info',
      'git update-index --cacheinfo 100644,x,y',
      'git update-index --fsmonitor',
      'git update-index --add .env',
    ],
  },
  {
    names: ['write-tree'],
    options: { flag: '--missing-ok', value: '--prefix' },
    operands: 'none',
    does: [records],
    match: ['git write-tree --missing-ok --prefix=x'],
    notMatch: ['git write-tree x'],
  },
];
