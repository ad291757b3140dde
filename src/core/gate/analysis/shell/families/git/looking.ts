import type { GitCommand } from './command';
import { logFlags, logOptional, logValues, shown, shownOptional, shownValues } from './shown';

/** Sub-commands that show the work tree, its changes and its history. */
export const looking: readonly GitCommand[] = [
  {
    names: ['status'],
    options: {
      flag: '-s -b -z -v --short --branch --long --verbose --no-renames --renames --show-stash --no-column --ahead-behind --no-ahead-behind',
      optional: '-u -M --porcelain --untracked-files --ignored --ignore-submodules --column --find-renames',
    },
    match: [
      'git status -s -b -z -v --short --branch --long --verbose --no-renames --renames --show-stash --no-column --ahead-behind --no-ahead-behind -ux -Mx --porcelain=x --untracked-files=x --ignored=x --ignore-submodules=x --column=x --find-renames=x',
    ],
    notMatch: ['git status --what', 'git -c core.fsmonitor=./x status', 'GIT_DIR=x git status', 'git status --porc'],
  },
  {
    names: ['diff'],
    options: { flag: shown, optional: shownOptional, value: shownValues },
    digits: true,
    match: [
      'git diff -p -u -s -z -a -b -c -t -r -D -R -w -W --cc --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --no-color-moved --minimal --patience --histogram --indent-heuristic --no-indent-heuristic --ignore-all-space --ignore-space-change --ignore-space-at-eol --ignore-cr-at-eol --ignore-blank-lines --no-renames --find-copies-harder --irreversible-delete --pickaxe-all --pickaxe-regex --exit-code --quiet --no-prefix --default-prefix --no-relative --text --binary --compact-summary --cumulative --combined-all-paths --patch-with-stat --patch-with-raw --no-ext-diff --no-textconv --merge-base --function-context -Ux -Bx -Mx -Cx --unified=x --stat=x --color=x --color-words=x --color-moved=x --word-diff=x --abbrev=x --relative=x --dirstat=x --break-rewrites=x --find-renames=x --find-copies=x --ignore-submodules=x --submodule=x -S x -G x -I x --diff-filter=x --diff-algorithm=x --diff-merges=x --anchored=x --stat-width=x --stat-name-width=x --stat-count=x --stat-graph-width=x --src-prefix=x --dst-prefix=x --line-prefix=x --inter-hunk-context=x --word-diff-regex=x --ws-error-highlight=x --ignore-matching-lines=x --color-moved-ws=x HEAD',
      'git diff -1 HEAD~1 -- src/a.ts',
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
    names: ['log', 'whatchanged', 'show'],
    options: {
      flag: `${shown} ${logFlags}`,
      optional: `${shownOptional} ${logOptional}`,
      value: `${shownValues} ${logValues}`,
    },
    digits: true,
    match: [
      'git log -p -u -s -z -a -b -c -t -r -D -R -w -W --cc --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --no-color-moved --minimal --patience --histogram --indent-heuristic --no-indent-heuristic --ignore-all-space --ignore-space-change --ignore-space-at-eol --ignore-cr-at-eol --ignore-blank-lines --no-renames --find-copies-harder --irreversible-delete --pickaxe-all --pickaxe-regex --exit-code --quiet --no-prefix --default-prefix --no-relative --text --binary --compact-summary --cumulative --combined-all-paths --patch-with-stat --patch-with-raw --no-ext-diff --no-textconv --merge-base --function-context --oneline --graph --no-graph --all --no-decorate --follow --merge --merges --no-merges --first-parent --reverse --full-history --full-diff --remove-empty --sparse --dense --simplify-merges --show-pulls --topo-order --date-order --author-date-order --in-commit-order --abbrev-commit --no-abbrev-commit --left-right --left-only --right-only --cherry-pick --cherry-mark --cherry --simplify-by-decoration --source --boundary --count --parents --children --ancestry-path --no-notes --clear-decorations --walk-reflogs --reflog --bisect --not --relative-date --log-size --regexp-ignore-case --extended-regexp --fixed-strings --perl-regexp --basic-regexp -g -i -E -F -P -m --use-mailmap --mailmap --no-mailmap --all-match --invert-grep --no-expand-tabs -e --email --root --stdin -Ux -Bx -Mx -Cx --unified=x --stat=x --color=x --color-words=x --color-moved=x --word-diff=x --abbrev=x --relative=x --dirstat=x --break-rewrites=x --find-renames=x --find-copies=x --ignore-submodules=x --submodule=x --decorate=x --pretty=x --branches=x --tags=x --remotes=x --no-walk=x --notes=x --show-notes=x --expand-tabs=x --show-linear-break=x -S x -G x -I x --diff-filter=x --diff-algorithm=x --diff-merges=x --anchored=x --stat-width=x --stat-name-width=x --stat-count=x --stat-graph-width=x --src-prefix=x --dst-prefix=x --line-prefix=x --inter-hunk-context=x --word-diff-regex=x --ws-error-highlight=x --ignore-matching-lines=x --color-moved-ws=x -L x -n x --max-count=x --skip=x --since=x --until=x --after=x --before=x --since-as-filter=x --max-age=x --min-age=x --author=x --committer=x --grep=x --grep-reflog=x --format=x --date=x --decorate-refs=x --decorate-refs-exclude=x --exclude=x --glob=x --min-parents=x --max-parents=x --encoding=x --trailers=x HEAD',
      'git log --oneline -20 -- docs/--output=notes.md',
      "git log --grep='rm -rf' --format='%h|%s'",
      'git show --stat HEAD~1:src/a.ts',
      'git whatchanged -1',
    ],
    notMatch: [
      'git log --output=x -1',
      'git log --ext-diff -p',
      'git log --textconv',
      'git log -O x',
      'git show --output=x HEAD',
      'git show HEAD:.env',
      'git show HEAD:"$F"',
      'git log -p -- "$F"',
      'git show HEAD:secrets.json HEAD:.env.*',
    ],
  },
  {
    names: ['shortlog'],
    options: {
      flag: `-s -n -e -c --summary --numbered --email --committer --no-merges --merges --all --first-parent`,
      optional: '-w --format',
      value: '--group --since --until --author --grep',
    },
    match: [
      'git shortlog -s -n -e -c --summary --numbered --email --committer --no-merges --merges --all --first-parent -wx --format=x --group=x --since=x --until=x --author=x --grep=x HEAD',
    ],
    notMatch: ['git shortlog --output=x', 'git shortlog --textconv'],
  },
  {
    names: ['blame', 'annotate'],
    options: {
      flag: '-b -c -e -f -k -l -n -p -s -t -w --porcelain --line-porcelain --show-email --show-name --show-number --root --incremental --reverse --first-parent --color-lines --color-by-age --score-debug --progress --no-progress',
      value: '-L --since --date --ignore-rev --encoding',
      optional: '-M -C --abbrev',
    },
    match: [
      'git blame -b -c -e -f -k -l -n -p -s -t -w --porcelain --line-porcelain --show-email --show-name --show-number --root --incremental --reverse --first-parent --color-lines --color-by-age --score-debug --progress --no-progress -L x --since=x --date=x --ignore-rev=x --encoding=x -Mx -Cx --abbrev=x src/a.ts',
      'git annotate src/a.ts',
    ],
    notMatch: ['git blame --contents .env a', 'git blame -S x a', 'git blame --ignore-revs-file x a', 'git blame .env'],
  },
  {
    names: ['grep'],
    options: {
      flag: '-a -c -E -F -G -h -H -i -I -l -L -n -o -p -P -q -r -v -w -W -z --cached --untracked --exclude-standard --recursive --no-recursive --recurse-submodules --ignore-case --invert-match --line-number --no-line-number --column --full-name --files-with-matches --files-without-match --name-only --null --text --count --word-regexp --all-match --and --or --not --heading --break --show-function --function-context --fixed-strings --basic-regexp --extended-regexp --perl-regexp --only-matching --quiet --no-color',
      value: '-A -B -C -e -m --max-depth --threads --context --after-context --before-context --max-count',
      optional: '--color',
    },
    digits: true,
    match: [
      'git grep -a -c -E -F -G -h -H -i -I -l -L -n -o -p -P -q -r -v -w -W -z --cached --untracked --exclude-standard --recursive --no-recursive --recurse-submodules --ignore-case --invert-match --line-number --no-line-number --column --full-name --files-with-matches --files-without-match --name-only --null --text --count --word-regexp --all-match --and --or --not --heading --break --show-function --function-context --fixed-strings --basic-regexp --extended-regexp --perl-regexp --only-matching --quiet --no-color -A x -B x -C x -e x -m x --max-depth=x --threads=x --context=x --after-context=x --before-context=x --max-count=x --color=x foo',
      'git grep -2 foo -- src',
    ],
    notMatch: [
      'git grep -O foo',
      'git grep --open-files-in-pager=x foo',
      'git grep -f .env',
      'git grep --no-index foo',
      'git grep --textconv foo',
      'git grep foo HEAD -- .env',
    ],
  },
];
