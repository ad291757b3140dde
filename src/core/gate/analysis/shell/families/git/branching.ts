import { say } from '../../../../../say';
import { bringsFiles, changesTree, keepsSecretsOut, needsWith, records, valuesOf } from './acts';
import {
  type GitCommand,
  type GitDoing,
  has,
  losesChanges,
  opensEditor,
  refuse,
  refuseValues,
  rewrites,
  signs,
} from './command';
import { makesRef, takesRefs } from './refs';
import { checksOut } from './worktree';

const asksForList = '-l --list --contains --no-contains --merged --no-merged --points-at --show-current -n';

/** `branch` and `tag`: a list, unless there is a name and nothing asks for a list. */
const listsOrMakes: GitDoing = {
  name: 'lists or makes',
  run(at) {
    if (at.operands.length === 0 && !has(at, '-u --set-upstream-to --unset-upstream')) return;
    if (has(at, asksForList)) return;
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
    else {
      takesRefs.run(at);
      bringsFiles.run(at);
    }
  },
};

/** Sub-commands that make branches and go to them. */
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
      flag: '-a -i -l --annotate --create-reflog --ignore-case --list --no-color --no-column --no-sign',
      value: '-m --cleanup --contains --format --merged --message --no-contains --no-merged --points-at --sort',
      optional: '-n --color --column',
      reads: '-F --file',
    },
    refuses: [
      rewrites('-d -f --delete --force'),
      signs('-s --sign'),
      refuseValues('-u --local-user', 'git.signs', say('it signs in the name of the user')),
      opensEditor('-e --edit'),
      refuse('-v --verify', 'git.programs', say('it starts the program that checks signatures')),
    ],
    does: [listsOrMakes, needsWith('-a --annotate', '-m -F --message --file'), keepsSecretsOut],
    match: [
      'git tag -a -i -l --annotate --create-reflog --ignore-case --list --no-color --no-column --no-sign -m x --cleanup=x --contains=x --format=x --merged=x --message=x --no-contains=x --no-merged=x --points-at=x --sort=x -nx --color=x --column=x -F x --file=x',
      'git tag v1',
      'git tag v1 HEAD~1',
      'git tag -a v1 -m x',
      "git tag -l 'v1.*'",
      'git tag --annotate -F words.txt v1',
      'git tag --file=words.txt v1',
      'git tag -a --message=x v1',
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
      'git tag -s -m x v1',
      'git tag -u me -m x v1',
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
      losesChanges('-f --force'),
      refuse(
        '-m -2 -3 --merge --ours --theirs',
        'git.work-lost',
        say('what becomes of changes that are in no commit is not known'),
      ),
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
      losesChanges('-f --discard-changes --force'),
      refuse('-m --merge', 'git.work-lost', say('what becomes of changes that are in no commit is not known')),
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
];
