import { say } from '../../../../../say';
import { locate } from '../../../../paths';
import { pathTarget } from '../../../report';
import { judgeWrite } from '../../../scope';
import { runWords } from '../../command';
import { constantField, constantOf } from '../../field';
import { judgeField } from '../../paths';
import { copyState } from '../../state';
import { bringsFiles, changesTree, keepsSecretsOut, knownStrategy, records } from './acts';
import { endsHalfway, type GitCommand, type GitDoing, has, opensEditor, refuse, signs, skipsHooks } from './command';
import { judgeNewName, judgeRef, takesRefs } from './refs';

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
          const { facts } = shell.report.world;
          judgeWrite(shell.report, path, from, 'folder');
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

/** Sub-commands that bring branches together, look through history and begin repositories. */
export const joining: readonly GitCommand[] = [
  {
    names: ['merge'],
    options: {
      flag: '-n -q -v --autostash --no-autostash --commit --no-commit --ff --no-ff --ff-only --no-edit --no-gpg-sign --no-progress --no-signoff --no-squash --no-stat --no-verify-signatures --progress --quiet --rerere-autoupdate --signoff --squash --stat --verbose --overwrite-ignore --no-overwrite-ignore',
      value: '-X -m -s --cleanup --into-name --message --strategy --strategy-option',
      optional: '--log',
      reads: '-F --file',
    },
    refuses: [
      endsHalfway('--abort --quit --continue'),
      signs('-S --gpg-sign'),
      opensEditor('-e --edit'),
      skipsHooks('--no-verify'),
      refuse('--allow-unrelated-histories', 'git.history', say('it joins histories that have nothing in common')),
    ],
    does: [takesRefs, knownStrategy, keepsSecretsOut, records, changesTree, bringsFiles],
    hooks: mergeHooks,
    match: [
      'git merge -n -q -v --autostash --no-autostash --commit --no-commit --ff --no-ff --ff-only --no-edit --no-gpg-sign --no-progress --no-signoff --no-squash --no-stat --no-verify-signatures --progress --quiet --rerere-autoupdate --signoff --squash --stat --verbose --overwrite-ignore --no-overwrite-ignore -X x -m x -s ort --cleanup=x --into-name=x --message=x --strategy=ours --strategy-option=x --log=x -F x --file=x feature',
      'git merge',
      'git merge -s ours old',
      'git merge --strategy=ort -X theirs a b',
      'git merge origin/main -F words.txt',
      'git merge --file=words.txt a',
    ],
    notMatch: [
      'git merge --abort',
      'git merge -S x',
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
    },
    refuses: [endsHalfway('--abort --quit --continue --skip'), opensEditor('-e --edit'), signs('-S --gpg-sign')],
    does: [takesRefs, knownStrategy, records, changesTree, bringsFiles],
    hooks: pickHooks,
    match: [
      'git cherry-pick -n -s -x --allow-empty --allow-empty-message --ff --keep-redundant-commits --no-commit --no-edit --no-gpg-sign --no-rerere-autoupdate --reference --rerere-autoupdate --signoff -X x -m x --cleanup=x --mainline=x --strategy=ort --strategy-option=x abc123',
      'git cherry-pick a~..b',
      'git revert HEAD',
      'git cherry-pick --strategy=ort a',
    ],
    notMatch: [
      'git cherry-pick --abort',
      'git cherry-pick -S x',
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
