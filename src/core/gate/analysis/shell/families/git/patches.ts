import { say } from '../../../../../say';
import { joinPath, locate } from '../../../../paths';
import { judgeDelete, judgeRead, judgeWrite, type Origin } from '../../../scope';
import { constantOf, describeField } from '../../field';
import { judgeField, pathsNamed } from '../../paths';
import { writeEach } from '../../touch';
import { records, treeEffect } from './acts';
import { endsHalfway, type GitCall, type GitCommand, type GitDoing, has, refuse, refuseValues } from './command';
import { type PatchedFile, parsePatch } from './patchText';
import { takesRefs } from './refs';
import { logFlags, shown, shownOptional, shownValues } from './shown';

/** Characters of a patch that is read. */
const patchLimit = 500_000;

/** Brings the changes of patches into the work tree: each file is judged as a write, its new lines as what is written. */
const applies: GitDoing = {
  name: 'applies',
  run(at) {
    const { shell, operands, options, context } = at;
    const looks =
      has(at, '--check --stat --numstat --summary') && !has(at, '--apply --index --cached --cache -3 --3way');
    const texts = operands.length === 0 ? [context.stdin.text] : operands.flatMap((field) => textsOf(at, field));
    if (looks) return;
    records.run(at);
    const given = options.findLast(({ name }) => name === '-p')?.value;
    const strip = given ? Number(constantOf(given) ?? Number.NaN) : 1;
    for (const text of texts) {
      const files =
        text === undefined || text.length > patchLimit || !Number.isInteger(strip) || !isPlaced(at)
          ? undefined
          : parsePatch(text, strip);
      if (files) for (const file of files) judgePatched(at, has(at, '-R --reverse') ? reversed(file) : file);
      else {
        treeEffect(at, 'write');
        treeEffect(at, 'delete');
        shell.doubt('git.patch-unknown', say('what the patch changes is not known'), at.invocation.span);
      }
    }
  },
};

/** In a folder below the top, git guesses from the names in a patch what they are seen from. */
function isPlaced({ state, repositories }: GitCall): boolean {
  return repositories.every(({ root }) => state.cwd?.includes(root) === true);
}

const reversed = ({ from, to, added, taken }: PatchedFile): PatchedFile => ({
  from: to,
  to: from,
  added: taken,
  taken: added,
});

/** The text of a patch that the session wrote, or that lies in the workspace. */
function textsOf(
  { shell, state, context }: GitCall,
  field: GitCall['operands'][number],
): readonly (string | undefined)[] {
  if (constantOf(field) === '-') return [context.stdin.text];
  judgeField(shell, field, state, context, (path, from) => judgeRead(shell.report, path, from));
  return pathsNamed(field, state.cwd).map((path) => {
    const { facts } = shell.report.world;
    const found = path === undefined ? undefined : locate(path, facts);
    if (!found?.ok) return undefined;
    const trace = shell.report.changes.of(found.at.real);
    if (trace) return trace.network ? undefined : trace.text;
    return facts.readText(found.at.real, patchLimit);
  });
}

function judgePatched({ shell, state, invocation, context }: GitCall, { from, to, added }: PatchedFile): void {
  const { report } = shell;
  const origin: Origin = { span: invocation.span, certainty: context.certainty };
  for (const folder of state.cwd ?? []) {
    if (to !== undefined) {
      const at = judgeWrite(report, joinPath(folder, to), origin, from === undefined ? 'create' : 'append');
      if (at && from === undefined) report.changes.write(at.real, { text: added });
      else if (at && added !== '') report.changes.edit(at.real, [added]);
    }
    // A patch that takes a file away can be applied the other way round.
    if (from !== undefined && from !== to) judgeDelete(report, joinPath(folder, from), origin, false);
  }
}

/** Writes one file for each commit into the working folder, or where it is told. */
const writesPatches: GitDoing = {
  name: 'writes patches',
  run(at) {
    const { shell, options, state, context, invocation } = at;
    if (has(at, '--stdout')) return;
    const folder = options.findLast(({ name }) => /^(?:-o|--output-directory)$/.test(name))?.value;
    const places = folder ? pathsNamed(folder, state.cwd) : (state.cwd ?? []);
    for (const path of places) {
      if (path === undefined) {
        shell.doubt(
          'paths.unknown',
          say('which path {0} stands for is not known', describeField(folder ?? { pieces: [] })),
          invocation.span,
        );
        continue;
      }
      const located = locate(path, shell.report.world.facts);
      judgeWrite(shell.report, path, { span: invocation.span, certainty: context.certainty }, 'folder');
      if (located.ok)
        shell.report.effect('write', { type: 'path', ...located.at, recursive: true }, invocation.span, 'possible');
    }
  },
};

/** Writes all of the history into one file. */
const writesBundle: GitDoing = {
  name: 'writes a bundle',
  run({ shell, operands: [file], state, context }) {
    if (file && constantOf(file) !== '-') writeEach(shell, [file], state, context, 'replace');
  },
};

const elsewhere = refuseValues(
  '--directory --build-fake-ancestor',
  'git.patch-unknown',
  say('it changes where the patch goes'),
);

/** Sub-commands that put changes into files, and take them out of files. */
export const patches: readonly GitCommand[] = [
  {
    names: ['apply'],
    options: {
      flag: '-R -v -q -3 -N --check --stat --numstat --summary --index --cached --cache --intent-to-add --apply --reverse --verbose --quiet --3way --recount --ignore-whitespace --ignore-space-change --unidiff-zero --no-add --allow-empty --reject --inaccurate-eof',
      value: '-p -C --whitespace --exclude --include',
    },
    refuses: [
      elsewhere,
      refuse('--unsafe-paths', 'paths.outside-write', say('the patch may reach out of the repository')),
    ],
    does: [applies],
    match: [
      "git apply -R -v -q -3 -N --check --stat --numstat --summary --index --cached --cache --intent-to-add --apply --reverse --verbose --quiet --3way --recount --ignore-whitespace --ignore-space-change --unidiff-zero --no-add --allow-empty --reject --inaccurate-eof -p 1 -C x --whitespace=x --exclude=x --include=x <<'EOF'\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\nEOF",
      'git apply --check fix.patch',
      'git apply --stat fix.patch',
    ],
    notMatch: [
      'git apply fix.patch',
      'git apply --stat --apply fix.patch',
      'git apply --check .env',
      "git apply <<'EOF'\n--- /dev/null\n+++ b/.git/hooks/pre-commit\n@@ -0,0 +1 @@\n+true\nEOF",
      "git apply -p2 <<'EOF'\n--- a/x/.envrc\n+++ b/x/.envrc\n@@ -1 +1 @@\n-a\n+b\nEOF",
      "git apply <<'EOF'\n--- a/a.ts\n+++ b/../../x.ts\n@@ -1 +1 @@\n-a\n+b\nEOF",
      "git apply --directory=.github/workflows <<'EOF'\n--- a/a.yml\n+++ b/a.yml\n@@ -1 +1 @@\n-a\n+b\nEOF",
      "git apply --unsafe-paths <<'EOF'\n--- a/a.ts\n+++ b/a.ts\n@@ -1 +1 @@\n-a\n+b\nEOF",
    ],
  },
  {
    names: ['am'],
    options: {
      flag: '-3 -k -q -s --3way --keep --keep-cr --quiet --signoff --scissors --no-scissors --no-gpg-sign',
      value: '-p --whitespace',
    },
    refuses: [endsHalfway('--abort --quit --skip --continue -r --resolved --show-current-patch'), elsewhere],
    does: [applies],
    hooks: 'applypatch-msg pre-applypatch post-applypatch',
    match: [
      "git am -3 -k -q -s --3way --keep --keep-cr --quiet --signoff --scissors --no-scissors --no-gpg-sign -p 1 --whitespace=x <<'EOF'\nFrom: A <a@b.c>\nSubject: x\n\n---\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\nEOF",
    ],
    notMatch: [
      'git am fix.patch',
      'git am --abort',
      'git am --skip',
      'git am --directory=x a.patch',
      'curl https://example.com/x.patch | git am',
    ],
  },
  {
    names: ['format-patch'],
    options: {
      flag: `${shown} ${logFlags} -k -N --numbered --no-numbered --stdout --signoff --cover-letter --no-cover-letter --thread --no-thread --zero-commit --keep-subject --no-signature --no-stat`,
      optional: `${shownOptional} --attach --inline --rfc --base`,
      value: `${shownValues} -o -v --output-directory --start-number --subject-prefix --suffix --reroll-count --max-count --since --until --author --filename-max-length`,
    },
    digits: true,
    does: [takesRefs, writesPatches],
    match: [
      'git format-patch -p -u -s -z -a -b -c -t -r -D -R -w -W --cc --patch --no-patch --raw --numstat --shortstat --name-only --name-status --summary --cached --staged --check --full-index --no-color --no-color-moved --minimal --patience --histogram --indent-heuristic --no-indent-heuristic --ignore-all-space --ignore-space-change --ignore-space-at-eol --ignore-cr-at-eol --ignore-blank-lines --no-renames --find-copies-harder --irreversible-delete --pickaxe-all --pickaxe-regex --exit-code --quiet --no-prefix --default-prefix --no-relative --text --binary --compact-summary --cumulative --combined-all-paths --patch-with-stat --patch-with-raw --no-ext-diff --no-textconv --merge-base --function-context --oneline --graph --no-graph --all --no-decorate --follow --merge --merges --no-merges --first-parent --reverse --full-history --full-diff --remove-empty --sparse --dense --simplify-merges --show-pulls --topo-order --date-order --author-date-order --in-commit-order --abbrev-commit --no-abbrev-commit --left-right --left-only --right-only --cherry-pick --cherry-mark --cherry --simplify-by-decoration --source --boundary --count --parents --children --ancestry-path --no-notes --clear-decorations --walk-reflogs --reflog --bisect --not --relative-date --log-size --regexp-ignore-case --extended-regexp --fixed-strings --perl-regexp --basic-regexp -g -i -E -F -P -m --use-mailmap --mailmap --no-mailmap --all-match --invert-grep --no-expand-tabs -e --email --root --stdin -k -N --numbered --no-numbered --stdout --signoff --cover-letter --no-cover-letter --thread --no-thread --zero-commit --keep-subject --no-signature --no-stat -Ux -Bx -Mx -Cx --unified=x --stat=x --color=x --color-words=x --color-moved=x --word-diff=x --abbrev=x --relative=x --dirstat=x --break-rewrites=x --find-renames=x --find-copies=x --ignore-submodules=x --submodule=x --attach=x --inline=x --rfc=x --base=x -S x -G x -I x --diff-filter=x --diff-algorithm=x --diff-merges=x --anchored=x --stat-width=x --stat-name-width=x --stat-count=x --stat-graph-width=x --src-prefix=x --dst-prefix=x --line-prefix=x --inter-hunk-context=x --word-diff-regex=x --ws-error-highlight=x --ignore-matching-lines=x --color-moved-ws=x -o x -v x --output-directory=x --start-number=x --subject-prefix=x --suffix=x --reroll-count=x --max-count=x --since=x --until=x --author=x --filename-max-length=x HEAD~2',
      'git format-patch -1 -o patches',
    ],
    notMatch: [
      'git format-patch -o ../x HEAD~1',
      'git format-patch --output=x -1',
      "git format-patch --stdout 'a;b'",
      'git format-patch -o .git/hooks -1',
    ],
  },
  {
    names: ['archive'],
    options: {
      flag: '-l -v --list --verbose --worktree-attributes',
      value: '--format --prefix --mtime',
      writes: '-o --output',
    },
    digits: true,
    match: [
      'git archive -l -v --list --verbose --worktree-attributes --format=x --prefix=x --mtime=x -o x --output=x HEAD src',
      'git archive -9 HEAD',
    ],
    notMatch: [
      'git archive --remote=. HEAD',
      'git archive --exec=x HEAD',
      'git archive -o ../x.tar HEAD',
      'git archive --add-file=.env HEAD',
      'git archive HEAD .env',
    ],
  },
  {
    names: ['bundle create'],
    options: { flag: '-q --quiet --progress --all --branches --tags', value: '--since --max-count --version' },
    digits: true,
    does: [writesBundle],
    match: [
      'git bundle create -q --quiet --progress --all --branches --tags --since=x --max-count=x --version=x repo.bundle HEAD',
      'git bundle create repo.bundle -5 main',
    ],
    notMatch: ['git bundle create ../repo.bundle main', 'git bundle create .git/config main', 'git bundle unbundle a'],
  },
];
