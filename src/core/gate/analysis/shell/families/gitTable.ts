import type { OptionTable } from '../options';

/** A sub-command of git that only looks, with the options under which it does. */
export interface GitLook {
  readonly names: readonly string[];
  readonly options: OptionTable;
  readonly digits?: boolean;
  /** First operands it may have: `stash list`. */
  readonly first?: readonly string[];
  /** Without operands it only lists; with one it makes something. */
  readonly noOperands?: boolean;
  /** It must be told to list, or have no operand. */
  readonly listing?: string;
  readonly match: readonly string[];
  readonly notMatch: readonly string[];
}

const shown =
  '-p -u -s -z -a -b -D -R -w -W --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --minimal --patience --histogram --ignore-all-space --ignore-space-change --ignore-blank-lines --no-renames --exit-code --quiet --no-prefix --text --binary --compact-summary --patch-with-stat --no-ext-diff --no-textconv --merge-base --function-context';
const shownOptional =
  '-U -B -M -C --unified --stat --color --color-words --word-diff --abbrev --relative --dirstat --find-renames --ignore-submodules --submodule';
const shownValues =
  '-S -G --diff-filter --diff-algorithm --stat-width --src-prefix --dst-prefix --inter-hunk-context --ws-error-highlight';
const logFlags =
  '--oneline --graph --all --no-decorate --follow --merges --no-merges --first-parent --reverse --full-history --topo-order --date-order --author-date-order --abbrev-commit --no-abbrev-commit --left-right --cherry-pick --cherry --simplify-by-decoration --source --boundary --count --parents --children --ancestry-path --no-notes --clear-decorations --walk-reflogs -g -i -E -F -P -c -m --cc --use-mailmap --all-match --invert-grep --no-expand-tabs -e -n --email --numbered';
const logOptional = '--decorate --pretty --branches --tags --remotes --no-walk';
const logValues =
  '-L --max-count --skip --since --until --after --before --author --committer --grep --format --date --decorate-refs --exclude --glob --min-parents --max-parents --encoding';

/** Every sub-command of git that only looks. */
export const gitLookTable: readonly GitLook[] = [
  {
    names: ['status'],
    options: {
      flag: '-s -b -u -z -v --short --branch --long --verbose --ignored --no-renames --show-stash --ahead-behind --no-ahead-behind',
      optional: '--porcelain --untracked-files --ignore-submodules --column --find-renames',
    },
    match: [
      'git status -s -b -z -v -u',
      'git status --short --branch --long --verbose --ignored --no-renames --show-stash --ahead-behind --porcelain=v1 --untracked-files=no --ignore-submodules=all --column=auto --find-renames=50',
      'git status --no-ahead-behind',
    ],
    notMatch: [
      'git status --what',
      'git -c core.fsmonitor=./x status',
      'git --git-dir=./sub status',
      'GIT_DIR=x git status',
    ],
  },
  {
    names: ['diff'],
    options: { flag: shown, optional: shownOptional, value: shownValues },
    digits: true,
    match: [
      'git diff -p -u -s -z -a -b -D -R -w -W --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --minimal --patience --histogram --ignore-all-space --ignore-space-change --ignore-blank-lines --no-renames --exit-code --quiet --no-prefix --text --binary --compact-summary --patch-with-stat --no-ext-diff --no-textconv --merge-base --function-context HEAD',
      'git diff -U1 -B1 -M1 -C1 --unified=x --stat=x --color=x --color-words=x --word-diff=x --abbrev=x --relative=x --dirstat=x --find-renames=x --ignore-submodules=x --submodule=x -S x -G x --diff-filter=x --diff-algorithm=x --stat-width=x --src-prefix=x --dst-prefix=x --inter-hunk-context=x --ws-error-highlight=x HEAD',
      'git diff',
      'git diff HEAD~1 -- src/a.ts',
      'git diff --cached --stat --name-only',
    ],
    notMatch: [
      'git diff --ext-diff',
      'git diff --textconv',
      'git diff --output=x',
      'git diff --no-index a .env',
      'git diff -O',
      'git diff --outp=x',
    ],
  },
  {
    names: ['log', 'shortlog', 'whatchanged'],
    options: {
      flag: `${shown} ${logFlags}`,
      optional: `${shownOptional} ${logOptional}`,
      value: `${shownValues} ${logValues}`,
    },
    digits: true,
    match: [
      'git log --oneline --graph --all --no-decorate --follow --merges --no-merges --first-parent --reverse --full-history --topo-order --date-order --author-date-order --abbrev-commit --no-abbrev-commit --left-right --cherry-pick --cherry --simplify-by-decoration --source --boundary --count --parents --children --ancestry-path --no-notes --clear-decorations --walk-reflogs -g -i -E -F -P -c -m --cc --use-mailmap --all-match --invert-grep --no-expand-tabs -e -n --email --numbered HEAD',
      'git log --decorate=x --pretty=x --branches=x --tags=x --remotes=x --no-walk=x -L x --max-count=x --skip=x --since=x --until=x --after=x --before=x --author=x --committer=x --grep=x --format=x --date=x --decorate-refs=x --exclude=x --glob=x --min-parents=x --max-parents=x --encoding=x HEAD',
      'git log -n 5 --pretty -U --stat',
      'git log -p -u -s -z -a -b -D -R -w -W --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --minimal --patience --histogram --ignore-all-space --ignore-space-change --ignore-blank-lines --no-renames --exit-code --quiet --no-prefix --text --binary --compact-summary --patch-with-stat --no-ext-diff --no-textconv --merge-base --function-context HEAD',
      'git log -U1 -B1 -M1 -C1 --unified=x --stat=x --color=x --color-words=x --word-diff=x --abbrev=x --relative=x --dirstat=x --find-renames=x --ignore-submodules=x --submodule=x -S x -G x --diff-filter=x --diff-algorithm=x --stat-width=x --src-prefix=x --dst-prefix=x --inter-hunk-context=x --ws-error-highlight=x HEAD',
      'git whatchanged -1',
      'git log --oneline -20',
      "git log --grep='rm -rf' --oneline",
      "git log --format='%h|%s' -5",
      'git log -- docs/--output=notes.md',
      'git shortlog -s -n HEAD',
    ],
    notMatch: ['git log --output=x -1', 'git log --ext-diff -p', 'git -p log', 'git log --textconv'],
  },
  {
    names: ['show'],
    options: {
      flag: `${shown} ${logFlags}`,
      optional: `${shownOptional} ${logOptional}`,
      value: `${shownValues} ${logValues}`,
    },
    digits: true,
    match: [
      'git show --oneline --graph --all --no-decorate --follow --merges --no-merges --first-parent --reverse --full-history --topo-order --date-order --author-date-order --abbrev-commit --no-abbrev-commit --left-right --cherry-pick --cherry --simplify-by-decoration --source --boundary --count --parents --children --ancestry-path --no-notes --clear-decorations --walk-reflogs -g -i -E -F -P -c -m --cc --use-mailmap --all-match --invert-grep --no-expand-tabs -e -n --email --numbered HEAD',
      'git show --decorate=x --pretty=x --branches=x --tags=x --remotes=x --no-walk=x -L x --max-count=x --skip=x --since=x --until=x --after=x --before=x --author=x --committer=x --grep=x --format=x --date=x --decorate-refs=x --exclude=x --glob=x --min-parents=x --max-parents=x --encoding=x HEAD',
      'git show -p -u -s -z -a -b -D -R -w -W --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --minimal --patience --histogram --ignore-all-space --ignore-space-change --ignore-blank-lines --no-renames --exit-code --quiet --no-prefix --text --binary --compact-summary --patch-with-stat --no-ext-diff --no-textconv --merge-base --function-context HEAD',
      'git show -U1 -B1 -M1 -C1 --unified=x --stat=x --color=x --color-words=x --word-diff=x --abbrev=x --relative=x --dirstat=x --find-renames=x --ignore-submodules=x --submodule=x -S x -G x --diff-filter=x --diff-algorithm=x --stat-width=x --src-prefix=x --dst-prefix=x --inter-hunk-context=x --ws-error-highlight=x HEAD',
      'git show HEAD~1:src/a.ts',
      'git show --stat HEAD',
    ],
    notMatch: ['git show --output=x HEAD', 'git show --ext-diff', 'git show HEAD:.env'],
  },
  {
    names: ['blame', 'annotate'],
    options: {
      flag: '-b -c -e -f -l -n -p -s -t -w --porcelain --line-porcelain --show-email --show-name --show-number --root --incremental',
      value: '-L --since --date',
      optional: '-M -C --abbrev',
    },
    match: [
      'git annotate src/a.ts',
      'git blame -b -c -e -f -l -n -p -s -t -w -L 1,5 -M -C src/a.ts',
      'git blame --porcelain --line-porcelain --show-email --show-name --show-number --root --incremental --since=x --date=iso --abbrev=8 src/a.ts',
    ],
    notMatch: ['git blame --contents .env a', 'git blame -S x a', 'git blame --ignore-revs-file x a'],
  },
  {
    names: ['grep'],
    options: {
      flag: '-a -c -E -F -G -h -H -i -I -l -L -n -o -p -P -q -v -w -W -z --cached --untracked --ignore-case --line-number --files-with-matches --name-only --count --word-regexp --all-match --and --or --not --heading --break --show-function --fixed-strings --extended-regexp --perl-regexp --only-matching --quiet',
      value: '-A -B -C -e -m --max-depth --threads --context --max-count',
      optional: '--color',
    },
    digits: true,
    match: [
      'git grep -a -c -E -F -G -h -H -i -I -l -L -n -o -p -P -q -v -w -W -z --cached --untracked --ignore-case --line-number --files-with-matches --name-only --count --word-regexp --all-match --and --or --not --heading --break --show-function --fixed-strings --extended-regexp --perl-regexp --only-matching --quiet foo',
      'git grep -A x -B x -C x -e x -m x --max-depth=x --threads=x --context=x --max-count=x --color=never',
      'git grep -n foo',
      'git grep -i -l foo -- src',
    ],
    notMatch: [
      'git grep -O foo',
      'git grep --open-files-in-pager=x foo',
      'git grep -f .env',
      'git grep --no-index foo',
      'git grep --textconv foo',
    ],
  },
  {
    names: [
      'ls-files',
      'ls-tree',
      'rev-parse',
      'rev-list',
      'cat-file',
      'merge-base',
      'name-rev',
      'describe',
      'for-each-ref',
      'show-ref',
      'count-objects',
      'diff-tree',
      'diff-index',
      'diff-files',
      'cherry',
      'var',
      'check-ignore',
      'check-attr',
      'verify-commit',
      'range-diff',
      'show-branch',
    ],
    options: {
      flag: '-a -c -d -e -f -i -k -l -m -o -p -q -r -s -t -u -v -z --cached --deleted --modified --others --ignored --stage --unmerged --killed --full-name --error-unmatch --exclude-standard --directory --name-only --name-status --long --full-tree --abbrev-ref --symbolic --symbolic-full-name --show-toplevel --show-prefix --show-cdup --git-dir --git-common-dir --absolute-git-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --verify --quiet --short --all --branches --tags --remotes --always --dirty --long --heads --count --left-right --no-merges --merges --first-parent --no-walk --objects --reverse --is-ancestor --fork-point --octopus --batch-check --no-commit-id --root --exact-match --contains --verbose --human-readable --cherry-pick --oneline --raw --patch --stat --no-patch --deduplicate --eol --local-env-vars --show-object-format -h -H',
      value:
        '-x --exclude --max-count --skip --since --until --match --candidates --format --sort --points-at --merged --no-merged --author --grep --refs --creation-factor',
      optional: '--abbrev',
    },
    digits: true,
    match: [
      'git ls-files -a -c -d -e -f -i -k -l -m -o -p -q -r -s -t -u -v -z --cached --deleted --modified --others --ignored --stage --unmerged --killed --full-name --error-unmatch --exclude-standard --directory --name-only --name-status --long --full-tree --abbrev-ref --symbolic --symbolic-full-name --show-toplevel --show-prefix --show-cdup --git-dir --git-common-dir --absolute-git-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --verify --quiet --short --all --branches --tags --remotes --always --dirty --long --heads --count --left-right --no-merges --merges --first-parent --no-walk --objects --reverse --is-ancestor --fork-point --octopus --batch-check --no-commit-id --root --exact-match --contains --verbose --human-readable --cherry-pick --oneline --raw --patch --stat --no-patch --deduplicate --eol --local-env-vars --show-object-format -h -H HEAD',
      'git rev-list -x x --exclude=x --max-count=x --skip=x --since=x --until=x --match=x --candidates=x --format=x --sort=x --points-at=x --merged=x --no-merged=x --author=x --grep=x --refs=x --creation-factor=x --abbrev=8 HEAD',
      'git name-rev HEAD',
      'git show-ref HEAD',
      'git count-objects HEAD',
      'git diff-tree HEAD',
      'git diff-index HEAD',
      'git diff-files HEAD',
      'git cherry HEAD',
      'git var HEAD',
      'git check-ignore HEAD',
      'git check-attr HEAD',
      'git verify-commit HEAD',
      'git range-diff HEAD',
      'git show-branch HEAD',
      'git ls-tree HEAD',
      'git ls-files -o --exclude-standard -z dist',
      'git rev-parse --abbrev-ref HEAD',
      'git rev-parse --show-toplevel',
      'git rev-list --count HEAD',
      'git cat-file -t HEAD',
      'git merge-base HEAD main',
      'git describe --tags --always',
      'git for-each-ref --sort=x --format=y',
      'git check-ignore -v a',
    ],
    notMatch: [
      'git cat-file --textconv HEAD:a',
      'git cat-file --filters HEAD:a',
      'git ls-files -X x',
      'git ls-files --exclude-from=x',
      'git rev-parse --parseopt',
      'git diff-tree --ext-diff',
      'git cat-file -p HEAD:.env',
    ],
  },
  {
    names: ['branch'],
    options: {
      flag: '-a -r -v -l -q --all --remotes --list --verbose --show-current --no-color --no-column --ignore-case',
      value: '--sort --format --contains --no-contains --merged --no-merged --points-at',
      optional: '--color --column --abbrev',
    },
    listing: '-l --list --contains --no-contains --merged --no-merged --points-at',
    match: [
      'git branch -l -q --all --remotes --verbose --no-color --no-column --ignore-case',
      'git branch --no-contains x --no-merged x --points-at x --color=x --column=x --abbrev=8',
      'git branch',
      'git branch -a -v -vv',
      'git branch --list --sort=x --format=y foo',
      'git branch --show-current',
      'git branch --contains HEAD',
      'git branch -r --merged main',
    ],
    notMatch: [
      'git branch new',
      'git branch -D old',
      'git branch -m a b',
      'git branch --edit-description',
      'git branch -a new',
      'git branch -u origin/main',
    ],
  },
  {
    names: ['tag'],
    options: {
      flag: '-l -i --list --no-color --ignore-case',
      value: '--sort --format --contains --no-contains --merged --no-merged --points-at',
      optional: '-n --color --column',
    },
    listing: '-l --list --contains --no-contains --merged --no-merged --points-at -n',
    match: [
      'git tag -i --list --no-color --ignore-case -n --no-contains x --merged x --no-merged x --points-at x --color=x --column=x',
      'git tag',
      "git tag -l 'v1.*' --sort=x --format=y",
      'git tag --contains HEAD',
    ],
    notMatch: ['git tag v1', 'git tag -d v1', 'git tag -a v1 -m x', 'git tag -s v1'],
  },
  {
    names: ['remote'],
    options: { flag: '-v --verbose' },
    first: ['get-url'],
    match: ['git remote', 'git remote -v', 'git remote --verbose', 'git remote get-url origin'],
    notMatch: ['git remote add x y', 'git remote show origin', 'git remote set-url origin x', 'git remote update'],
  },
  {
    names: ['stash'],
    options: { flag: '--stat --oneline -p --name-only --name-status', value: '--format' },
    first: ['list', 'show'],
    match: ['git stash list --oneline --format=x', 'git stash show --stat -p --name-only --name-status'],
    notMatch: ['git stash', 'git stash pop', 'git stash drop', 'git stash push -m x', 'git stash show --ext-diff'],
  },
  {
    names: ['worktree', 'reflog', 'notes'],
    options: { flag: '--porcelain -v --oneline --all', value: '-n' },
    digits: true,
    first: ['list', 'show', 'log'],
    match: ['git worktree list --porcelain -v', 'git reflog show --oneline --all -n 5', 'git notes list'],
    notMatch: ['git worktree add x', 'git reflog expire --all', 'git worktree list-all'],
  },
  {
    names: ['version', 'help'],
    options: { flag: '-a --build-options' },
    noOperands: true,
    match: ['git version --build-options', 'git help -a', 'git --version'],
    notMatch: ['git help --web config', 'git help -w log', 'git help log'],
  },
  {
    names: ['config'],
    options: {
      flag: '-l --list --show-origin --show-scope --name-only --global --local --system --worktree -z --null --includes --no-includes --bool --int',
      value: '--type --get --get-all --get-regexp --default',
    },
    listing: '-l --list --get --get-all --get-regexp',
    first: ['get', 'list'],
    match: [
      'git config --list --global --system --worktree -z --null --includes --no-includes --bool --int',
      'git config --get x --type int --default 1',
      'git config --get user.name',
      'git config --get-all x.y',
      'git config --get-regexp x --local',
      'git config get user.name',
      'git config --list --show-origin --show-scope --name-only',
      'git config -l',
    ],
    notMatch: [
      'git config core.hooksPath ./hooks',
      'git config user.name x',
      'git config --unset x',
      'git config -e',
      'git config --file x -l',
      'git config --get-urlmatch x y',
    ],
  },
];
