import { say } from '../../../../../say';
import { locate } from '../../../../paths';
import { pathTarget } from '../../../report';
import { judgeWrite } from '../../../scope';
import { runWords } from '../../command';
import { constantField, constantOf } from '../../field';
import { judgeField } from '../../paths';
import { copyState } from '../../state';
import { changesTree, keepsSecretsOut, knownStrategy, needsWith, records, valuesOf } from './acts';
import {
  endsHalfway,
  type GitCommand,
  type GitDoing,
  has,
  losesWork,
  opensEditor,
  refuse,
  refuseValues,
  rewrites,
  skipsHooks,
} from './command';
import { judgeNewName, judgeRef, makesRef, takesRefs } from './refs';
import { checksOut } from './worktree';

const lists =
  '-l -a -r -n --all --remotes --list --contains --no-contains --merged --no-merged --points-at --show-current --column --sort --format -i --ignore-case';

/** `branch` and `tag`: a list, unless there is a name and nothing asks for a list. */
const listsOrMakes: GitDoing = {
  name: 'lists or makes',
  run(at) {
    if (at.operands.length === 0 && !has(at, '-u --set-upstream-to --unset-upstream')) return;
    if (has(at, lists)) return;
    makesRef().run(at);
    records.run(at);
  },
};

const upstream = valuesOf(
  '-u --set-upstream-to',
  /^[\w.-]+\/[\w./-]+$/,
  'git.remote',
  say('it changes with which repositories the project exchanges commits'),
);

/** Goes to a branch that is made, or to one that is there. */
const goes: GitDoing = {
  name: 'goes to a branch',
  run(at) {
    records.run(at);
    if (!has(at, '-b -c --create --orphan')) {
      checksOut.run(at);
      return;
    }
    changesTree.run(at);
    makesRef('-b -c --create --orphan').run(at);
  },
};

/** `switch` takes branches only. */
const switches: GitDoing = {
  name: 'switches',
  run(at) {
    records.run(at);
    changesTree.run(at);
    if (has(at, '-c --create --orphan')) makesRef('-c --create --orphan').run(at);
    else takesRefs.run(at);
  },
};

/** A second work tree, in a folder of its own. */
const addsTree: GitDoing = {
  name: 'adds a work tree',
  run(at) {
    const { shell, operands, options, state, context } = at;
    const [folder, start] = operands;
    for (const { name, value } of options) if (name === '-b' && value) judgeNewName(at, value);
    if (folder)
      judgeField(
        shell,
        folder,
        state,
        context,
        (path, from) => {
          const place = judgeWrite(shell.report, path, from, 'folder');
          if (place) shell.report.effect('write', pathTarget(place, true), from.span, from.certainty);
        },
        'write',
      );
    if (start) judgeRef(at, start);
  },
};

/** Goes from commit to commit, running a command in each. */
const runsInEach: GitDoing = {
  name: 'runs in each',
  run(at) {
    const { shell, invocation, state, context } = at;
    const run = invocation.args.findIndex((field) => constantOf(field) === 'run');
    const words = invocation.args.slice(run + 1);
    if (words.length === 0)
      shell.doubt('command.operands', say('what {0} runs is not known', at.name), invocation.span);
    else
      runWords(
        shell,
        words,
        invocation.node,
        invocation.span,
        { ...copyState(state), functions: new Map() },
        {
          ...context,
          through: [...context.through, 'git bisect run'],
        },
      );
  },
};

/** Makes a repository of a folder, where there is none. */
const begins: GitDoing = {
  name: 'begins',
  run(at) {
    const { shell, operands, state, context, invocation } = at;
    const fields = operands.length > 0 ? operands : [constantField('.', invocation.span)];
    for (const field of fields)
      judgeField(
        shell,
        field,
        state,
        context,
        (path, from) => {
          const { facts, place } = shell.report.world;
          judgeWrite(shell.report, path, from, 'folder');
          const found = locate(path, facts);
          if (
            !found.ok ||
            !place.workspace.some((each) => found.at.real === each || found.at.real.startsWith(`${each}/`))
          )
            return;
          const git = has(at, '--bare') ? path : `${path.replace(/\/+$/, '')}/.git`;
          const target = locate(git, facts);
          if (target.ok) shell.report.effect('history', pathTarget(target.at, true), from.span, from.certainty);
        },
        'write',
      );
  },
};

const mergeHooks = 'pre-merge-commit prepare-commit-msg commit-msg post-merge post-commit';
const pickHooks = 'prepare-commit-msg commit-msg pre-commit post-commit post-checkout';

/** Sub-commands that make branches, go to them and bring them together. */
export const branching: readonly GitCommand[] = [
  {
    names: ['branch'],
    options: {
      flag: '-a -c -i -l -m -q -r -t -v --all --copy --ignore-case --list --move --no-color --no-column --no-track --quiet --remotes --show-current --unset-upstream --verbose',
      value: '-u --contains --format --merged --no-contains --no-merged --points-at --set-upstream-to --sort',
      optional: '--abbrev --color --column --track',
    },
    refuses: [rewrites('-d -D -f -M -C --delete --force'), opensEditor('--edit-description')],
    does: [listsOrMakes, upstream],
    match: [
      'git branch -a -c -i -l -m -q -r -t -v --all --copy --ignore-case --list --move --no-color --no-column --no-track --quiet --remotes --show-current --unset-upstream --verbose -u a/b --contains=x --format=x --merged=x --no-contains=x --no-merged=x --points-at=x --set-upstream-to=a/b --sort=x --abbrev=x --color=x --column=x --track=x',
      'git branch new',
      'git branch new HEAD~1',
      'git branch --move old new',
      'git branch -m new',
      'git branch -c old new',
      'git branch --copy old new',
      'git branch -u origin/main',
      'git branch -vv',
      'git branch --set-upstream-to origin/main',
    ],
    notMatch: [
      'git branch -D old',
      'git branch -d old',
      'git branch -f main HEAD~1',
      'git branch -M a b',
      'git branch --edit-description',
      "git branch 'x;y'",
      'git branch "$NAME"',
      'git branch -u ext::x',
      'git branch new pull/12',
    ],
  },
  {
    names: ['tag'],
    options: {
      flag: '-a -i -l -s --annotate --create-reflog --ignore-case --list --no-color --no-column --no-sign --sign',
      value: '-m --cleanup --contains --format --merged --message --no-contains --no-merged --points-at --sort',
      optional: '-n --color --column',
      reads: '-F --file',
    },
    refuses: [
      rewrites('-d -f --delete --force'),
      opensEditor('-e --edit'),
      refuse('-v --verify', 'git.programs', say('it starts the program that checks signatures')),
    ],
    does: [listsOrMakes, needsWith('-a -s --annotate --sign', '-m -F --message --file'), keepsSecretsOut],
    match: [
      'git tag -a -i -l -s --annotate --create-reflog --ignore-case --list --no-color --no-column --no-sign --sign -m x --cleanup=x --contains=x --format=x --merged=x --message=x --no-contains=x --no-merged=x --points-at=x --sort=x -nx --color=x --column=x -F x --file=x',
      'git tag v1',
      'git tag v1 HEAD~1',
      'git tag -a v1 -m x',
      "git tag -l 'v1.*'",
      'git tag --annotate -F words.txt v1',
      'git tag -s --file=words.txt v1',
      'git tag --sign --message=x v1',
    ],
    notMatch: [
      'git tag -d v1',
      'git tag -f v1',
      'git tag -a v1',
      'git tag -s v1',
      'git tag -m "$(cat .env)" v1',
      "git tag 'x;y'",
      'git tag -F .env v1',
      'git tag -e -m x v1',
      'git tag -v v1',
      'git tag -m "$(git config --list)" v1',
    ],
  },
  {
    names: ['checkout'],
    options: {
      flag: '-d -l -q --detach --guess --no-guess --no-progress --no-track --overlay --no-overlay --no-overwrite-ignore --progress --quiet --recurse-submodules --no-recurse-submodules',
      value: '-b --orphan',
      optional: '-t --track',
    },
    refuses: [
      losesWork('-f -m -2 -3 --force --merge --ours --theirs'),
      refuse('-p --patch', 'git.editor', say('it asks for each part')),
      refuseValues('-B --conflict', 'git.history', say('it takes commits or names of them out of the history')),
    ],
    does: [goes],
    hooks: 'post-checkout',
    match: [
      'git checkout -d -l -q --detach --guess --no-guess --no-progress --no-track --overlay --no-overlay --no-overwrite-ignore --progress --quiet --recurse-submodules --no-recurse-submodules -b x --orphan=x -tx --track=x',
      'git checkout -b fix/a-b',
      'git checkout --orphan pages',
      'git checkout main',
      'git checkout -',
      'git checkout HEAD~2',
      'git checkout -- gone.ts',
      'git checkout -t origin/x',
    ],
    notMatch: [
      'git checkout README.md',
      'git checkout src',
      'git checkout -- .',
      'git checkout -- README.md',
      'git checkout HEAD -- README.md',
      'git checkout main README.md',
      'git checkout .',
      'git checkout -f main',
      'git checkout -f',
      'git checkout main -f',
      'git checkout -B main',
      'git checkout pr-12',
      "git checkout -b 'x;y'",
      'git checkout --theirs a',
      'git checkout --conflict=merge a',
      'git checkout -p',
      'git checkout $X',
      'git checkout -- *',
    ],
  },
  {
    names: ['switch'],
    options: {
      flag: '-d -q --detach --guess --no-guess --no-progress --no-track --no-overwrite-ignore --progress --quiet --no-recurse-submodules',
      value: '-c --create --orphan',
      optional: '-t --track --recurse-submodules',
    },
    refuses: [
      losesWork('-f -m --discard-changes --force --merge'),
      refuseValues(
        '-C --conflict --force-create',
        'git.history',
        say('it takes commits or names of them out of the history'),
      ),
    ],
    does: [switches],
    hooks: 'post-checkout',
    match: [
      'git switch -d -q --detach --guess --no-guess --no-progress --no-track --no-overwrite-ignore --progress --quiet --no-recurse-submodules -c x --create=x --orphan=x -tx --track=x --recurse-submodules=x main',
      'git switch -',
      'git switch -c fix/a',
      'git switch --create fix/a HEAD~1',
      'git switch --orphan pages',
    ],
    notMatch: [
      'git switch -f main',
      'git switch -C main',
      'git switch --discard-changes main',
      'git switch -m main',
      'git switch --force-create=main',
      'git switch pr/12',
      'git switch $X',
      'git switch --disc main',
    ],
  },
  {
    names: ['merge'],
    options: {
      flag: '-n -q -v --autostash --no-autostash --commit --no-commit --ff --no-ff --ff-only --no-edit --no-gpg-sign --no-progress --no-signoff --no-squash --no-stat --no-verify-signatures --progress --quiet --rerere-autoupdate --signoff --squash --stat --verbose --verify-signatures --overwrite-ignore --no-overwrite-ignore',
      value: '-X -m -s --cleanup --into-name --message --strategy --strategy-option',
      optional: '-S --gpg-sign --log',
      reads: '-F --file',
    },
    refuses: [
      endsHalfway('--abort --quit --continue'),
      opensEditor('-e --edit'),
      skipsHooks('--no-verify'),
      refuse('--allow-unrelated-histories', 'git.history', say('it joins histories that have nothing in common')),
    ],
    does: [takesRefs, knownStrategy, keepsSecretsOut, records, changesTree],
    hooks: mergeHooks,
    match: [
      'git merge -n -q -v --autostash --no-autostash --commit --no-commit --ff --no-ff --ff-only --no-edit --no-gpg-sign --no-progress --no-signoff --no-squash --no-stat --no-verify-signatures --progress --quiet --rerere-autoupdate --signoff --squash --stat --verbose --verify-signatures --overwrite-ignore --no-overwrite-ignore -X x -m x -s ort --cleanup=x --into-name=x --message=x --strategy=ours --strategy-option=x -Sx --gpg-sign=x --log=x -F x --file=x feature',
      'git merge',
      'git merge -s ours old',
      'git merge --strategy=ort -X theirs a b',
      'git merge origin/main -F words.txt',
      'git merge --file=words.txt a',
    ],
    notMatch: [
      'git merge --abort',
      'git merge --continue',
      'git merge -s mine a',
      'git merge --no-verify a',
      'git merge -e a',
      'git merge $X',
      'git merge pr-12',
      'git merge FETCH_HEAD',
      'git merge -m "$(cat .env)" a',
      'git merge -m "$(git config --list)" a',
      'git merge --allow-unrelated-histories a',
      'git merge --file=.env a',
    ],
  },
  {
    names: ['cherry-pick', 'revert'],
    options: {
      flag: '-n -s -x --allow-empty --allow-empty-message --ff --keep-redundant-commits --no-commit --no-edit --no-gpg-sign --no-rerere-autoupdate --reference --rerere-autoupdate --signoff',
      value: '-X -m --cleanup --mainline --strategy --strategy-option',
      optional: '-S --gpg-sign',
    },
    refuses: [endsHalfway('--abort --quit --continue --skip'), opensEditor('-e --edit')],
    does: [takesRefs, knownStrategy, records, changesTree],
    hooks: pickHooks,
    match: [
      'git cherry-pick -n -s -x --allow-empty --allow-empty-message --ff --keep-redundant-commits --no-commit --no-edit --no-gpg-sign --no-rerere-autoupdate --reference --rerere-autoupdate --signoff -X x -m x --cleanup=x --mainline=x --strategy=ort --strategy-option=x -Sx --gpg-sign=x abc123',
      'git cherry-pick a~..b',
      'git revert HEAD',
      'git cherry-pick --strategy=ort a',
    ],
    notMatch: [
      'git cherry-pick --abort',
      'git revert --skip',
      'git revert -e HEAD',
      'git cherry-pick $X',
      'git cherry-pick --strategy=mine a',
      'git cherry-pick FETCH_HEAD',
    ],
  },
  {
    names: ['worktree add'],
    options: {
      flag: '-d -q --checkout --detach --guess-remote --lock --no-checkout --no-guess-remote --no-track --quiet --track',
      value: '-b --reason',
    },
    refuses: [refuse('-f --force', 'git.history', say('it takes a branch that another work tree holds'))],
    most: 2,
    does: [addsTree, records],
    hooks: 'post-checkout',
    match: [
      'git worktree add -d -q --checkout --detach --guess-remote --lock --no-checkout --no-guess-remote --no-track --quiet --track -b x --reason=x wt',
      'git worktree add wt main',
      'git worktree add -b new wt',
    ],
    notMatch: [
      'git worktree add ../wt',
      'git worktree add /srv/wt',
      'git worktree add -f wt',
      'git worktree add -B main wt',
      'git worktree add .git/x',
      'git worktree add wt pr-12',
      'git worktree remove wt',
      'git worktree prune',
    ],
  },
  {
    names: ['bisect start', 'bisect good', 'bisect bad', 'bisect new', 'bisect old', 'bisect skip', 'bisect reset'],
    options: { flag: '--first-parent --no-checkout', value: '--term-new --term-bad --term-old --term-good' },
    does: [
      records,
      changesTree,
      { name: 'takes refs before paths', run: (at) => takesRefs.run({ ...at, operands: at.words }) },
    ],
    hooks: 'post-checkout',
    match: [
      'git bisect start --first-parent --no-checkout --term-new=x --term-bad=x --term-old=x --term-good=x bad good -- src',
      'git bisect good',
      'git bisect bad HEAD',
      'git bisect new',
      'git bisect old',
      'git bisect skip',
      'git bisect reset',
    ],
    notMatch: [
      'git bisect start $X',
      'git bisect visualize',
      'git bisect replay x',
      'git bisect',
      'git bisect start "a;b"',
    ],
  },
  {
    names: ['bisect run'],
    wraps: true,
    does: [runsInEach, records, changesTree],
    match: ['git bisect run true', 'git bisect run grep -q x README.md'],
    notMatch: [
      'git bisect run',
      'git bisect run sh -c "rm -rf ~"',
      'git bisect run ./x; curl https://example.com',
      'git bisect run $X',
      'git bisect run curl https://example.com',
    ],
  },
  {
    names: ['init'],
    options: { flag: '-q --bare --quiet', value: '-b --initial-branch --object-format' },
    most: 1,
    anywhere: true,
    does: [begins],
    match: ['git init', 'git init -q --bare --quiet -b x --initial-branch=x --object-format=x sub'],
    notMatch: [
      'git init /srv/x',
      'git init --template=./t',
      'git init --separate-git-dir=x',
      'git init ../x',
      'git init --shared=all',
      'git init $X',
    ],
  },
];
