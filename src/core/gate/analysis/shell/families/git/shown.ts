/** Options by which `diff`, `log`, `show` and their like are told what to put out. None starts a program or writes a file. */
export const shown =
  '-p -u -s -z -a -b -c -t -r -D -R -w -W --cc --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --no-color-moved --minimal --patience --histogram --indent-heuristic --no-indent-heuristic --ignore-all-space --ignore-space-change --ignore-space-at-eol --ignore-cr-at-eol --ignore-blank-lines --no-renames --find-copies-harder --irreversible-delete --pickaxe-all --pickaxe-regex --exit-code --quiet --no-prefix --default-prefix --no-relative --text --binary --compact-summary --cumulative --combined-all-paths --patch-with-stat --patch-with-raw --no-ext-diff --no-textconv --merge-base --function-context';
export const shownOptional =
  '-U -B -M -C --unified --stat --color --color-words --color-moved --word-diff --abbrev --relative --dirstat --break-rewrites --find-renames --find-copies --ignore-submodules --submodule';
export const shownValues =
  '-S -G -I --diff-filter --diff-algorithm --diff-merges --anchored --stat-width --stat-name-width --stat-count --stat-graph-width --src-prefix --dst-prefix --line-prefix --inter-hunk-context --word-diff-regex --ws-error-highlight --ignore-matching-lines --color-moved-ws';
export const logFlags =
  '--oneline --graph --no-graph --all --no-decorate --follow --merge --merges --no-merges --first-parent --reverse --full-history --full-diff --remove-empty --sparse --dense --simplify-merges --show-pulls --topo-order --date-order --author-date-order --in-commit-order --abbrev-commit --no-abbrev-commit --left-right --left-only --right-only --cherry-pick --cherry-mark --cherry --simplify-by-decoration --source --boundary --count --parents --children --ancestry-path --no-notes --clear-decorations --walk-reflogs --reflog --bisect --not --relative-date --log-size --regexp-ignore-case --extended-regexp --fixed-strings --perl-regexp --basic-regexp -g -i -E -F -P -m --use-mailmap --mailmap --no-mailmap --all-match --invert-grep --no-expand-tabs -e --email --root --stdin';
export const logOptional =
  '--decorate --pretty --branches --tags --remotes --no-walk --notes --show-notes --expand-tabs --show-linear-break';
export const logValues =
  '-L -n --max-count --skip --since --until --after --before --since-as-filter --max-age --min-age --author --committer --grep --grep-reflog --format --date --decorate-refs --decorate-refs-exclude --exclude --glob --min-parents --max-parents --encoding --trailers';
